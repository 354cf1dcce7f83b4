//! What the server gives with each request.

use std::sync::Arc;

use leptos::prelude::*;

use super::exchange::Exchange;
use super::port::Ports;

/// The request and its answer, which need no right.
pub fn exchange() -> Arc<dyn Exchange> {
    ports().exchange
}

/// The only reader of the context that the server provides with each request.
pub fn ports() -> Ports {
    #[expect(clippy::disallowed_methods, reason = "this is the one caller the lint points to")]
    expect_context::<Ports>()
}
