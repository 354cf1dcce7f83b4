use std::pin::Pin;

use any_spawner::{CustomExecutor, Executor};
use tracing::Instrument;

/// Pages read their data in tasks of their own: what fails there must carry the number of its request.
struct InItsRequest;

impl CustomExecutor for InItsRequest {
    fn spawn(&self, task: Pin<Box<dyn Future<Output = ()> + Send>>) {
        tokio::spawn(task.in_current_span());
    }

    fn spawn_local(&self, task: Pin<Box<dyn Future<Output = ()>>>) {
        tokio::task::spawn_local(task.in_current_span());
    }

    /// tokio polls what was spawned.
    fn poll_local(&self) {}
}

/// Before leptos chooses its own. The first of a process stays.
pub fn install() {
    if Executor::init_custom_executor(InItsRequest).is_err() {
        tracing::debug!("an executor was installed before");
    }
}
