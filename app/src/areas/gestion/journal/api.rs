use std::collections::BTreeMap;

use leptos::prelude::*;

use super::port::{FiltreJournal, Journaux, ListeJournal};
use crate::base::appel::appels;
use crate::base::droits::{acces, entrer};
use crate::base::erreur::ApiError;
use crate::base::paquet::Paquet;
use crate::base::vue::{Qui, Vue};

acces! {
    Administrateur: ReadJournal;
}

appels! {
    ReadJournal { parametres }
}

/// `parametres` are those of the address of the page.
#[server(output = Paquet)]
pub async fn read_journal(
    #[server(default)] parametres: BTreeMap<String, String>,
) -> Result<Option<Vue<ListeJournal>>, ApiError> {
    let Some((by, ports)) = entrer::<ReadJournal>().await? else { return Ok(None) };
    let typed = |name: &str| parametres.get(name).map(|raw| raw.chars().take(100).collect()).unwrap_or_default();
    let filtre = FiltreJournal {
        acteur: typed("acteur"),
        action: typed("action"),
        reference: typed("reference"),
        du: typed("du"),
        au: typed("au"),
        apres: parametres.get("apres").and_then(|raw| raw.parse().ok()),
    };
    let contenu = ports.of::<dyn Journaux>().journal_page(&by, &filtre).await?;
    Ok(Some(Vue { qui: Qui::of(&by, &ports), contenu }))
}
