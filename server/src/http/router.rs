use std::sync::Arc;
use std::time::Duration;

use app::base::adresses::{CHANGER_MOT_DE_PASSE, EXPORT, EXPORT_CSV, EXPORT_JSON};
use app::base::exchange::Client;
use app::base::port::Ports;
use app::register::offer;
use app::shell;
use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use domain::exploitant::Exploitant;
use leptos::config::LeptosOptions;
use leptos::nonce::Nonce;
use leptos::prelude::{provide_context, use_context};
use leptos_axum::{LeptosRoutes, file_and_error_handler_with_context};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use super::client::TrustedProxies;
use super::cookies::CookieNames;
use super::exchange::HttpExchange;
use super::forwarded::UnknownProxies;
use super::headers::{HeaderPolicy, secure};
use super::host::{Hosts, known_host};
use super::import::Envoi;
use super::refusal::refuse;
use super::routes::routes;
use super::serve::peer;
use super::{
    assets, body, csrf, donnees, executor, export, health, import, metrics, noeuds, observe, refusal, repeated,
    reperes, slash, typed,
};
use crate::backend::Backend;

/// What the router needs to know of the site.
#[derive(Clone)]
pub struct Site {
    pub options: LeptosOptions,
    /// `scheme://host[:port]`, without a slash at the end.
    pub public_url: String,
    pub proxies: TrustedProxies,
    /// The folder of the program, which contains `noms.txt`.
    pub beside: std::path::PathBuf,
    /// Whether `cargo leptos watch` runs the program.
    pub watched: bool,
    pub exploitant: Arc<Exploitant>,
}

const REQUEST_TIME: Duration = Duration::from_secs(30);

/// Builds the routes and the layers around them. The last layer is the outermost.
pub fn router(site: Site, backend: Arc<Backend>) -> Router {
    executor::install();
    let assets = assets::locate(&site.options, &site.beside);
    let names = CookieNames::new(&site.public_url);
    let ready = backend.clone();
    let unknown = UnknownProxies::new(backend.clone());
    let https = site.public_url.starts_with("https://");
    let provide = provider(backend.clone(), names, site.exploitant.clone());
    let conformite = site.exploitant.accessibilite.etat;
    let unknown_page = {
        let assets = assets.clone();
        move |options: LeptosOptions| shell(options, &assets, conformite)
    };
    let page = {
        let options = site.options.clone();
        move || shell(options.clone(), &assets, conformite)
    };

    let files = Router::new()
        .route(EXPORT, get(export::demandes))
        .route(EXPORT_JSON, get(donnees::json))
        .route(EXPORT_CSV, get(donnees::csv))
        .layer(from_fn(csrf::not_from_elsewhere))
        .route(CHANGER_MOT_DE_PASSE, get(reperes::change_password))
        .with_state((backend.clone(), names));

    let imported = Envoi::ALL.into_iter().fold(Router::new(), |routes, envoi| {
        routes.route(envoi.address(), post(import::receive).with_state((backend.clone(), names, envoi)))
    });

    Router::new()
        .leptos_routes_with_context(&site.options, routes().to_vec(), provide.clone(), page)
        .fallback(file_and_error_handler_with_context::<LeptosOptions, _>(provide, unknown_page))
        .with_state(site.options.clone())
        .merge(files)
        .layer(from_fn(refusal::told))
        .layer(from_fn_with_state(typed::Keeper::new(backend.clone(), names), typed::kept))
        .layer(from_fn(noeuds::summed))
        .layer(from_fn_with_state(repeated::Presses::new(backend.clock.clone(), names), repeated::once))
        .layer(from_fn_with_state((backend.clone(), names), body::bounded))
        // These routes are outside the size limit of forms: they authenticate the sender before they read the body.
        .merge(imported)
        .layer(from_fn(reperes::of_forms))
        .layer(from_fn_with_state(if https { "https" } else { "http" }, csrf::same_origin))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(move || health::ready(async move { ready.is_ready().await })))
        .route("/metrics", get(metrics::read).with_state(backend.clone()))
        .layer(from_fn(slash::without_slash))
        .layer(from_fn_with_state((site.proxies.clone(), unknown), identify))
        .layer(from_fn(timed))
        .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| refuse(StatusCode::INTERNAL_SERVER_ERROR)))
        .layer(from_fn_with_state(Hosts::new(&site.public_url), known_host))
        .layer(from_fn_with_state(
            HeaderPolicy {
                https,
                reload_port: site.watched.then_some(site.options.reload_port),
                hashed: site.options.hash_files,
            },
            secure,
        ))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(backend, observe::observed))
}

/// Provides the context of every page, server function and static file. Without a request, as for a static file, it
/// provides nothing.
fn provider(
    backend: Arc<Backend>,
    names: CookieNames,
    exploitant: Arc<Exploitant>,
) -> impl Fn() + Clone + Send + Sync + 'static {
    let (random, clock) = (backend.random.clone(), backend.clock.clone());
    let offer = Arc::new(offer(backend));
    move || {
        let Some(parts) = use_context::<Parts>() else { return };
        if let Some(nonce) = parts.extensions.get::<Nonce>() {
            provide_context(nonce.clone());
        }
        let exchange = Arc::new(HttpExchange::new(&parts, clock.now(), names, random.clone()));
        let ports = Ports::new(exchange, exploitant.clone(), offer.clone());
        provide_context::<Ports>(ports);
    }
}

/// Finds the client's address once for each request. Limits count by it.
async fn identify(
    axum::extract::State((proxies, unknown)): axum::extract::State<(TrustedProxies, UnknownProxies)>,
    mut request: Request,
    next: Next,
) -> Response {
    let peer = peer(request.extensions());
    if request.headers().contains_key("x-forwarded-for") && !proxies.trusts(peer.ip()) {
        unknown.note(peer.ip());
    }
    let client: Client = proxies.client(peer, request.headers()).unwrap_or_else(|unread| {
        unknown.note_unread();
        unread
    });
    request.extensions_mut().insert(client);
    next.run(request).await
}

async fn timed(request: Request, next: Next) -> Response {
    match tokio::time::timeout(REQUEST_TIME, next.run(request)).await {
        Ok(response) => response,
        Err(_) => refuse(StatusCode::SERVICE_UNAVAILABLE).into_response(),
    }
}
