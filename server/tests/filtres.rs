//! Mail filters open the links of the mails they look at, and some fill in the forms they find. The link must still
//! serve its person.

use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Request, StatusCode};
use server::clock::{DAY, MINUTE};

use super::support::Navigateur;
use crate::support::donnees::MOT_DE_PASSE;

const BUTTON: &str = "Enregistrer mon mot de passe";

/// Every text a reader finds in a page: between the tags, and in the values of its fields.
fn texts(html: &str) -> Vec<String> {
    let body = html.replace("<!>", "").replace("&amp;", "&").replace('\u{a0}', " ");
    let body = body.split("</head>").nth(1).unwrap();
    let body: String = body.split("<script").map(|part| part.split("</script>").last().unwrap_or_default()).collect();
    let between = body.split('>').filter_map(|rest| rest.split('<').next());
    let values = body.split("value=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let all: Vec<_> = between.chain(values).map(str::trim).filter(|text| !text.is_empty()).collect();
    // Whole, and sentence by sentence.
    let sentences = all.iter().flat_map(|text| text.split_inclusive(['.', ':', ','])).map(str::trim);
    all.iter().copied().chain(sentences).map(str::to_owned).collect()
}

on_both_engines! {
    async fn a_link_outlives_the_filters_and_then_serves(monde: Monde) {
        let token = monde.submitted("philomene@exemple.fr").await;
        let path = format!("/activation/{token}");
        let mut filter = Navigateur::new(&monde);
        assert_eq!(filter.send(Request::head(&path)).await.status, StatusCode::OK);
        for _ in 0..20 {
            assert_eq!(filter.get(&path).await.status, StatusCode::OK);
        }
        for (name, value) in [("purpose", "prefetch"), ("sec-purpose", "prefetch;prerender"), ("x-moz", "prefetch")] {
            assert_eq!(filter.send(Request::get(&path).header(name, value)).await.status, StatusCode::OK);
        }
        let page = filter.get(&path).await;
        let action = page.action(BUTTON);
        // The filter sends the form as it stands, from another place, and by GET.
        assert_eq!(filter.post(&action, &[("token", &page.hidden("token"))]).await.location(), format!("{path}?erreur=court"));
        for site in ["none", "cross-site"] {
            let request = Request::post(&action)
                .header("sec-fetch-site", site)
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
            let body = Body::from(format!("token={token}&mot_de_passe=neuf+lanternes+violettes"));
            assert_eq!(filter.send_with(request, body).await.status, StatusCode::FORBIDDEN);
        }
        filter.get(&format!("{action}?token={token}&mot_de_passe=neuf+lanternes+violettes")).await;

        let reference = monde.text("SELECT reference FROM compte").await;
        let mut junk: Vec<String> = [
            "password", "Test1234!", "aaaaaaaaaaaa", "test@example.com", "123456789012", "Password123!", "philomene@exemple.fr",
            "Lorem ipsum dolor sit amet", "Philomène", "Philomène Philomène", "test test test test",
        ]
        .map(str::to_owned)
        .to_vec();
        junk.extend([reference.clone(), reference.to_lowercase(), token.clone(), path.clone()]);
        junk.extend(texts(&page.html));
        assert!(junk.len() > 40 && junk.iter().any(|text| text.starts_with("Cnfpt-employeur")), "{junk:?}");
        for text in &junk {
            monde.clock.advance(MINUTE);
            let answer = filter.post(&action, &[("token", &token), ("mot_de_passe", text)]).await;
            assert!(answer.location().starts_with(&format!("{path}?erreur=")), "« {text} » led to {}", answer.location());
        }
        assert_eq!(monde.text("SELECT statut FROM compte").await, "EnAttenteActivation");

        let mut person = Navigateur::new(&monde);
        let action = person.get(&path).await.action(BUTTON);
        let answer = person.post(&action, &[("token", &token), ("mot_de_passe", MOT_DE_PASSE)]).await;
        assert_eq!(answer.location(), "/mon-compte");
    }

    async fn an_expired_link_gives_a_new_one_in_one_click(monde: Monde) {
        let token = monde.submitted("anne@exemple.fr").await;
        let path = format!("/activation/{token}");
        monde.clock.advance(3 * DAY);
        let mut person = Navigateur::new(&monde);
        let page = person.get(&path).await;
        assert!(page.html.contains("Ce lien a expiré"));
        let answer = person.post(&page.action("Recevoir un nouveau lien"), &[("token", &page.hidden("token"))]).await;
        assert_eq!(answer.location(), format!("{path}?renvoye=1"));
        assert!(person.get(answer.location()).await.html.contains("Un nouveau lien est en route"));
        monde.send_mails().await;
        let fresh = monde.boite.token("anne@exemple.fr", "activation");
        assert_ne!(fresh, token);
        assert!(person.get(&format!("/activation/{fresh}")).await.html.contains(BUTTON));
    }

    async fn the_sent_page_says_what_became_of_the_mail_whatever_the_address(monde: Monde) {
        monde.activated("connue@exemple.fr").await;
        monde.send_mails().await;
        let mut seen = Vec::new();
        for courriel in ["connue@exemple.fr", "nouvelle@exemple.fr"] {
            let mut person = Navigateur::new(&monde);
            person.hold(&monde.submit(courriel).await);
            let mut said = Vec::new();
            let mut look = async || {
                let html = person.get("/inscription/envoyee").await.html.replace("<!>", "");
                let part = html.split("data-part=\"courriel\"").nth(1).unwrap().split("</p>").next().unwrap();
                said.push(part.to_owned());
            };
            look().await;
            monde.boite.fail_next([server::mail::SendError::Temporary("451".to_owned())]);
            monde.send_mails().await;
            look().await;
            monde.clock.advance(MINUTE);
            monde.send_mails().await;
            look().await;
            // The reminder goes to one of the two addresses only, and this page must not show it.
            monde.clock.advance(DAY);
            server::jobs::rappels::once(&monde.backend).await.unwrap();
            monde.send_mails().await;
            look().await;
            assert!(said[0].contains("en cours d’envoi") && said[0].contains("courriel-attendu"), "{said:?}");
            assert!(said[1].contains("nous réessayons") && said[1].contains("courriel-attendu"), "{said:?}");
            assert!(said[2].contains("remis à votre messagerie le 1") && !said[2].contains("courriel-attendu"), "{said:?}");
            assert_eq!(said[2], said[3]);
            seen.push(said[..2].to_vec());
        }
        assert_eq!(seen[0], seen[1]);
    }

    async fn a_refused_mail_opens_the_way_to_correct_the_address(monde: Monde) {
        let mut person = Navigateur::new(&monde);
        person.hold(&monde.submit("faux@exemple.fr").await);
        monde.boite.fail_next([server::mail::SendError::Recipient("550".to_owned())]);
        monde.send_mails().await;
        let page = person.get("/inscription/envoyee").await;
        assert!(page.html.contains("refusé par votre messagerie\u{a0}: corrigez votre adresse") && page.html.contains("<details open"));
        let answer = person.post(&page.action("Corriger mon adresse"), &[("courriel", "juste@exemple.fr")]).await;
        let page = person.get(answer.location()).await;
        assert!(page.html.contains("en cours d’envoi"), "the former address's mail is no longer told of");
        assert!(!page.html.contains("<details open"));
    }
}
