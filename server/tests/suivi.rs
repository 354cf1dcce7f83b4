//! The follow-up of a request: by its person, and by reference and address.

use app::areas::acces::{Authentification, Lien};
use app::areas::compte::{ChangementsAdresse, Comptes, EnvoiConfirmation, IssueAdresse, Suivis};
use app::areas::gestion::dossiers::{Decision, Decisions};
use app::areas::service_formation::ServicesFormation;
use app::base::appelants::Appelants;
use app::base::exchange::Client;
use domain::Etape;
use domain::compte::Statut;
use domain::correction::Remarque;
use domain::courriel::SortCourriel;
use domain::suivi::Suivi;
use server::clock::{DAY, HOUR};

use super::equipe::administrateur;
use super::support::Monde;
use crate::support::donnees::MOT_DE_PASSE;

async fn reference(monde: &Monde) -> String {
    monde.text("SELECT reference FROM compte WHERE id = 1").await
}

async fn look(monde: &Monde, token: &str) -> Suivi {
    match monde.backend.look(token).await.unwrap() {
        Lien::Vivant(suivi) => suivi,
        other => panic!("{other:?}"),
    }
}

on_both_engines! {
    async fn reference_and_address_together_show_the_state_for_an_hour(monde: Monde) {
        monde.submit("anne@exemple.fr").await;
        monde.send_mails().await;
        let typed = reference(&monde).await.to_lowercase().replace('-', " ");
        let token = monde.backend.find(&monde.client, &typed, " Anne@Exemple.FR ").await.unwrap().unwrap();
        let suivi = look(&monde, &token).await;
        assert_eq!(suivi.statut, Statut::EnAttenteActivation);
        assert_eq!(suivi.courriels.len(), 1);
        assert_eq!(suivi.courriels[0].sort, SortCourriel::Remis);
        monde.clock.advance(HOUR);
        assert_eq!(monde.backend.look(&token).await.unwrap(), Lien::Expire);
        assert_eq!(monde.backend.look(&token.replace('.', "-")).await.unwrap(), Lien::Inconnu);
    }

    async fn a_service_formation_never_reads_what_its_agent_does(monde: Monde) {
        let (rh, _) = monde.service_formation("rh@toulouse.example", "COMMUNE:31555").await;
        let reference = monde.present(&rh, "anne@exemple.fr", &[]).await.to_string();
        let look_again = async || {
            let token = monde.backend.find(&Client("rh".to_owned()), &reference, "anne@exemple.fr").await.unwrap();
            Suivi { delais: None, ..look(&monde, &token.expect("found under the address that was presented")).await }
        };
        assert_eq!(look_again().await.courriels.len(), 1, "of a mail that may not have come, it is told");
        monde.send_mails().await;
        let token = monde.boite.token("anne@exemple.fr", "activation");
        let connexion = monde.certified(&token).await;
        let ada = administrateur(&monde, "ada@cnfpt.fr", "Ada").await;
        let remarques = [Remarque { etape: Etape::Identite, champ: "nom".to_owned(), texte: "À revoir".to_owned() }];
        let version = monde.version(&ada, 1).await;
        assert_eq!(monde.backend.request_corrections(&ada, 1, version, &remarques, "").await.unwrap(), Decision::Prise);
        monde.execute("UPDATE correction SET renvoyee_le = 1").await;
        monde.execute("UPDATE compte SET statut = 'Actif'").await;
        let before = look_again().await;
        assert_eq!((before.corrections.len(), before.courriels.len()), (0, 0));
        // The agent asks for a new password, and changes the address.
        monde.backend.request_reset(&monde.client, "anne@exemple.fr").await.unwrap();
        let who = monde.backend.formateur(&connexion).await.unwrap().unwrap();
        let asked = monde.backend.ask_address(&monde.client, &who, MOT_DE_PASSE, "anne@ailleurs.example").await.unwrap();
        assert_eq!(asked, EnvoiConfirmation::Envoyee);
        monde.send_mails().await;
        let token = monde.boite.token("anne@ailleurs.example", "adresse");
        let moved = monde.backend.apply_address(&monde.client, &token, Some(&connexion)).await.unwrap();
        assert_eq!(moved, IssueAdresse::Changee);
        assert_eq!(look_again().await, before);
        // The service formation does not find the new address either, even after it let the agent go.
        let guess = async |at: &str| monde.backend.find(&Client(at.to_owned()), &reference, "anne@ailleurs.example").await.unwrap();
        assert_eq!(guess("un").await, None);
        assert!(monde.backend.let_go(&rh, reference.parse().unwrap()).await.unwrap());
        assert_eq!(guess("deux").await, None);
        let theirs = monde.backend.mine(&who).await.unwrap().suivi;
        assert!(theirs.courriels.len() > 3 && theirs.corrections.len() == 2, "the person sees it all: {theirs:?}");
    }

    async fn a_wrong_address_a_wrong_reference_and_nonsense_are_answered_alike(monde: Monde) {
        monde.submit("anne@exemple.fr").await;
        let known = reference(&monde).await;
        for (reference, courriel) in [
            (known.as_str(), "autre@exemple.fr"),
            ("IEL-0000-0000", "anne@exemple.fr"),
            (known.as_str(), ""),
            ("n’importe quoi", "anne@exemple.fr"),
            ("", ""),
        ] {
            let found = monde.backend.find(&Client(format!("{reference}{courriel}")), reference, courriel).await.unwrap();
            assert_eq!(found, None, "{reference} {courriel}");
        }
    }

    async fn another_browser_asks_for_a_lost_activation_mail_again(monde: Monde) {
        monde.submit("anne@exemple.fr").await;
        monde.send_mails().await;
        let token = monde.backend.find(&monde.client, &reference(&monde).await, "anne@exemple.fr").await.unwrap().unwrap();
        // Pressed three times at once, it sends one mail.
        let again = || Suivis::resend(&monde.backend, &monde.client, &token);
        let (one, two, three) = tokio::join!(again(), again(), again());
        assert!(one.is_ok() && two.is_ok() && three.is_ok(), "{one:?} {two:?} {three:?}");
        monde.send_mails().await;
        assert_eq!(monde.boite.to("anne@exemple.fr").len(), 2);
        for _ in 0..5 {
            monde.backend.resend(&monde.client, &token).await.unwrap();
            monde.send_mails().await;
        }
        assert_eq!(monde.boite.to("anne@exemple.fr").len(), 4, "three mails a day from one network, beside the first");
        let activation = monde.boite.token("anne@exemple.fr", "activation");
        monde.activate(&activation).await;
        assert_eq!(look(&monde, &token).await.statut, Statut::AValider);
    }

    async fn the_usual_delay_is_told_from_twenty_decisions_and_without_corrections(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        for at in 1..=20 {
            monde.activated(&format!("a{at}@exemple.fr")).await;
        }
        let connexion = monde.activated("anne@exemple.fr").await;
        let who = monde.backend.formateur(&connexion).await.unwrap().unwrap();
        for id in 1..=20 {
            monde.clock.advance(HOUR);
            let version = monde.version(&camille, id).await;
            monde.backend.validate(&camille, id, version).await.unwrap();
            if id == 19 {
                assert_eq!(monde.backend.mine(&who).await.unwrap().suivi.delais, None);
            }
        }
        assert_eq!(monde.backend.mine(&who).await.unwrap().suivi.delais.map(|delais| (delais.p50, delais.p90)),
            Some((10 * HOUR, 18 * HOUR)));
        monde.execute(&format!("UPDATE compte SET attend_depuis = attend_depuis + {HOUR} WHERE id <= 20")).await;
        assert_eq!(monde.backend.mine(&who).await.unwrap().suivi.delais.unwrap().p50, 10 * HOUR, "worked out now and then");
        monde.clock.advance(HOUR);
        assert_eq!(monde.backend.mine(&who).await.unwrap().suivi.delais.unwrap().p50, 9 * HOUR);
        // A validated account waits for nothing.
        monde.execute(&format!("UPDATE compte SET decidee_le = decidee_le - {} WHERE id <= 20", 100 * DAY)).await;
        monde.clock.advance(HOUR);
        assert_eq!(monde.backend.mine(&who).await.unwrap().suivi.delais, None, "older decisions say nothing");
    }

    async fn the_receipt_says_when_the_request_was_received(monde: Monde) {
        let connexion = monde.activated("anne@exemple.fr").await;
        let who = monde.backend.formateur(&connexion).await.unwrap().unwrap();
        let receipt = monde.backend.receipt(&who).await.unwrap().unwrap();
        assert_eq!(receipt.reference.to_string(), reference(&monde).await);
        assert_eq!(Some(receipt.recue_le), monde.backend.mine(&who).await.unwrap().suivi.activee_le);
    }
}
