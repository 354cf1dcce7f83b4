//! Ends what a credential opened, when this credential ends. One address has one password, for an account and for a
//! service formation.
//!
//! All code that changes a credential locks rows in one order, so that two transactions cannot block each other. The
//! order is: accounts by id, the credential, the service formation, members of the staff by id, links, then the rest.

use sea_orm::ConnectionTrait;

use super::Backend;
use crate::error::BackendError;
use crate::persistence::{changements_adresse, comptes, connexions, jetons, services_formation};
use crate::security::tokens::Usage;

impl Backend {
    /// Ends everything that the former password of an address opened, for both uses. It closes the connexions, except the
    /// one whose hash is `kept`. It revokes links to a new password, and changes of address that wait for their
    /// confirmation.
    pub(super) async fn end_uses(
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
