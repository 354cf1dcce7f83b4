use std::collections::HashSet;

use server::clock::{Clock, DAY, HOUR, MINUTE, SECOND};
use server::jobs::outbox::{self, Tour};
use server::jobs::purge;
use server::mail::SendError;

on_both_engines! {
    async fn a_retry_keeps_the_message_id_and_the_link(monde: Monde) {
        monde.submit("anne@exemple.fr").await;
        monde.boite.fail_next([SendError::Temporary("451".to_owned()), SendError::Temporary("451".to_owned())]);
        monde.send_mails().await;
        assert_eq!(monde.boite.received().len(), 0);
        monde.send_mails().await;
        assert_eq!(monde.boite.tried().len(), 1, "not before its time");
        for wait in [12 * SECOND, 24 * SECOND] {
            monde.clock.advance(wait);
            monde.send_mails().await;
        }
        let tried = monde.boite.tried();
        assert_eq!(tried.len(), 3);
        assert!(tried.iter().all(|id| *id == tried[0]) && tried[0].contains('@'), "{tried:?}");
        assert_eq!(monde.boite.received()[0].message_id, tried[0]);
        assert_eq!(monde.text("SELECT etat FROM courriel").await, "sent");
    }

    async fn a_refused_recipient_is_dead_at_once(monde: Monde) {
        monde.submit("anne@exemple.fr").await;
        monde.boite.fail_next([SendError::Recipient("550".to_owned())]);
        monde.send_mails().await;
        monde.clock.advance(DAY);
        monde.send_mails().await;
        assert_eq!(monde.boite.tried().len(), 1);
        assert_eq!(monde.text("SELECT etat FROM courriel").await, "dead");
        assert_eq!(monde.text("SELECT derniere_erreur FROM courriel").await, "550");
    }

    async fn the_outbox_keeps_no_quoted_address_and_purges_dead_mails(monde: Monde) {
        monde.submit("anne@exemple.fr").await;
        let quoted = "550 5.1.1 <anne@exemple.fr>: Recipient address rejected";
        monde.boite.fail_next([SendError::Temporary(quoted.to_owned()), SendError::Recipient(quoted.to_owned())]);
        for _ in 0..2 {
            monde.send_mails().await;
            let kept = monde.text("SELECT derniere_erreur FROM courriel").await;
            assert_eq!(kept, "550 5.1.1 … Recipient address rejected");
            monde.clock.advance(MINUTE);
        }
        assert_eq!(monde.text("SELECT etat FROM courriel").await, "dead");
        monde.execute("UPDATE courriel SET compte_id = NULL").await;
        monde.passes(89 * DAY).await;
        purge::once(&monde.backend).await.unwrap();
        assert_eq!(monde.number("SELECT count(*) FROM courriel").await, 1);
        monde.passes(2 * DAY).await;
        purge::once(&monde.backend).await.unwrap();
        assert_eq!(monde.number("SELECT count(*) FROM courriel").await, 0);
    }

    async fn a_mail_system_that_refuses_us_pauses_the_queue_and_kills_nothing(monde: Monde) {
        monde.submit("anne@exemple.fr").await;
        monde.boite.fail_next([SendError::Queue("535".to_owned())]);
        assert_eq!(monde.send_mails().await, Tour::Suspendu);
        assert_eq!(monde.text("SELECT etat FROM courriel").await, "queued");
        monde.clock.advance(MINUTE);
        assert_eq!(monde.send_mails().await, Tour::Vide);
        assert_eq!(monde.boite.received().len(), 1);
    }

    async fn a_mail_is_given_up_after_forty_eight_hours_of_trying(monde: Monde) {
        monde.submit("anne@exemple.fr").await;
        let begun = monde.clock.now();
        while monde.text("SELECT etat FROM courriel").await == "queued" {
            monde.boite.fail_next([SendError::Temporary("451".to_owned())]);
            monde.send_mails().await;
            monde.clock.advance(HOUR);
            assert!(monde.clock.now() - begun < 4 * DAY, "tried for ever");
        }
        assert!(monde.clock.now() - begun >= 2 * DAY);
        assert_eq!(monde.text("SELECT etat FROM courriel").await, "dead");
        assert!(monde.boite.tried().len() > 20);
    }

    async fn a_lease_is_never_given_twice(monde: Monde) {
        for at in 0..20 {
            monde.submit(&format!("a{at}@exemple.fr")).await;
        }
        let now = monde.clock.now();
        let workers = (0..8).map(|_| {
            let db = monde.backend.db().clone();
            tokio::spawn(async move {
                let mut mine = Vec::new();
                loop {
                    let leased = db.lease_courriels(now, MINUTE, 3, true).await.unwrap();
                    if leased.is_empty() {
                        return mine;
                    }
                    mine.extend(leased.into_iter().map(|(id, _)| id));
                }
            })
        });
        let leased: Vec<_> = futures::future::join_all(workers).await.into_iter().flat_map(Result::unwrap).collect();
        // On PostgreSQL a worker that steps over every row still locked may stop early; the others finish.
        assert_eq!(leased.len(), 20);
        assert_eq!(leased.iter().collect::<HashSet<_>>().len(), 20);
    }

    async fn an_ended_lease_moves_on_and_its_former_holder_writes_nothing(monde: Monde) {
        use server::persistence::courriels::{Etat, ended};
        monde.submit("anne@exemple.fr").await;
        let db = monde.backend.db();
        let now = monde.clock.now();
        let (id, former) = db.lease_courriels(now, -1_000, 1, true).await.unwrap()[0];
        let (again, lease) = db.lease_courriels(now, MINUTE, 1, false).await.unwrap()[0];
        assert_eq!(id, again);
        assert!(!ended(db.connection(), id, former, Etat::Dead, None, now).await.unwrap());
        assert!(ended(db.connection(), id, lease, Etat::Sent, None, now).await.unwrap());
        assert_eq!(monde.text("SELECT etat FROM courriel").await, "sent");
    }

    async fn a_job_that_dies_takes_no_other_with_it(monde: Monde) {
        for at in 0..6 {
            monde.submit(&format!("a{at}@exemple.fr")).await;
        }
        monde.boite.die_next();
        monde.send_mails().await;
        assert_eq!(monde.boite.received().len(), 5);
        // The lease of the dead job ends by the clock of the database.
        monde.execute("UPDATE courriel SET verrouille_jusqu = 0 WHERE etat = 'queued'").await;
        monde.send_mails().await;
        assert_eq!(monde.boite.received().len(), 6);
    }

    async fn a_commit_wakes_the_worker_and_a_stop_ends_it(monde: Monde) {
        let (stop, stopped) = tokio::sync::watch::channel(false);
        let worker = outbox::run(monde.backend.clone(), monde.boite.clone(), stopped.clone());
        let purge = purge::run(monde.backend.clone(), stopped);
        let jobs = tokio::spawn(async { tokio::join!(worker, purge) });
        // Let the worker find nothing and fall asleep before the mail is queued.
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        monde.submit("anne@exemple.fr").await;
        let sent = async {
            while monde.boite.received().is_empty() {
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(4), sent).await.expect("sooner than the next poll");
        stop.send(true).unwrap();
        tokio::time::timeout(std::time::Duration::from_secs(5), jobs).await.expect("the jobs end").unwrap();
    }

    async fn a_slow_recipient_holds_nobody_up(monde: Monde) {
        monde.boite.hang_on("lente@exemple.fr");
        let (stop, stopped) = tokio::sync::watch::channel(false);
        let worker = tokio::spawn(outbox::run(monde.backend.clone(), monde.boite.clone(), stopped));
        monde.submit("lente@exemple.fr").await;
        let until = async |received: usize, tried: usize| {
            while monde.boite.received().len() < received || monde.boite.tried().len() < tried {
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            }
        };
        until(0, 1).await;
        for at in 0..12 {
            monde.submit(&format!("a{at}@exemple.fr")).await;
        }
        tokio::time::timeout(std::time::Duration::from_secs(4), until(12, 13)).await.expect("the others leave");
        stop.send(true).unwrap();
        worker.abort();
    }

    async fn however_many_are_slow_again_a_new_mail_leaves_at_once(monde: Monde) {
        monde.boite.hang_on("@lente.example");
        for at in 0..20 {
            monde.submit(&format!("a{at}@lente.example")).await;
        }
        // All the mails have failed once, as after a first round of time-outs.
        monde.execute("UPDATE courriel SET essais = 1").await;
        let (stop, stopped) = tokio::sync::watch::channel(false);
        let worker = tokio::spawn(outbox::run(monde.backend.clone(), monde.boite.clone(), stopped));
        let until = async |received: usize, tried: usize| {
            while monde.boite.received().len() < received || monde.boite.tried().len() < tried {
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(4), until(0, 8)).await.expect("some are tried again");
        monde.submit("anne@exemple.fr").await;
        tokio::time::timeout(std::time::Duration::from_secs(4), until(1, 9)).await.expect("the new one leaves");
        assert_eq!(monde.boite.tried().len(), 9);
        stop.send(true).unwrap();
        worker.abort();
    }

    async fn a_gestionnaire_is_not_told_of_what_was_decided_meanwhile(monde: Monde) {
        use app::areas::gestion::dossiers::Decisions;
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        monde.activated("anne@exemple.fr").await;
        let version = monde.version(&camille, 1).await;
        monde.backend.validate(&camille, 1, version).await.unwrap();
        monde.send_mails().await;
        assert!(monde.boite.to("camille@cnfpt.fr").is_empty());
    }

    async fn the_outbox_and_the_journal_hold_no_text_of_a_person(monde: Monde) {
        monde.activated("anne@exemple.fr").await;
        for table in ["journal", "courriel"] {
            let columns = if table == "journal" {
                "acteur || action || champs"
            } else {
                "genre || destinataire_cle || message_id || coalesce(derniere_erreur, '')"
            };
            let found = format!("SELECT count(*) FROM {table} WHERE {columns} LIKE '%anne%' OR {columns} LIKE '%Zorn%'");
            assert_eq!(monde.number(&found).await, 0, "{table}");
        }
    }
}
