//! A request that can't be read is the fault of its sender, never an error of ours. It may come from a form or a
//! script.

use app::register::acces;
use axum::body::Body;
use axum::http::header::{ACCEPT, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{Request, StatusCode};

use super::csrf::targets;
use super::support::Navigateur;

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

    async fn a_nul_is_no_error_of_ours_wherever_it_stands(monde: Monde) {
        for (path, form, mut navigateur) in targets(&monde).await.into_iter().filter(|(path, ..)| path.starts_with("/api/")) {
            // Each field in turn, the others as they should be; then all of them.
            let fields: Vec<(&str, &str)> = form.split('&').filter_map(|field| field.split_once('=')).collect();
            for spoiled in 0..=fields.len() {
                let value = |at, value| if at == spoiled || spoiled == fields.len() { "\0" } else { value };
                let form: Vec<_> = fields.iter().enumerate().map(|(at, (name, raw))| (*name, value(at, *raw))).collect();
                let page = navigateur.post(path, &form).await;
                let what = format!("{path} {form:?}: {} {}", page.status, page.location());
                assert!(page.status.as_u16() < 500 && !page.location().contains("indisponible"), "{what}");
            }
        }
        let mut navigateur = Navigateur::new(&monde);
        for path in ["/suivi/%00", "/service-formation/inscriptions/%00/effacer", "/gestion/demandes?apres=%00", "/aide?a=%00"] {
            assert_eq!(navigateur.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
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
