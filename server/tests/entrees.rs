//! What can not be read is the fault of who sent it: never an error of ours, whether a form or a script sent it.

use app::api::acces;
use axum::body::Body;
use axum::http::header::{ACCEPT, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{Request, StatusCode};

use crate::support::Navigateur;

const URLENCODED: &str = "application/x-www-form-urlencoded";

fn sent_by(accept: &str, path: &str, content_type: &str) -> axum::http::request::Builder {
    Request::post(path)
        .header("sec-fetch-site", "same-origin")
        .header(ACCEPT, accept)
        .header(CONTENT_TYPE, content_type)
}

on_both_engines! {
    async fn what_can_not_be_read_is_no_error_of_ours(monde: Monde) {
        let mut navigateur = Navigateur::new(&monde);
        let mut refused = 0;
        for declared in acces() {
            for (content_type, body) in [
                (URLENCODED, ""),
                (URLENCODED, "id=x&version=x&etape=x&token[a]=x&texte[]=x&parametres=x&champs=x&entree=x&remarques=x"),
                (URLENCODED, "%ff=%ff&id=%ff&%00=%00&etape=%00"),
                ("application/json", "{\"id\":1}"),
                ("text/plain", "id=1"),
            ] {
                for accept in ["text/html", "application/json", "*/*", ""] {
                    let request = sent_by(accept, declared.chemin, content_type);
                    let page = navigateur.send_alone(request, Body::from(body)).await;
                    let what = format!("{} {content_type} {body} for {accept}: {}", declared.nom, page.status);
                    assert!(page.status.as_u16() < 500, "{what}");
                    assert!(accept != "text/html" || page.status == StatusCode::FOUND, "{what}");
                    refused += usize::from(page.status == StatusCode::BAD_REQUEST);
                }
            }
        }
        assert!(refused > 300, "{refused}");
    }

    async fn what_is_out_of_reach_is_a_503_to_a_script_too(monde: Monde) {
        let mut navigateur = Navigateur::new(&monde);
        let declared = acces().find(|declared| declared.nom == "SearchCollectivites").unwrap();
        monde.execute("ALTER TABLE collectivite RENAME TO collectivite_ailleurs").await;
        let request = sent_by("application/json", declared.chemin, URLENCODED);
        let page = navigateur.send_alone(request, Body::from("texte=toul")).await;
        assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(page.html.contains("momentanément indisponible"), "{}", page.html);
        assert_eq!(page.headers[RETRY_AFTER], "30");
        monde.execute("ALTER TABLE collectivite_ailleurs RENAME TO collectivite").await;
    }
}
