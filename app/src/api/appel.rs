//! How hydrated pages call the server: they post a form and read a text. The calls that `#[server]` writes do more
//! and weigh more: a JSON reader, a form writer and a client for each.

use domain::Tableau;
use leptos::server_fn::ServerFn;

use super::annuaire::{ReadChoices, ReadCommunes, SearchCollectivites};
use super::inscription::ReadDraft;
use crate::base::erreur::ApiError;

/// A call that hydrated pages make.
pub trait Appel: ServerFn<Output = Tableau, Error = ApiError> {
    /// Its arguments as a form sends them: (name, value).
    fn champs(self) -> Vec<(String, String)>;
}

impl Appel for ReadDraft {
    fn champs(self) -> Vec<(String, String)> {
        vec![("etape".to_owned(), self.etape.slug().to_owned())]
    }
}

impl Appel for ReadChoices {
    fn champs(self) -> Vec<(String, String)> {
        vec![("texte".to_owned(), self.texte), ("ordinaire".to_owned(), self.ordinaire)]
    }
}

impl Appel for SearchCollectivites {
    fn champs(self) -> Vec<(String, String)> {
        vec![("texte".to_owned(), self.texte)]
    }
}

impl Appel for ReadCommunes {
    fn champs(self) -> Vec<(String, String)> {
        vec![("code_postal".to_owned(), self.code_postal)]
    }
}

/// Calls a server function: on the server its body, in the browser its address.
#[cfg(not(target_family = "wasm"))]
pub async fn ask<D: Appel>(call: D) -> Result<Tableau, ApiError> {
    call.run_body().await
}

/// Calls a server function: on the server its body, in the browser its address.
#[cfg(target_family = "wasm")]
pub fn ask<D: Appel>(call: D) -> impl Future<Output = Result<Tableau, ApiError>> + Send {
    crate::base::browser::ask(D::url(), call.champs())
}

/// The data of a page, or the message for the person instead.
pub async fn page<D: Appel>(call: D) -> Tableau {
    ask(call).await.unwrap_or_else(|error| Tableau::of_error(error.to_string()))
}
