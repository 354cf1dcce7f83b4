use app::areas::acces::{Activations, Authentification, Invitations};
use app::areas::compte::{ChangementsAdresse, Suivis};
use app::areas::inscription::{Brouillons, Inscriptions, Reprises};
use app::base::exchange::Client;
use app::base::port::Fault;
use app::onglet::annuaire::Annuaire;
use domain::{Brouillon, Cas};
use server::clock::{HOUR, MINUTE};
use server::persistence::compteurs;
use server::persistence::compteurs::{Fenetre, Table};
use server::persistence::engine::{Db, Engine, Opening};

use super::support::Monde;

on_both_engines! {
    async fn sixty_sign_ups_an_hour_come_from_one_network(monde: Monde) {
        let one = monde.draft("a@exemple.fr").await;
        for at in 0..60 {
            let key = monde.draft(&format!("a{at}@exemple.fr")).await;
            monde.backend.submit(&monde.client, &key).await.unwrap();
        }
        let over = monde.backend.submit(&monde.client, &one).await;
        assert!(matches!(over, Err(Fault::TooMany { .. })), "{over:?}");
        assert_eq!(monde.number("SELECT count(*) FROM compte").await, 60, "nothing was written");
        monde.backend.submit(&Client("elsewhere".to_owned()), &one).await.unwrap();
        monde.clock.advance(HOUR);
        let another = monde.draft("b@exemple.fr").await;
        monde.backend.submit(&monde.client, &another).await.unwrap();
    }

    async fn six_hundred_drafts_an_hour_are_begun_from_one_network(monde: Monde) {
        for _ in 0..600 {
            monde.backend.start(&monde.client, None, Cas::Personnel).await.unwrap();
        }
        let begun = "SELECT count(*) FROM brouillon";
        let over = monde.backend.start(&monde.client, None, Cas::Personnel).await;
        assert!(matches!(over, Err(Fault::TooMany { seconds: 1..=3600 })), "{over:?}");
        let over = Brouillons::reopen(&monde.backend, &monde.client, Cas::Personnel, None, &Brouillon::default()).await;
        assert!(matches!(over, Err(Fault::TooMany { .. })));
        assert_eq!(monde.number(begun).await, 600);
        let elsewhere = Client("elsewhere".to_owned());
        let key = monde.backend.start(&elsewhere, None, Cas::Personnel).await.unwrap();
        assert_eq!(monde.backend.start(&monde.client, Some(&key), Cas::Independant).await.unwrap(), key, "no new one");
        monde.clock.advance(HOUR);
        monde.backend.start(&monde.client, None, Cas::Personnel).await.unwrap();
    }

    async fn sixty_searches_a_minute_come_from_one_network_whatever_asks(monde: Monde) {
        for _ in 0..60 {
            monde.backend.named(Some(&monde.client), "aucune ne s’appelle ainsi").await.unwrap();
        }
        let over = monde.backend.named(Some(&monde.client), "aucune ne s’appelle ainsi").await;
        assert!(matches!(over, Err(Fault::TooMany { seconds: 1..=60 })), "{over:?}");
        assert!(monde.backend.search(&monde.client, "toul").await.is_err());
        monde.backend.named(None, "aucune ne s’appelle ainsi").await.expect("the staff's lists ask again by themselves");
        assert_eq!(monde.backend.named(Some(&monde.client), "COMMUNE:31555").await.unwrap().len(), 1, "a key costs nothing");
        assert_eq!(monde.backend.named(Some(&monde.client), "Toulouse").await.unwrap().len(), 1, "nor does a name");
    }

    async fn twenty_tokens_a_minute_are_posted_from_one_network_whatever_they_open(monde: Monde) {
        let backend = &monde.backend;
        for at in 0..8 {
            let client = Client(format!("net {at}"));
            let post = async || match at {
                0 => Activations::activate(backend, &client, "a", "", true).await.map(|_| ()),
                1 => backend.renew(&client, "a").await.map(|_| ()),
                2 => Authentification::reset(backend, &client, "a", "").await.map(|_| ()),
                3 => Invitations::accept(backend, &client, "a", "", "").await.map(|_| ()),
                4 => backend.apply_address(&client, "a", None).await.map(|_| ()),
                5 => Suivis::find(backend, &client, "IEL-0000-0000", "a").await.map(|_| ()),
                6 => Suivis::resend(backend, &client, "a").await,
                _ => backend.resume(&client, "a", "").await.map(|_| ()),
            };
            for _ in 0..20 {
                post().await.unwrap();
            }
            assert!(matches!(post().await, Err(Fault::TooMany { seconds: 1..=60 })), "{at}");
            monde.clock.advance(MINUTE);
            post().await.unwrap();
        }
    }

    async fn the_networks_of_one_subscriber_of_ipv6_count_together_too(monde: Monde) {
        let ask = async |block: u32, network: u32| {
            let client = Client(format!("2001:db8:1:{block:x}{network:02x}::/64"));
            Suivis::find(&monde.backend, &client, "IEL-0000-0000", "a").await.map(|_| ())
        };
        // Four times the limit of one network, from a /56.
        for at in 0..80 {
            ask(1, at / 10).await.unwrap();
        }
        assert!(matches!(ask(1, 0xff).await, Err(Fault::TooMany { seconds: 1..=60 })), "a network that never asked");
        // Sixteen times the limit of one network, from a /48.
        for at in 80..320 {
            ask(1 + at / 80, (at / 10) % 8).await.unwrap();
        }
        assert!(matches!(ask(9, 0).await, Err(Fault::TooMany { .. })));
        let elsewhere = Client("2001:db8:2::/64".to_owned());
        Suivis::find(&monde.backend, &elsewhere, "IEL-0000-0000", "a").await.unwrap();
        monde.clock.advance(MINUTE);
        ask(1, 0).await.unwrap();
    }

    async fn what_is_counted_by_address_is_durable_nowhere(monde: Monde) {
        if monde.backend.db().engine() == Engine::Postgres {
            let kind = "SELECT relpersistence::text FROM pg_class WHERE relname = 'compteur_client'";
            assert_eq!(monde.text(kind).await, "u");
        }
        monde.backend.start(&monde.client, None, Cas::Personnel).await.unwrap();
        assert_eq!(monde.number("SELECT count(*) FROM compteur").await, 0);
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
