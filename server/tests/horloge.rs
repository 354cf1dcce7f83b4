//! A clock off by an hour or by ten years, and set right again.

use std::collections::HashMap;

use app::areas::acces::ChoixMotDePasse;
use app::areas::gestion::dossiers::{Decision, Decisions, Demandes, PriseEnCharge};
use app::areas::gestion::equipe::{Annonces, Equipe};
use domain::compte::Statut;
use domain::instant::Millis;
use server::clock::{DAY, HOUR, MINUTE, SECOND};
use server::jobs::{decisions, purge, rappels, resumes};
use server::mail::SendError;

use super::support::Monde;

const TEN_YEARS: Millis = 3_653 * DAY;

impl Monde {
    /// Every job, as often as a server that goes on would run it.
    async fn jobs(&self) {
        for _ in 0..3 {
            purge::once(&self.backend).await.unwrap();
            rappels::once(&self.backend).await.unwrap();
            resumes::once(&self.backend).await.unwrap();
            decisions::once(&self.backend).await.unwrap();
            self.backend.seal_journal().await.unwrap();
            self.send_mails().await;
            self.clock.advance(SECOND);
        }
    }
}

on_both_engines! {
    async fn no_clock_revives_a_used_link_or_makes_a_storm_of_mails(monde: Monde) {
        monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let used = monde.submitted("anne@exemple.fr").await;
        assert!(matches!(monde.activate(&used).await, ChoixMotDePasse::Enregistre(_)));
        monde.submitted("berthe@exemple.fr").await;
        monde.submit("chloe@exemple.fr").await;
        monde.jobs().await;
        let before = monde.boite.received().len();
        for off in [HOUR, -HOUR, TEN_YEARS, -TEN_YEARS] {
            monde.clock.advance(off);
            monde.jobs().await;
            assert!(matches!(monde.activate(&used).await, ChoixMotDePasse::LienMort), "off by {off}");
            monde.clock.advance(-off);
            monde.jobs().await;
            assert!(matches!(monde.activate(&used).await, ChoixMotDePasse::LienMort), "after {off}");
        }
        let mut copies: HashMap<String, usize> = HashMap::new();
        for mail in monde.boite.received() {
            *copies.entry(mail.message_id).or_default() += 1;
        }
        assert!(copies.values().all(|n| *n == 1), "{copies:?}");
        // At most the reminder of each link that was not opened.
        assert!(monde.boite.received().len() <= before + 2, "{:?}", monde.boite.received());
        let journal = monde.backend.check_journal().await.unwrap();
        assert!(journal.anomalies.is_empty(), "{:?}", journal.anomalies);
        assert_eq!(monde.text("SELECT statut FROM compte WHERE courriel_cle = 'anne@exemple.fr'").await, "AValider");
    }

    async fn a_mail_dated_in_the_future_leaves_with_a_right_clock(monde: Monde) {
        monde.clock.advance(TEN_YEARS);
        monde.submit("anne@exemple.fr").await;
        monde.boite.fail_next([SendError::Temporary("451".to_owned())]);
        monde.send_mails().await;
        assert_eq!(monde.boite.received().len(), 0);
        monde.clock.advance(-TEN_YEARS);
        monde.send_mails().await;
        assert_eq!(monde.boite.received().len(), 1);

        monde.submit("berthe@exemple.fr").await;
        let now = monde.backend.db().now().await.unwrap();
        let leased = |until: Millis| format!("UPDATE courriel SET verrouille_jusqu = {until} WHERE etat = 'queued'");
        monde.execute(&leased(now + 4 * MINUTE)).await;
        monde.send_mails().await;
        assert_eq!(monde.boite.received().len(), 1, "a lease of today is somebody's");
        monde.execute(&leased(now + TEN_YEARS)).await;
        monde.send_mails().await;
        assert_eq!(monde.boite.received().len(), 2);
    }

    async fn an_hour_too_many_delays_a_mail_by_that_hour_at_most(monde: Monde) {
        monde.clock.advance(HOUR);
        monde.submit("anne@exemple.fr").await;
        monde.boite.fail_next([SendError::Temporary("451".to_owned())]);
        monde.send_mails().await;
        monde.clock.advance(-HOUR);
        monde.send_mails().await;
        assert_eq!(monde.boite.tried().len(), 1, "not before its time");
        monde.clock.advance(HOUR + 12 * SECOND);
        monde.send_mails().await;
        assert_eq!(monde.boite.received().len(), 1);
    }

    async fn decisions_and_claims_dated_in_the_future_bind_nobody(monde: Monde) {
        let monde = monde.holding(120);
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let dominique = monde.gestionnaire("dominique@cnfpt.fr", "Dominique Faure").await;
        monde.activated("anne@exemple.fr").await;
        monde.activated("berthe@exemple.fr").await;
        let version = monde.version(&camille, 1).await;
        monde.clock.advance(TEN_YEARS);
        assert!(matches!(monde.backend.validate(&camille, 1, version).await.unwrap(), Decision::EnAttente { .. }));
        assert_eq!(monde.backend.claim(&camille, 2, false).await.unwrap(), PriseEnCharge::Prise);
        monde.clock.advance(-TEN_YEARS);
        decisions::once(&monde.backend).await.unwrap();
        assert_eq!(monde.dossier(&camille, 1).await.ligne.statut, Statut::Actif);
        assert_eq!(monde.dossier(&dominique, 2).await.ligne.prise, None);
        assert_eq!(monde.backend.claim(&dominique, 2, false).await.unwrap(), PriseEnCharge::Prise);
        purge::once(&monde.backend).await.unwrap();
        assert_eq!(monde.number("SELECT count(*) FROM prise").await, 1, "one of today stays");
    }

    async fn the_digest_comes_every_day_again_once_the_clock_is_right(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        monde.backend.choose_announces(&camille, Annonces::ParJour).await.unwrap();
        monde.activated("anne@exemple.fr").await;
        let digests = || monde.boite.to("camille@cnfpt.fr").iter().filter(|mail| mail.subject.contains("1\u{a0}demande attend")).count();
        monde.clock.advance(TEN_YEARS);
        monde.jobs().await;
        let before = digests();
        assert_eq!(before, 1);
        monde.clock.advance(DAY - TEN_YEARS);
        monde.jobs().await;
        assert_eq!(digests(), before + 1);
    }
}
