use leptos::prelude::*;

use super::port::{Mesures, Statistiques};
use crate::base::appel::appels;
use crate::base::droits::{acces, entrer};
use crate::base::erreur::ApiError;
use crate::base::paquet::Paquet;
use crate::base::vue::{Qui, Vue};

acces! {
    Gestionnaire: ReadStatistiques;
}

appels! {
    ReadStatistiques {}
}

#[server(output = Paquet)]
pub async fn read_statistiques() -> Result<Option<Vue<Statistiques>>, ApiError> {
    let Some((by, ports)) = entrer::<ReadStatistiques>().await? else { return Ok(None) };
    let contenu = ports.of::<dyn Mesures>().statistics(&by).await?;
    Ok(Some(Vue { qui: Qui::of(&by, &ports), contenu }))
}
