use domain::Tableau;
use domain::collectivite::CleCollectivite;
use leptos::prelude::*;

use crate::base::appel::appels;
use crate::base::droits::{acces, ouvert};
use crate::base::erreur::ApiError;
use crate::onglet::annuaire::port::Annuaire;

acces! {
    Public: SearchCollectivites, ReadChoices, ReadCommunes;
}

appels! {
    SearchCollectivites { texte }
    ReadChoices { texte, ordinaire }
    ReadCommunes { code_postal }
}

/// The proposals under the combobox, rows `trouvee`.
#[server]
pub async fn search_collectivites(texte: String) -> Result<Tableau, ApiError> {
    let ports = ouvert::<SearchCollectivites>();
    let mut table = Tableau::default();
    for collectivite in ports.of::<dyn Annuaire>().search(&ports.exchange.client(), &texte).await? {
        table.push("trouvee", [&collectivite.line()]);
    }
    Ok(table)
}

/// The rows of the page of the collectivité. `generique`: a generic employer. `trouvee`: an entry that a text without
/// WebAssembly named. `ordinaire`: the entry that an ordinary choice named, to say that it is cas 1.
#[server]
pub async fn read_choices(
    #[server(default)] texte: String,
    #[server(default)] ordinaire: String,
) -> Result<Tableau, ApiError> {
    let ports = ouvert::<ReadChoices>();
    let mut table = Tableau::default();
    for collectivite in ports.of::<dyn Annuaire>().generic().await? {
        table.push_collectivite("generique", &collectivite);
    }
    if !texte.trim().is_empty() {
        for collectivite in ports.of::<dyn Annuaire>().search(&ports.exchange.client(), texte.trim()).await? {
            table.push_collectivite("trouvee", &collectivite);
        }
    }
    if CleCollectivite::parse(&ordinaire).is_some()
        && let Some(collectivite) =
            ports.of::<dyn Annuaire>().named(Some(&ports.exchange.client()), &ordinaire).await?.first()
    {
        table.push_collectivite("ordinaire", collectivite);
    }
    Ok(table)
}

/// The names of the communes of a postal code, rows `commune`.
#[server]
pub async fn read_communes(code_postal: String) -> Result<Tableau, ApiError> {
    let ports = ouvert::<ReadCommunes>();
    let mut table = Tableau::default();
    for commune in ports.of::<dyn Annuaire>().communes(&ports.exchange.client(), &code_postal).await? {
        table.push("commune", [&commune]);
    }
    Ok(table)
}
