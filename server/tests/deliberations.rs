//! What the gestionnaires decide of the préinscriptions of a session.

use app::areas::formations::{Preinscriptions, Presse, Reponse};
use app::areas::gestion::preinscriptions::{Deliberation, Exclusion, Geste, Inscrits, Lot, SilenceListe};
use app::base::appelants::{Formateur, Gestionnaire};
use domain::ReferencePreinscription;
use domain::formation::Cause;
use domain::formation::EtatPreinscription::{Annulee, AvisDemande, Demandee, ListeAttente, Proposee, Refusee, Retenue};
use domain::formation::lecture::SessionSaisie;
use server::clock::MINUTE;
use server::persistence::entities::session_formation;

use crate::support::Monde;
use crate::support::formations::saisie;

/// An examined session of two places.
fn examined() -> SessionSaisie {
    SessionSaisie { places: "2".to_owned(), attribution: "examen".to_owned(), ..saisie("2026-07-15") }
}

/// So many who asked for a place.
async fn asked(monde: &Monde, count: usize) -> (session_formation::Model, Vec<(Formateur, ReferencePreinscription)>) {
    let who = monde.formateurs(count).await;
    let session = monde.publiee(&examined()).await;
    let mut all = Vec::new();
    for one in who {
        let reference = monde.entre(&one, &session, Demandee).await;
        all.push((one, reference));
    }
    (session, all)
}

fn what(geste: Geste, lignes: Vec<(i64, i64)>) -> Deliberation {
    Deliberation { geste, lignes, motif: Some(1), observation: String::new(), accord: true }
}

/// The rows of a session as its list shows them: id and version.
async fn shown(monde: &Monde, by: &Gestionnaire, session: &session_formation::Model) -> Vec<(i64, i64)> {
    let list = monde.backend.list(by, session.id, &[], 0).await;
    list.unwrap().unwrap().lignes.iter().map(|line| (line.id, line.version)).collect()
}

async fn done(
    monde: &Monde,
    by: &Gestionnaire,
    session: &session_formation::Model,
    what: &Deliberation,
) -> (String, u32, Vec<(i64, Exclusion)>) {
    match monde.backend.deliberate(by, session.id, what).await.unwrap() {
        Lot::Fait { lot, faites, exclues } => (lot, faites, exclues),
        other => panic!("{other:?}"),
    }
}

on_both_engines! {
    async fn a_bulk_tells_beforehand_who_gets_no_place(monde: Monde) {
        let by = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let (session, _) = asked(&monde, 3).await;
        let rows = shown(&monde, &by, &session).await;
        let ids: Vec<i64> = rows.iter().map(|(id, _)| *id).collect();
        let tried = monde.backend.simulate(&by, session.id, Geste::Retenir, &ids).await.unwrap();
        let left: Vec<Option<Exclusion>> = tried.iter().map(|one| one.exclusion).collect();
        assert_eq!(left, [None, None, Some(Exclusion::PlusDePlace)]);
        assert_eq!(monde.rangs(&session).await, "1 Demandee, 2 Demandee, 3 Demandee", "a dry run writes nothing");
        // « Retenir dans l’ordre » means the first by rang.
        assert_eq!(monde.backend.first(&by, session.id, 2).await.unwrap(), ids[..2]);
        let (_, faites, exclues) = done(&monde, &by, &session, &what(Geste::Retenir, rows)).await;
        assert_eq!((faites, exclues), (2, vec![(ids[2], Exclusion::PlusDePlace)]));
        assert_eq!(monde.rangs(&session).await, "1 Retenue, 2 Retenue, 3 Demandee");
        monde.assert_counted(&session).await;
    }

    async fn who_withdraws_between_the_dry_run_and_its_confirmation_is_skipped_and_named(monde: Monde) {
        let by = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let (session, who) = asked(&monde, 2).await;
        let rows = shown(&monde, &by, &session).await;
        assert_eq!(monde.backend.withdraw(&who[0].0, who[0].1).await.unwrap(), Reponse::Faite);
        let (_, faites, exclues) = done(&monde, &by, &session, &what(Geste::Retenir, rows.clone())).await;
        assert_eq!((faites, exclues), (1, vec![(rows[0].0, Exclusion::Annulee)]));
        assert_eq!(monde.rangs(&session).await, "1 Annulee, 2 Retenue");
        let names = monde.backend.named(&by, session.id, &[rows[0].0]).await.unwrap();
        assert_eq!(names, [(rows[0].0, "Philomène Nom1".to_owned())]);
    }

    async fn a_decision_taken_back_sends_no_mail_and_leaves_what_has_moved(monde: Monde) {
        let monde = monde.holding(120);
        let by = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let other = monde.gestionnaire("dominique@cnfpt.fr", "Dominique").await;
        let (session, who) = asked(&monde, 2).await;
        monde.send_mails().await;
        let rows = shown(&monde, &by, &session).await;
        let (lot, ..) = done(&monde, &by, &session, &what(Geste::Retenir, rows.clone())).await;
        assert_eq!(monde.rangs(&session).await, "1 Retenue, 2 Retenue", "the place is theirs at once");
        assert_eq!(monde.backend.take_back(&other, &lot).await.unwrap().0, 0, "its author alone may");
        // One of them gives up meanwhile.
        monde.backend.withdraw(&who[1].0, who[1].1).await.unwrap();
        assert_eq!(monde.backend.take_back(&by, &lot).await.unwrap(), (1, vec![rows[1].0]));
        assert_eq!(monde.backend.take_back(&by, &lot).await.unwrap().0, 0, "once");
        assert_eq!(monde.rangs(&session).await, "1 Demandee, 2 Annulee");
        monde.clock.advance(3 * MINUTE);
        monde.send_mails().await;
        for address in ["personne1@exemple.fr", "personne2@exemple.fr"] {
            let subjects: Vec<String> = monde.boite.to(address).into_iter().map(|mail| mail.subject).collect();
            assert!(!subjects.iter().any(|subject| subject.contains("retenue")), "{subjects:?}");
        }
        monde.assert_counted(&session).await;
        // Once the mail has left, it is too late.
        let rows = shown(&monde, &by, &session).await;
        let (lot, ..) = done(&monde, &by, &session, &what(Geste::Retenir, rows)).await;
        monde.clock.advance(3 * MINUTE);
        monde.send_mails().await;
        monde.boite.about("personne1@exemple.fr", "Votre place est retenue");
        assert_eq!(monde.backend.take_back(&by, &lot).await.unwrap().0, 0);
    }

    async fn a_removal_needs_a_motive_tells_the_person_once_and_offers_the_place(monde: Monde) {
        let by = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let who = monde.formateurs(2).await;
        let session = monde.publiee(&SessionSaisie { places: "1".to_owned(), ..saisie("2026-07-15") }).await;
        monde.entre(&who[0], &session, Retenue).await;
        monde.entre(&who[1], &session, ListeAttente).await;
        let rows = shown(&monde, &by, &session).await;
        let removal = Deliberation { motif: None, ..what(Geste::Annuler, vec![rows[0]]) };
        assert_eq!(monde.backend.deliberate(&by, session.id, &removal).await.unwrap(), Lot::MotifManquant);
        done(&monde, &by, &session, &what(Geste::Annuler, vec![rows[0]])).await;
        assert_eq!(monde.rangs(&session).await, "1 Annulee, 2 Proposee");
        monde.send_mails().await;
        let told = monde.boite.to("personne1@exemple.fr");
        assert_eq!(told.iter().filter(|mail| mail.subject.contains("terminée")).count(), 1);
        monde.assert_counted(&session).await;
    }

    async fn who_waits_is_retained_only_with_their_word(monde: Monde) {
        let by = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let who = monde.formateurs(2).await;
        let session = monde
            .publiee(&SessionSaisie { places: "1".to_owned(), liberation: "main".to_owned(), ..saisie("2026-07-15") })
            .await;
        let held = monde.entre(&who[0], &session, Retenue).await;
        monde.entre(&who[1], &session, ListeAttente).await;
        monde.backend.withdraw(&who[0], held).await.unwrap();
        monde.backend.turn_lists().await.unwrap();
        let list = monde.backend.list(&by, session.id, &[ListeAttente], 0).await.unwrap().unwrap();
        assert_eq!(list.session.silence, Some(SilenceListe::ALaMain), "the page says why no offer is out");
        let rows = vec![(list.lignes[0].id, list.lignes[0].version)];
        let mute = Deliberation { accord: false, ..what(Geste::Retenir, rows.clone()) };
        assert_eq!(monde.backend.deliberate(&by, session.id, &mute).await.unwrap(), Lot::AccordManquant);
        done(&monde, &by, &session, &what(Geste::Retenir, rows)).await;
        assert_eq!(monde.rangs(&session).await, "1 Annulee, 2 Retenue");
    }

    async fn an_avis_costs_no_turn(monde: Monde) {
        let by = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let who = monde.formateurs(4).await;
        for agent in &who[..3] {
            monde.presented(agent).await;
        }
        let session = monde.publiee(&SessionSaisie { places: "2".to_owned(), ..saisie("2026-07-15") }).await;
        for agent in &who[..3] {
            monde.entre(agent, &session, AvisDemande).await;
        }
        monde.entre(&who[3], &session, Retenue).await;
        let rows = shown(&monde, &by, &session).await;
        // The second is answered first, and takes the last place; the first then waits, with its own rang.
        done(&monde, &by, &session, &what(Geste::AvisFavorable, vec![rows[1]])).await;
        done(&monde, &by, &session, &what(Geste::AvisFavorable, vec![rows[0]])).await;
        assert_eq!(monde.rangs(&session).await, "1 ListeAttente, 2 Retenue, 3 AvisDemande, 4 Retenue");
        let no = Deliberation { observation: "Pas cette année.".to_owned(), ..what(Geste::AvisDefavorable, vec![rows[2]]) };
        done(&monde, &by, &session, &no).await;
        monde.send_mails().await;
        let mail = monde.boite.about("personne3@exemple.fr", "n’est pas retenue");
        assert!(mail.text.contains("Pas cette année."), "{}", mail.text);
        monde.assert_counted(&session).await;
    }

    async fn a_share_of_the_places_is_for_one_collectivite_at_most(monde: Monde) {
        let by = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let who = monde.formateurs(3).await;
        for agent in &who[..2] {
            monde.presented(agent).await;
        }
        let session = monde
            .publiee(&SessionSaisie { places: "3".to_owned(), par_collectivite: "1".to_owned(), ..saisie("2026-07-15") })
            .await;
        for agent in &who[..2] {
            monde.entre(agent, &session, AvisDemande).await;
        }
        let rows = shown(&monde, &by, &session).await;
        done(&monde, &by, &session, &what(Geste::AvisFavorable, rows)).await;
        assert_eq!(monde.rangs(&session).await, "1 Retenue, 2 ListeAttente");
        // Stepped over, the second agent holds up nobody.
        monde.entre(&who[2], &session, Retenue).await;
        assert_eq!(monde.rangs(&session).await, "1 Retenue, 2 ListeAttente, 3 Retenue");
    }

    async fn no_way_in_holds_a_place_of_a_full_session(monde: Monde) {
        let by = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let who = monde.formateurs(6).await;
        monde.presented(&who[2]).await;
        let session = monde.publiee(&SessionSaisie { places: "1".to_owned(), ..saisie("2026-07-15") }).await;
        let held = monde.entre(&who[0], &session, Retenue).await;
        let waits = monde.entre(&who[1], &session, ListeAttente).await;
        monde.entre(&who[2], &session, AvisDemande).await;
        let rows = shown(&monde, &by, &session).await;
        for (geste, row) in [(Geste::Retenir, rows[1]), (Geste::AvisFavorable, rows[2])] {
            done(&monde, &by, &session, &what(geste, vec![row])).await;
        }
        assert_eq!(monde.presse(&who[3], &session).await, Presse::Entree {
            reference: monde.backend.mine(&who[3]).await.unwrap()[0].reference,
            etat: ListeAttente,
        });
        let reference = monde.text(&format!("SELECT reference FROM compte WHERE id = {}", who[4].compte_id)).await;
        let pressed = monde.backend.press_for(&by, session.id, &reference, "Par téléphone").await.unwrap();
        assert!(matches!(pressed, Presse::Entree { etat: ListeAttente, .. }), "{pressed:?}");
        assert_eq!(monde.backend.accept(&who[1], waits).await.unwrap(), Reponse::Perimee);
        monde.backend.turn_lists().await.unwrap();
        assert_eq!(monde.number("SELECT count(*) FROM preinscription WHERE etat IN ('Retenue', 'Proposee')").await, 1);
        monde.assert_counted(&session).await;
        // A row that was decided in the meantime keeps its place.
        assert_eq!(monde.backend.withdraw(&who[0], held).await.unwrap(), Reponse::Faite);
        monde.assert_counted(&session).await;
        let mail = monde.number("SELECT count(*) FROM courriel WHERE genre = 'preinscrit_par'").await;
        assert_eq!(mail, 1);
    }

    async fn a_refusal_taken_back_returns_with_its_rang(monde: Monde) {
        let by = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let (session, who) = asked(&monde, 2).await;
        let rows = shown(&monde, &by, &session).await;
        done(&monde, &by, &session, &what(Geste::Refuser, vec![rows[0]])).await;
        let refused = monde.preinscription(&who[0].0, who[0].1).await;
        assert_eq!(refused.etat, Refusee);
        assert!(refused.motif.is_some(), "the person reads why");
        // Pressing again made another row: the refusal stays then.
        let again = monde.entre(&who[0].0, &session, Demandee).await;
        let row = shown(&monde, &by, &session).await[0];
        let (_, _, exclues) = done(&monde, &by, &session, &what(Geste::Reprendre, vec![row])).await;
        assert_eq!(exclues, [(row.0, Exclusion::Autre)]);
        monde.backend.withdraw(&who[0].0, again).await.unwrap();
        done(&monde, &by, &session, &what(Geste::Reprendre, vec![row])).await;
        assert_eq!(monde.rangs(&session).await, "1 Demandee, 2 Demandee, 3 Annulee");
    }

    async fn two_accounts_of_one_person_are_seen_by_the_staff_alone(monde: Monde) {
        let by = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let (session, who) = asked(&monde, 3).await;
        // The accounts of these trials have one birth date and names of their own.
        monde.execute(&format!("UPDATE compte SET nom = 'NOM1', nom_naissance = 'Autre' WHERE id = {}", who[1].0.compte_id)).await;
        monde.execute("UPDATE compte SET nom_naissance = nom WHERE nom_naissance = 'Quévillac'").await;
        let list = monde.backend.list(&by, session.id, &[], 0).await.unwrap().unwrap();
        let marked: Vec<bool> = list.lignes.iter().map(|line| line.meme_personne).collect();
        assert_eq!(marked, [true, true, false]);
        // One of them is withdrawn: nobody is the same person any more.
        done(&monde, &by, &session, &what(Geste::Annuler, vec![(list.lignes[1].id, list.lignes[1].version)])).await;
        let list = monde.backend.list(&by, session.id, &[], 0).await.unwrap().unwrap();
        assert!(list.lignes.iter().all(|line| !line.meme_personne));
        assert_eq!(monde.preinscription(&who[1].0, who[1].1).await.cause, Some(Cause::Gestion));
        assert_eq!(monde.preinscription(&who[1].0, who[1].1).await.etat, Annulee);
    }

    async fn a_removal_taken_back_gives_the_offer_its_time_again(monde: Monde) {
        let monde = monde.holding(120);
        let by = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let who = monde.formateurs(2).await;
        let session = monde.publiee(&SessionSaisie { places: "1".to_owned(), ..saisie("2026-07-15") }).await;
        let held = monde.entre(&who[0], &session, Retenue).await;
        let waits = monde.entre(&who[1], &session, ListeAttente).await;
        monde.backend.withdraw(&who[0], held).await.unwrap();
        monde.send_mails().await;
        let row = shown(&monde, &by, &session).await[1];
        let (lot, ..) = done(&monde, &by, &session, &what(Geste::Annuler, vec![row])).await;
        assert_eq!(monde.backend.take_back(&by, &lot).await.unwrap().0, 1);
        let offered = monde.preinscription(&who[1], waits).await;
        assert_eq!((offered.etat, offered.offre_fin), (Proposee, None));
        monde.send_mails().await;
        assert!(monde.preinscription(&who[1], waits).await.offre_fin.is_some());
        assert_eq!(monde.backend.accept(&who[1], waits).await.unwrap(), Reponse::Faite);
        monde.assert_counted(&session).await;
    }
}
