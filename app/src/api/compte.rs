use domain::ports::MonCompte;
use leptos::prelude::*;

use super::{ApiError, formateur, services};
use crate::connexion::LOGIN;

/// The person's own account; to the login page when nobody is signed in.
#[server]
pub async fn read_account() -> Result<Option<(MonCompte, String)>, ApiError> {
    let services = services();
    match formateur().await {
        Ok(who) => {
            let compte = services.comptes.mine(&who).await?;
            Ok(Some((compte, services.exploitant.lien_preinscription.clone())))
        }
        Err(ApiError::SessionExpired) => {
            services.exchange.redirect(&format!("{LOGIN}?session=1"));
            Ok(None)
        }
        Err(other) => Err(other),
    }
}
