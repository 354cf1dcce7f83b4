//! What runs beside the requests. Every job can run twice, and in two servers at once.

pub mod lettre;
pub mod outbox;
pub mod poste;
pub mod purge;

use std::sync::Arc;

use tokio::sync::watch;
use tokio::task::JoinSet;

use self::poste::Poste;
use crate::services::Backend;

/// Starts every job. Each ends what it is doing once `stop` turns true, or its sender is gone: join them, then exit.
pub fn spawn(backend: &Backend, poste: Arc<dyn Poste>, stop: &watch::Receiver<bool>) -> JoinSet<()> {
    let mut jobs = JoinSet::new();
    jobs.spawn(outbox::run(backend.clone(), poste, stop.clone()));
    jobs.spawn(purge::run(backend.clone(), stop.clone()));
    jobs
}
