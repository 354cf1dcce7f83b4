//! Metrics read on request: the database, the pools, the queues.

use std::time::Duration;

use domain::instant::Millis;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::{Registry, Unit};

use super::attente::{Label, Seconds};
use crate::error::BackendError;
use crate::persistence::engine::Db;
use crate::persistence::{connexions, courriels, sceaux};
use crate::security::passwords::Passwords;

/// How long the reading waits for the database. Then the other numbers are given without it.
const PATIENCE: Duration = Duration::from_secs(2);

#[derive(Clone, Default)]
pub(super) struct Releve {
    up: Gauge,
    pool: Family<Label, Gauge>,
    hashing: Family<Label, Gauge>,
    outbox: Family<Label, Gauge>,
    oldest_mail: Seconds,
    connexions: Gauge,
    unsealed: Gauge,
    oldest_unsealed: Seconds,
}

impl Releve {
    pub(super) fn new(registry: &mut Registry) -> Self {
        let it = Self::default();
        registry.register("database_up", "Whether the database answered this reading", it.up.clone());
        registry.register("database_connections", "Connections to the database, by state", it.pool.clone());
        registry.register("passwords", "Passwords being hashed, or waiting for a core", it.hashing.clone());
        registry.register("outbox_mails", "Mails to send, by state", it.outbox.clone());
        let oldest = it.oldest_mail.clone();
        registry.register_with_unit("outbox_oldest", "Age of the oldest mail to send", Unit::Seconds, oldest);
        registry.register("sessions", "Browsers signed in", it.connexions.clone());
        registry.register("journal_unsealed_lines", "Lines of the journal without a seal", it.unsealed.clone());
        let oldest = it.oldest_unsealed.clone();
        registry.register_with_unit("journal_unsealed_oldest", "Age of the oldest of them", Unit::Seconds, oldest);
        it
    }

    pub(super) async fn read(&self, db: &Db, passwords: &Passwords, now: Millis) {
        let pool = db.pool();
        for (state, n) in [("idle", pool.idle), ("used", pool.used), ("max", pool.max)] {
            self.pool.get_or_create(&[("state", state)]).set(i64::from(n));
        }
        let (running, waiting) = passwords.load();
        for (state, n) in [("running", running), ("waiting", waiting)] {
            self.hashing.get_or_create(&[("state", state)]).set(i64::try_from(n).unwrap_or(i64::MAX));
        }
        let read = tokio::time::timeout(PATIENCE, self.read_database(db, now)).await;
        self.up.set(i64::from(matches!(read, Ok(Ok(())))));
    }

    async fn read_database(&self, db: &Db, now: Millis) -> Result<(), BackendError> {
        let db = db.connection();
        let depth = courriels::depth(db).await?;
        for (state, n) in [("queued", depth.queued), ("deferred", depth.deferred), ("dead", depth.dead)] {
            self.outbox.get_or_create(&[("state", state)]).set(gauge(n));
        }
        self.oldest_mail.set(age(depth.oldest, now));
        self.connexions.set(gauge(connexions::count(db, now).await?));
        let (lines, oldest) = sceaux::waiting(db).await?;
        self.unsealed.set(gauge(lines));
        self.oldest_unsealed.set(age(oldest, now));
        Ok(())
    }
}

fn gauge(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// The age in seconds. 0 when there is nothing, or the date is in the future.
fn age(since: Option<Millis>, now: Millis) -> f64 {
    since.map_or(0.0, |since| (now - since).max(0) as f64 / 1_000.0)
}
