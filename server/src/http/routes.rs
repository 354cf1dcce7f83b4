use std::sync::LazyLock;

use app::{App, Pages};
use leptos_axum::{AxumRouteListing, generate_route_list};

/// leptos lists routes by running the pages once, and meanwhile no page of the process can read its data: one that tries
/// waits for ever (leptos#4773). So they are listed once, before the first page is served.
static ROUTES: LazyLock<Routes> =
    LazyLock::new(|| Routes { hydrated: generate_route_list(App), plain: generate_route_list(Pages) });

/// The addresses of the pages.
#[derive(Debug)]
pub struct Routes {
    /// Those that WebAssembly takes over.
    pub hydrated: Vec<AxumRouteListing>,
    /// Those made on the server alone.
    pub plain: Vec<AxumRouteListing>,
}

pub fn routes() -> &'static Routes {
    &ROUTES
}
