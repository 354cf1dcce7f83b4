use leptos::prelude::*;

use super::port::{EditionMotif, MotifEnregistre, MotifGere, MotifSaisi, Motifs};
use crate::base::adresses::MOTIFS;
use crate::base::appel::appels;
use crate::base::droits::{acces, entrer};
use crate::base::erreur::{ApiError, go};
use crate::base::notice::{Notice, notices};
use crate::base::paquet::Paquet;
use crate::base::refus::Refus;
use crate::base::vue::{Qui, Vue};

notices! {
    /// On the page of the motives.
    pub enum NoticeMotifs {
        Enregistre = "enregistre", true, "Motif enregistré. Les refus passés gardent leur texte.";
        Active = "active", true, "Motif activé\u{a0}: il peut être choisi.";
        Desactive = "desactive", true, "Motif désactivé\u{a0}: il n’est plus proposé.";
        Perime = "perime", false, "Un collègue a changé ce motif entre-temps\u{a0}: voici où il en est.";
    }
}

acces! {
    Gestionnaire: ReadMotifs, ReadMotif, SaveMotif, ActivateMotif;
}

appels! {
    ReadMotifs {}
    ReadMotif { id }
}

#[server(output = Paquet)]
pub async fn read_motifs() -> Result<Option<Vue<Vec<MotifGere>>>, ApiError> {
    let Some((by, ports)) = entrer::<ReadMotifs>().await? else { return Ok(None) };
    let contenu = ports.of::<dyn Motifs>().all(&by).await?;
    Ok(Some(Vue { qui: Qui::of(&by, &ports), contenu }))
}

/// `id` is « nouveau » for a motive that does not exist yet.
#[server(output = Paquet)]
pub async fn read_motif(id: String) -> Result<Option<Vue<Option<EditionMotif>>>, ApiError> {
    let Some((by, ports)) = entrer::<ReadMotif>().await? else { return Ok(None) };
    let contenu = match (id.as_str(), id.parse().ok()) {
        ("nouveau", _) => ports.of::<dyn Motifs>().edit(&by, None).await?,
        (_, Some(id)) => ports.of::<dyn Motifs>().edit(&by, Some(id)).await?,
        _ => None,
    };
    if contenu.is_none() {
        ports.exchange.not_found();
    }
    Ok(Some(Vue { qui: Qui::of(&by, &ports), contenu }))
}

/// Keeps the typed wording to show its mail, or makes it the wording of the next refusals.
#[server]
pub async fn save_motif(
    #[server(default)] id: String,
    #[server(default)] libelle: String,
    #[server(default)] texte: String,
    #[server(default)] faire: String,
) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<SaveMotif>().await? else { return Ok(()) };
    let number: Option<i64> = id.parse().ok();
    let here = format!("{MOTIFS}/{}", number.map_or("nouveau".to_owned(), |id| id.to_string()));
    let saisi = MotifSaisi { libelle, texte: texte.replace("\r\n", "\n") };
    let outcome = if faire == "voir" {
        ports.of::<dyn Motifs>().keep(&by, number, &saisi).await.map(|()| format!("{here}?fait=apercu#apercu"))
    } else {
        ports.of::<dyn Motifs>().save(&by, number, &saisi).await.map(|outcome| match outcome {
            MotifEnregistre::Fait => NoticeMotifs::Enregistre.at(MOTIFS),
            MotifEnregistre::ARevoir => Refus::Saisie.at(&here),
            MotifEnregistre::Perime => NoticeMotifs::Perime.at(MOTIFS),
        })
    };
    go(outcome, &here)
}

#[server]
pub async fn activate_motif(id: i64, #[server(default)] actif: bool) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<ActivateMotif>().await? else { return Ok(()) };
    let done = ports.of::<dyn Motifs>().set_active(&by, id, actif).await;
    let notice = |done| match (done, actif) {
        (false, _) => NoticeMotifs::Perime,
        (true, true) => NoticeMotifs::Active,
        (true, false) => NoticeMotifs::Desactive,
    };
    go(done.map(|done| notice(done).at(MOTIFS)), MOTIFS)
}
