//! Receives the only form with a file: a CSV for the directory. The sender is authenticated before the body is read. So
//! nobody else can send more than the size of a usual form.

use std::sync::Arc;
use std::time::Duration;

use app::areas::gestion::annuaire::Repertoire;
use app::base::adresses::{IMPORT, STAFF_LOGIN};
use app::base::appelants::Appelants;
use app::base::erreur::refused;
use app::base::exchange::ConnexionToken;
use app::base::refus::Refus;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use http_body_util::{BodyExt, LengthLimitError, Limited};

use super::cookies;
use super::cookies::CookieNames;
use crate::backend::Backend;
use crate::error::incident;

const FILE: usize = 8 * 1024 * 1024;

const TIME: Duration = Duration::from_secs(15);

/// Stores the file and redirects to the report of what it would change.
pub async fn receive(State((backend, names)): State<(Arc<Backend>, CookieNames)>, request: Request) -> Response {
    let connexion =
        cookies::read(request.headers(), names.connexion).map(|secret| ConnexionToken { secret, passive: false });
    let by = match connexion {
        Some(connexion) => backend.gestionnaire(&connexion).await,
        None => Ok(None),
    };
    let by = match by {
        Ok(Some(by)) => by,
        Ok(None) => return to(&format!("{STAFF_LOGIN}?connexion=1")),
        Err(fault) => return to(&refused(IMPORT, &fault, |fault| incident(fault, &*backend.random))),
    };
    let (parts, body) = request.into_parts();
    let content_type = parts.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let file = match tokio::time::timeout(TIME, Limited::new(body, FILE).collect()).await {
        Ok(Ok(collected)) => file_of(content_type, collected.to_bytes()).await,
        Ok(Err(error)) if error.is::<LengthLimitError>() => return to(&Refus::Lourd.at(IMPORT)),
        _ => None,
    };
    let Some(file) = file.filter(|file| !file.is_empty()) else { return to(&Refus::Vide.at(IMPORT)) };
    match backend.stage(&by, &file).await {
        Ok(Some(id)) => to(&format!("{IMPORT}?id={id}")),
        Ok(None) => to(&Refus::Classeur.at(IMPORT)),
        Err(fault) => to(&refused(IMPORT, &fault, |fault| incident(fault, &*backend.random))),
    }
}

/// The content of the field `fichier` of a form.
async fn file_of(content_type: &str, body: Bytes) -> Option<Bytes> {
    let boundary = multer::parse_boundary(content_type).ok()?;
    let body = futures::stream::once(async move { Ok::<_, std::convert::Infallible>(body) });
    let mut form = multer::Multipart::new(body, boundary);
    while let Ok(Some(field)) = form.next_field().await {
        if field.name() == Some("fichier") {
            return field.bytes().await.ok();
        }
    }
    None
}

fn to(path: &str) -> Response {
    let Ok(location) = HeaderValue::from_str(path) else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    response.headers_mut().insert(LOCATION, location);
    response
}
