use std::io;

use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinHandle;

/// How much a thread yields to those that answer: a page is made in a millisecond, a hash keeps a core for thirty.
const NICE: i32 = 5;

/// Threads for hashes alone, behind those that answer.
pub struct Threads(Option<Runtime>);

impl Threads {
    /// # Errors
    /// When the system has no thread to give.
    pub fn new(count: usize) -> io::Result<Self> {
        let runtime = Builder::new_current_thread()
            .max_blocking_threads(count)
            .thread_name("argon2")
            .on_thread_start(|| {
                // Linux takes a thread for a process here. Without it all goes on, a little slower for the others.
                if let Err(error) = rustix::process::nice(NICE) {
                    tracing::warn!(%error, "hashes can't be made to yield to pages");
                }
            })
            .build()?;
        Ok(Self(Some(runtime)))
    }

    /// Nothing once they are shut down.
    pub fn spawn<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Option<JoinHandle<T>> {
        self.0.as_ref().map(|runtime| runtime.handle().spawn_blocking(work))
    }
}

impl Drop for Threads {
    /// A runtime that ends waits for its threads, which no asynchronous task may do.
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
