//! HTTP: the router, and the layers every request passes.

mod assets;
mod body;
pub mod client;
pub mod cookies;
mod csrf;
mod donnees;
mod exchange;
mod executor;
mod export;
mod forwarded;
mod headers;
mod health;
mod host;
mod import;
mod metrics;
mod navigateur;
mod noeuds;
mod observe;
mod page;
mod refusal;
mod repeated;
mod reperes;
mod router;
mod routes;
mod serve;
mod slash;
mod typed;

pub use router::{Site, router};
pub use routes::routes;
pub use serve::{Limits, serve};
