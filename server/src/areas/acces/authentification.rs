use app::areas::acces::{Authentification, ChoixMotDePasse, Espace, IssueAuthentification, Lien};
use app::base::exchange::{Client, ConnexionToken};
use app::base::port::Reply;
use async_trait::async_trait;
use domain::valeurs::MotDePasse;
use sea_orm::ConnectionTrait;

use super::activations::own_data;
use super::usages as acces;
use crate::backend::appelants::may_enter;
use crate::backend::{Backend, courriel_cle};
use crate::clock::{HOUR, MINUTE};
use crate::error::BackendError;
use crate::persistence::compteurs::Fenetre;
use crate::persistence::courriels::{Genre, NouveauCourriel};
use crate::persistence::journal::{Acteur, Action};
use crate::persistence::{
    comptes, compteurs, connexions, essais, gestionnaires, identifiants, jetons, journal, services_formation,
};
use crate::security::limits;
use crate::security::passwords::Verdict;
use crate::security::secrets::at_rest;
use crate::security::tokens::Usage;

/// The limit of password resets for one address, known or not.
pub(crate) const RESETS: Fenetre = Fenetre { max: 3, length: HOUR };

#[async_trait]
impl Authentification for Backend {
    async fn login(
        &self,
        client: &Client,
        espace: Espace,
        courriel: &str,
        password: &str,
    ) -> Reply<IssueAuthentification> {
        Ok(self.retried(|| self.login_person(client, espace, courriel, password)).await?)
    }

    async fn staff_login(&self, client: &Client, courriel: &str, password: &str) -> Reply<IssueAuthentification> {
        Ok(self.retried(|| self.login_gestionnaire(client, courriel, password)).await?)
    }

    async fn logout(&self, connexion: &ConnexionToken) -> Reply<()> {
        let closed = connexions::close(self.db.connection(), &at_rest(&connexion.secret)).await;
        Ok(closed.map(|_| ())?)
    }

    // An unknown address gets the same rows: the worker finds no person to write to.
    async fn request_reset(&self, client: &Client, courriel: &str) -> Reply<()> {
        let now = self.now();
        self.limits.count(&self.db, now, limits::Action::Reset, client).await?;
        let cle = courriel_cle(courriel);
        let write = self.db.begin().await?;
        let destinataire = self.hide(&cle);
        let retenu = !compteurs::may_send(&*write, "reinitialisation", &destinataire, &client.0, now, RESETS).await?;
        let compte = comptes::holder_state(&*write, &cle).await?;
        let compte_id = compte.filter(|(_, statut)| may_enter(*statut)).map(|(id, _)| id);
        let service = services_formation::by_courriel(&*write, &cle).await?.filter(services_formation::is_active);
        let (usage, sujet) = match (compte_id, service) {
            (None, Some(service)) => (Usage::ReinitialisationService, service.id),
            (compte_id, _) => (Usage::Reinitialisation, compte_id.unwrap_or_default()),
        };
        let jeton_id = self.issue_link(&*write, usage, sujet).await?;
        let courriel = NouveauCourriel {
            compte_id,
            jeton_id: Some(jeton_id),
            retenu,
            ..self.mail(Genre::Reinitialisation, destinataire)
        };
        self.queue(&*write, courriel).await?;
        self.commit(write).await?;
        Ok(())
    }

    async fn open_reset(&self, token: &str) -> Reply<Lien<String>> {
        let db = self.db.connection();
        Ok(match self.reset_link(db, token).await?.map(|(_, compte)| compte.courriel) {
            Lien::Inconnu => {
                let link = self.service_link(db, Usage::ReinitialisationService, token).await?;
                link.map(|(_, service)| service.courriel)
            }
            known => known,
        })
    }

    async fn reset(&self, client: &Client, token: &str, password: &str) -> Reply<ChoixMotDePasse> {
        let outcome = match self.key.verify(Usage::ReinitialisationService, token) {
            Some(_) => self.retried(|| self.reset_service_password(client, token, password)).await,
            None => self.retried(|| self.reset_password(client, token, password)).await,
        };
        Ok(outcome?)
    }
}

impl Backend {
    /// Signs a person in. An address has one password; `espace` only says which space opens first.
    async fn login_person(
        &self,
        client: &Client,
        espace: Espace,
        courriel: &str,
        password: &str,
    ) -> Result<IssueAuthentification, BackendError> {
        let cle = courriel_cle(courriel);
        let failures = compteurs::failures_key(&self.hide(&cle), &client.0);
        if let Some(delayed) = self.login_delay(client, &failures).await? {
            return Ok(delayed);
        }
        // The reads and the hashing are the same for a known, a suspended and an unknown address.
        let identifiant = identifiants::by_courriel(self.db.connection(), &cle).await?;
        let compte = comptes::holder_state(self.db.connection(), &cle).await?;
        let service = services_formation::by_courriel(self.db.connection(), &cle).await?;
        let stored = identifiant.as_ref().map(|row| row.mot_de_passe.clone());
        let verdict = self.passwords.verify(client, password, stored).await?;
        let write = self.db.begin().await?;
        let compte = compte
            .filter(|(_, statut)| may_enter(*statut))
            .map(|(id, _)| (Espace::Agent, connexions::Genre::Formateur, id));
        let service = service
            .filter(services_formation::is_active)
            .map(|row| (Espace::ServiceFormation, connexions::Genre::ServiceFormation, row.id));
        let space = match espace {
            Espace::Agent => compte.or(service),
            Espace::ServiceFormation => service.or(compte),
        };
        let right = verdict != Verdict::Wrong;
        let known = identifiant.is_some();
        let Some((identifiant, (space, genre, id))) = identifiant.filter(|_| right).zip(space) else {
            self.password_failed(&*write, &cle, known, client).await?;
            write.commit().await?;
            return Ok(IssueAuthentification::Refusee);
        };
        // Hashing took time. Any change of the password meanwhile closed every connexion. This connexion opens after it, so
        // the password is confirmed under a lock.
        let proved = &identifiant.mot_de_passe;
        // Locks the account, then the credential, then the service formation: the same order as in all other code.
        let opens = (space != Espace::Agent || self.still_enters(&*write, &cle, id).await?)
            && identifiants::confirm(&*write, &cle, proved, verdict.kept(proved)).await?
            && (space != Espace::ServiceFormation || self.still_serves(&*write, &cle, id).await?);
        if !opens {
            self.password_failed(&*write, &cle, known, client).await?;
            write.commit().await?;
            return Ok(IssueAuthentification::Refusee);
        }
        if space == Espace::ServiceFormation {
            services_formation::signed_in(&*write, id, self.now()).await?;
        }
        compteurs::forget(&*write, &failures).await?;
        let connexion = self.open_connexion(&*write, genre, id).await?;
        self.tell_failures(&*write, &cle, &connexion).await?;
        write.commit().await?;
        Ok(IssueAuthentification::Ouverte { connexion, space })
    }

    /// Whether this account still has the address and may enter. The account is locked until the transaction ends.
    async fn still_enters(&self, db: &impl ConnectionTrait, cle: &str, id: i64) -> Result<bool, BackendError> {
        let compte = comptes::find_locked(db, id).await?.filter(|compte| compte.courriel_cle == cle);
        Ok(match compte {
            Some(compte) => may_enter(comptes::statut(&compte)?),
            None => false,
        })
    }

    /// Whether this service formation still has the address and is active. The caller holds the lock of the credential,
    /// so this stays true until the transaction ends.
    async fn still_serves(&self, db: &impl ConnectionTrait, cle: &str, id: i64) -> Result<bool, BackendError> {
        let service = services_formation::by_courriel(db, cle).await?.filter(services_formation::is_active);
        Ok(service.is_some_and(|service| service.id == id))
    }

    /// Counts one more wrong password. It delays the network it came from. The person, if the address has one, sees the
    /// count at the next sign-in.
    pub(crate) async fn password_failed(
        &self,
        db: &impl ConnectionTrait,
        cle: &str,
        connue: bool,
        client: &Client,
    ) -> Result<(), BackendError> {
        let adresse = self.hide(cle);
        compteurs::failed(db, &compteurs::failures_key(&adresse, &client.0), self.now()).await?;
        essais::failed(db, &adresse, connue, self.now()).await
    }

    /// Moves the counts of failed passwords and codes into this connexion. No other connexion shows them.
    pub(crate) async fn tell_failures(
        &self,
        db: &impl ConnectionTrait,
        cle: &str,
        connexion: &ConnexionToken,
    ) -> Result<(), BackendError> {
        let passwords = essais::take(db, &self.hide(cle)).await?;
        let codes = essais::take(db, &self.hide(&essais::codes_cle(cle))).await?;
        if passwords.is_none() && codes.is_none() {
            return Ok(());
        }
        connexions::set_failures(db, &at_rest(&connexion.secret), passwords, codes).await
    }

    async fn login_gestionnaire(
        &self,
        client: &Client,
        courriel: &str,
        password: &str,
    ) -> Result<IssueAuthentification, BackendError> {
        let cle = courriel_cle(courriel);
        let staff_cle = compteurs::staff_cle(&cle);
        let failures = compteurs::failures_key(&self.hide(&staff_cle), &client.0);
        if let Some(delayed) = self.login_delay(client, &failures).await? {
            return Ok(delayed);
        }
        let row = gestionnaires::by_courriel(self.db.connection(), &cle).await?;
        let stored = row.as_ref().and_then(|row| row.mot_de_passe.clone());
        let verdict = self.passwords.verify(client, password, stored).await?;
        let write = self.db.begin().await?;
        let known = row.is_some();
        let mut entered = row.filter(|row| row.desactive_le.is_none() && verdict != Verdict::Wrong);
        if let Some(row) = &entered {
            let proved = row.mot_de_passe.as_deref().unwrap_or_default();
            if !gestionnaires::change_password(&*write, row, verdict.kept(proved)).await? {
                entered = None;
            }
        }
        let Some(row) = entered else {
            self.password_failed(&*write, &staff_cle, known, client).await?;
            write.commit().await?;
            return Ok(IssueAuthentification::Refusee);
        };
        compteurs::forget(&*write, &failures).await?;
        let connexion = self.open_connexion(&*write, connexions::Genre::GestionEnAttente, row.id).await?;
        write.commit().await?;
        Ok(IssueAuthentification::Ouverte { connexion, space: Espace::Agent })
    }

    /// Counts an attempt to sign in. Returns the answer to give while a delay runs.
    pub(crate) async fn login_delay(
        &self,
        client: &Client,
        failures: &str,
    ) -> Result<Option<IssueAuthentification>, BackendError> {
        let now = self.now();
        self.limits.count(&self.db, now, limits::Action::Login, client).await?;
        self.passwords.admit(client)?;
        let left = compteurs::delay(self.db.connection(), failures, now).await?;
        Ok(left.map(|left| IssueAuthentification::Retardee {
            minutes: u32::try_from((left + MINUTE - 1) / MINUTE).unwrap_or(1),
        }))
    }

    async fn reset_password(
        &self,
        client: &Client,
        token: &str,
        password: &str,
    ) -> Result<ChoixMotDePasse, BackendError> {
        let now = self.now();
        self.limits.count(&self.db, now, limits::Action::Token, client).await?;
        let Lien::Vivant((_, compte)) = self.reset_link(self.db.connection(), token).await? else {
            return Ok(ChoixMotDePasse::LienMort);
        };
        let hash = match self.passwords.choose(client, password, MotDePasse::MIN, own_data(&compte)).await? {
            Ok(hash) => hash,
            Err(why) => return Ok(ChoixMotDePasse::Refuse(why)),
        };

        let write = self.db.begin().await?;
        comptes::find_locked(&*write, compte.id).await?;
        let Lien::Vivant((jeton, compte)) = self.reset_link(&*write, token).await? else {
            return Ok(ChoixMotDePasse::LienMort);
        };
        identifiants::set(&*write, &compte.courriel_cle, &hash, now).await?;
        if !jetons::consume(&*write, &jeton.id, now).await? {
            return Ok(ChoixMotDePasse::LienMort);
        }
        // All that the former password opened ends. This includes a pending change of address: its author knew that
        // password.
        self.end_uses(&*write, &compte.courriel_cle, "").await?;
        compteurs::forget_failures(&*write, &self.hide(&compte.courriel_cle)).await?;
        let champs = &["mot_de_passe"];
        journal::write(&*write, now, Acteur::Personne, Some(compte.id), Action::NouveauMotDePasse, champs).await?;
        self.queue_for_compte(&*write, Genre::MotDePasseChange, &compte, None).await?;
        let connexion = self.open_connexion(&*write, connexions::Genre::Formateur, compte.id).await?;
        self.tell_failures(&*write, &compte.courriel_cle, &connexion).await?;
        self.commit(write).await?;
        Ok(ChoixMotDePasse::Enregistre(connexion))
    }

    /// The same for an address that has only a service formation.
    async fn reset_service_password(
        &self,
        client: &Client,
        token: &str,
        password: &str,
    ) -> Result<ChoixMotDePasse, BackendError> {
        let now = self.now();
        self.limits.count(&self.db, now, limits::Action::Token, client).await?;
        let (db, usage) = (self.db.connection(), Usage::ReinitialisationService);
        let Lien::Vivant((_, row)) = self.service_link(db, usage, token).await? else {
            return Ok(ChoixMotDePasse::LienMort);
        };
        let hash =
            match self.passwords.choose(client, password, MotDePasse::MIN, self.service_data(db, &row).await?).await? {
                Ok(hash) => hash,
                Err(why) => return Ok(ChoixMotDePasse::Refuse(why)),
            };

        let write = self.db.begin().await?;
        acces::lock_service_formation(&*write, &row).await?;
        let Lien::Vivant((jeton, row)) = self.service_link(&*write, usage, token).await? else {
            return Ok(ChoixMotDePasse::LienMort);
        };
        if !jetons::consume(&*write, &jeton.id, now).await? {
            return Ok(ChoixMotDePasse::LienMort);
        }
        identifiants::set(&*write, &row.courriel_cle, &hash, now).await?;
        self.end_uses(&*write, &row.courriel_cle, "").await?;
        compteurs::forget_failures(&*write, &self.hide(&row.courriel_cle)).await?;
        let acteur = Acteur::ServiceFormation(row.id);
        journal::write(&*write, now, acteur, None, Action::NouveauMotDePasse, &["mot_de_passe"]).await?;
        // The mail finds its address through the link that was just used.
        let courriel = NouveauCourriel {
            jeton_id: Some(jeton.id),
            ..self.mail(Genre::MotDePasseChange, self.hide(&row.courriel_cle))
        };
        self.queue(&*write, courriel).await?;
        let connexion = self.open_connexion(&*write, connexions::Genre::ServiceFormation, row.id).await?;
        self.tell_failures(&*write, &row.courriel_cle, &connexion).await?;
        self.commit(write).await?;
        Ok(ChoixMotDePasse::Enregistre(connexion))
    }
}
