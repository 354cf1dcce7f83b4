use leptos::prelude::*;

use super::port::{AjoutRepertoire, EntreeRepertoire, EntreeSaisie, ImportRepertoire, RapportImport, Repertoire};
use crate::base::adresses::{COLLECTIVITES, IMPORT, encode, with_parameter};
use crate::base::appel::appels;
use crate::base::droits::{acces, entrer};
use crate::base::erreur::{ApiError, go};
use crate::base::notice::{Notice, notices};
use crate::base::paquet::Paquet;
use crate::base::refus::Refus;
use crate::base::vue::{Qui, Vue};

notices! {
    /// On the page of an entry of the directory.
    pub enum NoticeCollectivite {
        Ajoutee = "ajoutee", true, "Collectivité ajoutée.";
        Renommee = "renommee", true, "Collectivité renommée. L’ancien nom la trouve encore.";
        Archivee = "archivee", true, "Collectivité archivée\u{a0}: elle n’est plus proposée. Les comptes la gardent.";
        Retablie = "retablie", true, "Collectivité rétablie\u{a0}: elle est de nouveau proposée.";
    }
}

acces! {
    Gestionnaire: ReadCollectivites, ReadCollectivite, ReadImport, AddCollectivite, RenameCollectivite,
        ArchiveCollectivite, WriteImport;
}

appels! {
    ReadCollectivites { q }
    ReadCollectivite { id }
    ReadImport { id }
}

#[server(output = Paquet)]
pub async fn read_collectivites(#[server(default)] q: String) -> Result<Option<Vue<Vec<EntreeRepertoire>>>, ApiError> {
    let Some((by, ports)) = entrer::<ReadCollectivites>().await? else { return Ok(None) };
    let contenu = ports.of::<dyn Repertoire>().entries(&by, &q).await?;
    Ok(Some(Vue { qui: Qui::of(&by, &ports), contenu }))
}

#[server(output = Paquet)]
pub async fn read_collectivite(
    #[server(default)] id: String,
) -> Result<Option<Vue<Option<EntreeRepertoire>>>, ApiError> {
    let Some((by, ports)) = entrer::<ReadCollectivite>().await? else { return Ok(None) };
    let contenu = ports.of::<dyn Repertoire>().entry(&by, id.parse().unwrap_or_default()).await?;
    if contenu.is_none() {
        ports.exchange.not_found();
    }
    Ok(Some(Vue { qui: Qui::of(&by, &ports), contenu }))
}

/// The report on a file sent before. Without an id, the page that asks for a file.
#[server(output = Paquet)]
pub async fn read_import(#[server(default)] id: String) -> Result<Option<Vue<Option<RapportImport>>>, ApiError> {
    let Some((by, ports)) = entrer::<ReadImport>().await? else { return Ok(None) };
    let contenu = match id.as_str() {
        "" => None,
        id => ports.of::<dyn Repertoire>().import_report(&by, id).await?,
    };
    Ok(Some(Vue { qui: Qui::of(&by, &ports), contenu }))
}

#[server]
pub async fn add_collectivite(#[server(default)] entree: EntreeSaisie) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<AddCollectivite>().await? else { return Ok(()) };
    let back = format!("{COLLECTIVITES}/nouvelle");
    let outcome = ports.of::<dyn Repertoire>().add_entry(&by, &entree).await.map(|outcome| match outcome {
        AjoutRepertoire::Ajoutee(id) => NoticeCollectivite::Ajoutee.at(&format!("{COLLECTIVITES}/{id}")),
        // Only the names of the fields go into the address: they are ours.
        AjoutRepertoire::Refusee(champs) => Refus::Saisie.with(&back, "champs", champs.join("-")),
    });
    go(outcome, &back)
}

#[server]
pub async fn rename_collectivite(id: i64, #[server(default)] nom: String) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<RenameCollectivite>().await? else { return Ok(()) };
    let here = format!("{COLLECTIVITES}/{id}");
    let done = ports.of::<dyn Repertoire>().rename_entry(&by, id, &nom).await;
    let to = |done| if done { NoticeCollectivite::Renommee.at(&here) } else { Refus::Nom.at(&here) };
    go(done.map(to), &here)
}

#[server]
pub async fn archive_collectivite(id: i64, #[server(default)] archivee: bool) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<ArchiveCollectivite>().await? else { return Ok(()) };
    let here = format!("{COLLECTIVITES}/{id}");
    let done = ports.of::<dyn Repertoire>().archive_entry(&by, id, archivee).await;
    let notice = if archivee { NoticeCollectivite::Archivee } else { NoticeCollectivite::Retablie };
    go(done.map(|()| notice.at(&here)), &here)
}

/// Imports a file whose report was shown.
#[server]
pub async fn write_import(#[server(default)] id: String) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<WriteImport>().await? else { return Ok(()) };
    let outcome = ports.of::<dyn Repertoire>().import(&by, &id).await.map(|outcome| match outcome {
        ImportRepertoire::Ecrit(done) => {
            format!("{COLLECTIVITES}?ajoutees={}&changees={}", done.ajoutees, done.renommees + done.changees)
        }
        ImportRepertoire::Refuse => Refus::Refuse.at(&with_parameter(IMPORT, "id", &encode(&id))),
        ImportRepertoire::Expire => Refus::Expire.at(IMPORT),
    });
    go(outcome, IMPORT)
}
