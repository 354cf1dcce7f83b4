//! Limits by client address. On SQLite one process serves, and counts in memory. On PostgreSQL several processes count
//! in an unlogged table. Limits by account are durable: see [`crate::persistence::compteurs`].

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use app::base::exchange::Client;
use domain::instant::Millis;

use super::tours::wider;
use crate::clock::{HOUR, MINUTE};
use crate::config;
use crate::error::BackendError;
use crate::persistence::compteurs;
use crate::persistence::compteurs::{Fenetre, Table};
use crate::persistence::engine::{Db, Engine};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// A new draft.
    Draft,
    Signup,
    Login,
    Reset,
    Token,
    Search,
}

impl Action {
    fn code(self) -> &'static str {
        match self {
            Self::Draft => "brouillon",
            Self::Signup => "inscription",
            Self::Login => "connexion",
            Self::Reset => "reinitialisation",
            Self::Token => "jeton",
            Self::Search => "recherche",
        }
    }
}

#[derive(Clone)]
pub struct Limits {
    pub quotas: config::Limits,
    memory: Arc<Mutex<Memory>>,
}

#[derive(Default)]
struct Memory {
    windows: HashMap<(Action, Client), (Millis, u32)>,
}

/// People start more sign-ups than they send. The limit keeps endless drafts from filling the disk.
const DRAFTS_A_SIGNUP: u32 = 10;

/// Larger blocks of IPv6 that are counted too: their length in bits, and how many times the limit of one network they
/// get.
const BLOCKS: [(u32, u32); 2] = [(56, 4), (48, 16)];

/// When the memory holds this many addresses, those whose window is over are deleted.
const ADDRESSES_SWEPT_AT: usize = 10_000;

impl Limits {
    pub fn new(quotas: config::Limits) -> Self {
        Self { quotas, memory: Arc::default() }
    }

    /// Counts one action of this client.
    ///
    /// # Errors
    /// `TooMany` when the limit is reached. Then nothing durable is written.
    pub async fn count(&self, db: &Db, now: Millis, action: Action, client: &Client) -> Result<(), BackendError> {
        let fenetre = self.window(action);
        self.count_block(db, now, action, client, fenetre).await?;
        // An IPv6 subscriber may have many networks: a /56 or a /48. So these blocks are counted too, with room for
        // several subscribers.
        for (bits, shares) in BLOCKS {
            if let Some(block) = wider(client, bits) {
                let fenetre = Fenetre { max: fenetre.max.saturating_mul(shares), ..fenetre };
                self.count_block(db, now, action, &block, fenetre).await?;
            }
        }
        Ok(())
    }

    async fn count_block(
        &self,
        db: &Db,
        now: Millis,
        action: Action,
        client: &Client,
        fenetre: Fenetre,
    ) -> Result<(), BackendError> {
        match db.engine() {
            Engine::Sqlite => self.count_in_memory(now, action, client, fenetre),
            Engine::Postgres => {
                let cle = format!("{}:{}", action.code(), client.0);
                compteurs::count(db.connection(), Table::Clients, &cle, now, fenetre).await
            }
        }
    }

    /// Deletes the networks whose windows are over. The purge of the other counters also cleans PostgreSQL's table.
    pub fn forget(&self, now: Millis) {
        self.sweep(&mut self.memory.lock().unwrap_or_else(PoisonError::into_inner), now);
    }

    fn sweep(&self, memory: &mut Memory, now: Millis) {
        memory.windows.retain(|(action, _), (start, _)| (*start..*start + self.window(*action).length).contains(&now));
    }

    fn window(&self, action: Action) -> Fenetre {
        let (max, length) = match action {
            Action::Draft => (self.quotas.signup_per_hour.saturating_mul(DRAFTS_A_SIGNUP), HOUR),
            Action::Signup => (self.quotas.signup_per_hour, HOUR),
            Action::Login => (self.quotas.login_per_minute, MINUTE),
            Action::Reset => (self.quotas.reset_per_hour, HOUR),
            Action::Token => (self.quotas.token_per_minute, MINUTE),
            Action::Search => (self.quotas.search_per_minute, MINUTE),
        };
        Fenetre { max, length }
    }

    fn count_in_memory(
        &self,
        now: Millis,
        action: Action,
        client: &Client,
        fenetre: Fenetre,
    ) -> Result<(), BackendError> {
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        if memory.windows.len() > ADDRESSES_SWEPT_AT {
            self.sweep(&mut memory, now);
        }
        let (start, n) = memory.windows.entry((action, client.clone())).or_insert((now, 0));
        // If a window starts in the future, a wrong clock opened it: it starts again.
        if now - *start >= fenetre.length || *start > now {
            (*start, *n) = (now, 0);
        }
        if *n >= fenetre.max {
            return Err(BackendError::TooMany { seconds: fenetre.seconds_left(*start, now) });
        }
        *n += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_counts_each_client_apart_and_starts_again() {
        let limits = Limits::new(config::Limits {
            signup_per_hour: 1,
            login_per_minute: 2,
            mails_per_day: 1,
            reset_per_hour: 1,
            token_per_minute: 1,
            search_per_minute: 1,
        });
        let (one, other) = (Client("192.0.2.1".to_owned()), Client("192.0.2.2".to_owned()));
        let fenetre = Fenetre { max: 2, length: MINUTE };
        let count = |now, client| limits.count_in_memory(now, Action::Login, client, fenetre);
        count(0, &one).unwrap();
        count(1_000, &one).unwrap();
        assert!(matches!(count(30_000, &one), Err(BackendError::TooMany { seconds: 30 })));
        count(30_000, &other).unwrap();
        count(60_000, &one).unwrap();
        limits.forget(119_999);
        assert_eq!(limits.memory.lock().unwrap().windows.len(), 1, "only the one whose window goes on");
        limits.forget(120_000);
        assert!(limits.memory.lock().unwrap().windows.is_empty());
        count(60_000, &one).unwrap();
        // After the clock is set back, the client is not refused until the clock catches up.
        count(-10 * HOUR, &one).unwrap();
    }
}
