//! A server without its pages: the ports over a fresh database.

use app::areas::compte::Corrections;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use app::areas::acces::{Activations, ChoixMotDePasse, Invitations};
use app::areas::compte::{ARevoir, CorrectionEnCours};
use app::areas::gestion::dossiers::{Demandes, Dossier, LigneDemande};
use app::areas::inscription::{Brouillons, Envoi, Inscriptions};
use app::base::appelants::{Appelants, Formateur, Gestionnaire, Role};
use app::base::exchange::{Client, ConnexionToken, DraftKey};
use app::onglet::annuaire::Annuaire;
use domain::filtre::FiltreDemandes;
use domain::valeurs::AdresseCourriel;
use domain::{Cas, Etape};
use sea_orm::{ConnectionTrait, Statement};
use server::backend::Backend;
use server::clock::{Clock, DAY, SystemRandom, TestClock};
use server::config::Config;
use server::jobs::outbox;
use server::jobs::outbox::Tour;
use server::jobs::poste::Poste;
use server::persistence::engine::{Db, Engine, Opening};
use server::persistence::entities::collectivite;
use server::persistence::veille;
use server::security::secrets::hex;
use server::security::tokens::SecretKey;
use sha1::{Digest, Sha1};
use tempfile::TempDir;
use tokio::sync::watch;

use super::donnees::{MOT_DE_PASSE, MOT_DE_PASSE_GESTION, onglets};
use super::{Boite, postgres};

/// 15 June 2026, 12:00 UTC.
const START: i64 = 1_781_524_800_000;

pub struct Monde {
    pub backend: Backend,
    pub clock: Arc<TestClock>,
    pub boite: Arc<Boite>,
    pub client: Client,
    stop: watch::Sender<bool>,
    folder: TempDir,
}

impl Monde {
    pub async fn on_sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/iel.db", folder.path().display());
        Self::open(&url, folder).await
    }

    pub async fn on_postgres() -> Self {
        let url = tokio::task::spawn_blocking(postgres::fresh_database).await.unwrap();
        Self::open(&url, tempfile::tempdir().unwrap()).await
    }

    /// Another world, on the same engine.
    pub async fn another(&self) -> Self {
        match self.backend.db().engine() {
            Engine::Sqlite => Self::on_sqlite().await,
            Engine::Postgres => Self::on_postgres().await,
        }
    }

    /// A world of the same hour and key on another database, as it stands.
    pub async fn restored(&self, url: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(url, Opening::Alone).await.unwrap();
        Self {
            backend: backend(db, self.clock.clone(), &folder, 0),
            clock: self.clock.clone(),
            boite: Arc::default(),
            client: self.client.clone(),
            stop: watch::channel(false).0,
            folder,
        }
    }

    /// The ports on the same database, with a key that made nothing in it.
    pub fn with_another_key(&self) -> Backend {
        let (db, key) = (self.backend.db().clone(), SecretKey::from_bytes([8; 32]));
        let config = Config::load(self.folder.path(), std::iter::empty()).unwrap();
        Backend::new(db, self.clock.clone(), Arc::new(SystemRandom), key, Arc::new(config)).unwrap()
    }

    async fn open(url: &str, folder: TempDir) -> Self {
        let db = Db::open(url, Opening::Alone).await.unwrap();
        db.migrate().await.unwrap();
        for (genre, code, nom, codes_postaux, population) in [
            ("GENERIQUE_INTERVENANTS", "cnfpt-31", "Cnfpt-employeur Generique Intervenants (31)", "", 0),
            ("COMMUNE", "31555", "Toulouse", "31000 31100", 514_819),
            ("COMMUNE", "38185", "Grenoble", "38000 38100", 157_477),
        ] {
            collectivite(&db, genre, code, nom, codes_postaux, population).await;
        }
        let clock = Arc::new(TestClock::at(START));
        // The service has lived for long, so the jobs believe its clock.
        let lived = format!("INSERT INTO veille (id, vu_le, vecu) VALUES (1, {START}, {})", 1_000 * DAY);
        db.connection().execute_unprepared(&lived).await.unwrap();
        let backend = backend(db, clock.clone(), &folder, 0);
        Self {
            backend,
            clock,
            boite: Arc::default(),
            client: Client("192.0.2.1".to_owned()),
            stop: watch::channel(false).0,
            folder,
        }
    }

    /// The same world, where decisions are held for so long.
    pub fn holding(mut self, seconds: u32) -> Self {
        self.backend = backend(self.backend.db().clone(), self.clock.clone(), &self.folder, seconds);
        self
    }

    /// The same world, where so many logins a minute come from one network.
    pub fn admitting(mut self, logins: u32) -> Self {
        let more = [("IEL_LIMITS__LOGIN_PER_MINUTE".to_owned(), logins.to_string())];
        self.backend = backend_with(self.backend.db().clone(), self.clock.clone(), &self.folder, 0, more);
        self
    }

    /// The same world, where persons do not pre-register.
    pub fn without_preinscription(mut self) -> Self {
        let more = [("IEL_PREINSCRIPTION__ACTIVE".to_owned(), "false".to_owned())];
        self.backend = backend_with(self.backend.db().clone(), self.clock.clone(), &self.folder, 0, more);
        self
    }

    /// The path of the file of leaked passwords.
    pub fn leaks(&self) -> PathBuf {
        self.folder.path().join("fuites.txt")
    }

    /// The same world, whose operator has a file of these leaked passwords.
    pub fn knowing_leaks(mut self, passwords: &[&str]) -> Self {
        let hash = |password: &&str| hex(&Sha1::digest(password.as_bytes())).to_ascii_uppercase();
        let mut hashes: Vec<String> = passwords.iter().map(hash).collect();
        hashes.sort_unstable();
        let file = self.leaks();
        std::fs::write(&file, hashes.iter().map(|hash| format!("{hash}:7\r\n")).collect::<String>()).unwrap();
        let more = [("IEL_PASSWORDS__BREACHED_FILE".to_owned(), file.display().to_string())];
        self.backend = backend_with(self.backend.db().clone(), self.clock.clone(), &self.folder, 0, more);
        self
    }

    /// Sends the mails that are due, until none is left or the mail system refuses.
    pub async fn send_mails(&self) -> Tour {
        let poste: Arc<dyn Poste> = self.boite.clone();
        outbox::drain(&self.backend, &poste, &self.stop.subscribe()).await.unwrap()
    }

    /// A draft with every tab filled in.
    pub async fn draft(&self, courriel: &str) -> DraftKey {
        let key = self.backend.start(&Client(format!("net of {courriel}")), None, Cas::Personnel).await.unwrap();
        let generic = self.backend.generic().await.unwrap().remove(0);
        assert!(self.backend.choose_collectivite(&key, &generic).await.unwrap());
        for (etape, fields) in onglets(courriel) {
            self.fill(&key, etape, &fields).await;
        }
        key
    }

    pub async fn fill(&self, key: &DraftKey, etape: Etape, fields: &[(&str, String)]) {
        let fields: Vec<_> = fields.iter().map(|(name, raw)| ((*name).to_owned(), raw.clone())).collect();
        self.backend.save(key, etape, &fields, None, true).await.unwrap().expect("the draft lives");
    }

    /// A sign-up sent from a network of its own, so that no limit is met by chance.
    pub async fn submit(&self, courriel: &str) -> DraftKey {
        let key = self.draft(courriel).await;
        let client = Client(format!("net of {courriel}"));
        assert_eq!(self.backend.submit(&client, &key).await.unwrap(), Envoi::Enregistre);
        key
    }

    /// A sign-up, with the token of the link it was mailed.
    pub async fn submitted(&self, courriel: &str) -> String {
        self.submit(courriel).await;
        self.send_mails().await;
        self.boite.token(courriel, "activation")
    }

    /// The corrections that a gestionnaire asks of this person.
    pub async fn asked(&self, who: &Formateur) -> CorrectionEnCours {
        match self.backend.correction(who).await.unwrap() {
            Some(ARevoir::Ouverte(correction)) => *correction,
            other => panic!("{other:?}"),
        }
    }

    pub async fn activate(&self, token: &str) -> ChoixMotDePasse {
        let client = Client(format!("net of {token}"));
        Activations::activate(&self.backend, &client, token, MOT_DE_PASSE, true).await.unwrap()
    }

    /// An account waiting for its validation, and its connexion.
    pub async fn activated(&self, courriel: &str) -> ConnexionToken {
        let token = self.submitted(courriel).await;
        match self.activate(&token).await {
            ChoixMotDePasse::Enregistre(connexion) => connexion,
            other => panic!("{other:?}"),
        }
    }

    /// A gestionnaire who has accepted an invitation and enrolled a second factor.
    pub async fn gestionnaire(&self, courriel: &str, nom: &str) -> Gestionnaire {
        let connexion = self.accepted(courriel, nom, Role::Gestionnaire).await;
        self.backend.gestionnaire(&connexion).await.unwrap().expect("a connexion of the staff")
    }

    /// The connexion of a member of the staff who has accepted an invitation and enrolled a second factor.
    pub async fn staff_connexion(&self, courriel: &str, role: Role) -> ConnexionToken {
        self.accepted(courriel, courriel, role).await
    }

    /// Time passes while the service runs: no round of its jobs is more than a day after the one before.
    pub async fn passes(&self, by: i64) {
        let mut left = by;
        while left > 0 {
            let step = left.min(DAY);
            self.clock.advance(step);
            left -= step;
            veille::tick(self.backend.db().connection(), self.clock_now()).await.unwrap();
        }
    }

    /// An address as the database keeps it.
    pub fn hidden(&self, courriel_cle: &str) -> String {
        SecretKey::from_bytes([7; 32]).hide(courriel_cle).as_str().to_owned()
    }

    /// The time in this world.
    pub fn clock_now(&self) -> i64 {
        Clock::now(&*self.clock)
    }

    async fn accepted(&self, courriel: &str, nom: &str, role: Role) -> ConnexionToken {
        let waiting = self.invited_as(courriel, nom, role).await;
        let connexion = self.through(&waiting).await;
        // Removes the mail about the enrolment: only one test looks at it.
        self.execute("DELETE FROM courriel WHERE genre = 'facteur_enrole'").await;
        connexion
    }

    /// A member of the staff who has accepted an invitation, and has still to enrol a second factor.
    pub async fn invited_member(&self, courriel: &str, role: Role) -> ConnexionToken {
        self.invited_as(courriel, courriel, role).await
    }

    async fn invited_as(&self, courriel: &str, nom: &str, role: Role) -> ConnexionToken {
        let link = self.backend.invite(role, &AdresseCourriel::parse(courriel).unwrap()).await.unwrap();
        let token = link.rsplit('/').next().unwrap();
        let client = Client(format!("net of {courriel}"));
        let accepted = Invitations::accept(&self.backend, &client, token, nom, MOT_DE_PASSE_GESTION).await.unwrap();
        let ChoixMotDePasse::Enregistre(waiting) = accepted else { panic!("{accepted:?}") };
        waiting
    }

    pub async fn list(&self, by: &Gestionnaire, recherche: &str) -> Vec<LigneDemande> {
        let filtre = FiltreDemandes { recherche: recherche.to_owned(), ..FiltreDemandes::default() };
        self.backend.list(by, &filtre).await.unwrap().lignes
    }

    /// A file as a gestionnaire sees it, opened from the queue.
    pub async fn dossier(&self, by: &Gestionnaire, id: i64) -> Dossier {
        let filtre = FiltreDemandes::a_valider();
        Demandes::dossier(&self.backend, by, id, &filtre).await.unwrap().expect("the file exists")
    }

    /// The version of the account, which a decision must name.
    pub async fn version(&self, by: &Gestionnaire, id: i64) -> i64 {
        self.dossier(by, id).await.ligne.version
    }

    /// A number out of one `SELECT`.
    pub async fn number(&self, sql: &str) -> i64 {
        let db = self.backend.db();
        let row = db.connection().query_one_raw(Statement::from_string(db.backend(), sql)).await.unwrap().unwrap();
        row.try_get_by_index(0).unwrap()
    }

    /// A text out of one `SELECT`.
    pub async fn text(&self, sql: &str) -> String {
        let db = self.backend.db();
        let row = db.connection().query_one_raw(Statement::from_string(db.backend(), sql)).await.unwrap().unwrap();
        row.try_get_by_index(0).unwrap()
    }

    pub async fn execute(&self, sql: &str) {
        self.backend.db().connection().execute_unprepared(sql).await.unwrap();
    }
}

fn backend(db: Db, clock: Arc<TestClock>, folder: &TempDir, hold_seconds: u32) -> Backend {
    backend_with(db, clock, folder, hold_seconds, [])
}

fn backend_with(
    db: Db,
    clock: Arc<TestClock>,
    folder: &TempDir,
    hold_seconds: u32,
    more: impl IntoIterator<Item = (String, String)>,
) -> Backend {
    let settings = [
        ("LEPTOS_SITE_ADDR".to_owned(), "127.0.0.1:3000".to_owned()),
        ("IEL_PREINSCRIPTION__ACTIVE".to_owned(), "true".to_owned()),
        ("IEL_DECISIONS__HOLD_SECONDS".to_owned(), hold_seconds.to_string()),
    ];
    // The last value of a setting counts.
    let settings: BTreeMap<String, String> = settings.into_iter().chain(more).collect();
    let config = Config::load(folder.path(), settings.into_iter()).unwrap();
    Backend::new(db, clock, Arc::new(SystemRandom), SecretKey::from_bytes([7; 32]), Arc::new(config)).unwrap()
}

async fn collectivite(db: &Db, genre: &str, code: &str, nom: &str, codes_postaux: &str, population: i64) {
    use domain::collectivite::{CleCollectivite, fold};
    use sea_orm::{ActiveModelTrait, NotSet, Set};
    use server::persistence::fiche::cle_recherche;
    let cle = CleCollectivite::parse(&format!("{genre}:{code}")).unwrap();
    let row = collectivite::ActiveModel {
        id: NotSet,
        genre: Set(genre.to_owned()),
        code: Set(code.to_owned()),
        nom: Set(nom.to_owned()),
        nom_cle: Set(fold(nom)),
        siren: Set(String::new()),
        departement: Set("31".to_owned()),
        codes_postaux: Set(format!(" {codes_postaux} ")),
        population: Set(population),
        cle_recherche: Set(cle_recherche(&cle, nom, &[], codes_postaux, "")),
        archivee_le: Set(None),
        anciens_noms: Set(String::new()),
    };
    row.insert(db.connection()).await.unwrap();
}
