use domain::ports::{Client, Inscriptions, PortError};
use server::clock::{HOUR, MINUTE};
use server::persistence::compteurs::{self, Fenetre, Table};
use server::persistence::engine::{Db, Opening};

use crate::support::Monde;

on_both_engines! {
    async fn sixty_sign_ups_an_hour_come_from_one_network(monde: Monde) {
        let one = monde.draft("a@exemple.fr").await;
        for at in 0..60 {
            let key = monde.draft(&format!("a{at}@exemple.fr")).await;
            monde.backend.submit(&monde.client, &key).await.unwrap();
        }
        let over = monde.backend.submit(&monde.client, &one).await;
        assert!(matches!(over, Err(PortError::TooMany { .. })), "{over:?}");
        assert_eq!(monde.number("SELECT count(*) FROM compte").await, 60, "nothing was written");
        monde.backend.submit(&Client("elsewhere".to_owned()), &one).await.unwrap();
        monde.clock.advance(HOUR);
    }

    async fn a_counter_counts_requests_at_once_each(monde: Monde) {
        let fenetre = Fenetre { max: 10, length: MINUTE };
        let requests = (0..30).map(|_| {
            let db = monde.backend.db().clone();
            tokio::spawn(async move {
                let write = db.begin().await.unwrap();
                let counted = compteurs::count(&*write, Table::Durable, "cle", 0, fenetre).await.is_ok();
                write.commit().await.unwrap();
                counted
            })
        });
        let passed = futures::future::join_all(requests).await.into_iter().filter(|passed| *passed.as_ref().unwrap());
        assert_eq!(passed.count(), 10);
        assert_eq!(monde.number("SELECT n FROM compteur").await, 10, "past the limit nothing is written");
        compteurs::count(monde.backend.db().connection(), Table::Durable, "cle", MINUTE, fenetre).await.unwrap();
        assert_eq!(monde.number("SELECT n FROM compteur").await, 1);
    }

    async fn migrating_twice_changes_nothing(monde: Monde) {
        assert!(monde.backend.is_ready().await);
        let (one, other) = tokio::join!(monde.backend.db().migrate(), monde.backend.db().migrate());
        one.unwrap();
        other.unwrap();
        assert_eq!(monde.number("SELECT count(*) FROM motif").await, 5);
        assert!(monde.backend.is_ready().await);
    }

    async fn the_clock_of_the_database_tells_milliseconds(monde: Monde) {
        let now = monde.backend.db().now().await.unwrap();
        let ours = server::clock::Clock::now(&server::clock::SystemClock);
        assert!((now - ours).abs() < MINUTE, "{now} {ours}");
    }

    async fn a_transaction_not_committed_leaves_nothing(monde: Monde) {
        let db = monde.backend.db();
        let write = db.begin().await.unwrap();
        compteurs::failed(&*write, "cle", 0).await.unwrap();
        drop(write);
        assert_eq!(monde.number("SELECT count(*) FROM compteur").await, 0);
        compteurs::failed(db.connection(), "cle", 0).await.unwrap();
    }
}

#[tokio::test]
async fn a_backup_taken_while_serving_opens_and_is_ready() {
    let monde = Monde::on_sqlite().await;
    monde.submit("anne@exemple.fr").await;
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copy.db");
    monde.backend.db().backup(&copy).await.unwrap();
    let copy = Db::open(&format!("sqlite://{}", copy.display()), Opening::Alone).await.unwrap();
    assert!(copy.is_ready().await);
    assert!(server::persistence::comptes::find(copy.connection(), 1).await.unwrap().is_some());
}
