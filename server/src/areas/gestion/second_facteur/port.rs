use app::areas::gestion::equipe::ChangementEquipe;
use app::areas::gestion::second_facteur::{FacteurAttendu, Preuve, Renouvellement, SecondFacteur};
use app::base::appelants::{Administrateur, EnAttente, Gestionnaire};
use app::base::exchange::{Client, ConnexionToken};
use app::base::port::Reply;
use async_trait::async_trait;
use domain::valeurs::AdresseCourriel;
use sea_orm::ConnectionTrait;

use crate::backend::Backend;
use crate::clock::MINUTE;
use crate::error::BackendError;
use crate::persistence::courriels::Genre;
use crate::persistence::entities::gestionnaire;
use crate::persistence::journal::{Acteur, Action};
use crate::persistence::{compteurs, connexions, essais, facteurs, gestionnaires, journal};
use crate::security::second_facteur::{enrolment, new_lot, recovery_at_rest, step_of};
use crate::security::secrets::at_rest;

/// How long new recovery codes are shown.
const CODES_SHOWN: i64 = 10 * MINUTE;

#[async_trait]
impl SecondFacteur for Backend {
    async fn asked(&self, who: &EnAttente) -> Reply<Option<FacteurAttendu>> {
        let db = self.db.connection();
        let row = gestionnaires::find(db, who.gestionnaire_id).await?;
        let row = row.ok_or(BackendError::Corrupt { table: "session", column: "sujet_id" })?;
        match (row.facteur_id, row.facteur_kid) {
            (None, _) => {
                let genre = connexions::Genre::GestionEnAttente;
                let connexion = connexions::living(db, &who.connexion, genre, self.now()).await?;
                let Some(connexion) = connexion else { return Ok(None) };
                let corrupt = BackendError::Corrupt { table: "session", column: "a_montrer" };
                let facteur_id = connexion.a_montrer.ok_or(corrupt)?;
                let shown = enrolment(self.key.factor(&facteur_id), &row.courriel)
                    .map_err(|_| BackendError::Corrupt { table: "gestionnaire", column: "courriel" })?;
                Ok(Some(FacteurAttendu::Enrolement(shown)))
            }
            (Some(_), kid) if kid.as_deref() == Some(self.key.kid()) => Ok(Some(FacteurAttendu::Code)),
            (Some(_), _) => Ok(Some(FacteurAttendu::CleRemplacee)),
        }
    }

    async fn prove(&self, who: &EnAttente, code: &str) -> Reply<Preuve> {
        Ok(self.retried(|| self.prove_code(who, code)).await?)
    }

    async fn recover(&self, client: &Client, who: &EnAttente, code: &str) -> Reply<Preuve> {
        Ok(self.retried(|| self.use_recovery_code(client, who, code)).await?)
    }

    async fn fresh_codes(&self, by: &Gestionnaire, connexion: &ConnexionToken) -> Reply<Option<Vec<String>>> {
        let now = self.now();
        let row = connexions::living(self.db.connection(), connexion, connexions::Genre::Gestion, now).await?;
        let row = row.filter(|row| row.sujet_id == by.id && row.montrer_jusqu.is_some_and(|until| now < until));
        Ok(row.and_then(|row| row.a_montrer).map(|lot| self.key.recovery_codes(&lot)))
    }

    async fn codes_kept(&self, _: &Gestionnaire, connexion: &ConnexionToken) -> Reply<()> {
        let kept = connexions::set_shown(self.db.connection(), &at_rest(&connexion.secret), None).await;
        Ok(kept?)
    }

    async fn codes_left(&self, by: &Gestionnaire) -> Reply<u64> {
        Ok(facteurs::codes_left(self.db.connection(), by.id).await?)
    }

    async fn renew_codes(&self, by: &Gestionnaire, connexion: &ConnexionToken, code: &str) -> Reply<Renouvellement> {
        Ok(self.retried(|| self.renew_recovery_codes(by, connexion, code)).await?)
    }

    async fn reset_factor(&self, by: &Administrateur, id: i64) -> Reply<ChangementEquipe> {
        let write = self.db.begin().await?;
        if id == by.id || self.others_left(&*write, by, id).await?.is_none() {
            return Ok(ChangementEquipe::SansObjet);
        }
        if !self.take_factor(&*write, Acteur::Gestionnaire(by.id), id).await? {
            return Ok(ChangementEquipe::SansObjet);
        }
        self.commit(write).await?;
        Ok(ChangementEquipe::Fait)
    }
}

impl Backend {
    /// For the command line. `false` when no member has this address, or the member has no factor.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn reset_second_factor(&self, courriel: &AdresseCourriel) -> Result<bool, BackendError> {
        let write = self.db.begin().await?;
        let Some(row) = gestionnaires::by_courriel(&*write, courriel.cle()).await? else { return Ok(false) };
        if !self.take_factor(&*write, Acteur::LigneDeCommande, row.id).await? {
            return Ok(false);
        }
        write.commit().await?;
        Ok(true)
    }

    /// How many members have a factor made with another key. They need a recovery code or a reset to sign in.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn factors_of_another_key(&self) -> Result<u64, BackendError> {
        facteurs::with_another_key(self.db.connection(), self.key.kid()).await
    }

    async fn take_factor(&self, db: &impl ConnectionTrait, by: Acteur, id: i64) -> Result<bool, BackendError> {
        if !facteurs::reset(db, id).await? {
            return Ok(false);
        }
        connexions::close_all(db, connexions::Genre::Gestion, id).await?;
        compteurs::forget_codes(db, id).await?;
        let whose = Acteur::Gestionnaire(id).code();
        let champs = ["second_facteur", whose.as_str()];
        journal::write(db, self.now(), by, None, Action::SecondFacteurReinitialise, &champs).await?;
        if let Some(row) = gestionnaires::find(db, id).await? {
            self.queue_for_gestionnaire(db, Genre::SecondFacteur, &row, None).await?;
        }
        Ok(true)
    }

    /// Proves a code, in one transaction: counts the try, compares the code, uses up its time step, and opens the final
    /// connexion.
    async fn prove_code(&self, who: &EnAttente, code: &str) -> Result<Preuve, BackendError> {
        let now = self.now();
        let id = who.gestionnaire_id;
        let write = self.db.begin().await?;
        // Locks the member before the counter: the same order as a reset of the factor.
        gestionnaires::find_locked(&*write, id).await?;
        if let Some(minutes) = self.code_delay(&*write, &compteurs::codes_key(id)).await? {
            return Ok(Preuve::Retardee { minutes });
        }
        let genre = connexions::Genre::GestionEnAttente;
        let Some(connexion) = connexions::living(&*write, &who.connexion, genre, now).await? else {
            return Ok(Preuve::Terminee);
        };
        let Some(row) = gestionnaires::find(&*write, id).await? else { return Ok(Preuve::Terminee) };
        let enrole = row.facteur_id.is_none();
        let proved = if enrole {
            self.enrols(&*write, id, connexion.a_montrer.as_deref(), code).await?
        } else {
            self.accepts(&*write, &row, code).await?
        };
        if !proved {
            // The failed try stays counted, and the member will see it.
            self.code_failed(&*write, &row).await?;
            write.commit().await?;
            return Ok(Preuve::Fausse);
        }
        compteurs::forget_codes(&*write, id).await?;
        let Some(token) = self.rotate(&*write, &connexion).await? else { return Ok(Preuve::Terminee) };
        if enrole {
            let champs = &["second_facteur"];
            journal::write(&*write, now, Acteur::Gestionnaire(id), None, Action::SecondFacteurEnrole, champs).await?;
            self.make_codes(&*write, id, &token).await?;
            self.queue_for_gestionnaire(&*write, Genre::FacteurEnrole, &row, None).await?;
        }
        self.commit(write).await?;
        Ok(Preuve::Prouvee { connexion: token, enrole })
    }

    /// Whether the code is right for the member's factor, and no other request used it.
    async fn accepts(
        &self,
        db: &impl ConnectionTrait,
        row: &gestionnaire::Model,
        code: &str,
    ) -> Result<bool, BackendError> {
        let Some(facteur_id) = row.facteur_id.as_deref() else { return Ok(false) };
        if row.facteur_kid.as_deref() != Some(self.key.kid()) {
            return Ok(false);
        }
        match step_of(self.key.factor(facteur_id), code, self.now()) {
            Some(step) => facteurs::accept_step(db, row.id, facteur_id, step, self.now()).await,
            None => Ok(false),
        }
    }

    /// Whether the code is right for the new factor that this connexion has shown. Only this connexion can enrol it.
    async fn enrols(
        &self,
        db: &impl ConnectionTrait,
        id: i64,
        facteur_id: Option<&str>,
        code: &str,
    ) -> Result<bool, BackendError> {
        let Some(facteur_id) = facteur_id else { return Ok(false) };
        match step_of(self.key.factor(facteur_id), code, self.now()) {
            Some(step) => facteurs::enrol(db, id, facteur_id, self.key.kid(), step, self.now()).await,
            None => Ok(false),
        }
    }

    async fn use_recovery_code(&self, client: &Client, who: &EnAttente, code: &str) -> Result<Preuve, BackendError> {
        let now = self.now();
        let id = who.gestionnaire_id;
        let write = self.db.begin().await?;
        gestionnaires::find_locked(&*write, id).await?;
        if let Some(minutes) = self.code_delay(&*write, &compteurs::recovery_key(id, &client.0)).await? {
            return Ok(Preuve::Retardee { minutes });
        }
        let genre = connexions::Genre::GestionEnAttente;
        let Some(connexion) = connexions::living(&*write, &who.connexion, genre, now).await? else {
            return Ok(Preuve::Terminee);
        };
        if !facteurs::use_code(&*write, id, &recovery_at_rest(code), now).await? {
            if let Some(row) = gestionnaires::find(&*write, id).await? {
                self.code_failed(&*write, &row).await?;
            }
            write.commit().await?;
            return Ok(Preuve::Fausse);
        }
        if !facteurs::came_in(&*write, id, now).await? {
            return Ok(Preuve::Terminee);
        }
        compteurs::forget_codes(&*write, id).await?;
        let Some(token) = self.rotate(&*write, &connexion).await? else { return Ok(Preuve::Terminee) };
        let champs = &["code_secours"];
        journal::write(&*write, now, Acteur::Gestionnaire(id), None, Action::CodeSecoursUtilise, champs).await?;
        if let Some(row) = gestionnaires::find(&*write, id).await? {
            self.queue_for_gestionnaire(&*write, Genre::CodeSecours, &row, None).await?;
        }
        self.commit(write).await?;
        Ok(Preuve::Prouvee { connexion: token, enrole: false })
    }

    async fn renew_recovery_codes(
        &self,
        by: &Gestionnaire,
        connexion: &ConnexionToken,
        code: &str,
    ) -> Result<Renouvellement, BackendError> {
        let write = self.db.begin().await?;
        gestionnaires::find_locked(&*write, by.id).await?;
        if let Some(minutes) = self.code_delay(&*write, &compteurs::codes_key(by.id)).await? {
            return Ok(Renouvellement::Retardee { minutes });
        }
        let Some(row) = gestionnaires::find(&*write, by.id).await? else { return Ok(Renouvellement::Fausse) };
        if !self.accepts(&*write, &row, code).await? {
            self.code_failed(&*write, &row).await?;
            write.commit().await?;
            return Ok(Renouvellement::Fausse);
        }
        compteurs::forget(&*write, &compteurs::codes_key(by.id)).await?;
        let acteur = Acteur::Gestionnaire(by.id);
        let champs = &["code_secours"];
        journal::write(&*write, self.now(), acteur, None, Action::CodesSecoursRenouveles, champs).await?;
        self.make_codes(&*write, by.id, connexion).await?;
        self.queue_for_gestionnaire(&*write, Genre::CodesRenouveles, &row, None).await?;
        self.commit(write).await?;
        Ok(Renouvellement::Fait)
    }

    /// Counts a wrong code: somebody has the member's password but not the factor. The member sees it at the next
    /// sign-in.
    async fn code_failed(&self, db: &impl ConnectionTrait, row: &gestionnaire::Model) -> Result<(), BackendError> {
        let cle = essais::codes_cle(&compteurs::staff_cle(&row.courriel_cle));
        essais::failed(db, &self.hide(&cle), true, self.now()).await
    }

    /// Takes a try. Returns the minutes to wait when no try is allowed.
    async fn code_delay(&self, db: &impl ConnectionTrait, cle: &str) -> Result<Option<u32>, BackendError> {
        if compteurs::attempt(db, cle, self.now()).await? {
            return Ok(None);
        }
        let left = compteurs::delay(db, cle, self.now()).await?.unwrap_or(MINUTE);
        Ok(Some(u32::try_from((left + MINUTE - 1) / MINUTE).unwrap_or(1)))
    }

    /// Closes the waiting connexion and opens another one with a new secret. `None` when the waiting connexion was closed
    /// meanwhile.
    async fn rotate(
        &self,
        db: &impl ConnectionTrait,
        waited: &connexions::Model,
    ) -> Result<Option<ConnexionToken>, BackendError> {
        if !connexions::close(db, &waited.token_hash).await? {
            return Ok(None);
        }
        let navigateur = waited.navigateur.clone();
        let connexion = self.open_connexion_in(db, connexions::Genre::Gestion, waited.sujet_id, navigateur).await?;
        // Failures are shown only now: a thief who has only the password must not see them in the person's place.
        if let Some(row) = gestionnaires::find(db, waited.sujet_id).await? {
            self.tell_failures(db, &compteurs::staff_cle(&row.courriel_cle), &connexion).await?;
        }
        Ok(Some(connexion))
    }

    /// Makes new recovery codes. This connexion may show them.
    async fn make_codes(
        &self,
        db: &impl ConnectionTrait,
        id: i64,
        connexion: &ConnexionToken,
    ) -> Result<(), BackendError> {
        let lot = new_lot(&*self.random);
        let hashes = self.key.recovery_codes(&lot);
        facteurs::set_codes(db, id, hashes.iter().map(|code| recovery_at_rest(code))).await?;
        connexions::set_shown(db, &at_rest(&connexion.secret), Some((&lot, self.now() + CODES_SHOWN))).await
    }
}
