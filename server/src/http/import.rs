//! Receives the forms with a file: a CSV for the directory, or of sessions of training. The sender is authenticated before
//! the body is read. So nobody else can send more than the size of a usual form.

use std::sync::Arc;
use std::time::Duration;

use app::areas::gestion::annuaire::Repertoire;
use app::areas::gestion::formations::ImportsFormations;
use app::base::adresses::{FICHIER, FICHIER_FORMATIONS, IMPORT, IMPORT_FORMATIONS, STAFF_LOGIN};
use app::base::appelants::{Appelants, Gestionnaire};
use app::base::erreur::refused;
use app::base::exchange::ConnexionToken;
use app::base::port::Reply;
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

/// What a file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Envoi {
    Repertoire,
    Formations,
}

impl Envoi {
    pub const ALL: [Self; 2] = [Self::Repertoire, Self::Formations];

    /// The address that receives the file.
    pub fn address(self) -> &'static str {
        match self {
            Self::Repertoire => FICHIER,
            Self::Formations => FICHIER_FORMATIONS,
        }
    }

    /// The page of the form.
    pub fn page(self) -> &'static str {
        match self {
            Self::Repertoire => IMPORT,
            Self::Formations => IMPORT_FORMATIONS,
        }
    }

    async fn stage(self, backend: &Backend, by: &Gestionnaire, file: &[u8]) -> Reply<Option<String>> {
        match self {
            Self::Repertoire => backend.stage(by, file).await,
            Self::Formations => backend.stage_formations(by, file).await,
        }
    }
}

/// Stores the file and redirects to the report of what it would change.
pub async fn receive(
    State((backend, names, envoi)): State<(Arc<Backend>, CookieNames, Envoi)>,
    request: Request,
) -> Response {
    let page = envoi.page();
    let connexion =
        cookies::read(request.headers(), names.connexion).map(|secret| ConnexionToken { secret, passive: false });
    let by = match connexion {
        Some(connexion) => backend.gestionnaire(&connexion).await,
        None => Ok(None),
    };
    let by = match by {
        Ok(Some(by)) => by,
        Ok(None) => return to(&format!("{STAFF_LOGIN}?connexion=1")),
        Err(fault) => return to(&refused(page, &fault, |fault| incident(fault, &*backend.random))),
    };
    // The page answers 404.
    if envoi == Envoi::Formations && !backend.exploitant().preinscription_active {
        return to(page);
    }
    let (parts, body) = request.into_parts();
    let content_type = parts.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let file = match tokio::time::timeout(TIME, Limited::new(body, FILE).collect()).await {
        Ok(Ok(collected)) => file_of(content_type, collected.to_bytes()).await,
        Ok(Err(error)) if error.is::<LengthLimitError>() => return to(&Refus::Lourd.at(page)),
        _ => None,
    };
    let Some(file) = file.filter(|file| !file.is_empty()) else { return to(&Refus::Vide.at(page)) };
    match envoi.stage(&backend, &by, &file).await {
        Ok(Some(id)) => to(&format!("{page}?id={id}")),
        Ok(None) => to(&Refus::Classeur.at(page)),
        Err(fault) => to(&refused(page, &fault, |fault| incident(fault, &*backend.random))),
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
