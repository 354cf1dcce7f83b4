//! The pages and the functions of the sessions of training exist only while `[preinscription] active` is true.

use crate::base::erreur::{ApiError, go};
use crate::base::port::{Ports, Reply};

/// What a page shows. `None` with a 404: nothing is at its address, or persons do not pre-register here.
pub(super) async fn read_if_active<T>(ports: &Ports, read: impl Future<Output = Reply<Option<T>>>) -> Reply<Option<T>> {
    let found = if ports.exploitant.preinscription_active { read.await? } else { None };
    if found.is_none() {
        ports.exchange.not_found();
    }
    Ok(found)
}

/// Ends a form like `go`. While persons do not pre-register here, nothing is done: a script gets a 404, and a form leads
/// to its page, which gets one too.
pub(super) async fn go_if_active(
    ports: &Ports,
    to: impl Future<Output = Reply<String>>,
    back: &str,
) -> Result<(), ApiError> {
    if ports.exploitant.preinscription_active {
        return go(to.await, back);
    }
    ports.exchange.fail(404, None);
    ports.exchange.redirect(back);
    Ok(())
}
