use std::collections::HashMap;
use std::sync::Arc;

use app::base::appelants::Appelants;
use app::base::exchange::ConnexionToken;
use app::base::port::Fault;
use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, LOCATION, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};
use domain::filtre::FiltreDemandes;

use super::cookies;
use super::cookies::CookieNames;
use super::refusal::refuse;
use crate::backend::Backend;
use crate::error::incident;

/// Sends the filtered list as a file. It is a GET, because it changes nothing except the journal.
pub async fn demandes(
    State((backend, names)): State<(Arc<Backend>, CookieNames)>,
    Query(parameters): Query<HashMap<String, String>>,
    headers: HeaderMap,
) -> Response<Body> {
    let connexion = cookies::read(&headers, names.connexion).map(ConnexionToken::new);
    let by = match connexion {
        Some(connexion) => backend.gestionnaire(&connexion).await,
        None => Ok(None),
    };
    let by = match by {
        Ok(Some(by)) => by,
        Ok(None) => return to("/gestion/connexion?connexion=1"),
        Err(error) => return failed(&error, &backend),
    };
    let filtre = FiltreDemandes::read(|name| parameters.get(name).cloned()).from_start();
    match backend.export(&by, &filtre).await {
        Ok(lines) => {
            let mut response = Response::new(Body::from_stream(lines));
            response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
            let name = HeaderValue::from_static("attachment; filename=\"demandes.csv\"");
            response.headers_mut().insert(CONTENT_DISPOSITION, name);
            response
        }
        Err(error) => failed(&error.into(), &backend),
    }
}

pub(super) fn to(path: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::FOUND;
    response.headers_mut().insert(LOCATION, HeaderValue::from_static(path));
    response
}

pub(super) fn failed(fault: &Fault, backend: &Backend) -> Response<Body> {
    if let Fault::TooMany { seconds } = fault {
        let mut response = refuse(StatusCode::TOO_MANY_REQUESTS);
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(*seconds));
        return response;
    }
    incident(fault, &*backend.random);
    refuse(StatusCode::SERVICE_UNAVAILABLE)
}
