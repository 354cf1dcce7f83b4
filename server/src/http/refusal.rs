use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, Response, StatusCode};

/// A refusal from a layer, as a page in French: whoever meets one is a person too.
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
