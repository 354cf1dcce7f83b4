//! The rush: hundreds ask for few places at the same moment.

use std::collections::BTreeMap;
use std::sync::Arc;

use app::areas::formations::{Preinscriptions, Presse, Reponse, Voeu};
use app::areas::gestion::preinscriptions::{Deliberation, Geste, Inscrits};
use app::base::appelants::Formateur;
use domain::formation::EtatPreinscription::{ListeAttente, Retenue};
use domain::formation::lecture::SessionSaisie;
use futures::future::join_all;
use server::backend::Backend;
use server::persistence::engine::Engine;
use server::persistence::entities::session_formation;

use crate::support::Monde;
use crate::support::formations::saisie;

const PRESSES: usize = 500;

/// One presses on this server.
async fn press(backend: Backend, who: Formateur, session: Arc<session_formation::Model>, recue: i64) -> Presse {
    backend.press(&who, recue, &session.code, session.numero, &Voeu::default()).await.unwrap()
}

/// Everybody presses at once, on these servers in turn. Gives the rang and the state of each row, as the answers say.
async fn rush(
    monde: &Monde,
    servers: &[Backend],
    who: &[Formateur],
    session: &session_formation::Model,
) -> Vec<(i64, String)> {
    let session = Arc::new(session.clone());
    let recue = monde.clock_now();
    let presses = who.iter().enumerate().map(|(at, one)| {
        let backend = servers[at % servers.len()].clone();
        tokio::spawn(press(backend, one.clone(), session.clone(), recue))
    });
    let mut said = BTreeMap::new();
    for (pressed, one) in join_all(presses).await.into_iter().zip(who) {
        let Presse::Entree { reference, etat } = pressed.unwrap() else { panic!("everybody enters") };
        said.insert(one.compte_id, (reference.to_string(), etat.code().to_owned()));
    }
    let db = monde.backend.db();
    let sql = format!(
        "SELECT compte_id, reference, etat, rang FROM preinscription WHERE session_id = {} ORDER BY rang",
        session.id
    );
    let query = sea_orm::Statement::from_string(db.backend(), sql);
    let rows = sea_orm::ConnectionTrait::query_all_raw(db.connection(), query).await.unwrap();
    let mut kept = Vec::new();
    for row in &rows {
        let of = |name| row.try_get::<String>("", name).unwrap();
        let answer = said.remove(&row.try_get::<i64>("", "compte_id").unwrap());
        assert_eq!(answer, Some((of("reference"), of("etat"))), "every answer says what its row says");
        kept.push((row.try_get::<i64>("", "rang").unwrap(), of("etat")));
    }
    assert!(said.is_empty(), "every announced row exists");
    kept
}

fn assert_first_come(rows: &[(i64, String)], places: usize) {
    assert_eq!(rows.len(), PRESSES);
    for (at, (rang, etat)) in rows.iter().enumerate() {
        assert_eq!(*rang, at as i64 + 1, "no gap");
        let expected = if at < places { Retenue } else { ListeAttente };
        assert_eq!(etat, expected.code(), "rang {rang}");
    }
}

on_both_engines! {
    async fn of_five_hundred_presses_the_first_twenty_get_the_places(monde: Monde) {
        let who = monde.formateurs(PRESSES).await;
        let session = monde.publiee(&saisie("2026-07-15")).await;
        let rows = rush(&monde, std::slice::from_ref(&monde.backend), &who, &session).await;
        assert_first_come(&rows, 20);
        monde.assert_counted(&session).await;
        let mails = "SELECT count(*) FROM courriel WHERE genre = 'preinscription_recue'";
        let lines = "SELECT count(*) FROM journal WHERE action = 'preinscription'";
        assert_eq!((monde.number(mails).await, monde.number(lines).await), (500, 500), "one mail and one line each");
    }

    async fn who_was_answered_before_another_asked_is_before_them(monde: Monde) {
        let who = monde.formateurs(120).await;
        let session = monde.publiee(&saisie("2026-07-15")).await;
        let shared = Arc::new(session.clone());
        let recue = monde.clock_now();
        let crowd = who[..100].iter().map(|one| tokio::spawn(press(monde.backend.clone(), one.clone(), shared.clone(), recue)));
        let crowd: Vec<_> = crowd.collect();
        let mut last = 0;
        for one in &who[100..] {
            let Presse::Entree { reference, .. } = press(monde.backend.clone(), one.clone(), shared.clone(), recue).await else {
                panic!("enters")
            };
            let rang = monde.number(&format!("SELECT rang FROM preinscription WHERE reference = '{reference}'")).await;
            assert!(rang > last, "{rang} after {last}");
            last = rang;
        }
        join_all(crowd).await;
        monde.assert_counted(&session).await;
    }

    async fn two_servers_give_the_same(monde: Monde) {
        // A SQLite file has one server.
        let servers = match monde.backend.db().engine() {
            Engine::Sqlite => vec![monde.backend.clone()],
            Engine::Postgres => vec![monde.backend.clone(), monde.beside().await],
        };
        let who = monde.formateurs(PRESSES).await;
        let session = monde.publiee(&saisie("2026-07-15")).await;
        let rows = rush(&monde, &servers, &who, &session).await;
        assert_first_come(&rows, 20);
        monde.assert_counted(&session).await;
    }

    async fn presses_decisions_and_withdrawals_at_once_never_pass_the_places(monde: Monde) {
        let by = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let who = monde.formateurs(60).await;
        let session = monde.publiee(&SessionSaisie { places: "5".to_owned(), ..saisie("2026-07-15") }).await;
        let shared = Arc::new(session.clone());
        let mut refs = Vec::new();
        for one in &who[..20] {
            match press(monde.backend.clone(), one.clone(), shared.clone(), monde.clock_now()).await {
                Presse::Entree { reference, .. } => refs.push(reference),
                other => panic!("{other:?}"),
            }
        }
        let list = monde.backend.list(&by, session.id, &[ListeAttente], 0).await.unwrap().unwrap();
        let rows: Vec<(i64, i64)> = list.lignes.iter().map(|line| (line.id, line.version)).collect();
        let bulk = Deliberation { geste: Geste::Retenir, lignes: rows, motif: None, observation: String::new(), accord: true };
        let recue = monde.clock_now();
        let newcomers = who[20..].iter().map(|one| tokio::spawn(press(monde.backend.clone(), one.clone(), shared.clone(), recue)));
        let newcomers: Vec<_> = newcomers.collect();
        let leavers = who[..5].iter().zip(&refs).map(|(one, reference)| monde.backend.withdraw(one, *reference));
        let (left, decided, pressed) =
            tokio::join!(join_all(leavers), monde.backend.deliberate(&by, session.id, &bulk), join_all(newcomers));
        assert!(left.into_iter().all(|left| left.unwrap() == Reponse::Faite));
        decided.unwrap();
        assert_eq!(pressed.len(), 40);
        monde.assert_counted(&session).await;
        let held = "SELECT count(*) FROM preinscription WHERE etat IN ('Retenue', 'Proposee')";
        assert_eq!(monde.number(held).await, 5, "each freed place was given at once");
    }

    async fn at_one_instant_a_place_is_left_accepted_lapsed_and_offered_once(monde: Monde) {
        for turn in 0..64 {
            let day = format!("2026-{:02}-{:02}", 7 + turn / 28, 1 + turn % 28);
            let who = monde.formateurs(6).await;
            let session = monde
                .publiee(&SessionSaisie { places: "3".to_owned(), code: format!("FF-{turn:03}"), ..saisie(&day) })
                .await;
            let mut refs = Vec::new();
            for one in &who {
                match press(monde.backend.clone(), one.clone(), Arc::new(session.clone()), monde.clock_now()).await {
                    Presse::Entree { reference, .. } => refs.push(reference),
                    other => panic!("{other:?}"),
                }
            }
            for at in 0..2 {
                monde.backend.withdraw(&who[at], refs[at]).await.unwrap();
            }
            // The fourth and the fifth have an offer; that of the fifth is over.
            monde
                .execute(&format!("UPDATE preinscription SET offre_remise_le = 1, offre_fin = 2 WHERE reference = '{}'", refs[4]))
                .await;
            let (left, accepted, turned) = tokio::join!(
                monde.backend.withdraw(&who[2], refs[2]),
                monde.backend.accept(&who[3], refs[3]),
                monde.backend.turn_lists(),
            );
            turned.unwrap();
            assert_eq!((left.unwrap(), accepted.unwrap()), (Reponse::Faite, Reponse::Faite));
            monde.backend.turn_lists().await.unwrap();
            assert_eq!(
                monde.rangs(&session).await,
                "1 Annulee, 2 Annulee, 3 Annulee, 4 Retenue, 5 Annulee, 6 Proposee",
                "turn {turn}"
            );
            monde.assert_counted(&session).await;
        }
    }
}
