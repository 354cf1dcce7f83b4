//! Why a call did not answer, and where a form leads.

use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

use super::contexte::exchange;
use super::port::{Fault, Reply};
use super::refus::Refus;

/// Why a call did not answer. Expected outcomes are never here. It holds nothing that a person typed, because a form
/// without JavaScript shows it in an address. It travels as its words, and a hydrated page shows them as they come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(into = "String", from = "String")]
pub enum ApiError {
    #[error("Votre connexion est terminée\u{a0}: connectez-vous à nouveau.")]
    ConnexionExpired,
    #[error("Cette page est réservée aux administrateurs.")]
    Forbidden,
    #[error("Trop de demandes\u{a0}: réessayez dans {seconds} secondes.")]
    TooMany { seconds: u32 },
    #[error("Le service est momentanément indisponible. Réessayez dans quelques minutes (incident {incident}).")]
    Unavailable { incident: String },
    #[error("Le service ne répond pas. Vérifiez votre connexion\u{a0}: ce que vous avez saisi reste dans la page.")]
    Network,
    /// What a server said.
    #[error("{0}")]
    Said(String),
}

impl From<ApiError> for String {
    fn from(error: ApiError) -> Self {
        error.to_string()
    }
}

impl From<String> for ApiError {
    fn from(text: String) -> Self {
        Self::Said(text)
    }
}

impl FromServerFnError for ApiError {
    type Encoder = JsonEncoding;

    /// On the server, the call could not be read. In a browser, the call got no answer.
    fn from_server_fn_error(_: ServerFnErrorErr) -> Self {
        if cfg!(not(target_family = "wasm")) {
            exchange().fail(400, None);
        }
        Self::Network
    }
}

impl From<Fault> for ApiError {
    fn from(fault: Fault) -> Self {
        let (status, again, error) = match fault {
            Fault::TooMany { seconds } => (429, seconds, Self::TooMany { seconds }),
            failed => (503, 30, Self::Unavailable { incident: exchange().incident(&failed) }),
        };
        exchange().fail(status, Some(again));
        error
    }
}

/// Ends a form handler: always a redirect, so that a form works the same with and without WebAssembly. `back` is the
/// page that says what went wrong.
pub fn go(to: Reply<String>, back: &str) -> Result<(), ApiError> {
    exchange().redirect(&to.unwrap_or_else(|fault| refused(back, &fault, |fault| exchange().incident(fault))));
    Ok(())
}

/// The address of a page that says why an action failed. `incident` logs the fault.
pub fn refused(page: &str, fault: &Fault, incident: impl Fn(&Fault) -> String) -> String {
    match fault {
        Fault::TooMany { seconds } => Refus::Trop.with(page, "secondes", seconds),
        Fault::Failed { .. } => Refus::Indisponible.with(page, "incident", incident(fault)),
    }
}
