use app::base::refus::{ERREUR, Refus};
use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, Response, StatusCode};
use axum::middleware::Next;

/// The header of a request that a page sends by itself to refresh, see `ask` in `app`.
pub const POLL: &str = "x-rafraichir";

/// The refusal of a layer, as a page in French: a person may see it.
pub fn refuse(status: StatusCode) -> Response<Body> {
    let (title, text) = match status {
        StatusCode::FORBIDDEN => (
            "Cette demande a été refusée",
            "Elle ne vient pas d’une page de ce service. Revenez à l’accueil et recommencez.",
        ),
        StatusCode::REQUEST_TIMEOUT => ("Trop lent", "L’envoi a pris trop de temps. Revenez en arrière et réessayez."),
        StatusCode::PAYLOAD_TOO_LARGE => (
            "Envoi trop volumineux",
            "Un des textes est trop long. Revenez en arrière : ce que vous avez saisi y est encore.",
        ),
        StatusCode::TOO_MANY_REQUESTS => {
            ("Trop de demandes", "Vous avez atteint la limite de l’heure. Réessayez plus tard.")
        }
        StatusCode::NOT_FOUND => ("Page introuvable", "Cette adresse ne mène à rien ici."),
        StatusCode::MISDIRECTED_REQUEST => ("Adresse inconnue", "Ce service ne répond pas à ce nom."),
        StatusCode::INTERNAL_SERVER_ERROR => {
            ("Une erreur est survenue", "Elle vient de nous. Revenez en arrière et réessayez dans quelques minutes.")
        }
        _ => ("Service momentanément indisponible", "Réessayez dans quelques minutes."),
    };
    let page = format!(
        "<!DOCTYPE html><html lang=\"fr\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title} – Préinscription IEL</title></head>\
         <body><main><h1>{title}</h1><p>{text}</p><p><a href=\"/\">Revenir à l’accueil</a></p></main></body></html>"
    );
    let mut response = Response::new(Body::from(page));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("30"));
    }
    response
}

/// Sets the status of a page that explains a refusal. The form was redirected to this page, so the status shows the
/// refusal to programs too. Requests that a page sends by itself keep their status.
pub async fn told(request: Request, next: Next) -> Response<Body> {
    let refused = match request.headers().contains_key(POLL) {
        true => None,
        false => request.uri().query().and_then(said),
    };
    let mut response = next.run(request).await;
    if let Some((status, seconds)) = refused
        && response.status() == StatusCode::OK
    {
        *response.status_mut() = status;
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        response.extensions_mut().insert(Told);
    }
    response
}

/// The status of this page comes from its query string, which anyone can type. So it is not counted as an error.
#[derive(Clone, Copy)]
pub struct Told;

/// Reads the status from the query string, and the seconds to wait (a day at most).
fn said(query: &str) -> Option<(StatusCode, u32)> {
    let value = |name: &str| query.split('&').filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name);
    match Refus::from_code(value(ERREUR)?.1)? {
        Refus::Trop => {
            let seconds = value("secondes").and_then(|(_, seconds)| seconds.parse().ok()).unwrap_or(60);
            Some((StatusCode::TOO_MANY_REQUESTS, seconds.clamp(1, 86_400)))
        }
        Refus::Indisponible => Some((StatusCode::SERVICE_UNAVAILABLE, 30)),
        Refus::Affluence => Some((StatusCode::SERVICE_UNAVAILABLE, 5)),
        _ => None,
    }
}
