use std::sync::LazyLock;

use app::{App, Pages};
use leptos_axum::{AxumRouteListing, generate_route_list};

/// To list its routes, leptos runs the pages once. During this time, a page that reads data waits for ever
/// (leptos#4773). So the routes are listed once, before the first page is served.
static ROUTES: LazyLock<Routes> =
    LazyLock::new(|| Routes { hydrated: generate_route_list(App), plain: generate_route_list(Pages) });

/// The routes of the pages.
#[derive(Debug)]
pub struct Routes {
    /// Pages that WebAssembly hydrates.
    pub hydrated: Vec<AxumRouteListing>,
    /// Pages made only on the server.
    pub plain: Vec<AxumRouteListing>,
}

pub fn routes() -> &'static Routes {
    &ROUTES
}
