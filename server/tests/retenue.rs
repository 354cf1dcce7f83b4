//! Decisions held for a while, cancelled, applied, raced for.

use app::areas::acces::{Authentification, Espace, IssueAuthentification};
use app::areas::compte::{Comptes, Corrections};
use app::areas::gestion::dossiers::{
    Annulation, Decision, Decisions, Demandes, PriseEnCharge, Statuts, Total, Verdict,
};
use app::areas::gestion::equipe::Equipe;
use app::base::appelants::Appelants;
use app::base::port::{Fault, Reply};
use domain::compte::Statut;
use domain::correction::Remarque;
use domain::filtre::FiltreDemandes;
use domain::{Cas, Etape};
use server::jobs::decisions;

use super::equipe::administrateur;
use crate::support::donnees::MOT_DE_PASSE;

/// How often the race is run: `IEL_TOURS=500` at build time for a long one.
const TOURS: u32 = match option_env!("IEL_TOURS") {
    Some(text) => match u32::from_str_radix(text, 10) {
        Ok(tours) => tours,
        Err(_) => panic!("IEL_TOURS is a number"),
    },
    None => 3,
};

const DECIDEURS: usize = 64;

fn remarque() -> Vec<Remarque> {
    vec![Remarque { etape: Etape::Identite, champ: "nom".to_owned(), texte: "Avec son trait d’union.".to_owned() }]
}

on_both_engines! {
    async fn a_held_decision_takes_effect_when_its_time_has_come(monde: Monde) {
        let monde = monde.holding(120);
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let dominique = monde.gestionnaire("dominique@cnfpt.fr", "Dominique Faure").await;
        monde.activated("anne@exemple.fr").await;
        monde.send_mails().await;
        let mails = monde.boite.to("anne@exemple.fr").len();
        let version = monde.version(&camille, 1).await;
        let taken = monde.backend.validate(&camille, 1, version).await.unwrap();
        let Decision::EnAttente { effet_le } = taken else { panic!("{taken:?}") };

        let shown = monde.dossier(&dominique, 1).await.ligne;
        assert_eq!(shown.statut, Statut::AValider, "nothing has happened yet");
        let held = shown.decision.unwrap();
        assert_eq!((held.verdict, held.par.as_str(), held.par_moi), (Verdict::Valider, "Camille Roux", false));
        assert_eq!(held.effet_le, effet_le);
        // The second gestionnaire is told who decided.
        let told = monde.backend.refuse(&dominique, 1, version, Some(1), "").await.unwrap();
        assert!(matches!(told, Decision::DejaPrise { par, statut: Statut::AValider, .. } if par == "Camille Roux"));

        monde.clock.advance(119_000);
        decisions::once(&monde.backend).await.unwrap();
        assert_eq!(monde.dossier(&camille, 1).await.ligne.statut, Statut::AValider);
        monde.clock.advance(1_000);
        for _ in 0..3 {
            decisions::once(&monde.backend).await.unwrap();
        }
        let file = monde.dossier(&camille, 1).await;
        assert_eq!((file.ligne.statut, file.ligne.decision), (Statut::Actif, None));
        assert_eq!(file.historique[0].quoi, "Compte validé");
        assert_eq!(monde.number("SELECT count(*) FROM journal WHERE action = 'validation'").await, 1);
        monde.send_mails().await;
        assert_eq!(monde.boite.to("anne@exemple.fr").len(), mails + 1);
    }

    async fn a_decided_file_leaves_the_list_the_count_and_the_neighbours(monde: Monde) {
        let monde = monde.holding(120);
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let dominique = monde.gestionnaire("dominique@cnfpt.fr", "Dominique Faure").await;
        for at in 1..=4 {
            monde.activated(&format!("a{at}@exemple.fr")).await;
            monde.clock.advance(1_000);
        }
        monde.backend.validate(&camille, 2, monde.version(&camille, 2).await).await.unwrap();
        monde.backend.refuse(&camille, 3, monde.version(&camille, 3).await, Some(1), "").await.unwrap();
        for by in [&camille, &dominique] {
            let page = monde.backend.list(by, &FiltreDemandes::a_valider()).await.unwrap();
            assert_eq!(page.lignes.iter().map(|ligne| ligne.id).collect::<Vec<_>>(), [1, 4]);
            assert_eq!(page.total, Total::Exact(2));
            let counted = page.compteurs.iter().find(|(statut, _)| *statut == Statut::AValider);
            assert_eq!(counted, Some(&(Statut::AValider, 2)));
            let beside = async |id| {
                let voisines = monde.dossier(by, id).await.voisines;
                (voisines.precedente, voisines.suivante)
            };
            assert_eq!(beside(1).await, (None, Some(4)));
            assert_eq!(beside(2).await, (Some(1), Some(4)), "from where one is");
            assert_eq!(beside(4).await, (Some(1), None));
        }
        // A search without a filter still finds the decided files.
        assert_eq!(monde.list(&camille, "").await.len(), 4);
        monde.backend.cancel(&camille, 2).await.unwrap();
        assert_eq!(monde.backend.list(&camille, &FiltreDemandes::a_valider()).await.unwrap().lignes.len(), 3);
    }

    async fn what_a_disabled_member_holds_is_cancelled(monde: Monde) {
        let monde = monde.holding(120);
        let ada = administrateur(&monde, "ada@cnfpt.fr", "Ada").await;
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        for courriel in ["anne@exemple.fr", "brahim@exemple.fr", "chloe@exemple.fr"] {
            monde.activated(courriel).await;
        }
        monde.backend.validate(&camille, 1, monde.version(&camille, 1).await).await.unwrap();
        monde.backend.refuse(&camille, 2, monde.version(&camille, 2).await, Some(1), "").await.unwrap();
        monde.backend.claim(&camille, 3, false).await.unwrap();
        monde.backend.disable(&ada, camille.id).await.unwrap();
        assert_eq!(monde.number("SELECT count(*) FROM journal WHERE action = 'decision_annulee'").await, 2);
        assert_eq!(monde.number("SELECT count(*) FROM prise").await, 0, "nobody waits for who is gone");
        // This decision comes from a request that was let in before.
        monde.backend.validate(&camille, 3, monde.version(&ada, 3).await).await.unwrap();
        monde.clock.advance(600_000);
        decisions::once(&monde.backend).await.unwrap();
        for id in 1..=3 {
            let ligne = monde.dossier(&ada, id).await.ligne;
            assert_eq!((ligne.statut, ligne.decision), (Statut::AValider, None), "{id}");
        }
        assert_eq!(monde.number("SELECT count(*) FROM courriel WHERE genre IN ('valide', 'refuse')").await, 0);
    }

    async fn an_administrateur_cancels_what_anybody_holds(monde: Monde) {
        let monde = monde.holding(120);
        let ada = administrateur(&monde, "ada@cnfpt.fr", "Ada").await;
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        monde.activated("anne@exemple.fr").await;
        monde.backend.validate(&camille, 1, monde.version(&camille, 1).await).await.unwrap();
        assert_eq!(monde.backend.cancel(&ada, 1).await.unwrap(), Annulation::Annulee);
        assert_eq!(monde.backend.cancel(&ada, 1).await.unwrap(), Annulation::TropTard);
        let noted = format!("SELECT count(*) FROM journal WHERE action = 'decision_annulee' AND acteur = 'gestionnaire:{}'", ada.id);
        assert_eq!(monde.number(&noted).await, 1);
    }

    async fn its_author_and_no_other_gestionnaire_may_cancel_it_in_time(monde: Monde) {
        let monde = monde.holding(120);
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let dominique = monde.gestionnaire("dominique@cnfpt.fr", "Dominique Faure").await;
        monde.activated("anne@exemple.fr").await;
        let version = monde.version(&camille, 1).await;
        monde.backend.refuse(&camille, 1, version, Some(1), "").await.unwrap();
        assert_eq!(monde.backend.cancel(&dominique, 1).await.unwrap(), Annulation::TropTard);
        assert_eq!(monde.backend.cancel(&camille, 1).await.unwrap(), Annulation::Annulee);
        assert_eq!(monde.backend.cancel(&camille, 1).await.unwrap(), Annulation::TropTard);
        monde.clock.advance(600_000);
        decisions::once(&monde.backend).await.unwrap();
        assert_eq!(monde.dossier(&camille, 1).await.ligne.statut, Statut::AValider);
        // The same version can be decided again.
        monde.backend.validate(&dominique, 1, version).await.unwrap();
        monde.clock.advance(120_000);
        decisions::once(&monde.backend).await.unwrap();
        assert_eq!(monde.dossier(&camille, 1).await.ligne.statut, Statut::Actif);
        assert_eq!(monde.backend.cancel(&dominique, 1).await.unwrap(), Annulation::TropTard);
    }

    async fn whoever_withdraws_a_request_cancels_what_is_held_on_it(monde: Monde) {
        let monde = monde.holding(120);
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let connexion = monde.activated("anne@exemple.fr").await;
        let version = monde.version(&camille, 1).await;
        monde.backend.validate(&camille, 1, version).await.unwrap();
        let who = monde.backend.formateur(&connexion).await.unwrap().unwrap();
        assert!(monde.backend.withdraw(&who).await.unwrap().is_some());
        assert_eq!(monde.number("SELECT count(*) FROM decision WHERE annulee_le IS NOT NULL").await, 1);
        monde.clock.advance(120_000);
        decisions::once(&monde.backend).await.unwrap();
        assert_eq!(monde.dossier(&camille, 1).await.ligne.statut, Statut::Retiree);
        monde.send_mails().await;
        assert!(monde.boite.to("anne@exemple.fr").iter().all(|mail| !mail.subject.contains("validé")));
    }

    async fn corrections_are_held_like_any_decision(monde: Monde) {
        let monde = monde.holding(120);
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let connexion = monde.activated("anne@exemple.fr").await;
        let version = monde.version(&camille, 1).await;
        let taken = monde.backend.request_corrections(&camille, 1, version, &remarque(), "Merci.").await.unwrap();
        assert!(matches!(taken, Decision::EnAttente { .. }));
        let who = monde.backend.formateur(&connexion).await.unwrap().unwrap();
        assert_eq!(monde.backend.correction(&who).await.unwrap(), None);
        monde.clock.advance(120_000);
        decisions::once(&monde.backend).await.unwrap();
        let asked = monde.asked(&who).await;
        assert_eq!((asked.remarques, asked.message.as_str(), asked.cas), (remarque(), "Merci.", Cas::Personnel));
    }

    async fn a_decision_that_can_not_be_applied_holds_no_other_up(monde: Monde) {
        let monde = monde.holding(1);
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        for (courriel, id) in [("anne@exemple.fr", 1), ("brahim@exemple.fr", 2)] {
            monde.activated(courriel).await;
            monde.backend.validate(&camille, id, monde.version(&camille, id).await).await.unwrap();
        }
        monde.execute("UPDATE decision SET verdict = 'rien' WHERE compte_id = 1").await;
        monde.clock.advance(1_000);
        decisions::once(&monde.backend).await.unwrap();
        assert_eq!(monde.number("SELECT count(*) FROM compte WHERE statut = 'Actif' AND id = 2").await, 1);
        assert_eq!(monde.number("SELECT count(*) FROM compte WHERE statut = 'AValider' AND id = 1").await, 1);
        monde.execute("UPDATE decision SET verdict = 'valider' WHERE compte_id = 1").await;
        decisions::once(&monde.backend).await.unwrap();
        assert_eq!(monde.number("SELECT count(*) FROM compte WHERE statut = 'Actif'").await, 2);
    }

    async fn two_servers_apply_a_held_decision_once(monde: Monde) {
        let monde = monde.holding(1);
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        monde.activated("anne@exemple.fr").await;
        let version = monde.version(&camille, 1).await;
        monde.backend.validate(&camille, 1, version).await.unwrap();
        monde.clock.advance(1_000);
        let servers = (0..8).map(|_| {
            let backend = monde.backend.clone();
            tokio::spawn(async move { decisions::once(&backend).await.unwrap() })
        });
        futures::future::join_all(servers).await;
        assert_eq!(monde.number("SELECT count(*) FROM journal WHERE action = 'validation'").await, 1);
        assert_eq!(monde.number("SELECT count(*) FROM courriel WHERE genre = 'valide'").await, 1);
        let applied = "SELECT count(*) FROM decision WHERE appliquee_le IS NOT NULL AND annulee_le IS NULL";
        assert_eq!(monde.number(applied).await, 1, "the others do not call it cancelled");
    }

    async fn of_64_deciders_at_once_one_wins_every_time(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        monde.activated("anne@exemple.fr").await;
        let outcome = "SELECT (SELECT count(*) FROM journal WHERE action IN ('validation', 'refus', 'demande_corrections')) \
                       * 100 + (SELECT count(*) FROM courriel WHERE genre IN ('valide', 'refuse', 'a_completer')) * 10 \
                       + (SELECT count(*) FROM decision)";
        for tour in 0..TOURS {
            let version = monde.version(&camille, 1).await;
            let race = (0..DECIDEURS).map(|at| {
                let (backend, by) = (monde.backend.clone(), camille.clone());
                tokio::spawn(async move {
                    match at % 3 {
                        0 => backend.validate(&by, 1, version).await,
                        1 => backend.refuse(&by, 1, version, Some(1), "").await,
                        _ => backend.request_corrections(&by, 1, version, &remarque(), "").await,
                    }
                })
            });
            let ends: Vec<_> = futures::future::join_all(race).await.into_iter().map(Result::unwrap).collect();
            // On a machine that is too slow, some are told to try again. Nobody but the winner is told that they
            // decided.
            let count = |is: fn(&Reply<Decision>) -> bool| ends.iter().filter(|end| is(end)).count();
            assert_eq!(count(|end| matches!(end, Ok(Decision::Prise))), 1, "tour {tour}: {ends:?}");
            let told = count(|end| matches!(end, Ok(Decision::DejaPrise { .. })));
            let busy = count(|end| matches!(end, Err(Fault::Failed { .. })));
            assert_eq!((told + busy, told > 0), (DECIDEURS - 1, true), "tour {tour}: {ends:?}");
            assert_eq!(monde.number(outcome).await, 111, "tour {tour}: one line, one mail, one decision");
            for sql in [
                "DELETE FROM correction",
                "DELETE FROM decision",
                "DELETE FROM courriel WHERE genre IN ('valide', 'refuse', 'a_completer')",
                "DELETE FROM journal WHERE action IN ('validation', 'refus', 'demande_corrections')",
                "UPDATE compte SET statut = 'AValider', motif_id = NULL, decidee_par = NULL",
            ] {
                monde.execute(sql).await;
            }
        }
    }

    async fn a_claim_is_seen_by_all_and_keeps_others_from_deciding(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let dominique = monde.gestionnaire("dominique@cnfpt.fr", "Dominique Faure").await;
        monde.activated("anne@exemple.fr").await;
        let version = monde.version(&camille, 1).await;
        assert_eq!(monde.backend.claim(&camille, 1, false).await.unwrap(), PriseEnCharge::Prise);
        let seen = monde.dossier(&dominique, 1).await.ligne.prise.unwrap();
        assert_eq!((seen.par.as_str(), seen.par_moi), ("Camille Roux", false));
        assert!(matches!(monde.backend.claim(&dominique, 1, false).await.unwrap(), PriseEnCharge::DejaPrise(_)));
        let refused = monde.backend.validate(&dominique, 1, version).await.unwrap();
        assert!(matches!(refused, Decision::PriseEnCharge(prise) if prise.par == "Camille Roux"));
        // The claim ends by itself, and can be renewed until then.
        monde.clock.advance(10 * 60_000);
        assert_eq!(monde.backend.claim(&camille, 1, false).await.unwrap(), PriseEnCharge::Prise);
        monde.clock.advance(14 * 60_000);
        assert!(monde.dossier(&dominique, 1).await.ligne.prise.is_some());
        monde.clock.advance(60_000);
        assert_eq!(monde.dossier(&dominique, 1).await.ligne.prise, None);
        assert_eq!(monde.backend.claim(&dominique, 1, false).await.unwrap(), PriseEnCharge::Prise);
        // The claim is taken over on purpose, given back, and ends with the decision.
        assert_eq!(monde.backend.claim(&camille, 1, true).await.unwrap(), PriseEnCharge::Prise);
        monde.backend.release(&dominique, 1).await.unwrap();
        assert!(monde.dossier(&dominique, 1).await.ligne.prise.is_some(), "one gives back what one has");
        assert_eq!(monde.backend.validate(&camille, 1, version).await.unwrap(), Decision::Prise);
        assert_eq!(monde.number("SELECT count(*) FROM prise").await, 0);
        assert_eq!(monde.backend.claim(&camille, 99, false).await.unwrap(), PriseEnCharge::Introuvable);
    }

    async fn of_two_who_claim_at_once_one_has_it(monde: Monde) {
        let mut staff = Vec::new();
        for at in 0..16 {
            staff.push(monde.gestionnaire(&format!("g{at}@cnfpt.fr"), &format!("Gestionnaire {at}")).await);
        }
        monde.activated("anne@exemple.fr").await;
        let race = staff.into_iter().map(|by| {
            let backend = monde.backend.clone();
            tokio::spawn(async move { backend.claim(&by, 1, false).await.unwrap() })
        });
        let ends: Vec<_> = futures::future::join_all(race).await.into_iter().map(Result::unwrap).collect();
        assert_eq!(ends.iter().filter(|end| **end == PriseEnCharge::Prise).count(), 1, "{ends:?}");
    }

    async fn a_refusal_is_reopened_within_six_months(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        monde.activated("anne@exemple.fr").await;
        let version = monde.version(&camille, 1).await;
        monde.backend.refuse(&camille, 1, version, Some(1), "Non.").await.unwrap();
        let refused = monde.dossier(&camille, 1).await;
        assert_eq!(refused.message.as_deref(), Some("Non."));
        assert!(refused.rouvrable_jusqu_a.is_some());
        monde.clock.advance(3_600_000);
        assert_eq!(monde.backend.reopen(&camille, 1, version).await.unwrap(), Decision::DejaPrise {
            par: "Camille Roux".to_owned(),
            statut: Statut::Refuse,
            le: refused.ligne.depuis,
        });
        assert_eq!(monde.backend.reopen(&camille, 1, refused.ligne.version).await.unwrap(), Decision::Prise);
        let again = monde.dossier(&camille, 1).await;
        assert_eq!((again.ligne.statut, again.message), (Statut::AValider, None));
        assert_eq!(again.ligne.attend_depuis, Some(again.maintenant), "its clock starts again");
        // Six months later it is too late.
        monde.backend.refuse(&camille, 1, again.ligne.version, Some(1), "").await.unwrap();
        monde.clock.advance(184 * 24 * 3_600_000);
        let late = monde.dossier(&camille, 1).await;
        assert_eq!(late.rouvrable_jusqu_a, None);
        let told = monde.backend.reopen(&camille, 1, late.ligne.version).await.unwrap();
        assert!(matches!(told, Decision::DejaPrise { statut: Statut::Refuse, .. }), "{told:?}");
    }

    async fn a_suspended_account_is_out_at_once_and_told_why(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let connexion = monde.activated("anne@exemple.fr").await;
        let version = monde.version(&camille, 1).await;
        monde.backend.validate(&camille, 1, version).await.unwrap();
        let version = monde.version(&camille, 1).await;
        assert_eq!(monde.backend.suspend(&camille, 1, version, " ", false).await.unwrap(), Decision::MessageManquant);
        assert_eq!(monde.backend.suspend(&camille, 1, version, "Appelez-nous.", false).await.unwrap(), Decision::Prise);
        assert_eq!(monde.backend.formateur(&connexion).await.unwrap(), None);
        let login = |client: &'static str| {
            let backend = monde.backend.clone();
            async move {
                let client = app::base::exchange::Client(client.to_owned());
                backend.login(&client, Espace::Agent, "anne@exemple.fr", MOT_DE_PASSE).await.unwrap()
            }
        };
        assert_eq!(login("a").await, IssueAuthentification::Refusee);
        monde.send_mails().await;
        let mail = monde.boite.about("anne@exemple.fr", "suspendu");
        assert!(mail.text.contains("Appelez-nous."), "{}", mail.text);
        let version = monde.version(&camille, 1).await;
        assert_eq!(monde.backend.resume(&camille, 1, version).await.unwrap(), Decision::Prise);
        assert_eq!(monde.backend.formateur(&connexion).await.unwrap(), None, "what was ended stays so");
        assert!(matches!(login("b").await, IssueAuthentification::Ouverte { .. }));
        monde.send_mails().await;
        monde.boite.about("anne@exemple.fr", "rétabli");
    }
}
