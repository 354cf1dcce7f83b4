use std::sync::LazyLock;

use leptos_axum::AxumRouteListing;
use leptos_router::{Method, SsrMode};

/// A page is rendered whole before it is sent: a part that is streamed later needs JavaScript to be shown.
static ROUTES: LazyLock<Vec<AxumRouteListing>> = LazyLock::new(|| {
    let route = |pattern: &str| {
        let part = |part: &str| part.strip_prefix(':').map_or(part.to_owned(), |name| format!("{{{name}}}"));
        let path = pattern.split('/').map(part).collect::<Vec<_>>().join("/");
        AxumRouteListing::new(path, SsrMode::Async, [Method::Get], Vec::new())
    };
    app::register::paths().map(route).collect()
});

/// The routes of the pages, as axum writes them: `/suivi/{token}`.
pub fn routes() -> &'static [AxumRouteListing] {
    &ROUTES
}
