//! The correction loop: asked, answered, back to the queue; and the withdrawal of a request.

use app::areas::acces::Authentification;
use app::areas::compte::{Comptes, CorrectionEnCours, Corrections, RetourCorrection};
use app::areas::gestion::dossiers::{Decision, Decisions};
use app::base::appelants::{Appelants, Formateur, Gestionnaire};
use domain::Etape;
use domain::compte::Statut;
use domain::correction::Remarque;
use server::clock::{Clock, DAY, HOUR};
use server::jobs::purge;

use super::support::Monde;
use crate::support::donnees::MOT_DE_PASSE;

fn remarque(etape: Etape, champ: &str, texte: &str) -> Remarque {
    Remarque { etape, champ: champ.to_owned(), texte: texte.to_owned() }
}

fn on_the_postal_code() -> Vec<Remarque> {
    vec![remarque(Etape::Adresses, "code_postal", "Ce code n’est pas celui de Toulouse.")]
}

async fn ask(monde: &Monde, by: &Gestionnaire, remarques: &[Remarque]) -> Decision {
    let version = monde.version(by, 1).await;
    monde.backend.request_corrections(by, 1, version, remarques, "Merci\u{202e}\u{a0}!").await.unwrap()
}

/// A person whose postal code a gestionnaire asks about.
async fn asked(monde: &Monde) -> (Gestionnaire, Formateur) {
    let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
    let connexion = monde.activated("anne@exemple.fr").await;
    assert_eq!(ask(monde, &camille, &on_the_postal_code()).await, Decision::Prise);
    let who = monde.backend.formateur(&connexion).await.unwrap().expect("the connexion goes on");
    (camille, who)
}

async fn answer(monde: &Monde, who: &Formateur, etape: Etape, fields: &[(&str, &str)]) -> Option<CorrectionEnCours> {
    let fields: Vec<_> = fields.iter().map(|(name, raw)| ((*name).to_owned(), (*raw).to_owned())).collect();
    monde.backend.save_correction(who, etape, &fields).await.unwrap()
}

on_both_engines! {
    async fn a_person_corrects_a_field_and_the_gestionnaire_compares_both_answers(monde: Monde) {
        let (camille, who) = asked(&monde).await;
        monde.send_mails().await;
        let mail = monde.boite.about("anne@exemple.fr", "à compléter");
        assert!(mail.text.contains("– Adresses, Code postal\u{a0}: Ce code n’est pas celui de Toulouse."), "{}", mail.text);
        assert!(mail.text.contains("Merci\u{a0}!"));
        let asked = monde.asked(&who).await;
        assert_eq!((asked.etapes(), asked.remarques.len()), (vec![Etape::Adresses], 1));
        assert_eq!(asked.avant.adresses.code_postal, "31000");

        monde.passes(3 * DAY).await;
        let fields = [("code_postal", "31500"), ("commune", "Toulouse CEDEX 5")];
        let kept = answer(&monde, &who, Etape::Adresses, &fields).await.unwrap();
        assert_eq!(kept.brouillon.adresses.code_postal, "31500");
        assert_eq!(monde.backend.send_back(&who).await.unwrap(), RetourCorrection::Renvoyee);
        assert_eq!(monde.backend.send_back(&who).await.unwrap(), RetourCorrection::SansObjet);
        assert_eq!(monde.backend.correction(&who).await.unwrap(), None);
        monde.send_mails().await;
        monde.boite.about("anne@exemple.fr", "corrections sont bien reçues");

        let dossier = monde.dossier(&camille, 1).await;
        assert_eq!(dossier.ligne.statut, Statut::AValider);
        let [passed] = dossier.corrections.as_slice() else { panic!("{:?}", dossier.corrections) };
        assert_eq!((passed.par.as_deref(), passed.message.as_str()), (Some("Camille Roux"), "Merci\u{a0}!"));
        let changed: Vec<_> = passed.changements.iter().map(|change| (change.avant.as_str(), change.apres.as_str())).collect();
        assert_eq!(changed, [("31000", "31500"), ("Toulouse", "Toulouse CEDEX 5")]);
        assert!(dossier.donnees.iter().flat_map(|tab| &tab.lignes).any(|line| line.valeur == "31500"));
        assert_eq!(dossier.courriel, "anne@exemple.fr");
    }

    async fn the_clock_of_a_request_stands_still_while_its_person_has_it(monde: Monde) {
        let (camille, who) = asked(&monde).await;
        let waited = "SELECT attend_depuis FROM compte WHERE id = 1";
        let before = monde.number(waited).await;
        monde.passes(3 * DAY).await;
        answer(&monde, &who, Etape::Adresses, &[("code_postal", "31500")]).await;
        monde.backend.send_back(&who).await.unwrap();
        assert_eq!(monde.number(waited).await, before + 3 * DAY);
        // A second correction is asked for, and the times of both add up.
        assert_eq!(ask(&monde, &camille, &on_the_postal_code()).await, Decision::Prise);
        monde.clock.advance(DAY);
        answer(&monde, &who, Etape::Adresses, &[("code_postal", "31400")]).await;
        assert_eq!(monde.backend.send_back(&who).await.unwrap(), RetourCorrection::Renvoyee);
        assert_eq!(monde.number(waited).await, before + 4 * DAY);
        let suivi = monde.backend.mine(&who).await.unwrap().suivi;
        assert_eq!(suivi.corrections.len(), 2);
        assert!(suivi.jalons().iter().filter_map(|jalon| jalon.le).is_sorted());
    }

    async fn what_is_wrong_or_not_gone_through_is_not_sent_back(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let connexion = monde.activated("anne@exemple.fr").await;
        let remarques = [on_the_postal_code(), vec![remarque(Etape::Identite, "nom", "Est-ce votre nom d’usage ?")]].concat();
        assert_eq!(ask(&monde, &camille, &remarques).await, Decision::Prise);
        let who = monde.backend.formateur(&connexion).await.unwrap().unwrap();
        assert_eq!(monde.asked(&who).await.etapes(), [Etape::Identite, Etape::Adresses]);
        answer(&monde, &who, Etape::Adresses, &[("code_postal", "3150")]).await;
        answer(&monde, &who, Etape::Identite, &[("nom", "Wolkenstein")]).await;
        assert_eq!(monde.backend.send_back(&who).await.unwrap(), RetourCorrection::Incomplete(Etape::Adresses));
        assert_eq!(monde.number("SELECT count(*) FROM compte WHERE statut = 'ACompleter'").await, 1);
        answer(&monde, &who, Etape::Adresses, &[("code_postal", "31500")]).await;
        assert_eq!(monde.backend.send_back(&who).await.unwrap(), RetourCorrection::Renvoyee);
        // The list finds the corrected name, and not the former one.
        assert_eq!((monde.list(&camille, "wolk").await.len(), monde.list(&camille, "zorn").await.len()), (1, 0));
    }

    async fn only_the_tabs_asked_about_and_never_the_address_change(monde: Monde) {
        let (_, who) = asked(&monde).await;
        let kept = answer(&monde, &who, Etape::Identite, &[("nom", "Autre")]).await.unwrap();
        assert_eq!(kept.brouillon.identite.nom, "Zorn-Étaillebois");
        let fields = [("courriel", "voleur@exemple.fr"), ("confirmation", "voleur@exemple.fr"), ("mobile", "0699999999")];
        let kept = answer(&monde, &who, Etape::Coordonnees, &fields).await.unwrap();
        assert_eq!(kept.brouillon.coordonnees.courriel, "anne@exemple.fr");
        assert_ne!(kept.brouillon.coordonnees.mobile, "0699999999");
    }

    async fn in_a_tab_asked_about_the_address_stays_too(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let connexion = monde.activated("anne@exemple.fr").await;
        let remarques = [remarque(Etape::Coordonnees, "mobile", "Ce numéro ne répond pas.")];
        assert_eq!(ask(&monde, &camille, &remarques).await, Decision::Prise);
        let who = monde.backend.formateur(&connexion).await.unwrap().unwrap();
        let fields = [("courriel", "voleur@exemple.fr"), ("confirmation", "voleur@exemple.fr"), ("mobile", "0699999999")];
        let kept = answer(&monde, &who, Etape::Coordonnees, &fields).await.unwrap();
        assert_eq!(kept.brouillon.coordonnees.courriel, "anne@exemple.fr");
        assert_eq!(kept.brouillon.coordonnees.mobile, "0699999999");
        assert_eq!(monde.backend.send_back(&who).await.unwrap(), RetourCorrection::Renvoyee);
        assert_eq!(monde.text("SELECT courriel_cle FROM compte WHERE id = 1").await, "anne@exemple.fr");
    }

    async fn a_demand_made_on_a_file_that_moved_is_refused(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        monde.activated("anne@exemple.fr").await;
        let stale = monde.backend.request_corrections(&camille, 1, 1, &on_the_postal_code(), "").await.unwrap();
        assert!(matches!(stale, Decision::DejaPrise { statut: Statut::AValider, .. }), "{stale:?}");
        assert_eq!(monde.number("SELECT count(*) FROM correction").await, 0);
    }

    async fn a_demand_needs_a_remark_on_a_field_that_may_change(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        monde.activated("anne@exemple.fr").await;
        for none in [
            vec![],
            vec![remarque(Etape::Adresses, "code_postal", " \n\u{202e}")],
            vec![remarque(Etape::Coordonnees, "courriel", "Changez-la.")],
            vec![remarque(Etape::Adresses, "inconnu", "?")],
        ] {
            assert_eq!(ask(&monde, &camille, &none).await, Decision::RemarqueManquante, "{none:?}");
        }
        assert_eq!(monde.number("SELECT count(*) FROM correction").await, 0);
    }

    async fn of_two_gestionnaires_the_second_is_told_that_corrections_were_asked(monde: Monde) {
        let (camille, _) = asked(&monde).await;
        let told = monde.backend.validate(&camille, 1, 2).await.unwrap();
        let le = monde.clock.now();
        assert_eq!(told, Decision::DejaPrise { par: "Camille Roux".to_owned(), statut: Statut::ACompleter, le });
        let again = monde.backend.request_corrections(&camille, 1, 2, &on_the_postal_code(), "").await.unwrap();
        assert!(matches!(again, Decision::DejaPrise { .. }), "{again:?}");
        assert_eq!(monde.number("SELECT count(*) FROM correction").await, 1);
        assert_eq!(monde.number("SELECT count(*) FROM courriel WHERE genre = 'a_completer'").await, 1);
    }

    async fn of_sixteen_times_sent_back_exactly_one_counts(monde: Monde) {
        let (_, who) = asked(&monde).await;
        answer(&monde, &who, Etape::Adresses, &[("code_postal", "31500")]).await;
        let race = (0..16).map(|_| {
            let (backend, who) = (monde.backend.clone(), who.clone());
            tokio::spawn(async move { backend.send_back(&who).await.unwrap() })
        });
        let ends: Vec<_> = futures::future::join_all(race).await.into_iter().map(Result::unwrap).collect();
        assert_eq!(ends.iter().filter(|end| **end == RetourCorrection::Renvoyee).count(), 1, "{ends:?}");
        assert_eq!(monde.number("SELECT count(*) FROM courriel WHERE genre = 'correction_recue'").await, 1);
        assert_eq!(monde.number("SELECT count(*) FROM journal WHERE action = 'correction'").await, 1);
    }

    async fn a_correction_is_reminded_once_at_15_days_and_ends_at_60(monde: Monde) {
        let (_, who) = asked(&monde).await;
        let reminders = "SELECT count(*) FROM courriel WHERE genre = 'rappel_correction'";
        monde.passes(15 * DAY - HOUR).await;
        purge::once(&monde.backend).await.unwrap();
        assert_eq!(monde.number(reminders).await, 0);
        monde.clock.advance(HOUR);
        let (first, second) = tokio::join!(purge::once(&monde.backend), purge::once(&monde.backend));
        first.and(second).unwrap();
        assert_eq!(monde.number(reminders).await, 1);
        monde.send_mails().await;
        let mail = monde.boite.about("anne@exemple.fr", "attend vos corrections");
        assert!(mail.text.contains("14\u{a0}août 2026, la demande sera retirée"), "{}", mail.text);
        assert!(monde.backend.correction(&who).await.unwrap().is_some());
        monde.passes(45 * DAY).await;
        purge::once(&monde.backend).await.unwrap();
        assert_eq!(monde.text("SELECT statut FROM compte WHERE id = 1").await, "Retiree");
        assert_eq!(monde.text("SELECT acteur FROM journal WHERE action = 'retrait'").await, "systeme");
        assert_eq!(monde.backend.correction(&who).await.unwrap(), None);
        assert_eq!(monde.number(reminders).await, 1);
        monde.passes(30 * DAY).await;
        purge::once(&monde.backend).await.unwrap();
        assert_eq!(monde.number("SELECT count(*) FROM remarque").await, 0, "nothing of it is left");
    }

    async fn a_person_takes_their_request_back_and_their_address_is_free(monde: Monde) {
        let (camille, who) = asked(&monde).await;
        let token = monde.backend.withdraw(&who).await.unwrap().expect("not decided yet");
        assert!(token.len() > 20);
        assert_eq!(monde.backend.withdraw(&who).await.unwrap(), None);
        assert_eq!(monde.number("SELECT count(*) FROM session WHERE genre = 'formateur'").await, 0);
        assert_eq!(monde.number("SELECT count(*) FROM identifiant").await, 0);
        let told = monde.backend.validate(&camille, 1, 3).await.unwrap();
        assert!(matches!(told, Decision::DejaPrise { statut: Statut::Retiree, .. }), "{told:?}");
        let refused = monde.backend.login(&monde.client, app::areas::acces::Espace::Agent, "anne@exemple.fr", MOT_DE_PASSE).await;
        assert_eq!(refused.unwrap(), app::areas::acces::IssueAuthentification::Refusee);
        monde.activated("anne@exemple.fr").await;
    }

    async fn what_is_decided_is_not_taken_back(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let connexion = monde.activated("anne@exemple.fr").await;
        let who = monde.backend.formateur(&connexion).await.unwrap().unwrap();
        let version = monde.version(&camille, 1).await;
        monde.backend.validate(&camille, 1, version).await.unwrap();
        assert_eq!(monde.backend.withdraw(&who).await.unwrap(), None);
        assert_eq!(monde.backend.mine(&who).await.unwrap().suivi.statut, Statut::Actif);
    }
}
