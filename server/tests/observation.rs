//! The numbers that the server tells of itself, and the number of each request.

use std::collections::BTreeMap;

use axum::http::{HeaderMap, Request, StatusCode};
use server::config::Reseau;

use super::support::{Monde, Navigateur};

const SELF: [u8; 4] = [127, 0, 0, 1];

/// The numbers, by name and labels.
async fn numbers(navigateur: &mut Navigateur) -> BTreeMap<String, f64> {
    let page = navigateur.from(SELF).send(Request::get("/metrics").header("host", "127.0.0.1:3000")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.headers["content-type"].to_str().unwrap().starts_with("application/openmetrics-text"));
    assert!(page.html.ends_with("# EOF\n"), "{}", page.html);
    let lines = page.html.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.rsplit_once(' ').unwrap()).map(|(name, n)| (name.to_owned(), n.parse().unwrap())).collect()
}

on_both_engines! {
    async fn the_numbers_are_for_programs_of_this_machine_that_ask_for_themselves(monde: Monde) {
        let mut navigateur = Navigateur::new(&monde);
        for (peer, header) in [
            ([192, 0, 2, 1], None),
            ([10, 0, 0, 1], None),
            (SELF, Some("x-forwarded-for")),
            (SELF, Some("forwarded")),
            (SELF, Some("x-forwarded-proto")),
            (SELF, Some("x-forwarded-host")),
            (SELF, Some("x-real-ip")),
            (SELF, Some("via")),
        ] {
            let mut request = Request::get("/metrics");
            if let Some(name) = header {
                request = request.header(name, "127.0.0.1");
            }
            let page = navigateur.from(peer).send(request).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{peer:?} {header:?}");
            assert!(!page.html.contains("iel_"), "{peer:?} {header:?}");
        }
        assert!(numbers(&mut navigateur).await.contains_key("iel_database_up"));
    }

    async fn an_address_written_by_hand_rings_no_alarm(monde: Monde) {
        let mut navigateur = Navigateur::new(&monde);
        for asked in ["/?erreur=indisponible", "/?erreur=trop&secondes=3"] {
            assert!(!navigateur.get(asked).await.status.is_success(), "{asked}");
        }
        let counted = numbers(&mut navigateur).await;
        let failed = counted.keys().filter(|name| name.contains("status=\"5xx\"") || name.contains("status=\"4xx\""));
        assert_eq!(failed.count(), 0, "{counted:?}");
        assert_eq!(counted["iel_http_requests_total{route=\"/\",method=\"GET\",status=\"2xx\"}"], 2.0);
    }

    async fn what_happens_is_counted_under_routes_and_never_under_paths(monde: Monde) {
        let mut navigateur = Navigateur::new(&monde);
        let before = numbers(&mut navigateur).await;
        assert_eq!(before["iel_decisions_total{verdict=\"valider\"}"], 0.0);
        assert_eq!(before["iel_mails_total{result=\"sent\"}"], 0.0);

        monde.activated("anne@exemple.fr").await;
        let by = monde.gestionnaire("aline@exemple.fr", "Aline").await;
        let id = monde.number("SELECT id FROM compte").await;
        let version = monde.version(&by, id).await;
        app::areas::gestion::dossiers::Decisions::validate(&monde.backend, &by, id, version).await.unwrap();
        navigateur.get("/activation/abc.def.ghi").await;
        navigateur.get("/nulle-part/anne@exemple.fr").await;
        let action = navigateur.get("/inscription").await.action("Continuer");
        navigateur.post(&action, &[("cas", "personnel")]).await;
        navigateur.send(Request::builder().method("INVENTEE").uri("/inscription")).await;

        let now = numbers(&mut navigateur).await;
        assert_eq!(now["iel_decisions_total{verdict=\"valider\"}"], 1.0);
        assert!(now["iel_mails_total{result=\"sent\"}"] >= 1.0);
        // The request was validated a moment ago, and the mail about it waits.
        assert!(now["iel_outbox_mails{state=\"queued\"}"] >= 1.0);
        assert_eq!(now["iel_outbox_mails{state=\"dead\"}"], 0.0);
        assert_eq!(now["iel_sessions"], 2.0);
        assert!(now["iel_journal_unsealed_lines"] >= 3.0);
        assert_eq!(now["iel_database_up"], 1.0);
        assert!(now["iel_database_connections{state=\"max\"}"] >= 8.0);
        assert!(now["iel_database_wait_seconds_count"] >= 5.0);
        assert!(now["iel_passwords_wait_seconds_count"] >= 2.0);
        assert_eq!(now["iel_passwords{state=\"running\"}"], 0.0);
        assert_eq!(now["iel_http_requests_total{route=\"/activation/{token}\",method=\"GET\",status=\"2xx\"}"], 1.0);
        assert_eq!(now["iel_http_requests_total{route=\"other\",method=\"GET\",status=\"4xx\"}"], 1.0);
        assert_eq!(now["iel_http_request_duration_seconds_count{route=\"/inscription\",method=\"GET\"}"], 1.0);
        let posts = now.keys().filter(|name| name.contains("route=\"/api/") && name.contains("\"POST\"")).count();
        assert!(posts > 0, "{:?}", now.keys());
        for name in now.keys() {
            assert!(!name.contains("abc.def") && !name.contains("exemple.fr") && !name.contains("INVENTEE"), "{name}");
        }

        monde.send_mails().await;
        monde.backend.seal_journal().await.unwrap();
        monde.clock.advance(120_000);
        let later = numbers(&mut navigateur).await;
        assert_eq!(later["iel_outbox_mails{state=\"queued\"}"], 0.0);
        assert_eq!((later["iel_outbox_oldest_seconds"], later["iel_journal_unsealed_lines"]), (0.0, 0.0));
    }

    async fn what_waits_is_counted_with_its_age(monde: Monde) {
        let mut navigateur = Navigateur::new(&monde);
        monde.submit("anne@exemple.fr").await;
        monde.clock.advance(90_000);
        let now = numbers(&mut navigateur).await;
        assert_eq!(now["iel_outbox_oldest_seconds"], 90.0);
        assert_eq!(now["iel_journal_unsealed_oldest_seconds"], 90.0);
        monde.boite.fail_next([server::mail::SendError::Temporary("450".to_owned())]);
        monde.send_mails().await;
        let now = numbers(&mut navigateur).await;
        assert_eq!(now["iel_outbox_mails{state=\"deferred\"}"], 1.0);
        // A clock set back makes no age negative.
        monde.clock.advance(-10_000_000);
        assert_eq!(numbers(&mut navigateur).await["iel_outbox_oldest_seconds"], 0.0);
    }

    async fn a_database_that_is_gone_takes_its_own_numbers_only(monde: Monde) {
        let mut navigateur = Navigateur::new(&monde);
        monde.backend.db().connection().clone().close().await.unwrap();
        let now = numbers(&mut navigateur).await;
        assert_eq!(now["iel_database_up"], 0.0);
        assert!(now.contains_key("iel_passwords{state=\"waiting\"}"));
    }

    async fn every_answer_has_a_number_of_its_own_that_nobody_can_choose(monde: Monde) {
        let mut navigateur = Navigateur::new(&monde);
        let id = |headers: &HeaderMap| headers["x-request-id"].to_str().unwrap().to_owned();
        let mut seen = Vec::new();
        for (path, host) in [("/", "inscription.example"), ("/nulle-part", "inscription.example"), ("/", "evil.example"), ("/healthz", "x")] {
            let request = Request::get(path).header("host", host).header("x-request-id", "0000000000000001");
            seen.push(id(&navigateur.send(request).await.headers));
        }
        assert!(seen.iter().all(|id| id.len() == 16 && id.bytes().all(|byte| byte.is_ascii_hexdigit())), "{seen:?}");
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 4);
        assert!(!seen.contains(&"0000000000000001".to_owned()));
    }

    async fn a_proxy_that_was_forgotten_is_told_by_the_check(monde: Monde) {
        let mut navigateur = Navigateur::new(&monde);
        let none: &[Reseau] = &[];
        assert_eq!(monde.backend.unknown_proxies(none).await.unwrap(), (vec![], false));
        navigateur.from([10, 1, 2, 3]).send(Request::get("/healthz")).await;
        navigateur.from([192, 0, 2, 9]).send(Request::get("/healthz")).await;
        let forwarded = || Request::get("/healthz").header("x-forwarded-for", "198.51.100.7");
        navigateur.from([10, 1, 2, 3]).send(forwarded()).await;
        noticed(&monde, 1).await;
        assert_eq!(monde.backend.unknown_proxies(none).await.unwrap(), (vec!["10.1.2.3".parse().unwrap()], false));
        assert_eq!(monde.backend.unknown_proxies(&["10.0.0.0/8".parse().unwrap()]).await.unwrap(), (vec![], false));
        // A public address may be a person's: it is not kept.
        navigateur.from([192, 0, 2, 9]).send(forwarded()).await;
        noticed(&monde, 2).await;
        assert_eq!(monde.number("SELECT count(*) FROM signalement WHERE detail LIKE '%192.0%'").await, 0);
        assert!(monde.backend.unknown_proxies(none).await.unwrap().1);
        // The proxy is seen again within the hour: nothing is written.
        monde.execute("DELETE FROM signalement").await;
        navigateur.from([10, 1, 2, 3]).send(forwarded()).await;
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        assert_eq!(monde.number("SELECT count(*) FROM signalement").await, 0);
        monde.clock.advance(3_600_000);
        navigateur.from([10, 1, 2, 3]).send(forwarded()).await;
        noticed(&monde, 1).await;
        // The check tells it for a day.
        monde.clock.advance(86_400_001);
        assert_eq!(monde.backend.unknown_proxies(none).await.unwrap(), (vec![], false));
    }
}

/// Waits for the rows, because they are written beside the request.
async fn noticed(monde: &Monde, rows: i64) {
    for _ in 0..200 {
        if monde.number("SELECT count(*) FROM signalement").await == rows {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("{rows} rows were expected");
}
