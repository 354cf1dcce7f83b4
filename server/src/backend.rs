//! What every area stands on: the database, the clock, the key, the limits, the outbox.

pub mod appelants;
pub mod cle;
mod delais;
pub mod redaction;
mod signalements;

use std::sync::Arc;

use app::base::exchange::ConnexionToken;
use domain::exploitant::Exploitant;
use domain::instant::Millis;
use domain::valeurs::AdresseCourriel;
use domain::{Cas, Contexte, instant};
use sea_orm::ConnectionTrait;
use tokio::sync::Notify;

use crate::clock::{Clock, DAY, HOUR, MINUTE, Random};
use crate::config::Config;
use crate::error::BackendError;
use crate::metrics::Metrics;
use crate::persistence::connexions::NouvelleConnexion;
use crate::persistence::courriels::{Genre, NouveauCourriel, queue};
use crate::persistence::engine::{Db, Write};
use crate::persistence::entities::{compte, gestionnaire};
use crate::persistence::{connexions, inactivite, jetons};
use crate::security::fuites::Fuites;
use crate::security::limits::Limits;
use crate::security::passwords::Passwords;
use crate::security::secrets::{AdresseCachee, at_rest, cookie_secret, public_id};
use crate::security::tokens::{SecretKey, Usage};

/// Implements every port, in `areas`. Cheap to clone.
#[derive(Clone)]
pub struct Backend {
    pub(crate) db: Db,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn Random>,
    pub(crate) key: Arc<SecretKey>,
    pub(crate) passwords: Passwords,
    pub(crate) limits: Limits,
    pub(crate) config: Arc<Config>,
    pub(crate) outbox: Arc<Notify>,
    pub(crate) delais: delais::Recents,
    pub(crate) metrics: Metrics,
}

impl Backend {
    /// # Errors
    /// When the password hasher cannot be made.
    pub fn new(
        db: Db,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
        key: SecretKey,
        config: Arc<Config>,
    ) -> Result<Self, BackendError> {
        let passwords = Passwords::new(config.passwords.breached_file.clone().map(Fuites::new))?;
        Ok(Self {
            metrics: Metrics::new(&db, &passwords),
            db,
            clock,
            random,
            key: Arc::new(key),
            passwords,
            limits: Limits::new(config.limits),
            config,
            outbox: Arc::new(Notify::new()),
            delais: delais::Recents::default(),
        })
    }

    /// Whether the database answers and its schema is up to date.
    pub async fn is_ready(&self) -> bool {
        self.db.is_ready().await
    }

    pub fn db(&self) -> &Db {
        &self.db
    }

    /// The key that encrypts and signs a cookie: only this server can read it, and nobody can change it.
    pub(crate) fn cookie_key(&self) -> [u8; 64] {
        let mut key = [0; 64];
        key[..32].copy_from_slice(&self.key.derive("témoin scellé", "chiffrement"));
        key[32..].copy_from_slice(&self.key.derive("témoin scellé", "signature"));
        key
    }

    /// Commits a transaction that queued mails, and wakes the worker that sends them.
    pub(crate) async fn commit(&self, write: Write) -> Result<(), BackendError> {
        write.commit().await?;
        self.outbox.notify_one();
        Ok(())
    }

    /// The text of `/metrics`.
    pub async fn read_metrics(&self) -> String {
        self.metrics.text(&self.db, &self.passwords, self.now()).await
    }

    /// What this server counts about itself.
    pub fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    /// Wakes the worker that sends mails, when a mail was queued.
    pub(crate) fn outbox(&self) -> &Notify {
        &self.outbox
    }

    /// The full URL of a path, under the public address.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.config.http.public_url)
    }

    pub(crate) fn link(&self, usage: Usage, jeton_id: &str) -> String {
        let page = match usage {
            Usage::Activation => "activation",
            Usage::Reinitialisation | Usage::ReinitialisationService => "mot-de-passe",
            Usage::Invitation | Usage::InvitationServiceFormation => "invitation",
            Usage::Reprise => "reprendre",
            Usage::Adresse | Usage::AdresseAnnulation => "adresse",
            Usage::Suivi => "suivi",
        };
        self.url(&format!("/{page}/{}", self.key.token(usage, jeton_id)))
    }

    pub(crate) fn config(&self) -> &Config {
        &self.config
    }

    /// The facts that only the operator knows.
    pub fn exploitant(&self) -> &Exploitant {
        &self.config.exploitant
    }

    /// How long a draft is kept after its last change.
    pub(crate) fn draft_kept(&self) -> Millis {
        Millis::from(self.config.delais.brouillon_days) * DAY
    }

    /// How long a link is valid after its mail is first handed over.
    pub(crate) fn validity(&self, usage: Usage) -> Millis {
        match usage {
            Usage::Activation => Millis::from(self.config.delais.activation_hours) * HOUR,
            Usage::Invitation | Usage::InvitationServiceFormation => 72 * HOUR,
            Usage::Reinitialisation | Usage::ReinitialisationService | Usage::Adresse => 30 * MINUTE,
            Usage::Reprise | Usage::AdresseAnnulation => 7 * DAY,
            Usage::Suivi => HOUR,
        }
    }

    /// Hides an address, for the tables that never need to read it.
    pub(crate) fn hide(&self, courriel_cle: &str) -> AdresseCachee {
        self.key.hide(courriel_cle)
    }

    pub(crate) fn hides(&self, kept: &str, courriel_cle: &str) -> bool {
        self.key.hides(kept, courriel_cle)
    }

    pub(crate) fn now(&self) -> Millis {
        self.clock.now()
    }

    /// Today in France: (year, month 1–12, day).
    pub(crate) fn today(&self) -> (i32, u8, u8) {
        let (year, month, day) = instant::today(self.now()).to_calendar_date();
        (year, month.into(), day)
    }

    pub(crate) fn contexte(&self, cas: Cas) -> Contexte {
        Contexte { cas, today: instant::today(self.now()) }
    }

    /// Runs `work`, and runs it again once if the engine ended it because of a deadlock. All code locks in one order
    /// (see `acces`), so a deadlock should be rare.
    pub(crate) async fn retried<T, F>(&self, work: impl Fn() -> F + Send + Sync) -> Result<T, BackendError>
    where
        F: Future<Output = Result<T, BackendError>> + Send,
    {
        match work().await {
            Err(error) if error.is_conflict() => {
                tracing::warn!(%error, "two transactions waited for each other: one begins again");
                work().await
            }
            outcome => outcome,
        }
    }

    /// A mail to this address, with nothing else known of it.
    pub(crate) fn mail(&self, genre: Genre, destinataire: AdresseCachee) -> NouveauCourriel {
        let (compte_id, gestionnaire_id, jeton_id, retenu) = (None, None, None, false);
        let message_id = format!("{}@{}", public_id(&*self.random), self.config.mail.from.domain());
        let (preinscription, part_le) = (None, None);
        NouveauCourriel {
            genre,
            compte_id,
            gestionnaire_id,
            jeton_id,
            destinataire,
            retenu,
            message_id,
            preinscription,
            part_le,
        }
    }

    /// Queues a mail, and gives the id of its row.
    pub(crate) async fn queue(&self, db: &impl ConnectionTrait, mail: NouveauCourriel) -> Result<i64, BackendError> {
        queue(db, mail, self.now()).await
    }

    /// Issues a link, and gives the id of its record: the mail that carries the link names it.
    pub(crate) async fn issue_link(
        &self,
        db: &impl ConnectionTrait,
        usage: Usage,
        sujet_id: i64,
    ) -> Result<String, BackendError> {
        let id = public_id(&*self.random);
        jetons::issue(db, &id, usage, sujet_id, self.key.kid(), self.now()).await?;
        Ok(id)
    }

    pub(crate) async fn queue_for_compte(
        &self,
        db: &impl ConnectionTrait,
        genre: Genre,
        compte: &compte::Model,
        jeton_id: Option<String>,
    ) -> Result<(), BackendError> {
        self.queue_or_retain(db, genre, compte, jeton_id, false).await
    }

    /// Queues a mail. If `retenu` is true, the mail counts as sent but is never handed over.
    pub(crate) async fn queue_or_retain(
        &self,
        db: &impl ConnectionTrait,
        genre: Genre,
        compte: &compte::Model,
        jeton_id: Option<String>,
        retenu: bool,
    ) -> Result<(), BackendError> {
        let courriel = NouveauCourriel {
            compte_id: Some(compte.id),
            jeton_id,
            retenu,
            ..self.mail(genre, self.hide(&compte.courriel_cle))
        };
        self.queue(db, courriel).await?;
        Ok(())
    }

    pub(crate) async fn queue_for_gestionnaire(
        &self,
        db: &impl ConnectionTrait,
        genre: Genre,
        gestionnaire: &gestionnaire::Model,
        compte_id: Option<i64>,
    ) -> Result<(), BackendError> {
        let courriel = NouveauCourriel {
            compte_id,
            gestionnaire_id: Some(gestionnaire.id),
            ..self.mail(genre, self.hide(&gestionnaire.courriel_cle))
        };
        self.queue(db, courriel).await?;
        Ok(())
    }

    pub(crate) async fn open_connexion(
        &self,
        db: &impl ConnectionTrait,
        genre: connexions::Genre,
        sujet_id: i64,
    ) -> Result<ConnexionToken, BackendError> {
        self.open_connexion_in(db, genre, sujet_id, String::new()).await
    }

    /// Opens a connexion when the name of the browser is already known.
    pub(crate) async fn open_connexion_in(
        &self,
        db: &impl ConnectionTrait,
        genre: connexions::Genre,
        sujet_id: i64,
        navigateur: String,
    ) -> Result<ConnexionToken, BackendError> {
        if genre == connexions::Genre::Formateur {
            inactivite::seen(db, sujet_id, self.now()).await?;
        }
        let token = cookie_secret(&*self.random);
        // Each connexion gets its own factor to enrol: the factor that one connexion has shown cannot be enrolled by
        // another.
        let a_montrer = (genre == connexions::Genre::GestionEnAttente).then(|| public_id(&*self.random));
        let connexion = NouvelleConnexion {
            token_hash: at_rest(&token),
            id_public: public_id(&*self.random),
            genre,
            sujet_id,
            navigateur,
            a_montrer,
        };
        connexions::open(db, connexion, self.now()).await?;
        Ok(ConnexionToken::new(token))
    }
}

/// The key of an address typed at a login: accounts and failures are found by it. A text that is no address names no
/// account, but its failures are counted too.
pub(crate) fn courriel_cle(raw: &str) -> String {
    AdresseCourriel::parse(raw).map_or_else(
        || raw.trim().to_lowercase().chars().filter(|c| !c.is_control()).take(254).collect(),
        |courriel| courriel.cle().to_owned(),
    )
}

/// Cleans a text for people: removes control characters except line ends, removes direction marks, and cuts at `max`
/// characters.
pub(crate) fn plain_text(raw: &str, max: usize) -> String {
    let kept = |c: &char| {
        *c == '\n'
            || !(c.is_control()
                || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
    };
    raw.trim().chars().filter(kept).take(max).collect()
}
