use domain::ports::Statistiques;
use leptos::prelude::*;

use crate::api::vue::{Qui, Vue};
use crate::base::droits::{acces, entrer};
use crate::base::erreur::ApiError;

acces! {
    Gestionnaire: ReadStatistiques;
}

#[server]
pub async fn read_statistiques() -> Result<Option<Vue<Statistiques>>, ApiError> {
    let Some((by, ports)) = entrer::<ReadStatistiques>().await? else { return Ok(None) };
    let contenu = ports.mesures.statistics(&by).await?;
    Ok(Some(Vue { qui: Qui::from(&by), contenu }))
}
