use domain::collectivite::Collectivite;
use leptos::prelude::*;

use super::{ApiError, services};

/// The proposals under the combobox.
#[server]
pub async fn search_collectivites(texte: String) -> Result<Vec<Collectivite>, ApiError> {
    let services = services();
    Ok(services.annuaire.search(&services.exchange.client(), &texte).await?)
}

/// What the page of the collectivité shows: the generic employers, and what a text without WebAssembly named.
#[server]
pub async fn read_choices(
    #[server(default)] texte: String,
) -> Result<(Vec<Collectivite>, Vec<Collectivite>), ApiError> {
    let services = services();
    let generic = services.annuaire.generic().await?;
    let found = match texte.trim() {
        "" => Vec::new(),
        text => services.annuaire.search(&services.exchange.client(), text).await?,
    };
    Ok((generic, found))
}

#[server]
pub async fn read_communes(code_postal: String) -> Result<Vec<String>, ApiError> {
    let services = services();
    Ok(services.annuaire.communes(&services.exchange.client(), &code_postal).await?)
}
