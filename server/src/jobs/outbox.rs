//! The worker that sends the outbox. It leases some mails, sends each one outside any transaction, and writes the
//! outcome. Two servers share the work: no other worker takes a leased mail before its lease ends.

use std::sync::Arc;
use std::time::Duration;

use domain::instant::Millis;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;

use super::lettre;
use super::lettre::Preparee;
use super::poste::Poste;
use crate::backend::Backend;
use crate::clock::{HOUR, MINUTE, SECOND};
use crate::error::BackendError;
use crate::mail::SendError;
use crate::metrics::Issue;
use crate::persistence::courriels::{Etat, Genre};
use crate::persistence::entities::courriel;
use crate::persistence::{courriels, jetons, pause, preinscriptions};

/// Longer than any SMTP dialogue. When it ends, the worker that held the mail is dead.
const LEASE: Millis = 5 * MINUTE;

/// How many mails never tried are sent at once. When one ends, the next one starts, so a slow recipient delays no other
/// mail.
const AT_ONCE: usize = 8;

/// Mails tried before have a lane of their own. They may also use free places of the other lane, but `KEPT_FOR_NEW`
/// places stay free. So a new mail always finds a place, however many retries are slow.
const AGAIN_AT_ONCE: usize = 4;
const KEPT_FOR_NEW: usize = 4;

/// How often the queue is read without a signal: for retries, and for mails queued by another server.
const POLL: Duration = Duration::from_secs(5);

/// How long the worker waits after the mail system refused this server, and not just one recipient.
const PAUSE: Duration = Duration::from_secs(60);

const FIRST_RETRY: Millis = 10 * SECOND;
const LAST_RETRY: Millis = HOUR;
const GIVEN_UP_AFTER: Millis = 48 * HOUR;

/// A mail is given up only after this many attempts: age alone may be wrong, if the clock jumped ahead.
const ATTEMPTS_MIN: i64 = 10;

/// How a round ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tour {
    /// No more mails are due.
    Vide,
    /// The mail system refuses this server. The other mails wait.
    Suspendu,
}

/// Runs until told to stop. Mails being sent are finished first.
pub async fn run(backend: Backend, poste: Arc<dyn Poste>, mut stop: watch::Receiver<bool>) {
    let mut envois = Envois::new(&backend, &poste);
    while !*stop.borrow_and_update() {
        if let Err(error) = envois.take().await {
            tracing::warn!(%error, "the outbox will be tried again");
        }
        let tour = tokio::select! {
            tour = envois.ended(), if !envois.jobs.is_empty() => tour,
            () = backend.outbox().notified(), if envois.new.has_room() => Tour::Vide,
            () = tokio::time::sleep(POLL) => Tour::Vide,
            changed = stop.changed() => if changed.is_err() { break } else { Tour::Vide },
        };
        if tour == Tour::Suspendu {
            envois.finish().await;
            tokio::select! {
                () = tokio::time::sleep(PAUSE) => {}
                changed = stop.changed() => if changed.is_err() { break },
            }
        }
    }
    envois.finish().await;
}

/// Sends all mails that are due.
///
/// # Errors
/// When the database does not answer. Leased mails are due again when their lease ends.
pub async fn drain(
    backend: &Backend,
    poste: &Arc<dyn Poste>,
    stop: &watch::Receiver<bool>,
) -> Result<Tour, BackendError> {
    let mut envois = Envois::new(backend, poste);
    let mut taken = Ok(());
    let mut tour = Tour::Vide;
    while taken.is_ok() && tour == Tour::Vide && !*stop.borrow() {
        taken = envois.take().await;
        if envois.jobs.is_empty() {
            break;
        }
        tour = envois.ended().await;
    }
    let rest = envois.finish().await;
    taken.map(|()| if rest == Tour::Suspendu { rest } else { tour })
}

/// The mails being sent.
struct Envois<'a> {
    backend: &'a Backend,
    poste: &'a Arc<dyn Poste>,
    jobs: JoinSet<Result<Tour, BackendError>>,
    new: Voie,
    again: Voie,
}

/// A lane with a fixed number of places.
struct Voie(Arc<Semaphore>);

impl Voie {
    fn of(room: usize) -> Self {
        Self(Arc::new(Semaphore::new(room)))
    }

    fn room(&self) -> usize {
        self.0.available_permits()
    }

    fn has_room(&self) -> bool {
        self.room() > 0
    }

    /// Takes a place, if one is free. A drop frees it.
    fn place(&self) -> Option<OwnedSemaphorePermit> {
        self.0.clone().try_acquire_owned().ok()
    }
}

impl<'a> Envois<'a> {
    fn new(backend: &'a Backend, poste: &'a Arc<dyn Poste>) -> Self {
        Self { backend, poste, jobs: JoinSet::new(), new: Voie::of(AT_ONCE), again: Voie::of(AGAIN_AT_ONCE) }
    }

    /// Starts as many mails as there are free places. While the outbox is paused, it starts none; mails being sent go
    /// on.
    async fn take(&mut self) -> Result<(), BackendError> {
        let now = self.backend.clock.now();
        if pause::current(self.backend.db.connection(), now).await?.is_some() {
            return Ok(());
        }
        if self.new.has_room() {
            for (id, lease) in self.backend.db.lease_courriels(now, LEASE, self.new.room(), true).await? {
                self.begin(id, lease, self.new.place());
            }
        }
        let room = self.again.room() + self.new.room().saturating_sub(KEPT_FOR_NEW);
        if room > 0 {
            for (id, lease) in self.backend.db.lease_courriels(now, LEASE, room, false).await? {
                self.begin(id, lease, self.again.place().or_else(|| self.new.place()));
            }
        }
        Ok(())
    }

    fn begin(&mut self, id: i64, lease: Millis, place: Option<OwnedSemaphorePermit>) {
        let (backend, poste) = (self.backend.clone(), self.poste.clone());
        self.jobs.spawn(async move {
            let _place = place;
            attempt(&backend, &*poste, id, lease).await
        });
    }

    /// Waits until a mail ends, and reads the outcome of all mails that have ended.
    async fn ended(&mut self) -> Tour {
        let mut tour = Tour::Vide;
        let mut next = self.jobs.join_next().await;
        while let Some(ended) = next {
            match ended {
                Ok(Ok(Tour::Vide)) => {}
                Ok(Ok(Tour::Suspendu)) => tour = Tour::Suspendu,
                Ok(Err(error)) => tracing::warn!(%error, "a mail waits for its lease to end"),
                Err(_) => tracing::error!("a mail's job died; it waits for its lease to end"),
            }
            next = self.jobs.try_join_next();
        }
        tour
    }

    /// Waits until all mails have ended.
    async fn finish(&mut self) -> Tour {
        let mut tour = Tour::Vide;
        while !self.jobs.is_empty() {
            if self.ended().await == Tour::Suspendu {
                tour = Tour::Suspendu;
            }
        }
        tour
    }
}

/// Tries to send one mail, once.
async fn attempt(backend: &Backend, poste: &dyn Poste, id: i64, lease: Millis) -> Result<Tour, BackendError> {
    let db = backend.db.connection();
    let Some(row) = courriels::find(db, id).await? else { return Ok(Tour::Vide) };
    let now = backend.clock.now();
    let Preparee { destinataire, courrier } = match lettre::prepare(backend, &row).await {
        Ok(Some(prepared)) => prepared,
        Ok(None) => {
            courriels::ended(db, id, lease, Etat::Moot, None, now).await?;
            return Ok(Tour::Vide);
        }
        Err(error) if is_given_up(&row, now) => {
            let why = "ce courriel n’a pas pu être composé";
            courriels::ended(db, id, lease, Etat::Dead, Some(why), now).await?;
            backend.metrics().mailed(Issue::Failed);
            return Err(error);
        }
        Err(error) => return Err(error),
    };
    let delivered = match row.retenu {
        // A retained mail counts as sent. So nobody can see that others asked for mails to this address.
        true => Ok(()),
        false => poste.deliver(&courrier, &destinataire, &row.message_id, row.cree_le).await,
    };
    match delivered.map_err(SendError::without_addresses) {
        Ok(()) => {
            let write = backend.db.begin().await?;
            courriels::ended(&*write, id, lease, Etat::Sent, None, now).await?;
            if let Some(jeton) = &row.jeton_id {
                jetons::handed_over(&*write, jeton, now).await?;
            }
            if let (Some(id), Some(version)) = (row.preinscription_id, row.preinscription_version)
                && row.genre == Genre::PlaceProposee.code()
            {
                preinscriptions::offer_handed_over(&*write, id, version, now).await?;
            }
            write.commit().await?;
            if row.retenu {
                tracing::info!(courriel = id, genre = row.genre, "kept: its address was asked for too often");
            } else {
                backend.metrics().mailed(Issue::Sent);
                tracing::info!(courriel = id, genre = row.genre, "sent");
            }
        }
        Err(SendError::Recipient(why)) => {
            courriels::ended(db, id, lease, Etat::Dead, Some(&why), now).await?;
            backend.metrics().mailed(Issue::Failed);
            tracing::warn!(courriel = id, genre = row.genre, "refused for its recipient");
        }
        Err(SendError::Temporary(why)) if is_given_up(&row, now) => {
            courriels::ended(db, id, lease, Etat::Dead, Some(&why), now).await?;
            backend.metrics().mailed(Issue::Failed);
            tracing::warn!(courriel = id, genre = row.genre, "given up");
        }
        Err(SendError::Temporary(why)) => {
            let at = now + retry_in(row.envois, backend.random.u64());
            courriels::postponed(db, id, lease, at, &why).await?;
            tracing::info!(courriel = id, genre = row.genre, attempts = row.envois, "put off");
        }
        Err(SendError::Queue(why)) => {
            courriels::postponed(db, id, lease, now + MINUTE, &why).await?;
            tracing::error!(courriel = id, why, "the mail system refuses this server: the queue is paused");
            return Ok(Tour::Suspendu);
        }
    }
    Ok(Tour::Vide)
}

fn is_given_up(row: &courriel::Model, now: Millis) -> bool {
    row.envois >= ATTEMPTS_MIN && now - row.cree_le >= GIVEN_UP_AFTER
}

/// The delay before the next attempt: from 10 s, doubling up to 1 h, plus or minus a fifth. The random part keeps many
/// mails from coming back at once.
fn retry_in(attempts: i64, random: u64) -> Millis {
    let doublings = u32::try_from((attempts - 1).clamp(0, 9)).unwrap_or(0);
    let delay = (FIRST_RETRY << doublings).min(LAST_RETRY);
    let fifth = delay / 5;
    delay - fifth + i64::try_from(random % (2 * fifth as u64 + 1)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retries_go_from_ten_seconds_to_an_hour() {
        for random in [0, 7, u64::MAX] {
            assert!((8 * SECOND..=12 * SECOND).contains(&retry_in(1, random)));
            assert!((16 * SECOND..=24 * SECOND).contains(&retry_in(2, random)));
            for attempts in [10, 60, i64::MAX] {
                assert!((48 * MINUTE..=72 * MINUTE).contains(&retry_in(attempts, random)), "{attempts}");
            }
        }
    }
}
