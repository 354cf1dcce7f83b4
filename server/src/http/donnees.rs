//! A person's data as a file for them.

use std::sync::Arc;

use app::base::appelants::Appelants;
use app::base::exchange::ConnexionToken;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, Response};

use super::cookies;
use super::cookies::CookieNames;
use super::export::{failed, to};
use crate::areas::compte::copie_personnelle::Format;
use crate::backend::Backend;

pub async fn json(state: State<(Arc<Backend>, CookieNames)>, headers: HeaderMap) -> Response<Body> {
    copy(state, &headers, Format::Json).await
}

pub async fn csv(state: State<(Arc<Backend>, CookieNames)>, headers: HeaderMap) -> Response<Body> {
    copy(state, &headers, Format::Csv).await
}

async fn copy(
    State((backend, names)): State<(Arc<Backend>, CookieNames)>,
    headers: &HeaderMap,
    format: Format,
) -> Response<Body> {
    let connexion = cookies::read(headers, names.connexion).map(ConnexionToken::new);
    let who = match connexion {
        Some(connexion) => backend.formateur(&connexion).await,
        None => Ok(None),
    };
    let who = match who {
        Ok(Some(who)) => who,
        Ok(None) => return to("/?connexion=1"),
        Err(error) => return failed(&error, &backend),
    };
    let text = match backend.copy_of(&who, format).await {
        Ok(text) => text,
        Err(error) => return failed(&error.into(), &backend),
    };
    let (kind, name) = match format {
        Format::Json => ("application/json; charset=utf-8", "attachment; filename=\"mes-donnees.json\""),
        Format::Csv => ("text/csv; charset=utf-8", "attachment; filename=\"mes-donnees.csv\""),
    };
    let mut response = Response::new(Body::from(text));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response.headers_mut().insert(CONTENT_DISPOSITION, HeaderValue::from_static(name));
    response
}
