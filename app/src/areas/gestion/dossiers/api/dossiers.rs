use std::collections::BTreeMap;

use domain::collectivite::Collectivite;
use domain::filtre::FiltreDemandes;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::areas::acces::{ConnexionOuverte, own_connexions};
use crate::areas::gestion::dossiers::port::{
    Comparaison, CorrectionAdresse, Decisions, Demandes, Dossier, ListeDemandes, Motif, PriseEnCharge,
};
use crate::base::adresses::{DEMANDES, dossier_path};
use crate::base::appel::appels;
use crate::base::droits::{acces, entrer};
use crate::base::erreur::{ApiError, go};
use crate::base::notice::{Notice, notices};
use crate::base::paquet::Paquet;
use crate::base::refus::Refus;
use crate::base::vue::{Qui, Vue};
use crate::onglet::annuaire::Annuaire;

notices! {
    /// On a file, after an action that is no decision.
    pub enum NoticeDossier {
        Note = "note", true, "Note enregistrée.";
        NoteVide = "note-vide", false, "La note est vide\u{a0}: rien n’a été enregistré.";
        Renvoye = "renvoye", true, "Le courriel est remis en file\u{a0}: il part dans un instant.";
        Adresse = "adresse", true, "Adresse corrigée\u{a0}: un nouveau lien d’activation y est envoyé, l’ancien ne sert plus.";
        Connexions = "connexions", true, "Connexions fermées\u{a0}: la personne doit se reconnecter.";
        SansObjet = "sans-objet", false, "Rien n’a été changé\u{a0}: la situation a changé entre-temps.";
        TropTard = "trop-tard", false, "Trop tard\u{a0}: la situation a changé entre-temps. Voici où en est le dossier.";
        TropDeCourriels = "trop-de-courriels", false, "Cette adresse a reçu ses courriels de la journée\u{a0}: réessayez demain.";
        DejaPrise = "deja-prise", false, "Un collègue vient de s’en charger.";
    }
}

acces! {
    Gestionnaire: ReadDemandes, ReadDossier, ReadComparaison, Claim, Release, AddNote, SendAgain, RenewLink,
        CorrectPersonsAddress;
}

appels! {
    ReadDemandes { parametres }
    ReadDossier { id, parametres }
    ReadComparaison { gauche, droite }
}

/// The queue as it is asked for, or the collectivités that a name may mean.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Liste {
    Page(ListeDemandes),
    /// No entry or several match the name: the gestionnaire must choose one.
    Collectivites(Vec<Collectivite>),
}

/// `parametres` come from the address of the page. The answer holds the caller's connexions, because one may have
/// failed passwords to tell.
#[server(output = Paquet)]
pub async fn read_demandes(
    #[server(default)] parametres: BTreeMap<String, String>,
) -> Result<Option<Vue<(FiltreDemandes, Liste, Vec<ConnexionOuverte>)>>, ApiError> {
    let Some((by, ports)) = entrer::<ReadDemandes>().await? else { return Ok(None) };
    let mut filtre = filtre(&parametres);
    let named = parametres.get("collectivite").map(|text| text.trim()).unwrap_or_default();
    let found = match &filtre.collectivite {
        None if !named.is_empty() => ports.of::<dyn Annuaire>().named(None, named).await?,
        _ => Vec::new(),
    };
    let liste = match found.as_slice() {
        [] if filtre.collectivite.is_none() && !named.is_empty() => Liste::Collectivites(Vec::new()),
        [_, _, ..] => Liste::Collectivites(found),
        one_or_none => {
            filtre.collectivite = one_or_none.first().map(|only| only.cle.clone()).or(filtre.collectivite);
            Liste::Page(ports.of::<dyn Demandes>().list(&by, &filtre).await?)
        }
    };
    Ok(Some(Vue { qui: Qui::of(&by, &ports), contenu: (filtre, liste, own_connexions(&ports).await?) }))
}

fn filtre(parametres: &BTreeMap<String, String>) -> FiltreDemandes {
    FiltreDemandes::read(|name| parametres.get(name).cloned())
}

/// `parametres` are those of the list the file was opened from.
#[server(output = Paquet)]
pub async fn read_dossier(
    id: i64,
    #[server(default)] parametres: BTreeMap<String, String>,
) -> Result<Option<Vue<Option<(Dossier, Vec<Motif>)>>>, ApiError> {
    let Some((by, ports)) = entrer::<ReadDossier>().await? else { return Ok(None) };
    let contenu = match ports.of::<dyn Demandes>().dossier(&by, id, &filtre(&parametres)).await? {
        Some(dossier) => Some((dossier, ports.of::<dyn Decisions>().motifs(&by).await?)),
        None => {
            ports.exchange.not_found();
            None
        }
    };
    Ok(Some(Vue { qui: Qui::of(&by, &ports), contenu }))
}

#[server(output = Paquet)]
pub async fn read_comparaison(gauche: i64, droite: i64) -> Result<Option<Vue<Option<Comparaison>>>, ApiError> {
    let Some((by, ports)) = entrer::<ReadComparaison>().await? else { return Ok(None) };
    let contenu = ports.of::<dyn Demandes>().compare(&by, gauche, droite).await?;
    if contenu.is_none() {
        ports.exchange.not_found();
    }
    Ok(Some(Vue { qui: Qui::of(&by, &ports), contenu }))
}

/// « Je m’en occupe ». `retour` is the filter the file was opened from.
#[server]
pub async fn claim(
    id: i64,
    #[server(default)] malgre: bool,
    #[server(default)] retour: String,
) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<Claim>().await? else { return Ok(()) };
    let file = dossier_path(id, &retour);
    let outcome = ports.of::<dyn Demandes>().claim(&by, id, malgre).await.map(|outcome| match outcome {
        PriseEnCharge::Prise => file.clone(),
        PriseEnCharge::DejaPrise(_) => NoticeDossier::DejaPrise.at(&file),
        PriseEnCharge::Introuvable => DEMANDES.to_owned(),
    });
    go(outcome, &file)
}

#[server]
pub async fn release(id: i64, #[server(default)] retour: String) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<Release>().await? else { return Ok(()) };
    let file = dossier_path(id, &retour);
    go(ports.of::<dyn Demandes>().release(&by, id).await.map(|()| file.clone()), &file)
}

#[server]
pub async fn add_note(
    id: i64,
    #[server(default)] texte: String,
    #[server(default)] retour: String,
) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<AddNote>().await? else { return Ok(()) };
    let file = dossier_path(id, &retour);
    let outcome = ports.of::<dyn Demandes>().note(&by, id, &texte).await;
    go(outcome.map(|kept| (if kept { NoticeDossier::Note } else { NoticeDossier::NoteVide }).at(&file)), &file)
}

#[server]
pub async fn send_again(id: i64, courriel: i64, #[server(default)] retour: String) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<SendAgain>().await? else { return Ok(()) };
    let file = dossier_path(id, &retour);
    let outcome = ports.of::<dyn Demandes>().send_again(&by, id, courriel).await;
    go(outcome.map(|queued| (if queued { NoticeDossier::Renvoye } else { NoticeDossier::TropTard }).at(&file)), &file)
}

#[server]
pub async fn renew_link(id: i64, #[server(default)] retour: String) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<RenewLink>().await? else { return Ok(()) };
    let file = dossier_path(id, &retour);
    let outcome = ports.of::<dyn Demandes>().renew_link(&by, id).await;
    go(
        outcome.map(|queued| (if queued { NoticeDossier::Renvoye } else { NoticeDossier::TropDeCourriels }).at(&file)),
        &file,
    )
}

#[server]
pub async fn correct_persons_address(
    id: i64,
    #[server(default)] courriel: String,
    #[server(default)] retour: String,
) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<CorrectPersonsAddress>().await? else { return Ok(()) };
    let file = dossier_path(id, &retour);
    let outcome = ports.of::<dyn Demandes>().correct_address(&by, id, &courriel).await.map(|outcome| match outcome {
        CorrectionAdresse::Envoyee => NoticeDossier::Adresse.at(&file),
        CorrectionAdresse::Invalide => Refus::Adresse.at(&file),
        CorrectionAdresse::TropDeCourriels => Refus::Courriels.at(&file),
        CorrectionAdresse::TropTard => NoticeDossier::TropTard.at(&file),
    });
    go(outcome, &file)
}
