//! Reads mailed links: finds the record of a token, and changes nothing.

use app::areas::acces::Lien;
use domain::compte::Statut;
use sea_orm::ConnectionTrait;

use crate::backend::Backend;
use crate::error::BackendError;
use crate::persistence::entities::{compte, gestionnaire, jeton, service_formation};
use crate::persistence::jetons::Etat;
use crate::persistence::{comptes, gestionnaires, invitations, jetons, services_formation};
use crate::security::tokens::Usage;

impl Backend {
    /// The record of a genuine token of this purpose.
    pub(crate) async fn jeton(
        &self,
        db: &impl ConnectionTrait,
        usage: Usage,
        token: &str,
    ) -> Result<Option<jeton::Model>, BackendError> {
        match self.key.verify(usage, token) {
            Some(id) => Ok(jetons::find(db, &id).await?.filter(|row| row.usage == usage.code())),
            None => Ok(None),
        }
    }

    pub(crate) async fn activation_link(
        &self,
        db: &impl ConnectionTrait,
        token: &str,
    ) -> Result<Lien<(jeton::Model, compte::Model)>, BackendError> {
        let Some(jeton) = self.jeton(db, Usage::Activation, token).await? else { return Ok(Lien::Inconnu) };
        let Some(compte) = comptes::find(db, jeton.sujet_id).await? else { return Ok(Lien::Inconnu) };
        let statut = comptes::statut(&compte)?;
        // Another request of this address was activated, after two presentations or two sign-ups. The address has its
        // account, so this link opens nothing.
        let taken = comptes::holder(db, &compte.courriel_cle).await?.is_some();
        Ok(match jetons::etat(&jeton, self.validity(Usage::Activation), self.now()) {
            _ if taken || statut.is_activated() => Lien::Utilise,
            Etat::Utilise => Lien::Utilise,
            Etat::Vivant if statut == Statut::EnAttenteActivation => Lien::Vivant((jeton, compte)),
            _ => Lien::Expire,
        })
    }

    pub(crate) async fn reset_link(
        &self,
        db: &impl ConnectionTrait,
        token: &str,
    ) -> Result<Lien<(jeton::Model, compte::Model)>, BackendError> {
        let Some(jeton) = self.jeton(db, Usage::Reinitialisation, token).await? else { return Ok(Lien::Inconnu) };
        let Some(compte) = comptes::find(db, jeton.sujet_id).await? else { return Ok(Lien::Inconnu) };
        let statut = comptes::statut(&compte)?;
        Ok(match jetons::etat(&jeton, self.validity(Usage::Reinitialisation), self.now()) {
            Etat::Vivant if statut.is_activated() && statut != Statut::Suspendu => Lien::Vivant((jeton, compte)),
            Etat::Vivant | Etat::Expire => Lien::Expire,
            Etat::Utilise | Etat::Revoque => Lien::Utilise,
        })
    }

    /// Reads a link of a service formation: an invitation, or a link to a new password.
    pub(crate) async fn service_link(
        &self,
        db: &impl ConnectionTrait,
        usage: Usage,
        token: &str,
    ) -> Result<Lien<(jeton::Model, service_formation::Model)>, BackendError> {
        let Some(jeton) = self.jeton(db, usage, token).await? else { return Ok(Lien::Inconnu) };
        let Some(service) = services_formation::find(db, jeton.sujet_id).await? else { return Ok(Lien::Inconnu) };
        let open = match usage {
            // A disabled service may be invited again. Links made before it was disabled are already revoked.
            Usage::InvitationServiceFormation => {
                !service.courriel.is_empty()
                    && (service.desactive_le.is_none() || invitations::find(db, &jeton.id).await?.is_some())
            }
            _ => services_formation::is_active(&service),
        };
        Ok(match jetons::etat(&jeton, self.validity(usage), self.now()) {
            Etat::Vivant if open => Lien::Vivant((jeton, service)),
            Etat::Utilise => Lien::Utilise,
            Etat::Revoque if usage == Usage::ReinitialisationService => Lien::Utilise,
            Etat::Vivant | Etat::Expire | Etat::Revoque => Lien::Expire,
        })
    }

    pub(crate) async fn invitation_link(
        &self,
        db: &impl ConnectionTrait,
        token: &str,
    ) -> Result<Lien<(jeton::Model, gestionnaire::Model)>, BackendError> {
        let Some(jeton) = self.jeton(db, Usage::Invitation, token).await? else { return Ok(Lien::Inconnu) };
        let Some(gestionnaire) = gestionnaires::find(db, jeton.sujet_id).await? else { return Ok(Lien::Inconnu) };
        // A disabled member may be invited again. Links made before they were disabled are already revoked.
        let open = !gestionnaire.courriel.is_empty()
            && (gestionnaire.desactive_le.is_none() || invitations::find(db, &jeton.id).await?.is_some());
        Ok(match jetons::etat(&jeton, self.validity(Usage::Invitation), self.now()) {
            Etat::Vivant if open => Lien::Vivant((jeton, gestionnaire)),
            Etat::Utilise => Lien::Utilise,
            Etat::Vivant | Etat::Expire | Etat::Revoque => Lien::Expire,
        })
    }
}
