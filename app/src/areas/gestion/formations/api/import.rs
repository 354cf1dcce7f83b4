use leptos::prelude::*;

use crate::areas::gestion::formations::port::{ImportFormations, ImportsFormations, RapportFormations};
use crate::areas::gestion::si_active::{go_if_active, read_if_active};
use crate::base::adresses::{GESTION_FORMATIONS, IMPORT_FORMATIONS, encode, with_parameter};
use crate::base::appel::appels;
use crate::base::droits::{acces, entrer};
use crate::base::erreur::ApiError;
use crate::base::paquet::Paquet;
use crate::base::refus::Refus;
use crate::base::vue::{Qui, Vue};

acces! {
    Gestionnaire: ReadImportFormations, WriteImportFormations;
}

appels! {
    ReadImportFormations { id }
}

/// The report on a file sent before. Without an id, the page that asks for a file.
#[server(output = Paquet)]
pub async fn read_import_formations(
    #[server(default)] id: String,
) -> Result<Option<Vue<Option<Option<RapportFormations>>>>, ApiError> {
    let Some((by, ports)) = entrer::<ReadImportFormations>().await? else { return Ok(None) };
    let report = async {
        match id.as_str() {
            "" => Ok(Some(None)),
            id => ports.of::<dyn ImportsFormations>().formations_report(&by, id).await.map(Some),
        }
    };
    let contenu = read_if_active(&ports, report).await?;
    Ok(Some(Vue { qui: Qui::of(&by, &ports), contenu }))
}

/// Imports a file whose report was shown.
#[server]
pub async fn write_import_formations(#[server(default)] id: String) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<WriteImportFormations>().await? else { return Ok(()) };
    let done = async {
        let outcome = ports.of::<dyn ImportsFormations>().import_formations(&by, &id).await?;
        Ok(match outcome {
            ImportFormations::Ecrit(count) => with_parameter(GESTION_FORMATIONS, "creees", &count.to_string()),
            ImportFormations::Refuse => Refus::Refuse.at(&with_parameter(IMPORT_FORMATIONS, "id", &encode(&id))),
            ImportFormations::Expire => Refus::Expire.at(IMPORT_FORMATIONS),
        })
    };
    go_if_active(&ports, done, IMPORT_FORMATIONS).await
}
