use std::pin::Pin;

use any_spawner::{CustomExecutor, Executor};
use tracing::Instrument;

/// Runs the tasks of a page inside the span of its request: so their errors are logged with the request's number.
struct InItsRequest;

impl CustomExecutor for InItsRequest {
    fn spawn(&self, task: Pin<Box<dyn Future<Output = ()> + Send>>) {
        tokio::spawn(task.in_current_span());
    }

    fn spawn_local(&self, task: Pin<Box<dyn Future<Output = ()>>>) {
        tokio::task::spawn_local(task.in_current_span());
    }

    /// Nothing to do: tokio polls the tasks.
    fn poll_local(&self) {}
}

/// Installs our executor before leptos chooses its own. The first executor of a process stays.
pub fn install() {
    if Executor::init_custom_executor(InItsRequest).is_err() {
        tracing::debug!("an executor was installed before");
    }
}
