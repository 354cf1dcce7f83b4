//! Ends what a credential opened, when this credential ends. One address has one password, for an account and for a
//! service formation.
//!
//! All code that changes a credential locks rows in one order, so that two transactions cannot block each other. The
//! order is: accounts by id, the credential, the service formation, members of the staff by id, links, then the rest.

use sea_orm::ConnectionTrait;

use crate::backend::Backend;
use crate::error::BackendError;
use crate::persistence::entities::service_formation;
use crate::persistence::{changements_adresse, comptes, connexions, identifiants, jetons, services_formation};
use crate::security::tokens::Usage;

impl Backend {
    /// Ends everything that the former password of an address opened, for both uses. It closes the connexions, except the
    /// one whose hash is `kept`. It revokes links to a new password, and changes of address that wait for their
    /// confirmation.
    pub(crate) async fn end_uses(
        &self,
        db: &impl ConnectionTrait,
        courriel_cle: &str,
        kept: &str,
    ) -> Result<(), BackendError> {
        let now = self.now();
        if let Some((id, _)) = comptes::holder_state(db, courriel_cle).await? {
            jetons::revoke(db, Usage::Reinitialisation, id, now).await?;
            changements_adresse::revoke_from(db, Usage::Adresse, id, 0, now).await?;
            connexions::close_others(db, connexions::Genre::Formateur, id, kept).await?;
        }
        if let Some(service) = services_formation::by_courriel(db, courriel_cle).await? {
            jetons::revoke(db, Usage::ReinitialisationService, service.id, now).await?;
            connexions::close_others(db, connexions::Genre::ServiceFormation, service.id, kept).await?;
        }
        Ok(())
    }
}

/// Locks everything that a change of the password of a service formation touches, in the order of this file: the account
/// that has the same address, the credential, the service formation.
pub(crate) async fn lock_service_formation(
    db: &impl ConnectionTrait,
    row: &service_formation::Model,
) -> Result<(), BackendError> {
    if let Some((compte_id, _)) = comptes::holder_state(db, &row.courriel_cle).await? {
        comptes::find_locked(db, compte_id).await?;
    }
    identifiants::lock(db, &row.courriel_cle).await?;
    services_formation::find_locked(db, row.id).await?;
    Ok(())
}
