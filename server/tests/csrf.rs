//! Who may write. Every header by which a browser or a program can tell its origin is tried on all that writes.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use app::base::adresses::{FICHIER, FICHIER_FORMATIONS};
use app::base::appelants::Role;
use app::base::droits::Droit;
use app::register::acces;
use axum::body::{Body, Bytes};
use axum::http::header::{CONTENT_TYPE, ORIGIN};
use axum::http::{HeaderName, Method, Request, StatusCode};

use super::droits::{corps, empreinte};
use super::support::{Monde, Navigateur};

const HERE: &str = "https://inscription.example";

const SITES: [&[&str]; 7] = [
    &[],
    &["same-origin"],
    &["same-site"],
    &["cross-site"],
    &["none"],
    &["Same-Origin"],
    &["same-origin", "same-origin"],
];

const ORIGINS: [&[&str]; 8] = [
    &[],
    &[HERE],
    &["https://evil.example"],
    &["null"],
    &["https://inscription.example:8443"],
    &["http://inscription.example"],
    &["https://inscription.example.evil.example"],
    &[HERE, HERE],
];

const TYPES: [Option<&str>; 5] = [
    None,
    Some("application/x-www-form-urlencoded"),
    Some("multipart/form-data; boundary=limite"),
    Some("text/plain"),
    Some("application/json"),
];

/// Every kind of request that would write: POST with each content type, and the other methods with one. No route has
/// those methods.
fn kinds() -> impl Iterator<Item = (Option<&'static str>, Method)> {
    let others = [Method::PUT, Method::PATCH, Method::DELETE].map(|method| (TYPES[1], method));
    TYPES.into_iter().map(|kind| (kind, Method::POST)).chain(others)
}

/// The rule, as the design says it: `Sec-Fetch-Site: same-origin`, or, where there is none, an exact `Origin`.
fn passes(site: &[&str], origin: &[&str]) -> bool {
    site == ["same-origin"] || (site.is_empty() && origin == [HERE])
}

/// A body that tells whether anyone has begun to read it. A request whose body was not read was not handled.
fn watched(text: String) -> (Body, Arc<AtomicBool>) {
    let read = Arc::new(AtomicBool::new(false));
    let told = read.clone();
    let stream = futures::stream::once(async move {
        told.store(true, Ordering::SeqCst);
        Ok::<_, std::convert::Infallible>(Bytes::from(text))
    });
    (Body::from_stream(stream), read)
}

/// Everything that writes, each with a form and with a caller who may send it.
pub async fn targets(monde: &Monde) -> Vec<(&'static str, String, Navigateur)> {
    let anne = monde.activated("anne@exemple.fr").await;
    monde.activated("brahim@exemple.fr").await;
    let admin = monde.staff_connexion("elsa@cnfpt.fr", Role::Administrateur).await;
    monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
    let waiting = monde.half_signed_in("camille@cnfpt.fr").await;
    let (_, rh) = monde.service_formation("rh@toulouse.example", "COMMUNE:31555").await;
    let draft = monde.draft("chloe@exemple.fr").await;
    let as_one = |droit: Droit| {
        let mut navigateur = Navigateur::new(monde);
        navigateur.hold(&draft);
        match droit {
            Droit::Public => {}
            Droit::Connecte | Droit::Formateur => navigateur.sign_in(&anne),
            Droit::ServiceFormation => navigateur.sign_in(&rh),
            Droit::SecondFacteur => navigateur.sign_in(&waiting),
            Droit::Gestionnaire | Droit::Administrateur => navigateur.sign_in(&admin),
        }
        navigateur
    };
    let form = |nom: &str| {
        let fields = corps(nom, 1).unwrap_or_default();
        fields.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
    };
    let mut found: Vec<_> =
        acces().map(|declared| (declared.chemin, form(declared.nom), as_one(declared.droit))).collect();
    let file = "--limite\r\nContent-Disposition: form-data; name=\"fichier\"; filename=\"a.csv\"\r\n\r\ntype;nom\r\n--limite--\r\n";
    for path in [FICHIER, FICHIER_FORMATIONS] {
        found.push((path, file.to_owned(), as_one(Droit::Gestionnaire)));
    }
    found
}

async fn send(
    navigateur: &mut Navigateur,
    (method, path): (&Method, &str),
    headers: &[(HeaderName, &[&str])],
    body: Body,
) -> StatusCode {
    let mut request = Request::builder().method(method).uri(path);
    for (name, values) in headers {
        for value in *values {
            request = request.header(name, *value);
        }
    }
    navigateur.send_with(request, body).await.status
}

/// The rule stands before any route and any database: one engine tells as much as two.
#[tokio::test(flavor = "multi_thread")]
async fn only_what_comes_from_our_own_pages_writes() {
    let monde = Monde::on_sqlite().await;
    let site_name = HeaderName::from_static("sec-fetch-site");
    let (mut refused, mut passed) = (0, 0);
    let targets = targets(&monde).await;
    let many = targets.len();
    for (path, form, mut navigateur) in targets {
        let before = empreinte(&monde).await;
        for (site, origin) in SITES.iter().flat_map(|site| ORIGINS.iter().map(move |origin| (*site, *origin))) {
            for (content_type, method) in kinds() {
                let kind = content_type.as_slice();
                let headers = [(site_name.clone(), site), (ORIGIN, origin), (CONTENT_TYPE, kind)];
                let what = format!("{method} {path} from {site:?} {origin:?} as {content_type:?}");
                if passes(site, origin) {
                    // The request comes from nobody and has no form: the test only asks whether it passes.
                    let status =
                        send(&mut Navigateur::like(&navigateur), (&method, path), &headers, Body::empty()).await;
                    let expected = method != Method::POST;
                    assert_ne!(status, StatusCode::FORBIDDEN, "{what}");
                    assert_eq!(status == StatusCode::METHOD_NOT_ALLOWED, expected, "{what}: {status}");
                    passed += 1;
                } else {
                    let (body, read) = watched(form.clone());
                    let status = send(&mut navigateur, (&method, path), &headers, body).await;
                    assert_eq!(status, StatusCode::FORBIDDEN, "{what}");
                    assert!(!read.load(Ordering::SeqCst), "{what}: its body was read");
                    refused += 1;
                }
            }
        }
        // A request that passed came from nobody: it made a draft or a failed login at most.
        assert_eq!(empreinte(&monde).await, before, "{path}");
    }
    assert_eq!((refused, passed), (many * 47 * 8, many * 9 * 8));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_only_reads_asks_nobody_where_it_comes_from() {
    let monde = Monde::on_sqlite().await;
    let mut navigateur = Navigateur::new(&monde);
    for method in [Method::GET, Method::HEAD] {
        for site in SITES {
            let headers = [(HeaderName::from_static("sec-fetch-site"), site)];
            let status = send(&mut navigateur, (&method, "/aide"), &headers, Body::empty()).await;
            assert_eq!(status, StatusCode::OK, "{method} {site:?}");
        }
    }
    for declared in acces() {
        let status = send(&mut navigateur, (&Method::GET, declared.chemin), &[], Body::empty()).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "a link calls no function, it leads to its page: {}", declared.nom);
    }
}
