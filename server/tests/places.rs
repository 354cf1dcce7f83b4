//! From a press to a place: each test is named after what a person sees.

use app::areas::formations::{Empechement, Preinscriptions, Presse, Reponse};
use app::areas::gestion::dossiers::Statuts;
use domain::formation::EtatPreinscription::{Annulee, AvisDemande, Demandee, ListeAttente, Proposee, Retenue};
use domain::formation::lecture::SessionSaisie;
use domain::formation::{Cause, SiComplet};
use domain::instant::{at_hour, en_clair, read_day};
use sea_orm::ConnectionTrait;
use server::clock::{DAY, HOUR, MINUTE};
use server::persistence::preinscriptions;

use super::support::formations::saisie;

/// Two places.
fn two_places() -> SessionSaisie {
    SessionSaisie { places: "2".to_owned(), ..saisie("2026-07-15") }
}

on_both_engines! {
    async fn two_hold_the_page_for_one_place_and_one_gets_it(monde: Monde) {
        let who = monde.formateurs(3).await;
        let session = monde.publiee(&SessionSaisie { places: "1".to_owned(), ..saisie("2026-07-15") }).await;
        let possible = |who| monde.backend.possible(who, &session.code, session.numero);
        let shown = possible(&who[1]).await.unwrap();
        monde.entre(&who[0], &session, Retenue).await;
        assert_eq!(possible(&who[1]).await.unwrap(), shown, "the page of the other says nothing of it");
        // As each of them said beforehand.
        assert_eq!(monde.presse_pour(&who[1], &session, SiComplet::Rien).await, Presse::Rien);
        monde.entre(&who[2], &session, ListeAttente).await;
        assert_eq!(monde.rangs(&session).await, "1 Retenue, 2 ListeAttente");
        monde.assert_counted(&session).await;
    }

    async fn a_second_press_leads_to_the_row_and_writes_nothing(monde: Monde) {
        let who = monde.formateurs(1).await;
        let session = monde.publiee(&two_places()).await;
        let reference = monde.entre(&who[0], &session, Retenue).await;
        let written = monde.number("SELECT (SELECT count(*) FROM journal) + (SELECT count(*) FROM courriel)").await;
        assert_eq!(monde.presse(&who[0], &session).await, Presse::Deja(reference));
        let after = monde.number("SELECT (SELECT count(*) FROM journal) + (SELECT count(*) FROM courriel)").await;
        assert_eq!(after, written);
        // Once it is given up, a press makes another row, with another rang.
        assert_eq!(monde.backend.withdraw(&who[0], reference).await.unwrap(), Reponse::Faite);
        monde.entre(&who[0], &session, Retenue).await;
        assert_eq!(monde.rangs(&session).await, "1 Annulee, 2 Retenue");
    }

    async fn a_full_session_without_a_list_writes_nothing(monde: Monde) {
        let who = monde.formateurs(4).await;
        let session = monde
            .publiee(&SessionSaisie { attente: "limitee".to_owned(), attente_max: "1".to_owned(), ..two_places() })
            .await;
        for one in &who[..2] {
            monde.entre(one, &session, Retenue).await;
        }
        monde.entre(&who[2], &session, ListeAttente).await;
        assert_eq!(monde.presse(&who[3], &session).await, Presse::Complete);
        assert_eq!(monde.session_row(session.id).await.dernier_rang, 3, "no rang is lost");
        monde.assert_counted(&session).await;
    }

    async fn a_place_freed_on_a_sunday_night_is_offered_on_monday_to_who_waits_and_not_to_a_newcomer(monde: Monde) {
        let who = monde.formateurs(4).await;
        let session = monde.publiee(&two_places()).await;
        let first = monde.entre(&who[0], &session, Retenue).await;
        monde.entre(&who[1], &session, Retenue).await;
        let waits = monde.entre(&who[2], &session, ListeAttente).await;
        // Sunday 21 June, 22:00 in Paris.
        monde.passes(at_hour(read_day("2026-06-21").unwrap(), 22) - monde.clock_now()).await;
        assert_eq!(monde.backend.withdraw(&who[0], first).await.unwrap(), Reponse::Faite);
        assert_eq!(monde.preinscription(&who[2], waits).await.etat, ListeAttente, "nobody is woken at night");
        monde.clock.advance(MINUTE);
        monde.entre(&who[3], &session, ListeAttente).await;
        monde.backend.turn_lists().await.unwrap();
        assert_eq!(monde.preinscription(&who[2], waits).await.etat, ListeAttente);
        monde.passes(at_hour(read_day("2026-06-22").unwrap(), 8) - monde.clock_now()).await;
        monde.backend.turn_lists().await.unwrap();
        assert_eq!(monde.rangs(&session).await, "1 Annulee, 2 Retenue, 3 Proposee, 4 ListeAttente");
        // Its time begins when the mail has left: until the evening of the second working day.
        assert_eq!(monde.preinscription(&who[2], waits).await.offre_fin, None);
        monde.send_mails().await;
        let fin = monde.preinscription(&who[2], waits).await.offre_fin.unwrap();
        assert_eq!(en_clair(fin).replace('\u{a0}', " "), "24 juin 2026 à 20 h 00");
        let mail = monde.boite.about("personne3@exemple.fr", "Une place se libère");
        assert!(mail.text.replace('\u{a0}', " ").contains("24 juin 2026 à 20 h."), "{}", mail.text);
        monde.assert_counted(&session).await;
    }

    async fn an_offer_that_is_accepted_or_declined_or_left_ends_as_it_says(monde: Monde) {
        let who = monde.formateurs(6).await;
        let session = monde.publiee(&two_places()).await;
        let mut refs = Vec::new();
        for (at, one) in who.iter().enumerate() {
            refs.push(monde.entre(one, &session, if at < 2 { Retenue } else { ListeAttente }).await);
        }
        for at in 0..2 {
            monde.backend.withdraw(&who[at], refs[at]).await.unwrap();
        }
        assert_eq!(monde.rangs(&session).await, "1 Annulee, 2 Annulee, 3 Proposee, 4 Proposee, 5 ListeAttente, 6 ListeAttente");
        monde.send_mails().await;
        assert_eq!(monde.backend.accept(&who[2], refs[2]).await.unwrap(), Reponse::Faite);
        assert_eq!(monde.backend.accept(&who[2], refs[2]).await.unwrap(), Reponse::Perimee, "once");
        assert_eq!(monde.backend.decline(&who[3], refs[3]).await.unwrap(), Reponse::Faite);
        assert_eq!(monde.preinscription(&who[3], refs[3]).await.cause, Some(Cause::OffreDeclinee));
        // The next one is offered the place at once, and lets its time go by.
        monde.send_mails().await;
        let fin = monde.preinscription(&who[4], refs[4]).await.offre_fin.unwrap();
        monde.passes(fin - monde.clock_now()).await;
        assert_eq!(monde.backend.accept(&who[4], refs[4]).await.unwrap(), Reponse::Passee { fin: Some(fin) });
        monde.backend.turn_lists().await.unwrap();
        assert_eq!(monde.preinscription(&who[4], refs[4]).await.cause, Some(Cause::OffreSansReponse));
        assert_eq!(monde.backend.accept(&who[4], refs[4]).await.unwrap(), Reponse::Passee { fin: None });
        // It ended at eight in the evening: the place waits for the morning, and goes to the last of the list.
        assert_eq!(monde.preinscription(&who[5], refs[5]).await.etat, ListeAttente);
        monde.passes(12 * HOUR).await;
        monde.backend.turn_lists().await.unwrap();
        assert_eq!(monde.preinscription(&who[5], refs[5]).await.etat, Proposee);
        monde.assert_counted(&session).await;
        // Of the one who accepted and now gives up, the place never comes back to them.
        monde.backend.withdraw(&who[2], refs[2]).await.unwrap();
        assert_eq!(monde.preinscription(&who[2], refs[2]).await.etat, Annulee);
        let offers = "SELECT count(*) FROM courriel WHERE genre = 'place_proposee'";
        assert_eq!(monde.number(offers).await, 4, "each was offered a place once");
    }

    async fn an_offer_whose_mail_is_refused_costs_no_turn_and_goes_to_the_next(monde: Monde) {
        let who = monde.formateurs(4).await;
        let session = monde.publiee(&two_places()).await;
        let mut refs = Vec::new();
        for (at, one) in who.iter().enumerate() {
            refs.push(monde.entre(one, &session, if at < 2 { Retenue } else { ListeAttente }).await);
        }
        monde.send_mails().await;
        monde.backend.withdraw(&who[0], refs[0]).await.unwrap();
        // The mail of the withdrawal, then the offer.
        monde.execute("DELETE FROM courriel WHERE genre = 'preinscription_annulee'").await;
        monde.boite.fail_next([server::mail::SendError::Recipient("550".to_owned())]);
        monde.send_mails().await;
        // However long it takes, an offer that nobody received does not end.
        monde.passes(5 * DAY).await;
        monde.backend.turn_lists().await.unwrap();
        let passed = monde.preinscription(&who[2], refs[2]).await;
        assert_eq!((passed.etat, passed.cause), (ListeAttente, None));
        assert_eq!(monde.rangs(&session).await, "1 Annulee, 2 Retenue, 3 ListeAttente, 4 Proposee");
        assert_eq!(monde.number("SELECT count(*) FROM preinscription WHERE non_remise").await, 1);
        monde.assert_counted(&session).await;
    }

    async fn who_goes_elsewhere_that_day_is_stepped_over_and_keeps_their_rang(monde: Monde) {
        let who = monde.formateurs(3).await;
        let one = monde.publiee(&SessionSaisie { places: "1".to_owned(), ..saisie("2026-07-15") }).await;
        let other = monde.publiee(&SessionSaisie { code: "FF-EVALUER".to_owned(), ..saisie("2026-07-15") }).await;
        let held = monde.entre(&who[0], &one, Retenue).await;
        let first = monde.entre(&who[1], &one, ListeAttente).await;
        let second = monde.entre(&who[2], &one, ListeAttente).await;
        // A place elsewhere, the same morning.
        let elsewhere = monde.entre(&who[1], &other, Retenue).await;
        monde.backend.withdraw(&who[0], held).await.unwrap();
        assert_eq!(monde.preinscription(&who[1], first).await.etat, ListeAttente);
        assert_eq!(monde.preinscription(&who[2], second).await.etat, Proposee);
        // Free again that day, and the first of the list.
        monde.backend.withdraw(&who[1], elsewhere).await.unwrap();
        monde.backend.decline(&who[2], second).await.unwrap();
        assert_eq!(monde.preinscription(&who[1], first).await.etat, Proposee);
    }

    async fn a_place_held_at_the_same_time_forbids_another_and_is_named(monde: Monde) {
        let who = monde.formateurs(1).await;
        let one = monde.publiee(&saisie("2026-07-15")).await;
        let other = monde
            .publiee(&SessionSaisie { code: "FF-EVALUER".to_owned(), intitule: "Évaluer".to_owned(), ..saisie("2026-07-15") })
            .await;
        let later = monde.publiee(&SessionSaisie { code: "FF-TARD".to_owned(), ..saisie("2026-07-16") }).await;
        monde.entre(&who[0], &other, Retenue).await;
        let expected = Empechement::Place { jour: "15\u{a0}juillet".to_owned(), intitule: "Évaluer".to_owned() };
        assert_eq!(monde.presse(&who[0], &one).await, Presse::Impossible(expected));
        monde.entre(&who[0], &later, Retenue).await;
    }

    async fn an_offer_cannot_be_accepted_over_a_place_taken_meanwhile(monde: Monde) {
        let who = monde.formateurs(2).await;
        let full = SessionSaisie { places: "1".to_owned(), ..saisie("2026-07-15") };
        let one = monde.publiee(&full).await;
        let other = monde.publiee(&SessionSaisie { code: "FF-EVALUER".to_owned(), ..full }).await;
        let (mut held, mut waits) = (Vec::new(), Vec::new());
        for session in [&one, &other] {
            let clash = monde.presse(&who[0], session).await;
            match clash {
                Presse::Entree { reference, .. } => held.push(reference),
                // One place a day: the second session is filled by hand.
                _ => monde.execute(&format!("UPDATE session_formation SET occupees = 1 WHERE id = {}", session.id)).await,
            }
            waits.push(monde.entre(&who[1], session, ListeAttente).await);
        }
        monde.execute(&format!("UPDATE session_formation SET occupees = 0 WHERE id = {}", other.id)).await;
        monde.backend.turn_lists().await.unwrap();
        assert_eq!(monde.preinscription(&who[1], waits[1]).await.etat, Proposee);
        // Two offers at the same time may stand: the machine locks no account.
        monde.execute(&format!(
            "UPDATE preinscription SET etat = 'Proposee' WHERE reference = '{}'", waits[0]
        )).await;
        monde.execute(&format!("UPDATE session_formation SET places = 2, attente = 0, proposees = 1, occupees = 2 WHERE id = {}", one.id)).await;
        assert_eq!(monde.backend.accept(&who[1], waits[1]).await.unwrap(), Reponse::Faite);
        assert!(matches!(monde.backend.accept(&who[1], waits[0]).await.unwrap(), Reponse::Chevauche { .. }));
        assert_eq!(monde.backend.decline(&who[1], waits[0]).await.unwrap(), Reponse::Faite);
    }

    async fn raising_the_places_never_books_who_awaits_an_examination(monde: Monde) {
        let who = monde.formateurs(4).await;
        let session = monde
            .publiee(&SessionSaisie { places: "1".to_owned(), attribution: "examen".to_owned(), ..saisie("2026-07-15") })
            .await;
        for one in &who {
            monde.entre(one, &session, Demandee).await;
        }
        monde.execute(&format!("UPDATE session_formation SET places = 5 WHERE id = {}", session.id)).await;
        monde.backend.turn_lists().await.unwrap();
        assert_eq!(monde.rangs(&session).await, "1 Demandee, 2 Demandee, 3 Demandee, 4 Demandee");
    }

    async fn a_place_freed_too_late_is_offered_to_nobody(monde: Monde) {
        let who = monde.formateurs(3).await;
        let session = monde.publiee(&SessionSaisie { places: "1".to_owned(), ..saisie("2026-07-15") }).await;
        let held = monde.entre(&who[0], &session, Retenue).await;
        let waits = monde.entre(&who[1], &session, ListeAttente).await;
        // 23 hours before the first séance.
        monde.passes(session.debut - 23 * HOUR - monde.clock_now()).await;
        monde.backend.withdraw(&who[0], held).await.unwrap();
        monde.backend.turn_lists().await.unwrap();
        assert_eq!(monde.preinscription(&who[1], waits).await.etat, ListeAttente);
        // On the eve at six in the evening, nobody is left waiting in silence.
        monde.passes(9 * HOUR).await;
        monde.backend.turn_lists().await.unwrap();
        assert_eq!(monde.preinscription(&who[1], waits).await.cause, Some(Cause::SansPlace));
        // A quarter of an hour after the start, nothing can be given up any more.
        monde.passes(session.debut + 15 * MINUTE - monde.clock_now()).await;
        monde.backend.turn_lists().await.unwrap();
        assert!(matches!(monde.presse(&who[2], &session).await, Presse::Impossible(Empechement::Fermee(_))));
        monde.assert_counted(&session).await;
    }

    async fn opening_and_closing_are_those_of_the_request_and_not_of_its_turn(monde: Monde) {
        let who = monde.formateurs(2).await;
        let opens = at_hour(read_day("2026-06-18").unwrap(), 10);
        let session = monde
            .publiee(&SessionSaisie {
                ouverture_jour: "2026-06-18".to_owned(),
                ouverture_heure: "10 h".to_owned(),
                limite: "2026-06-20".to_owned(),
                ..saisie("2026-07-15")
            })
            .await;
        monde.passes(opens - monde.clock_now()).await;
        let press = |at, recue| {
            let who = &who[at];
            let (code, numero) = (session.code.clone(), session.numero);
            let backend = monde.backend.clone();
            async move { backend.press(who, recue, &code, numero, &app::areas::formations::Voeu::default()).await.unwrap() }
        };
        assert!(matches!(press(0, opens - 1).await, Presse::Impossible(Empechement::Fermee(_))));
        assert!(matches!(press(0, opens).await, Presse::Entree { .. }));
        // Received in the last second, answered after midnight.
        monde.passes(session.cloture - monde.clock_now()).await;
        assert!(matches!(press(1, session.cloture).await, Presse::Impossible(Empechement::Fermee(_))));
        assert!(matches!(press(1, session.cloture - 1).await, Presse::Entree { .. }));
    }

    async fn an_agent_of_cas_1_asks_their_service_and_keeps_their_rang(monde: Monde) {
        let who = monde.formateurs(2).await;
        monde.presented(&who[0]).await;
        let session = monde.publiee(&SessionSaisie { places: "1".to_owned(), ..saisie("2026-07-15") }).await;
        let agent = monde.entre(&who[0], &session, AvisDemande).await;
        monde.entre(&who[1], &session, Retenue).await;
        assert_eq!(monde.rangs(&session).await, "1 AvisDemande, 2 Retenue");
        // Nobody gives an avis: two working days after the last day, it ends. Tuesday 30 June, then Thursday 2 July.
        monde.passes(at_hour(read_day("2026-07-02").unwrap(), 23) - monde.clock_now()).await;
        monde.backend.turn_lists().await.unwrap();
        assert_eq!(monde.preinscription(&who[0], agent).await.etat, AvisDemande);
        monde.passes(HOUR).await;
        monde.backend.turn_lists().await.unwrap();
        assert_eq!(monde.preinscription(&who[0], agent).await.cause, Some(Cause::SansAvis));
        monde.assert_counted(&session).await;
    }

    async fn an_agent_whom_no_service_presents_any_more_is_told_how_to_go_on(monde: Monde) {
        let who = monde.formateurs(1).await;
        monde.execute(&format!("UPDATE compte SET cas = 'service' WHERE id = {}", who[0].compte_id)).await;
        let session = monde.publiee(&saisie("2026-07-15")).await;
        assert_eq!(monde.presse(&who[0], &session).await, Presse::Impossible(Empechement::SansService));
    }

    async fn ten_under_way_are_the_most(monde: Monde) {
        let who = monde.formateurs(1).await;
        for at in 1..=11 {
            let session = monde.publiee(&SessionSaisie { code: format!("FF-{at:02}"), ..saisie(&format!("2026-07-{at:02}")) }).await;
            let press = monde.presse(&who[0], &session).await;
            monde.clock.advance(7 * 1_000);
            match at {
                11 => assert_eq!(press, Presse::Impossible(Empechement::EnCours(10))),
                _ => assert!(matches!(press, Presse::Entree { .. }), "{at}: {press:?}"),
            }
        }
    }

    async fn a_suspended_account_is_stepped_over_and_an_erased_one_frees_its_place(monde: Monde) {
        let by = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let who = monde.formateurs(4).await;
        let session = monde.publiee(&two_places()).await;
        let mut refs = Vec::new();
        for (at, one) in who.iter().enumerate() {
            refs.push(monde.entre(one, &session, if at < 2 { Retenue } else { ListeAttente }).await);
        }
        let version = monde.number(&format!("SELECT version FROM compte WHERE id = {}", who[2].compte_id)).await;
        monde.backend.suspend(&by, who[2].compte_id, version, "Un message", false).await.unwrap();
        monde.erased(&who[0]).await;
        assert_eq!(monde.rangs(&session).await, "2 Retenue, 3 ListeAttente, 4 Proposee");
        monde.assert_counted(&session).await;
        monde.backend.decline(&who[3], refs[3]).await.unwrap();
        assert_eq!(monde.rangs(&session).await, "2 Retenue, 3 ListeAttente, 4 Annulee");
        // Back among the active ones, it is offered the place that waits.
        monde.backend.resume(&by, who[2].compte_id, version + 1).await.unwrap();
        assert_eq!(monde.rangs(&session).await, "2 Retenue, 3 Proposee, 4 Annulee");
        monde.assert_counted(&session).await;
    }

    async fn the_database_itself_refuses_a_second_active_row_and_a_place_too_many(monde: Monde) {
        let who = monde.formateurs(1).await;
        let session = monde.publiee(&two_places()).await;
        monde.entre(&who[0], &session, Retenue).await;
        let db = monde.backend.db().connection();
        let twice = "INSERT INTO preinscription (reference, session_id, compte_id, rang, etat, version, origine, si_complet, \
                     attentes, contact_referent, raison, observation, non_remise, suspendue, cree_le, modifie_le) \
                     SELECT 'PRE-AAAA-AAAA', session_id, compte_id, 99, 'Demandee', 1, origine, si_complet, attentes, \
                     contact_referent, raison, observation, non_remise, suspendue, cree_le, modifie_le FROM preinscription";
        let too_many = format!("UPDATE session_formation SET occupees = 3 WHERE id = {}", session.id);
        for wrong in [twice, &too_many] {
            assert!(db.execute_unprepared(wrong).await.is_err(), "{wrong}");
        }
        assert_eq!(preinscriptions::miscounted(db).await.unwrap(), Vec::<String>::new());
        monde.execute(&format!("UPDATE session_formation SET attente = 1 WHERE id = {}", session.id)).await;
        assert_eq!(preinscriptions::miscounted(db).await.unwrap(), ["FF-ANIMER/001"]);
    }

    async fn a_suspension_may_free_the_places_that_it_names(monde: Monde) {
        let by = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let who = monde.formateurs(2).await;
        let session = monde.publiee(&SessionSaisie { places: "1".to_owned(), ..saisie("2026-07-15") }).await;
        let held = monde.entre(&who[0], &session, Retenue).await;
        monde.entre(&who[1], &session, ListeAttente).await;
        let file = monde.dossier(&by, who[0].compte_id).await;
        assert_eq!(file.places, ["Animer une formation, 15\u{a0}juillet 2026"]);
        monde.backend.suspend(&by, who[0].compte_id, file.ligne.version, "Un message", true).await.unwrap();
        assert_eq!(monde.rangs(&session).await, "1 Annulee, 2 Proposee");
        assert_eq!(monde.preinscription(&who[0], held).await.cause, Some(Cause::Gestion));
        monde.assert_counted(&session).await;
    }

    async fn a_clock_that_jumps_ends_no_offer_and_makes_none(monde: Monde) {
        let who = monde.formateurs(4).await;
        let session = monde.publiee(&two_places()).await;
        let mut refs = Vec::new();
        for (at, one) in who.iter().enumerate() {
            refs.push(monde.entre(one, &session, if at < 2 { Retenue } else { ListeAttente }).await);
        }
        monde.backend.withdraw(&who[0], refs[0]).await.unwrap();
        monde.send_mails().await;
        let before = monde.rangs(&session).await;
        assert_eq!(before, "1 Annulee, 2 Retenue, 3 Proposee, 4 ListeAttente");
        for jump in [HOUR, -HOUR, 3_650 * DAY, -3_650 * DAY] {
            monde.clock.advance(jump);
            monde.backend.turn_lists().await.unwrap();
            assert_eq!(monde.rangs(&session).await, before, "{jump}");
            monde.clock.advance(-jump);
            monde.backend.turn_lists().await.unwrap();
            assert_eq!(monde.rangs(&session).await, before, "{jump} and back");
        }
    }
}
