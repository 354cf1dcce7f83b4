//! Cas 1: nobody certifies what they can't see. The agent opens the answers that the service formation typed, and
//! certifies them.

use app::areas::acces::ChoixMotDePasse;
use app::areas::compte::{ARevoir, Comptes, Corrections, OuvertureRelecture, RetourCorrection};
use app::areas::gestion::dossiers::{Decision, Decisions};
use app::base::appelants::{Appelants, Formateur};
use domain::compte::Statut;
use domain::{Etape, Reference};
use server::areas::compte::copie_personnelle::Format;
use server::clock::{DAY, HOUR};
use server::jobs::purge;

use super::support::Monde;

const AGENT: &str = "agent@toulouse.example";

/// An agent who was presented and chose their password, and the reference.
async fn joined(monde: &Monde) -> (Formateur, Reference) {
    let (by, _) = monde.service_formation("rh@toulouse.example", "COMMUNE:31555").await;
    let reference = monde.present(&by, AGENT, &[]).await;
    monde.send_mails().await;
    let token = monde.boite.token(AGENT, "activation");
    let ChoixMotDePasse::Enregistre(connexion) = monde.activate(&token).await else { panic!("activated") };
    (monde.backend.formateur(&connexion).await.unwrap().unwrap(), reference)
}

fn typed(name: &str, raw: &str) -> Vec<(String, String)> {
    vec![(name.to_owned(), raw.to_owned())]
}

on_both_engines! {
    async fn nothing_is_shown_changed_or_sent_before_the_birth_date(monde: Monde) {
        let (who, _) = joined(&monde).await;
        let backend = &monde.backend;
        let seen = backend.correction(&who).await.unwrap().unwrap();
        assert!(matches!(seen, ARevoir::Fermee { restants: 5, .. }), "{seen:?}");
        assert_eq!(backend.save_correction(&who, Etape::Identite, &typed("nom", "Autre")).await.unwrap(), None);
        assert_eq!(backend.send_back(&who).await.unwrap(), RetourCorrection::SansObjet);
        let mine = backend.mine(&who).await.unwrap();
        assert!(mine.suivi.statut == Statut::ACompleter && mine.suivi.is_to_review() && mine.donnees.is_empty());
        let copy = backend.copy_of(&who, Format::Json).await.unwrap();
        for hidden in ["1980", "Filatiers", "612345678"] {
            assert!(!copy.contains(hidden), "{hidden} in {copy}");
        }
        assert_eq!(backend.open_review(&who, "pas une date").await.unwrap(), OuvertureRelecture::Illisible);
        assert_eq!(backend.open_review(&who, "7 mars 1980").await.unwrap(), OuvertureRelecture::Ouverte);
        let Some(ARevoir::Ouverte(all)) = backend.correction(&who).await.unwrap() else { panic!("open") };
        assert!(all.relecture && all.brouillon.identite.date_naissance == "07/03/1980" && all.etapes().len() == 5);
    }

    async fn five_wrong_birth_dates_close_it_for_good_even_all_at_once(monde: Monde) {
        let (who, _) = joined(&monde).await;
        let guess = |day: u8| {
            let (backend, who) = (&monde.backend, &who);
            async move { backend.open_review(who, &format!("{day:02}/03/1980")).await.unwrap() }
        };
        let told = tokio::join!(guess(1), guess(2), guess(3), guess(4), guess(5), guess(6));
        let told = [told.0, told.1, told.2, told.3, told.4, told.5];
        let mut left: Vec<_> = told.map(|told| match told {
            OuvertureRelecture::Fausse { restants } => restants,
            other => panic!("{other:?}"),
        }).to_vec();
        left.sort_unstable();
        assert_eq!(left, [0, 0, 1, 2, 3, 4]);
        assert_eq!(guess(7).await, OuvertureRelecture::Fausse { restants: 0 }, "the right one comes too late");
        let seen = monde.backend.correction(&who).await.unwrap().unwrap();
        assert!(matches!(seen, ARevoir::Fermee { restants: 0, .. }), "{seen:?}");
        assert!(monde.backend.withdraw(&who).await.unwrap().is_some(), "the way out");
    }

    async fn the_request_waits_from_when_its_agent_certified_it(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let (who, reference) = joined(&monde).await;
        let backend = &monde.backend;
        monde.send_mails().await;
        let mails = monde.boite.to(AGENT).len();
        assert_eq!(monde.boite.to("camille@cnfpt.fr").len(), 0, "nobody is asked to decide yet");
        assert_eq!(backend.receipt(&who).await.unwrap(), None);
        let ligne = monde.list(&camille, &reference.to_string()).await.remove(0);
        assert_eq!((ligne.statut, ligne.attend_depuis), (Statut::ACompleter, None));
        let early = backend.validate(&camille, ligne.id, ligne.version).await.unwrap();
        assert!(!matches!(early, Decision::Prise), "{early:?}");

        monde.passes(2 * HOUR).await;
        assert_eq!(backend.open_review(&who, "07/03/1980").await.unwrap(), OuvertureRelecture::Ouverte);
        backend.save_correction(&who, Etape::Identite, &typed("nom", "R2D2")).await.unwrap();
        assert_eq!(backend.send_back(&who).await.unwrap(), RetourCorrection::Incomplete(Etape::Identite));
        backend.save_correction(&who, Etape::Identite, &typed("nom", "Zorn")).await.unwrap();
        assert_eq!(backend.send_back(&who).await.unwrap(), RetourCorrection::Certifiee);
        assert_eq!(backend.send_back(&who).await.unwrap(), RetourCorrection::SansObjet, "once");
        let now = monde.clock_now();
        let ligne = monde.list(&camille, &reference.to_string()).await.remove(0);
        assert_eq!((ligne.statut, ligne.attend_depuis), (Statut::AValider, Some(now)));
        assert_eq!(backend.receipt(&who).await.unwrap().unwrap().recue_le, now);
        monde.send_mails().await;
        assert_eq!(monde.boite.to(AGENT).len(), mails + 1);
        monde.boite.about(AGENT, "bien reçue");
        monde.boite.about("camille@cnfpt.fr", "attend sa validation");
        let line = "SELECT champs FROM journal WHERE action = 'certification'";
        assert_eq!(monde.text(line).await, "nom");
        let past = monde.dossier(&camille, ligne.id).await.corrections;
        assert!(past.len() == 1 && past[0].par.is_none());
        assert_eq!((past[0].changements[0].avant.as_str(), past[0].changements[0].apres.as_str()), ("Zorn-Étaillebois", "Zorn"));
    }

    async fn who_forgets_to_certify_is_reminded_once_and_withdrawn_after_sixty_days(monde: Monde) {
        let (who, reference) = joined(&monde).await;
        monde.send_mails().await;
        let before = monde.boite.to(AGENT).len();
        for (hours, many) in [(23, 0), (2, 1), (24 * 20, 1)] {
            monde.passes(hours * HOUR).await;
            purge::once(&monde.backend).await.unwrap();
            monde.send_mails().await;
            assert_eq!(monde.boite.to(AGENT).len(), before + many, "after {hours} h");
        }
        let mail = monde.boite.about(AGENT, "attend votre relecture");
        assert!(mail.text.contains("/mon-compte/corrections") && mail.text.contains(&reference.to_string()));
        for hidden in ["1980", "Filatiers", "Zorn"] {
            assert!(!mail.text.contains(hidden), "{hidden}");
        }
        monde.passes(40 * DAY).await;
        purge::once(&monde.backend).await.unwrap();
        assert_eq!(monde.text("SELECT statut FROM compte").await, "Retiree");
        assert_eq!(monde.backend.correction(&who).await.unwrap(), None);
    }
}
