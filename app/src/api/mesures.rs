use domain::ports::Statistiques;
use leptos::prelude::*;

use crate::api::appel::appels;
use crate::api::vue::{Qui, Vue};
use crate::base::droits::{acces, entrer};
use crate::base::erreur::ApiError;
use crate::base::paquet::Paquet;

acces! {
    Gestionnaire: ReadStatistiques;
}

appels! {
    ReadStatistiques {}
}

#[server(output = Paquet)]
pub async fn read_statistiques() -> Result<Option<Vue<Statistiques>>, ApiError> {
    let Some((by, ports)) = entrer::<ReadStatistiques>().await? else { return Ok(None) };
    let contenu = ports.mesures.statistics(&by).await?;
    Ok(Some(Vue { qui: Qui::from(&by), contenu }))
}
