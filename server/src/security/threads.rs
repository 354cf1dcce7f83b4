use std::io;

use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinHandle;

/// The niceness of a hashing thread. A page takes a millisecond, a hash keeps a core for thirty: so hashes give way to
/// pages.
const NICE: i32 = 5;

/// Threads used only for hashes. They give way to the threads that answer requests.
pub struct Threads(Option<Runtime>);

impl Threads {
    /// # Errors
    /// When the system cannot create a thread.
    pub fn new(count: usize) -> io::Result<Self> {
        let runtime = Builder::new_current_thread()
            .max_blocking_threads(count)
            .thread_name("argon2")
            .on_thread_start(|| {
                // On Linux, this sets the niceness of one thread. If it fails, everything still works, but pages are a
                // little slower.
                if let Err(error) = rustix::process::nice(NICE) {
                    tracing::warn!(%error, "hashes can't be made to yield to pages");
                }
            })
            .build()?;
        Ok(Self(Some(runtime)))
    }

    /// Runs `work` on a hashing thread. `None` after the shutdown.
    pub fn spawn<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Option<JoinHandle<T>> {
        self.0.as_ref().map(|runtime| runtime.handle().spawn_blocking(work))
    }
}

impl Drop for Threads {
    /// The drop of a runtime waits for its threads, and an asynchronous task may not wait. So the runtime is shut down
    /// in the background.
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[tokio::test]
    async fn they_are_as_many_as_said_and_yield_to_the_others() {
        let threads = Threads::new(2).unwrap();
        let here = rustix::process::getpriority_process(None).unwrap();
        let runs: Vec<_> = (0..64)
            .map(|_| {
                threads.spawn(|| (std::thread::current().id(), rustix::process::getpriority_process(None).unwrap()))
            })
            .collect();
        let mut seen = HashSet::new();
        for run in runs {
            let (thread, nice) = run.unwrap().await.unwrap();
            seen.insert(thread);
            assert_eq!(nice, (here + NICE).min(19));
        }
        assert!(seen.len() <= 2, "{seen:?}");
        assert_eq!(rustix::process::getpriority_process(None).unwrap(), here, "the others stay as they were");
    }
}
