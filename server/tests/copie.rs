//! Everything moves from one engine to the other and back.

use app::areas::acces::{Authentification, Espace, IssueAuthentification};
use server::clock::SystemRandom;
use server::demo;
use server::persistence::copie::{CopyError, Empreinte, copy};
use server::persistence::engine::{Db, Opening};
use server::persistence::{annuaire_chargement, mouvements};
use server::security::tokens::SecretKey;

use super::support::{Monde, fresh_postgres};
use crate::support::donnees::MOT_DE_PASSE;

/// A service as it is after some use: the directory, invented accounts, real ones, decisions, a sealed journal.
async fn used() -> Monde {
    let monde = Monde::on_sqlite().await;
    let db = monde.backend.db();
    monde.execute("DELETE FROM collectivite WHERE type <> 'GENERIQUE_INTERVENANTS'").await;
    monde.execute("DELETE FROM collectivite").await;
    assert!(annuaire_chargement::load(db, |_| ()).await.unwrap() > 36_000);
    demo::fill(db, &SystemRandom, &SecretKey::from_bytes([7; 32]), 1_781_524_800_000, 300, |_| ()).await.unwrap();
    monde.activated("anne@exemple.fr").await;
    monde.submit("zoe@exemple.fr").await;
    let by = monde.gestionnaire("aline@exemple.fr", "Aline “d’Été”").await;
    let id = monde.number("SELECT id FROM compte WHERE courriel_cle = 'anne@exemple.fr'").await;
    let version = monde.version(&by, id).await;
    app::areas::gestion::dossiers::Decisions::validate(&monde.backend, &by, id, version).await.unwrap();
    monde.backend.seal_journal().await.unwrap();
    // The account with the highest number is gone, but the journal still speaks of it.
    monde.submit("bref@exemple.fr").await;
    monde.execute("DELETE FROM compte WHERE courriel_cle = 'bref@exemple.fr'").await;
    monde
}

async fn same(one: &Db, other: &Db) {
    let (tables, others) = (one.tables().await.unwrap(), other.tables().await.unwrap());
    let mut names: Vec<_> = tables.iter().map(|table| table.name.as_str()).collect();
    names.sort_unstable();
    assert!(tables.len() >= 30 && names.contains(&"collectivite") && names.contains(&"mouvement"), "{names:?}");
    for table in &tables {
        assert!(others.contains(table), "{}", table.name);
        let (here, there) = (one.connection(), other.connection());
        let (mine, theirs) = (Empreinte::of(here, table).await.unwrap(), Empreinte::of(there, table).await.unwrap());
        assert_eq!(mine, theirs, "{}", table.name);
        let (mine, theirs) =
            (one.last_number(here, table).await.unwrap(), other.last_number(there, table).await.unwrap());
        assert_eq!(mine.unwrap_or(0), theirs.unwrap_or(0), "{}", table.name);
    }
    let counts = mouvements::counts(one.connection()).await.unwrap();
    assert_eq!(mouvements::counts(other.connection()).await.unwrap(), counts);
}

/// Somebody logs in on the copy. Somebody new signs up, under a number that was never given.
async fn serves(monde: &Monde) {
    let login = monde.backend.login(&monde.client, Espace::Agent, "anne@exemple.fr", MOT_DE_PASSE).await.unwrap();
    assert!(matches!(login, IssueAuthentification::Ouverte { .. }), "{login:?}");
    assert_eq!(monde.backend.check_journal().await.unwrap().anomalies, Vec::<String>::new());
    let gone = monde.number("SELECT max(compte_id) FROM journal").await;
    monde.submitted("nouvelle@exemple.fr").await;
    assert!(monde.number("SELECT max(id) FROM compte").await > gone, "a number that was given is never given again");
    let counted: i64 = monde.number("SELECT CAST(sum(n) AS bigint) FROM mouvement").await;
    assert_eq!(counted, monde.number("SELECT count(*) FROM compte").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_goes_to_postgresql_and_back_and_serves_there() {
    let first = used().await;
    let url = tokio::task::spawn_blocking(fresh_postgres).await.unwrap();
    let postgres = Db::open(&url, Opening::Alone).await.unwrap();
    copy(first.backend.db(), &postgres, |_, _| ()).await.unwrap();
    same(first.backend.db(), &postgres).await;

    let folder = tempfile::tempdir().unwrap();
    let url_back = format!("sqlite://{}/retour.db", folder.path().display());
    let back = Db::open(&url_back, Opening::Alone).await.unwrap();
    copy(&postgres, &back, |_, _| ()).await.unwrap();
    same(first.backend.db(), &back).await;
    assert_eq!(back.integrity().await.unwrap(), Vec::<String>::new());
    drop(back);

    serves(&first.restored(&url).await).await;
    serves(&first.restored(&url_back).await).await;
}

on_both_engines! {
    async fn a_target_that_holds_something_is_refused_and_left_alone(monde: Monde) {
        let target = monde.another().await;
        let before = target.number("SELECT count(*) FROM collectivite").await;
        let refused = copy(monde.backend.db(), target.backend.db(), |_, _| ()).await;
        assert!(matches!(&refused, Err(CopyError::NotEmpty(table)) if table == "collectivite"), "{refused:?}");
        assert_eq!(target.number("SELECT count(*) FROM collectivite").await, before);
    }

    async fn a_copy_that_differs_is_not_kept(monde: Monde) {
        monde.submit("anne@exemple.fr").await;
        let target = monde.another().await;
        target.execute("DELETE FROM collectivite").await;
        target.execute("DELETE FROM veille").await;
        for statement in sabotage(&target) {
            target.execute(statement).await;
        }
        let refused = copy(monde.backend.db(), target.backend.db(), |_, _| ()).await;
        assert!(matches!(&refused, Err(CopyError::Unfaithful(table)) if table == "journal"), "{refused:?}");
        assert_eq!(target.number("SELECT count(*) FROM compte").await, 0);
        assert_eq!(target.number("SELECT count(*) FROM journal").await, 0);
    }

    async fn a_source_that_is_not_up_to_date_is_not_read(monde: Monde) {
        let target = monde.another().await;
        monde.execute("DELETE FROM seaql_migrations WHERE version LIKE 'm0015%'").await;
        let refused = copy(monde.backend.db(), target.backend.db(), |_, _| ()).await;
        assert!(matches!(refused, Err(CopyError::Source)), "{refused:?}");
    }
}

/// The statements after which a database changes one value of each journal line written into it.
fn sabotage(target: &Monde) -> &'static [&'static str] {
    match target.backend.db().engine() {
        server::persistence::engine::Engine::Sqlite => &[
            "CREATE TRIGGER sabotage AFTER INSERT ON journal BEGIN UPDATE journal SET le = le + 1 WHERE id = NEW.id; END",
        ],
        server::persistence::engine::Engine::Postgres => &[
            "CREATE FUNCTION sabotage() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.le = NEW.le + 1; RETURN NEW; END $$",
            "CREATE TRIGGER sabotage BEFORE INSERT ON journal FOR EACH ROW EXECUTE FUNCTION sabotage()",
        ],
    }
}
