use app::areas::inscription::{Brouillons, Envoi, Inscriptions, Renvoi};
use app::base::exchange::{Client, DraftKey};
use domain::compte::Statut;
use domain::{Brouillon, Cas, Etape};
use server::clock::{DAY, HOUR};
use server::jobs::{purge, rappels};
use server::persistence::{comptes, reponses};

use crate::support::donnees::onglets;

on_both_engines! {
    async fn a_draft_keeps_what_was_typed_right_or_wrong(monde: Monde) {
        let key = monde.backend.start(&Client("net".to_owned()), None, Cas::Independant).await.unwrap();
        let long = "x".repeat(3_000);
        let fields = [("nom", "R2-D2"), ("prenom", long.as_str()), ("inconnu", "?")]
            .map(|(name, raw)| (name.to_owned(), raw.to_owned()));
        monde.backend.save(&key, Etape::Identite, &fields, None, false).await.unwrap().unwrap();
        let kept = monde.backend.current(&key).await.unwrap().unwrap();
        assert_eq!(kept.cas, Cas::Independant);
        assert_eq!(kept.today, (2026, 6, 15));
        assert_eq!(kept.brouillon.identite.nom, "R2-D2");
        assert_eq!(kept.brouillon.identite.prenom.len(), 2_000);
        assert!(kept.brouillon.visites.is_empty());
        // The case may change: the answers stay, under the same key.
        assert_eq!(monde.backend.start(&Client("net".to_owned()), Some(&key), Cas::Personnel).await.unwrap(), key);
        let kept = monde.backend.current(&key).await.unwrap().unwrap();
        assert_eq!((kept.cas, kept.brouillon.identite.nom.as_str()), (Cas::Personnel, "R2-D2"));
    }

    async fn a_draft_nobody_touches_for_seven_days_is_gone(monde: Monde) {
        let key = monde.draft("anne@exemple.fr").await;
        monde.passes(7 * DAY).await;
        assert_eq!(monde.backend.current(&key).await.unwrap(), None);
        assert_eq!(monde.backend.submit(&monde.client, &key).await.unwrap(), Envoi::BrouillonAbsent);
        monde.passes(1).await;
        purge::once(&monde.backend).await.unwrap();
        assert_eq!(monde.number("SELECT count(*) FROM brouillon").await, 0);
    }

    async fn a_sent_draft_becomes_an_account_and_leaves_nothing_behind(monde: Monde) {
        let key = monde.submit("Anne.Zorn@Exemple.fr").await;
        let row = comptes::find(monde.backend.db().connection(), 1).await.unwrap().unwrap();
        assert_eq!(comptes::statut(&row).unwrap(), Statut::EnAttenteActivation);
        assert_eq!(row.courriel_cle, "anne.zorn@exemple.fr");
        assert_eq!(row.nom_cle, " zorn etaillebois philomene quevillac ");
        let read = reponses::brouillon(&row);
        assert_eq!(read.identite.nom, "Zorn-Étaillebois");
        assert_eq!(read.identite.date_naissance, "07/03/1980");
        assert_eq!(read.adresses.voie, "12 rue des Filatiers");
        assert_eq!(read.situation_professionnelle.domaines, "finances locales");
        let sent = monde.backend.sent(&key).await.unwrap().unwrap();
        assert_eq!(sent.reference.to_string(), row.reference);
        assert!(sent.en_attente);
        assert!(sent.courriel_masque.ends_with("@Exemple.fr") && !sent.courriel_masque.contains("nne"));
        // The typed texts live in one place only.
        assert_eq!(monde.backend.current(&key).await.unwrap(), None);
        let contenu = monde.text("SELECT contenu FROM brouillon").await;
        assert_eq!(serde_json::from_str::<Brouillon>(&contenu).unwrap(), Brouillon::default());
        assert_eq!(monde.number("SELECT count(*) FROM journal WHERE action = 'envoi'").await, 1);
    }

    async fn sending_twice_makes_one_account_and_one_mail(monde: Monde) {
        let key = monde.draft("anne@exemple.fr").await;
        let (one, other) = tokio::join!(
            monde.backend.submit(&monde.client, &key),
            monde.backend.submit(&monde.client, &key),
        );
        assert_eq!((one.unwrap(), other.unwrap()), (Envoi::Enregistre, Envoi::Enregistre));
        assert_eq!(monde.backend.submit(&monde.client, &key).await.unwrap(), Envoi::Enregistre);
        assert_eq!(monde.number("SELECT count(*) FROM compte").await, 1);
        monde.send_mails().await;
        assert_eq!(monde.boite.received().len(), 1);
    }

    async fn a_tab_skipped_is_found_at_the_end(monde: Monde) {
        let key = monde.backend.start(&Client("net".to_owned()), None, Cas::Personnel).await.unwrap();
        assert_eq!(monde.backend.submit(&monde.client, &key).await.unwrap(), Envoi::Incomplet(None));
        let key = monde.draft("anne@exemple.fr").await;
        monde.fill(&key, Etape::Adresses, &[("voie", String::new())]).await;
        let sent = monde.backend.submit(&monde.client, &key).await.unwrap();
        assert_eq!(sent, Envoi::Incomplet(Some(Etape::Adresses)));
        assert_eq!(monde.number("SELECT count(*) FROM compte").await, 0);
        let nobody = DraftKey("nobody".to_owned());
        assert_eq!(monde.backend.submit(&monde.client, &nobody).await.unwrap(), Envoi::BrouillonAbsent);
    }

    async fn only_the_generic_employer_is_signed_up_under(monde: Monde) {
        use app::onglet::annuaire::Annuaire;
        let key = monde.draft("anne@exemple.fr").await;
        let toulouse = monde.backend.named(None, "COMMUNE:31555").await.unwrap().remove(0);
        assert!(monde.backend.choose_collectivite(&key, &toulouse).await.unwrap());
        assert_eq!(monde.backend.submit(&monde.client, &key).await.unwrap(), Envoi::Incomplet(None));
        let key = monde.draft("anne@exemple.fr").await;
        monde.backend.start(&Client("net".to_owned()), Some(&key), Cas::ServiceRh).await.unwrap();
        assert_eq!(monde.backend.submit(&monde.client, &key).await.unwrap(), Envoi::Incomplet(None));
    }

    async fn a_corrected_address_ends_the_former_link_and_gets_its_own(monde: Monde) {
        let key = monde.submit("fauute@exemple.fr").await;
        monde.send_mails().await;
        let former = monde.boite.token("fauute@exemple.fr", "activation");
        let client = &monde.client;
        assert_eq!(monde.backend.correct_address(client, &key, "non").await.unwrap(), Renvoi::AdresseInvalide);
        assert_eq!(monde.backend.correct_address(client, &key, "bonne@exemple.fr").await.unwrap(), Renvoi::Envoye);
        monde.send_mails().await;
        assert!(matches!(monde.activate(&former).await, app::areas::acces::ChoixMotDePasse::LienMort));
        let fresh = monde.boite.token("bonne@exemple.fr", "activation");
        assert!(matches!(monde.activate(&fresh).await, app::areas::acces::ChoixMotDePasse::Enregistre(_)));
        assert_eq!(monde.backend.resend(client, &key).await.unwrap(), Renvoi::SansObjet);
        assert!(!monde.backend.sent(&key).await.unwrap().unwrap().en_attente);
    }

    async fn a_mail_to_a_former_address_never_follows_the_correction(monde: Monde) {
        let key = monde.submit("fauute@exemple.fr").await;
        monde.backend.correct_address(&monde.client, &key, "bonne@exemple.fr").await.unwrap();
        monde.send_mails().await;
        assert_eq!(monde.boite.to("fauute@exemple.fr").len(), 0);
        assert_eq!(monde.boite.to("bonne@exemple.fr").len(), 1);
    }

    async fn a_request_asks_for_three_mails_a_day_then_says_so(monde: Monde) {
        let key = monde.submit("anne@exemple.fr").await;
        for expected in [Renvoi::Envoye, Renvoi::Envoye, Renvoi::TropDeCourriels] {
            monde.send_mails().await;
            assert_eq!(monde.backend.resend(&monde.client, &key).await.unwrap(), expected);
            if expected == Renvoi::Envoye {
                // The button is pressed again before the mail left: it is the same mail.
                assert_eq!(monde.backend.resend(&monde.client, &key).await.unwrap(), expected);
            }
        }
        assert_eq!(monde.boite.to("anne@exemple.fr").len(), 3);
        monde.clock.advance(DAY);
        assert_eq!(monde.backend.resend(&monde.client, &key).await.unwrap(), Renvoi::Envoye);
    }

    async fn a_fourth_sign_up_mail_a_day_answers_alike_and_sends_nothing(monde: Monde) {
        let client = Client("one network".to_owned());
        for at in 0..5 {
            let key = monde.draft("anne@exemple.fr").await;
            assert_eq!(monde.backend.submit(&client, &key).await.unwrap(), Envoi::Enregistre, "{at}");
        }
        monde.send_mails().await;
        assert_eq!(monde.boite.to("anne@exemple.fr").len(), 3);
        // Only the staff can tell the five requests apart.
        let differ = "SELECT count(DISTINCT etat || (envoye_le IS NULL)) FROM courriel";
        assert_eq!(monde.number(differ).await, 1);
        assert_eq!(monde.number("SELECT count(*) FROM jeton WHERE premier_envoi_le IS NULL").await, 0);
        assert_eq!(monde.number("SELECT count(*) FROM courriel WHERE retenu").await, 2);
        // The reminders of retained mails are retained too.
        monde.clock.advance(25 * HOUR);
        rappels::once(&monde.backend).await.unwrap();
        monde.send_mails().await;
        assert_eq!(monde.boite.to("anne@exemple.fr").len(), 6);
    }

    async fn nobody_shuts_an_address_out(monde: Monde) {
        for at in 0..40 {
            let client = Client(format!("stranger {at}"));
            for _ in 0..2 {
                let key = monde.draft("anne@exemple.fr").await;
                assert_eq!(monde.backend.submit(&client, &key).await.unwrap(), Envoi::Enregistre);
            }
        }
        monde.send_mails().await;
        // Twelve mails leave in all. Beyond them, the first mail of each network leaves.
        let before = monde.boite.to("anne@exemple.fr").len();
        assert_eq!(before, 12 + 34);
        monde.submit("anne@exemple.fr").await;
        monde.send_mails().await;
        assert_eq!(monde.boite.to("anne@exemple.fr").len(), before + 1, "the person's own leaves");
    }
}

#[test]
fn the_example_fills_every_tab() {
    assert_eq!(onglets("a@exemple.fr").len(), Etape::ALL.len());
}
