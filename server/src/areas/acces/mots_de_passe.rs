//! Changes the password of a signed-in person. The current password is proved first, as at a login.

use app::areas::acces::{ChangementMotDePasse, MotsDePasse};
use app::base::appelants::{Connecte, Titulaire};
use app::base::exchange::{Client, ConnexionToken};
use app::base::port::Reply;
use async_trait::async_trait;
use domain::valeurs::MotDePasse;
use sea_orm::ConnectionTrait;

use super::activations::own_data;
use super::invitations::staff_data;
use super::preuve::Preuve;
use crate::backend::Backend;
use crate::error::BackendError;
use crate::persistence::courriels::{Genre, NouveauCourriel};
use crate::persistence::entities::{compte, service_formation};
use crate::persistence::journal::{Acteur, Action};
use crate::persistence::{
    comptes, compteurs, connexions, gestionnaires, identifiants, jetons, journal, services_formation,
};
use crate::security::secrets::{at_rest, cookie_secret};
use crate::security::tokens::Usage;

#[async_trait]
impl MotsDePasse for Backend {
    async fn identifiant(&self, who: Titulaire) -> Reply<String> {
        let db = self.db.connection();
        let found = match who {
            Titulaire::Formateur(id) => comptes::find(db, id).await?.map(|row| row.courriel),
            Titulaire::ServiceFormation(id) => services_formation::find(db, id).await?.map(|row| row.courriel),
            Titulaire::Gestionnaire(id) => gestionnaires::find(db, id).await?.map(|row| row.courriel),
        };
        Ok(found.unwrap_or_default())
    }

    async fn change_password(
        &self,
        client: &Client,
        who: &Connecte,
        actuel: &str,
        nouveau: &str,
    ) -> Reply<ChangementMotDePasse> {
        let outcome = match who.titulaire {
            Titulaire::Gestionnaire(id) => {
                self.retried(|| self.change_staffs(client, id, &who.connexion, actuel, nouveau)).await
            }
            Titulaire::Formateur(_) | Titulaire::ServiceFormation(_) => {
                self.retried(|| self.change_persons(client, who, actuel, nouveau)).await
            }
        };
        Ok(outcome?)
    }
}

/// An address, and the uses of its one password.
struct Adresse {
    cle: String,
    compte: Option<compte::Model>,
    service: Option<service_formation::Model>,
}

impl Backend {
    async fn change_persons(
        &self,
        client: &Client,
        who: &Connecte,
        actuel: &str,
        nouveau: &str,
    ) -> Result<ChangementMotDePasse, BackendError> {
        let (db, now) = (self.db.connection(), self.now());
        let Some(adresse) = self.adresse_of(db, who.titulaire).await? else {
            return Ok(ChangementMotDePasse::SansObjet);
        };
        let Some(identifiant) = identifiants::by_courriel(db, &adresse.cle).await? else {
            return Ok(ChangementMotDePasse::SansObjet);
        };
        let stored = Some(identifiant.mot_de_passe.clone());
        match self.prove_password(client, &adresse.cle, stored, actuel).await? {
            Preuve::Faite(_) => {}
            Preuve::Fausse => return Ok(ChangementMotDePasse::ActuelFaux),
            Preuve::Retardee { minutes } => return Ok(ChangementMotDePasse::Retarde { minutes }),
        }
        let mut data = adresse.compte.as_ref().map(own_data).unwrap_or_default();
        if let Some(service) = &adresse.service {
            data.extend(self.service_data(db, service).await?);
        }
        let hash = match self.passwords.choose(client, nouveau, MotDePasse::MIN, data).await? {
            Ok(hash) => hash,
            Err(why) => return Ok(ChangementMotDePasse::Refuse(why)),
        };

        let write = self.db.begin().await?;
        // Locks the account first: the same order as in all other code that changes the credential.
        if let Some(compte) = &adresse.compte {
            comptes::find_locked(&*write, compte.id).await?;
        }
        // Hashing took time. The address or the password may have changed meanwhile.
        let Some(adresse) = self.adresse_of(&*write, who.titulaire).await?.filter(|now| now.cle == adresse.cle) else {
            return Ok(ChangementMotDePasse::SansObjet);
        };
        if !identifiants::change(&*write, &identifiant, &hash, now).await? {
            return Ok(ChangementMotDePasse::SansObjet);
        }
        let Some((connexion, kept)) = self.change_secret(&*write, &who.connexion).await? else {
            return Ok(ChangementMotDePasse::SansObjet);
        };
        self.end_uses(&*write, &adresse.cle, &kept).await?;
        let (acteur, compte_id) = match who.titulaire {
            Titulaire::ServiceFormation(id) => (Acteur::ServiceFormation(id), None),
            Titulaire::Formateur(id) | Titulaire::Gestionnaire(id) => (Acteur::Personne, Some(id)),
        };
        journal::write(&*write, now, acteur, compte_id, Action::NouveauMotDePasse, &["mot_de_passe"]).await?;
        match (&adresse.compte, &adresse.service) {
            (Some(compte), _) => self.queue_for_compte(&*write, Genre::MotDePasseChange, compte, None).await?,
            (None, Some(service)) => self.tell_service(&*write, service).await?,
            (None, None) => {}
        }
        self.commit(write).await?;
        Ok(ChangementMotDePasse::Change(connexion))
    }

    async fn change_staffs(
        &self,
        client: &Client,
        id: i64,
        connexion: &ConnexionToken,
        actuel: &str,
        nouveau: &str,
    ) -> Result<ChangementMotDePasse, BackendError> {
        let (db, now) = (self.db.connection(), self.now());
        let Some(row) = gestionnaires::find(db, id).await? else { return Ok(ChangementMotDePasse::SansObjet) };
        let cle = compteurs::staff_cle(&row.courriel_cle);
        match self.prove_password(client, &cle, row.mot_de_passe.clone(), actuel).await? {
            Preuve::Faite(_) => {}
            Preuve::Fausse => return Ok(ChangementMotDePasse::ActuelFaux),
            Preuve::Retardee { minutes } => return Ok(ChangementMotDePasse::Retarde { minutes }),
        }
        let data = staff_data(&row.nom, &row.courriel);
        let hash = match self.passwords.choose(client, nouveau, MotDePasse::MIN_STAFF, data).await? {
            Ok(hash) => hash,
            Err(why) => return Ok(ChangementMotDePasse::Refuse(why)),
        };

        let write = self.db.begin().await?;
        if !gestionnaires::change_password(&*write, &row, &hash).await? {
            return Ok(ChangementMotDePasse::SansObjet);
        }
        let Some((connexion, kept)) = self.change_secret(&*write, connexion).await? else {
            return Ok(ChangementMotDePasse::SansObjet);
        };
        connexions::close_others(&*write, connexions::Genre::Gestion, id, &kept).await?;
        // A member of the staff who lost the password gets an invitation. So invitations are revoked too: see the
        // team's page.
        jetons::revoke(&*write, Usage::Invitation, id, now).await?;
        let acteur = Acteur::Gestionnaire(id);
        journal::write(&*write, now, acteur, None, Action::NouveauMotDePasse, &["mot_de_passe"]).await?;
        self.queue_for_gestionnaire(&*write, Genre::MotDePasseChange, &row, None).await?;
        self.commit(write).await?;
        Ok(ChangementMotDePasse::Change(connexion))
    }

    /// The address with which a person signs in, and its uses. `None` when the account or the service is deleted.
    async fn adresse_of(&self, db: &impl ConnectionTrait, who: Titulaire) -> Result<Option<Adresse>, BackendError> {
        let cle = match who {
            Titulaire::Formateur(id) => comptes::find(db, id).await?.map(|row| row.courriel_cle),
            Titulaire::ServiceFormation(id) => services_formation::find(db, id).await?.map(|row| row.courriel_cle),
            Titulaire::Gestionnaire(_) => None,
        };
        let Some(cle) = cle else { return Ok(None) };
        let compte = comptes::holder(db, &cle).await?;
        let service = services_formation::by_courriel(db, &cle).await?.filter(services_formation::is_active);
        Ok(Some(Adresse { cle, compte, service }))
    }

    /// Gives this connexion a new secret. Returns the secret and its hash; `None` when the connexion was closed meanwhile.
    async fn change_secret(
        &self,
        db: &impl ConnectionTrait,
        connexion: &ConnexionToken,
    ) -> Result<Option<(ConnexionToken, String)>, BackendError> {
        let secret = cookie_secret(&*self.random);
        let kept = at_rest(&secret);
        let changed = connexions::change_secret(db, &at_rest(&connexion.secret), &kept).await?;
        Ok(changed.then(|| (ConnexionToken::new(secret), kept)))
    }

    /// Queues a mail to an address that has only a service formation. Such a mail finds its address through a link, so
    /// a link is made and revoked at once. No mail contains it.
    async fn tell_service(
        &self,
        db: &impl ConnectionTrait,
        service: &service_formation::Model,
    ) -> Result<(), BackendError> {
        let (now, usage) = (self.now(), Usage::ReinitialisationService);
        let jeton_id = self.issue_link(db, usage, service.id).await?;
        jetons::revoke(db, usage, service.id, now).await?;
        let courriel = NouveauCourriel {
            jeton_id: Some(jeton_id),
            ..self.mail(Genre::MotDePasseChange, self.hide(&service.courriel_cle))
        };
        self.queue(db, courriel).await?;
        Ok(())
    }
}
