use app::areas::acces::{Activations, Lien};
use app::areas::inscription::Inscriptions;
use server::clock::{Clock, DAY, HOUR, MINUTE};
use server::jobs::rappels;

use super::support::Monde;

const SUJET: &str = "Il reste à activer";

impl Monde {
    /// Runs the job and then the outbox.
    async fn remind(&self) {
        rappels::once(&self.backend).await.unwrap();
        self.send_mails().await;
    }

    fn reminders(&self, courriel: &str) -> usize {
        self.boite.to(courriel).iter().filter(|mail| mail.subject.contains(SUJET)).count()
    }
}

on_both_engines! {
    async fn an_unopened_link_is_reminded_once_after_a_day(monde: Monde) {
        monde.submit("anne@exemple.fr").await;
        // The mail system was down: the day runs from the hand-over.
        monde.clock.advance(5 * HOUR);
        monde.send_mails().await;
        let token = monde.boite.token("anne@exemple.fr", "activation");
        monde.clock.advance(DAY - 1);
        monde.remind().await;
        assert_eq!(monde.reminders("anne@exemple.fr"), 0);
        monde.clock.advance(1);
        for _ in 0..3 {
            monde.remind().await;
            monde.clock.advance(HOUR);
        }
        assert_eq!(monde.reminders("anne@exemple.fr"), 1);
        let mail = monde.boite.about("anne@exemple.fr", SUJET);
        assert_eq!(monde.boite.token("anne@exemple.fr", "activation"), token, "the link they already have");
        // 15 June 12:00 UTC + 5 h + 72 h, as read in France.
        assert!(mail.text.contains("jusqu’au 18\u{a0}juin 2026 à 19\u{a0}h\u{a0}00"), "{}", mail.text);
    }

    async fn a_reminder_does_not_prolong_the_link(monde: Monde) {
        let token = monde.submitted("anne@exemple.fr").await;
        monde.clock.advance(DAY);
        monde.remind().await;
        monde.clock.advance(2 * DAY - 1);
        assert!(matches!(Activations::open(&monde.backend, &token).await.unwrap(), Lien::Vivant(_)));
        monde.clock.advance(1);
        assert_eq!(Activations::open(&monde.backend, &token).await.unwrap(), Lien::Expire);
    }

    async fn two_servers_that_remind_at_once_send_one_mail(monde: Monde) {
        for at in 0..6 {
            monde.submitted(&format!("a{at}@exemple.fr")).await;
        }
        monde.clock.advance(DAY);
        let servers = (0..4).map(|_| {
            let backend = monde.backend.clone();
            tokio::spawn(async move { rappels::once(&backend).await.unwrap() })
        });
        for server in futures::future::join_all(servers).await {
            server.unwrap();
        }
        monde.send_mails().await;
        assert_eq!(monde.number("SELECT count(*) FROM courriel WHERE genre = 'rappel'").await, 6);
        let second = format!(
            "INSERT INTO courriel (genre, compte_id, destinataire_cle, cree_le, prochain_essai_le, essais, etat, message_id) \
             VALUES ('rappel', 1, '', {now}, {now}, 0, 'queued', 'x@y')",
            now = monde.clock.now()
        );
        let second = sea_orm::ConnectionTrait::execute_unprepared(monde.backend.db().connection(), &second).await;
        assert!(matches!(second.unwrap_err().sql_err(), Some(sea_orm::SqlErr::UniqueConstraintViolation(_))));
    }

    async fn nobody_is_reminded_after_activation_nor_once_the_link_has_expired(monde: Monde) {
        monde.activated("anne@exemple.fr").await;
        monde.submitted("luc@exemple.fr").await;
        monde.clock.advance(3 * DAY);
        monde.remind().await;
        assert_eq!(monde.reminders("anne@exemple.fr") + monde.reminders("luc@exemple.fr"), 0);
        assert_eq!(monde.number("SELECT count(*) FROM courriel WHERE genre = 'rappel'").await, 0);
    }

    async fn a_link_sent_again_puts_the_reminder_off(monde: Monde) {
        let key = monde.submit("anne@exemple.fr").await;
        monde.send_mails().await;
        monde.clock.advance(20 * HOUR);
        monde.backend.resend(&monde.client, &key).await.unwrap();
        monde.clock.advance(5 * HOUR);
        monde.remind().await;
        monde.clock.advance(DAY - MINUTE);
        monde.remind().await;
        assert_eq!(monde.reminders("anne@exemple.fr"), 0, "the newest link is not a day old");
        monde.clock.advance(MINUTE);
        monde.remind().await;
        assert_eq!(monde.reminders("anne@exemple.fr"), 1);
    }

    async fn an_address_that_was_corrected_is_not_reminded(monde: Monde) {
        let key = monde.submit("wrong@exemple.fr").await;
        monde.send_mails().await;
        monde.clock.advance(DAY);
        rappels::once(&monde.backend).await.unwrap();
        // Corrected while the reminder waits in the outbox.
        monde.backend.correct_address(&monde.client, &key, "right@exemple.fr").await.unwrap();
        monde.send_mails().await;
        assert_eq!(monde.reminders("wrong@exemple.fr") + monde.reminders("right@exemple.fr"), 0);

        let key = monde.submit("faux@exemple.fr").await;
        monde.send_mails().await;
        monde.backend.correct_address(&monde.client, &key, "juste@exemple.fr").await.unwrap();
        monde.send_mails().await;
        monde.clock.advance(DAY);
        monde.remind().await;
        assert_eq!(monde.reminders("faux@exemple.fr"), 0);
        assert_eq!(monde.reminders("juste@exemple.fr"), 1);
    }

    async fn an_activation_just_before_the_reminder_leaves_makes_it_moot(monde: Monde) {
        let token = monde.submitted("anne@exemple.fr").await;
        monde.clock.advance(DAY);
        rappels::once(&monde.backend).await.unwrap();
        monde.activate(&token).await;
        monde.send_mails().await;
        assert_eq!(monde.reminders("anne@exemple.fr"), 0);
    }

    async fn an_address_that_has_its_account_is_not_reminded_of_another(monde: Monde) {
        monde.activated("anne@exemple.fr").await;
        monde.submit("anne@exemple.fr").await;
        monde.send_mails().await;
        monde.clock.advance(DAY);
        monde.remind().await;
        assert_eq!(monde.reminders("anne@exemple.fr"), 0);
    }
}
