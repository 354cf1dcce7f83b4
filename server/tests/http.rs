//! The whole router: the pages of a browser without JavaScript, and the refusals of the layers.

use app::base::appelants::Role;
use app::base::exchange::ConnexionToken;
use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, SET_COOKIE};
use axum::http::{Request, StatusCode};
use server::clock::MINUTE;

use super::support::Navigateur;
use crate::support::donnees::{MOT_DE_PASSE, MOT_DE_PASSE_GESTION};

/// Answers the orientation and the collectivité.
async fn at_the_first_tab(navigateur: &mut Navigateur) {
    let page = navigateur.get("/inscription").await;
    let page = navigateur.post(&page.action("Continuer"), &[("cas", "personnel")]).await;
    assert_eq!((page.status, page.location()), (StatusCode::FOUND, "/inscription/collectivite"));
    let page = navigateur.get("/inscription/collectivite").await;
    let employeur = ("collectivite", "Cnfpt-employeur Generique Intervenants (31)");
    let page = navigateur.post(&page.action("Valider"), &[employeur]).await;
    assert_eq!((page.status, page.location()), (StatusCode::FOUND, "/inscription/identite"));
}

/// The policy of every answer, without its nonce.
const POLICY: &str = "default-src 'none'; script-src 'self' 'nonce-…' 'wasm-unsafe-eval'; style-src 'self' 'nonce-…'; \
    img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; \
    object-src 'none'; frame-ancestors 'none'";

on_both_engines! {
    async fn a_wrong_tab_comes_back_with_its_messages_and_its_text(monde: Monde) {
        let mut navigateur = Navigateur::new(&monde);
        at_the_first_tab(&mut navigateur).await;
        let page = navigateur.get("/inscription/identite").await;
        assert_eq!(page.status, StatusCode::OK);
        let fields = [("etape", "identite"), ("champs[nom]", "<R2D2 & \"Cie\">"), ("vers", "suivant")];
        let page = navigateur.post(&page.action("Suivant"), &fields).await;
        assert_eq!((page.status, page.location()), (StatusCode::FOUND, "/inscription/identite?verifier=1"));
        let page = navigateur.get("/inscription/identite?verifier=1").await;
        assert!(page.html.contains("<title>Erreur : Identité"));
        assert!(page.html.contains("Renseignez votre prénom."));
        assert!(page.html.contains("value=\"&lt;R2D2 &amp; &quot;Cie&quot;&gt;\""));
        // An empty POST is a tab with nothing in it.
        let page = navigateur.post(&page.action("Suivant"), &[("etape", "coordonnees")]).await;
        assert_eq!((page.status, page.location()), (StatusCode::FOUND, "/inscription/coordonnees?verifier=1"));
    }

    async fn an_unreadable_draft_answers_503_and_its_form_leads_back(monde: Monde) {
        let mut navigateur = Navigateur::new(&monde);
        at_the_first_tab(&mut navigateur).await;
        let action = navigateur.get("/inscription/identite").await.action("Suivant");
        monde.execute("ALTER TABLE brouillon RENAME TO brouillon_ailleurs").await;
        let page = navigateur.post(&action, &[("etape", "identite"), ("champs[nom]", "Zorn"), ("vers", "suivant")]).await;
        assert_eq!(page.status, StatusCode::FOUND);
        assert!(page.location().starts_with("/inscription/identite?erreur=indisponible&incident="), "{}", page.location());
        let page = navigateur.get(page.location()).await;
        assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(page.text().contains("momentanément indisponible"), "{}", page.html);
        monde.execute("ALTER TABLE brouillon_ailleurs RENAME TO brouillon").await;
        assert_eq!(navigateur.get("/inscription/identite").await.status, StatusCode::OK);
    }

    async fn a_tab_without_a_draft_leads_to_the_start(monde: Monde) {
        let page = Navigateur::new(&monde).get("/inscription/adresses").await;
        assert_eq!((page.status, page.location()), (StatusCode::FOUND, "/inscription"));
    }

    async fn looking_at_a_link_changes_nothing(monde: Monde) {
        let token = monde.submitted("anne@exemple.fr").await;
        let mut navigateur = Navigateur::new(&monde);
        let path = format!("/activation/{token}");
        for _ in 0..20 {
            assert!(navigateur.get(&path).await.html.contains("Enregistrer mon mot de passe"));
            assert_eq!(navigateur.send(Request::head(&path)).await.status, StatusCode::OK);
        }
        let page = navigateur.get(&path).await;
        assert_eq!(page.headers[CACHE_CONTROL], "no-store");
        let action = page.action("Enregistrer mon mot de passe");
        let page = navigateur.post(&action, &[("token", &token), ("mot_de_passe", "court")]).await;
        assert_eq!(page.location(), format!("{path}?erreur=court"));
        let page = navigateur.post(&action, &[("token", &token), ("mot_de_passe", MOT_DE_PASSE)]).await;
        assert_eq!((page.status, page.location()), (StatusCode::FOUND, "/mon-compte"));
        assert!(navigateur.get("/mon-compte").await.html.contains("Votre demande attend sa validation"));
        assert!(navigateur.get(&path).await.html.contains("Ce lien a déjà servi"));
    }

    /// leptos may write the title of a page once the signals of that page are gone.
    async fn a_title_is_written_whole_however_many_ask(monde: Monde) {
        let mut visitors = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let mut navigateur = Navigateur::new(&monde);
            visitors.spawn(async move {
                for _ in 0..100 {
                    let page = navigateur.get("/aide").await;
                    assert!(page.html.contains("<title>Aide – Préinscription IEL</title>"), "{}", page.html);
                    let page = navigateur.get("/mot-de-passe-perdu?erreur=adresse").await;
                    assert!(page.html.contains("<title>Erreur : Mot de passe perdu – Pr"), "{}", page.html);
                }
            });
        }
        visitors.join_all().await;
    }

    async fn cookies_are_out_of_reach_of_scripts_and_of_other_sites(monde: Monde) {
        monde.gestionnaire("aline@exemple.fr", "Aline").await;
        let mut navigateur = Navigateur::new(&monde);
        let page = navigateur.get("/gestion/connexion").await;
        let fields = [("courriel", "aline@exemple.fr"), ("mot_de_passe", MOT_DE_PASSE_GESTION)];
        let page = navigateur.post(&page.action("Se connecter"), &fields).await;
        assert_eq!((page.status, page.location()), (StatusCode::FOUND, "/gestion/second-facteur"));
        let cookie = page.headers[SET_COOKIE].to_str().unwrap();
        assert!(cookie.starts_with("__Host-iel_session="), "{cookie}");
        for attribute in ["Path=/", "HttpOnly", "SameSite=Lax", "Secure"] {
            assert!(cookie.contains(attribute), "{cookie}");
        }
        monde.clock.advance(30_000);
        let page = navigateur.get("/gestion/second-facteur").await;
        let done = navigateur.post(&page.action("Continuer"), &[("code", &monde.code_of(1).await)]).await;
        assert!(done.headers[SET_COOKIE].to_str().unwrap().ends_with("; HttpOnly; SameSite=Lax; Secure"));
        assert!(navigateur.get("/gestion/demandes").await.html.contains("aria-label=\"Demandes\""));
        assert!(navigateur.cookie("__Host-iel_session").is_some());
    }

    async fn the_staff_pages_ask_who_you_are(monde: Monde) {
        monde.activated("anne@exemple.fr").await;
        let mut formateur = Navigateur::new(&monde);
        let page = formateur.get("/").await;
        let fields = [("espace", "agent"), ("courriel", "anne@exemple.fr"), ("mot_de_passe", MOT_DE_PASSE)];
        assert_eq!(formateur.post(&page.action("Se connecter"), &fields).await.location(), "/mon-compte");
        for path in ["/gestion/demandes", "/gestion/demandes/1", "/gestion/demandes/1/valider", "/gestion/demandes/1/refuser"] {
            for navigateur in [&mut Navigateur::new(&monde), &mut formateur] {
                let page = navigateur.get(path).await;
                assert_eq!((page.status, page.location()), (StatusCode::FOUND, "/gestion/connexion?connexion=1"), "{path}");
                assert!(!page.html.contains("anne@exemple.fr"), "{path}");
            }
        }
    }

    async fn every_answer_has_its_headers_and_a_nonce_of_its_own(monde: Monde) {
        let mut navigateur = Navigateur::new(&monde);
        let mut nonces = Vec::new();
        for path in ["/", "/aide", "/nulle-part"] {
            let page = navigateur.get(path).await;
            let policy = page.headers[CONTENT_SECURITY_POLICY].to_str().unwrap();
            let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap().to_owned();
            assert_eq!(policy.replace(&nonce, "…"), POLICY, "{path}");
            let scripts = page.html.matches("<script").count();
            assert_eq!(page.html.matches(&format!("nonce=\"{nonce}\"")).count(), scripts, "{path}");
            assert!(scripts > 0 && !page.html.contains("style=\""), "{path}");
            for (name, value) in [
                ("x-content-type-options", "nosniff"),
                ("referrer-policy", "same-origin"),
                ("cross-origin-opener-policy", "same-origin"),
                ("cross-origin-resource-policy", "same-origin"),
                ("cache-control", "no-store"),
                ("permissions-policy", "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"),
                ("strict-transport-security", "max-age=63072000; includeSubDomains"),
            ] {
                assert_eq!(page.headers[name], value, "{path}");
            }
            nonces.push(nonce);
        }
        nonces.sort();
        nonces.dedup();
        assert_eq!(nonces.len(), 3);
        assert_eq!(navigateur.get("/nulle-part").await.status, StatusCode::NOT_FOUND);
    }

    async fn a_page_is_kept_by_no_cache_whatever_its_address_ends_with(monde: Monde) {
        let mut navigateur = Navigateur::new(&monde);
        for path in ["/activation/jeton.svg", "/mot-de-passe/jeton.svg", "/suivi/jeton.svg"] {
            let page = navigateur.get(path).await;
            assert_eq!((page.status, &page.headers["cache-control"]), (StatusCode::OK, &"no-store".parse().unwrap()), "{path}");
        }
    }

    async fn a_refused_form_leads_to_a_page_of_its_status(monde: Monde) {
        let mut navigateur = Navigateur::new(&monde);
        let action = navigateur.get("/").await.action("Se connecter");
        let mut last = None;
        for at in 0..11 {
            let courriel = format!("a{at}@exemple.fr");
            let fields = [("espace", "agent"), ("courriel", courriel.as_str()), ("mot_de_passe", "faux faux faux faux")];
            last = Some(navigateur.post(&action, &fields).await);
        }
        let refused = last.unwrap();
        assert!(refused.location().contains("erreur=trop&secondes="), "{}", refused.location());
        let page = navigateur.get(refused.location()).await;
        assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
        let seconds: u32 = page.headers["retry-after"].to_str().unwrap().parse().unwrap();
        assert!((1..=60).contains(&seconds), "{seconds}");
        assert!(page.html.contains("Se connecter"), "with its form");
        let page = navigateur.get("/?erreur=indisponible&incident=A1B2").await;
        assert_eq!((page.status, &page.headers["retry-after"]), (StatusCode::SERVICE_UNAVAILABLE, &"30".parse().unwrap()));
        assert_eq!(navigateur.get("/?erreur=refuse").await.status, StatusCode::OK);
        let poll = Request::get("/?erreur=trop&secondes=9").header("x-rafraichir", "1");
        assert_eq!(navigateur.send(poll).await.status, StatusCode::OK, "a page that asks what is new");
    }

    async fn a_link_elsewhere_spends_none_of_anybodys_files(monde: Monde) {
        let camille = monde.staff_connexion("camille@cnfpt.fr", Role::Gestionnaire).await;
        let anne = monde.activated("anne@exemple.fr").await;
        for (connexion, path) in [
            (&camille, "/gestion/demandes.csv"),
            (&anne, "/mon-compte/donnees.json"),
            (&anne, "/mon-compte/donnees.csv"),
        ] {
            let mut navigateur = Navigateur::new(&monde);
            navigateur.sign_in(connexion);
            for site in ["cross-site", "same-site"] {
                let page = navigateur.send(Request::get(path).header("sec-fetch-site", site)).await;
                assert_eq!(page.status, StatusCode::FORBIDDEN, "{path} {site}");
            }
            for site in ["same-origin", "none"] {
                let page = navigateur.send(Request::get(path).header("sec-fetch-site", site)).await;
                assert_eq!(page.status, StatusCode::OK, "{path} {site}");
            }
        }
    }

    async fn what_does_not_come_from_our_own_pages_is_refused(monde: Monde) {
        let mut navigateur = Navigateur::new(&monde);
        let action = navigateur.get("/inscription").await.action("Continuer");
        for site in ["cross-site", "same-site", "none"] {
            let request = Request::post(&action)
                .header("sec-fetch-site", site)
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
            let page = navigateur.send_with(request, Body::from("cas=personnel")).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{site}");
            assert!(page.html.contains("Cette demande a été refusée"));
        }
        let page = navigateur.send_with(Request::post(&action), Body::from("cas=personnel")).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN);
        assert_eq!(monde.number("SELECT count(*) FROM brouillon").await, 0);
    }

    async fn an_unknown_host_is_sent_away_and_health_is_not(monde: Monde) {
        let mut navigateur = Navigateur::new(&monde);
        let page = navigateur.send(Request::get("/").header(HOST, "evil.example")).await;
        assert_eq!(page.status, StatusCode::MISDIRECTED_REQUEST);
        for path in ["/healthz", "/readyz"] {
            let page = navigateur.send(Request::get(path).header(HOST, "10.0.0.7")).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
        }
    }

    async fn a_body_too_large_is_refused_in_french(monde: Monde) {
        let mut navigateur = Navigateur::new(&monde);
        let action = navigateur.get("/inscription").await.action("Continuer");
        let page = navigateur.post(&action, &[("cas", &"a".repeat(9 * 1024))]).await;
        assert_eq!(page.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert!(page.html.contains("Envoi trop volumineux"));
    }

    async fn an_invented_connexion_cookie_allows_no_large_body(monde: Monde) {
        let mut navigateur = Navigateur::new(&monde);
        let long = "x".repeat(20_000);
        let send = async |navigateur: &mut Navigateur| {
            let action = app::register::acces().find(|declared| declared.nom == "AddNote").unwrap();
            navigateur.post(action.chemin, &[("id", "1"), ("texte", &long)]).await.status
        };
        let invented = ConnexionToken::new("x".repeat(43));
        navigateur.sign_in(&invented);
        assert_eq!(send(&mut navigateur).await, StatusCode::PAYLOAD_TOO_LARGE);
        let connexion = monde.staff_connexion("ada@cnfpt.fr", Role::Gestionnaire).await;
        navigateur.sign_in(&connexion);
        assert_ne!(send(&mut navigateur).await, StatusCode::PAYLOAD_TOO_LARGE, "who is signed in has room");
        monde.clock.advance(31 * MINUTE);
        assert_eq!(send(&mut navigateur).await, StatusCode::PAYLOAD_TOO_LARGE, "a connexion that has ended gives none");
    }

    async fn a_page_that_refreshes_itself_keeps_nobody_signed_in(monde: Monde) {
        let connexion = monde.staff_connexion("aline@exemple.fr", Role::Gestionnaire).await;
        let mut navigateur = Navigateur::new(&monde);
        navigateur.sign_in(&connexion);
        let minutes = |count: i64| monde.clock.advance(count * 60_000);
        // A person who looks every twenty minutes stays signed in. A page that only refreshes itself is out after
        // thirty.
        minutes(20);
        assert_eq!(navigateur.get("/gestion/demandes").await.status, StatusCode::OK);
        minutes(20);
        let poll = || Request::get("/gestion/demandes").header("x-rafraichir", "1");
        assert_eq!(navigateur.send(poll()).await.status, StatusCode::OK);
        minutes(20);
        let page = navigateur.send(poll()).await;
        assert_eq!((page.status, page.location()), (StatusCode::FOUND, "/gestion/connexion?connexion=1"));
    }
}
