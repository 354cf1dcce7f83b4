//! How hydrated pages call the server: a form's POST and a text back. The calls that `#[server]` writes do more, and
//! weigh more: a reader of JSON and a client for each.

use domain::Tableau;
use leptos::server_fn::ServerFn;

use super::ApiError;

/// Calls a server function: on the server its body, in the browser its address.
#[cfg(not(target_family = "wasm"))]
pub async fn ask<F>(call: F) -> Result<Tableau, ApiError>
where
    F: ServerFn<Output = Tableau, Error = ApiError>,
{
    call.run_body().await
}

/// Calls a server function: on the server its body, in the browser its address.
#[cfg(target_family = "wasm")]
pub fn ask<F>(call: F) -> impl Future<Output = Result<Tableau, ApiError>> + Send
where
    F: ServerFn<Output = Tableau, Error = ApiError> + serde::Serialize,
{
    let fields = serde_qs::to_string(&call).unwrap_or_default();
    crate::browser::ask(F::url(), fields)
}

/// The data of a page, or what to tell the person instead.
pub async fn page<F>(call: F) -> Tableau
where
    F: ServerFn<Output = Tableau, Error = ApiError> + serde::Serialize,
{
    ask(call).await.unwrap_or_else(|error| Tableau::of_error(error.to_string()))
}
