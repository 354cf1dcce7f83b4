use std::collections::BTreeMap;

use domain::formation::FiltreFormations;
use leptos::prelude::*;

use crate::areas::gestion::formations::port::{FicheGestion, ListeFormations, Publication, SessionsFormation};
use crate::areas::gestion::si_active::{go_if_active, read_if_active};
use crate::base::adresses::{GESTION_FORMATIONS, gestion_formation_path, gestion_formation_sub_path};
use crate::base::appel::appels;
use crate::base::droits::{acces, entrer};
use crate::base::erreur::ApiError;
use crate::base::notice::{Notice, notices};
use crate::base::paquet::Paquet;
use crate::base::vue::{Qui, Vue};

notices! {
    /// On the pages of a session.
    pub enum NoticeFormations {
        Enregistree = "enregistree", true, "Session enregistrée.";
        Publiee = "publiee", true, "Session publiée\u{a0}: elle est au catalogue.";
        Fermee = "fermee", true, "Préinscriptions fermées.";
        Rouverte = "rouverte", true, "Préinscriptions rouvertes.";
        Dupliquee = "dupliquee", true, "Session dupliquée\u{a0}: voici la copie, en brouillon. Changez ses dates.";
        SansDelegation = "sans-delegation", false, "La délégation de cette session est désactivée\u{a0}: choisissez-en une autre avant de publier.";
        Perimee = "perimee", false, "Un collègue a changé cette session entre-temps\u{a0}: voici où elle en est.";
        ARevoir = "a-revoir", false, "Rien n’a été enregistré\u{a0}: il reste quelque chose à corriger.";
        SaisiePerimee = "saisie-perimee", false, "Un collègue a changé cette session entre-temps, et rien n’a été enregistré. Votre saisie est ci-dessous\u{a0}: comparez-la avec la page de la session, puis enregistrez de nouveau.";
        Absente = "absente", false, "Cette session n’existe plus, ou elle est annulée.";
    }
}

acces! {
    Gestionnaire: ReadFormations, ReadFicheFormation, PublishFormation, CloseFormation, DuplicateFormation;
}

appels! {
    ReadFormations { parametres }
    ReadFicheFormation { id }
}

/// `parametres` are those of the address of the page.
#[server(output = Paquet)]
pub async fn read_formations(
    #[server(default)] parametres: BTreeMap<String, String>,
) -> Result<Option<Vue<Option<ListeFormations>>>, ApiError> {
    let Some((by, ports)) = entrer::<ReadFormations>().await? else { return Ok(None) };
    let filtre = FiltreFormations::read(|name| parametres.get(name).cloned());
    let page = async { ports.of::<dyn SessionsFormation>().formations(&by, &filtre).await.map(Some) };
    let contenu = read_if_active(&ports, page).await?;
    Ok(Some(Vue { qui: Qui::of(&by, &ports), contenu }))
}

#[server(output = Paquet)]
pub async fn read_fiche_formation(
    #[server(default)] id: String,
) -> Result<Option<Vue<Option<FicheGestion>>>, ApiError> {
    let Some((by, ports)) = entrer::<ReadFicheFormation>().await? else { return Ok(None) };
    let one = ports.of::<dyn SessionsFormation>().fiche(&by, id.parse().unwrap_or_default());
    let contenu = read_if_active(&ports, one).await?;
    Ok(Some(Vue { qui: Qui::of(&by, &ports), contenu }))
}

#[server]
pub async fn publish_formation(id: i64, version: i64) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<PublishFormation>().await? else { return Ok(()) };
    let here = gestion_formation_path(id);
    let done = async {
        let notice = match ports.of::<dyn SessionsFormation>().publish_formation(&by, id, version).await? {
            Publication::Faite => NoticeFormations::Publiee,
            Publication::SansDelegation => NoticeFormations::SansDelegation,
            Publication::Perimee => NoticeFormations::Perimee,
        };
        Ok(notice.at(&here))
    };
    go_if_active(&ports, done, &here).await
}

/// Closes the préinscriptions, or opens them again.
#[server]
pub async fn close_formation(id: i64, version: i64, #[server(default)] fermee: bool) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<CloseFormation>().await? else { return Ok(()) };
    let here = gestion_formation_path(id);
    let done = async {
        let done = ports.of::<dyn SessionsFormation>().close_formation(&by, id, version, fermee).await?;
        let notice = match (done, fermee) {
            (false, _) => NoticeFormations::Perimee,
            (true, true) => NoticeFormations::Fermee,
            (true, false) => NoticeFormations::Rouverte,
        };
        Ok(notice.at(&here))
    };
    go_if_active(&ports, done, &here).await
}

#[server]
pub async fn duplicate_formation(id: i64) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<DuplicateFormation>().await? else { return Ok(()) };
    let done = async {
        let copy = ports.of::<dyn SessionsFormation>().duplicate_formation(&by, id).await?;
        Ok(match copy {
            Some(copy) => NoticeFormations::Dupliquee.at(&gestion_formation_sub_path(copy, "modifier")),
            None => NoticeFormations::Absente.at(GESTION_FORMATIONS),
        })
    };
    go_if_active(&ports, done, &gestion_formation_path(id)).await
}
