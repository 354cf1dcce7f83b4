//! Addresses that redirect: the one that password managers know, and the addresses of forms requested by GET.

use std::sync::Arc;

use app::base::adresses::{MOT_DE_PASSE, SERVICE_MOT_DE_PASSE, STAFF_MOT_DE_PASSE};
use app::base::appelants::Appelants;
use app::base::exchange::ConnexionToken;
use app::register::page_of;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode};
use axum::middleware::Next;

use super::cookies;
use super::cookies::CookieNames;
use super::import::Envoi;
use crate::backend::Backend;

/// Redirects the signed-in person to the right page for changing a password.
pub async fn change_password(
    State((backend, names)): State<(Arc<Backend>, CookieNames)>,
    headers: HeaderMap,
) -> Response<Body> {
    let Some(connexion) = cookies::read(&headers, names.connexion).map(ConnexionToken::new) else {
        return to(MOT_DE_PASSE);
    };
    if let Ok(Some(_)) = backend.gestionnaire(&connexion).await {
        return to(STAFF_MOT_DE_PASSE);
    }
    match backend.service_formation(&connexion).await {
        Ok(Some(_)) => to(SERVICE_MOT_DE_PASSE),
        _ => to(MOT_DE_PASSE),
    }
}

/// Redirects a GET for the address of a form to the page of the form: this address only accepts POST.
pub async fn of_forms(request: Request, next: Next) -> Response<Body> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return next.run(request).await;
    }
    let path = request.uri().path();
    let page = match Envoi::ALL.into_iter().find(|envoi| envoi.address() == path) {
        Some(envoi) => Some(envoi.page().to_owned()),
        None => page_of(path),
    };
    match page {
        Some(page) => to(&page),
        None => next.run(request).await,
    }
}

fn to(page: &str) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    // Our own paths contain no character that a header refuses.
    let Ok(page) = HeaderValue::from_str(page) else { return response };
    *response.status_mut() = StatusCode::SEE_OTHER;
    response.headers_mut().insert(LOCATION, page);
    response
}
