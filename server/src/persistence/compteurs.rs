//! Counters in the database: mails to an address, failed logins. Each count is one statement, so two requests at once
//! are both counted. The keys contain hashes of addresses.

use domain::conservation::RESEAUX_JOURS;
use domain::instant::Millis;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, Statement};

use super::engine::{Db, Engine};
use super::pieces;
use crate::clock::{CLOCKS_APART, DAY, MINUTE};
use crate::error::BackendError;
use crate::persistence::entities::compteur;
use crate::security::secrets::AdresseCachee;

/// At most `max` events in each `length`.
#[derive(Clone, Copy, Debug)]
pub struct Fenetre {
    pub max: u32,
    pub length: Millis,
}

impl Fenetre {
    pub fn seconds_left(self, start: Millis, now: Millis) -> u32 {
        let left = (start + self.length - now).clamp(1_000, self.length.max(1_000));
        u32::try_from((left + 999) / 1_000).unwrap_or(u32::MAX)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// Counts by account or address. A crash does not lose them.
    Durable,
    /// Counts by client address. PostgreSQL only; a crash may lose them.
    Clients,
}

impl Table {
    fn name(self) -> &'static str {
        match self {
            Self::Durable => "compteur",
            Self::Clients => "compteur_client",
        }
    }
}

/// Counts one more event. When the window is full, nothing is written.
///
/// # Errors
/// `TooMany` when the window is full.
pub async fn count(
    db: &impl ConnectionTrait,
    table: Table,
    cle: &str,
    now: Millis,
    fenetre: Fenetre,
) -> Result<(), BackendError> {
    let name = table.name();
    let (more, over) = one_more(name);
    let sql = format!("{more} WHERE {over} OR {name}.n < $4 RETURNING n");
    let values = [cle.into(), now.into(), fenetre.length.into(), i64::from(fenetre.max).into()];
    let counted = db.query_one_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    if counted.is_some() {
        return Ok(());
    }
    let sql = format!("SELECT debut FROM {name} WHERE cle = $1");
    let row = db.query_one_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, [cle.into()])).await?;
    let start = row.map_or(Ok(now), |row| row.try_get("", "debut"))?;
    Err(BackendError::TooMany { seconds: fenetre.seconds_left(start, now) })
}

/// Returns the statement that counts one more event of key `$1` at `$2`, in a window of `$3`. The second text is the
/// condition that the window is over.
fn one_more(name: &str) -> (String, String) {
    // If the start is far in the future, a wrong clock wrote it: the window starts again.
    let over = format!("({name}.debut <= $2 - $3 OR {name}.debut > $2 + {CLOCKS_APART})");
    let more = format!(
        "INSERT INTO {name} (cle, debut, n) VALUES ($1, $2, 1) ON CONFLICT (cle) DO UPDATE SET \
         n = CASE WHEN {over} THEN 1 ELSE {name}.n + 1 END, \
         debut = CASE WHEN {over} THEN $2 ELSE {name}.debut END"
    );
    (more, over)
}

/// All askers together get this many shares of one asker, for each window and address.
const ASKERS: u32 = 4;

/// Counts one more mail to an address, for `asker`, and says whether the mail may leave. The asker must not see the
/// answer: it would show what others asked for this address. Each asker has its own share. Its first mail always
/// leaves, so nobody can shut an address out. When all askers together pass `ASKERS` shares, only the first mail of
/// each asker leaves.
pub async fn may_send(
    db: &impl ConnectionTrait,
    objet: &str,
    adresse: &AdresseCachee,
    asker: &str,
    now: Millis,
    fenetre: Fenetre,
) -> Result<bool, BackendError> {
    let own = tally(db, &format!("{objet}:{adresse}:{asker}"), now, fenetre.length).await?;
    let all = tally(db, &format!("{objet}:{adresse}"), now, fenetre.length).await?;
    let max = i64::from(fenetre.max);
    Ok(own == 1 || (own <= max && all <= max * i64::from(ASKERS)))
}

/// Counts one more event and never refuses: the write is the same whatever the outcome. Returns how many the window
/// holds.
async fn tally(db: &impl ConnectionTrait, cle: &str, now: Millis, length: Millis) -> Result<i64, BackendError> {
    let (more, _) = one_more(Table::Durable.name());
    let sql = format!("{more} RETURNING n");
    let values = [cle.into(), now.into(), length.into()];
    let row = db.query_one_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    row.ok_or(BackendError::Corrupt { table: "compteur", column: "n" })?.try_get("", "n").map_err(Into::into)
}

/// Counts how often a collectivité presented this address. It is apart from the mails that others asked for: a refusal
/// would reveal them.
pub fn presentations_key(collectivite_id: i64, adresse: &AdresseCachee) -> String {
    format!("presentation:{adresse}:{collectivite_id}")
}

/// Counts the changes of address that this account asked for.
pub fn change_key(compte_id: i64) -> String {
    format!("changement:{compte_id}")
}

/// Failed logins are counted by address and network: an attacker delays only their own network, not the person.
pub fn failures_key(adresse: &AdresseCachee, client: &str) -> String {
    format!("echec:{adresse}:{client}")
}

/// The key of the failures at an address of the staff. The staff's password is another one, so it is counted apart.
pub fn staff_cle(courriel_cle: &str) -> String {
    format!("gestion:{courriel_cle}")
}

/// Wrong codes of the second factor are counted by person, from every network. Whoever types them knows the password,
/// and a code has only a million values.
pub fn codes_key(gestionnaire_id: i64) -> String {
    format!("code:{gestionnaire_id}")
}

/// Recovery codes have a counter of their own, by network. So wrong codes typed elsewhere do not keep the person out.
pub fn recovery_key(gestionnaire_id: i64, client: &str) -> String {
    format!("secours:{gestionnaire_id}:{client}")
}

/// Failures are forgotten after this long without a new one.
const FAILURES_KEPT: Millis = DAY;

const FAILURES_FREE: i64 = 5;
const DELAY_MAX: Millis = 15 * MINUTE;
/// 1, 2, 4, 8, then 15 minutes.
const DOUBLINGS_MAX: u32 = 4;

fn delay_after(doublings: u32) -> Millis {
    (MINUTE << doublings.min(DOUBLINGS_MAX)).min(DELAY_MAX)
}

/// Counts one more failed login.
pub async fn failed(db: &impl ConnectionTrait, cle: &str, now: Millis) -> Result<(), BackendError> {
    let sql = "INSERT INTO compteur (cle, debut, n) VALUES ($1, $2, 1) ON CONFLICT (cle) DO UPDATE SET \
               n = CASE WHEN compteur.debut <= $2 - $3 THEN 1 ELSE compteur.n + 1 END, debut = $2";
    let values = [cle.into(), now.into(), FAILURES_KEPT.into()];
    db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    Ok(())
}

/// Counts a try before the typed secret is compared: many guesses at once are counted like guesses one after another.
/// `false` while a delay runs; then nothing is written. After a success, the caller calls [`forget`].
pub async fn attempt(db: &impl ConnectionTrait, cle: &str, now: Millis) -> Result<bool, BackendError> {
    // The delays of `delay_left`, one by one, in SQL that both engines understand.
    let steps: Vec<String> = (0..=DOUBLINGS_MAX)
        .map(|doublings| format!("WHEN {} THEN {}", FAILURES_FREE + i64::from(doublings), delay_after(doublings)))
        .collect();
    let wait = format!(
        "CASE WHEN compteur.n < {FAILURES_FREE} THEN 0 ELSE CASE compteur.n {} ELSE {DELAY_MAX} END END",
        steps.join(" ")
    );
    // If the last try is far in the future, a wrong clock wrote it: it is ignored. If it is slightly in the future,
    // another request read the clock later: the delay applies.
    let sql = format!(
        "INSERT INTO compteur (cle, debut, n) VALUES ($1, $2, 1) ON CONFLICT (cle) DO UPDATE SET \
         n = CASE WHEN compteur.debut <= $2 - $3 THEN 1 ELSE compteur.n + 1 END, debut = $2 \
         WHERE compteur.debut > $2 + {DELAY_MAX} OR compteur.debut + {wait} <= $2 RETURNING n"
    );
    let values = [cle.into(), now.into(), FAILURES_KEPT.into()];
    let taken = db.query_one_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    Ok(taken.is_some())
}

/// How long this address and network still have to wait: 1 minute after 5 failures, then doubling up to 15.
pub async fn delay(db: &impl ConnectionTrait, cle: &str, now: Millis) -> Result<Option<Millis>, BackendError> {
    let Some(row) = compteur::Entity::find_by_id(cle).one(db).await? else { return Ok(None) };
    Ok(delay_left(row.n, row.debut, now))
}

fn delay_left(failures: i64, last: Millis, now: Millis) -> Option<Millis> {
    if failures < FAILURES_FREE || now - last >= FAILURES_KEPT {
        return None;
    }
    let delay = delay_after(u32::try_from(failures - FAILURES_FREE).unwrap_or(u32::MAX));
    // If the last failure is in the future (a clock set back), the delay is not longer for it.
    Some((last + delay - now).min(delay)).filter(|left| *left > 0)
}

pub async fn forget(db: &impl ConnectionTrait, cle: &str) -> Result<(), BackendError> {
    compteur::Entity::delete_by_id(cle).exec(db).await?;
    Ok(())
}

/// Ends the delays of a member's second factor, from every network.
pub async fn forget_codes(db: &impl ConnectionTrait, gestionnaire_id: i64) -> Result<(), BackendError> {
    forget(db, &codes_key(gestionnaire_id)).await?;
    let recovery = recovery_key(gestionnaire_id, "");
    compteur::Entity::delete_many().filter(compteur::Column::Cle.starts_with(recovery)).exec(db).await?;
    Ok(())
}

/// Ends the delays of an address from every network: the person has proved their identity.
pub async fn forget_failures(db: &impl ConnectionTrait, adresse: &AdresseCachee) -> Result<(), BackendError> {
    let of_address = failures_key(adresse, "");
    compteur::Entity::delete_many().filter(compteur::Column::Cle.starts_with(of_address)).exec(db).await?;
    Ok(())
}

/// Deletes every counter of an address, because its person is erased. Each such key is « object:address », then perhaps
/// « :asker ».
pub async fn forget_address(db: &impl ConnectionTrait, adresse: &AdresseCachee) -> Result<(), BackendError> {
    let of_address = format!("%:{adresse}%");
    compteur::Entity::delete_many().filter(compteur::Column::Cle.like(of_address)).exec(db).await?;
    Ok(())
}

/// Deletes the counters that no limit reads any more.
pub async fn purge(db: &Db, now: Millis) -> Result<(), BackendError> {
    let over = now - Millis::from(RESEAUX_JOURS) * DAY;
    let due = Condition::all().add(compteur::Column::Debut.lt(over));
    pieces::all::<compteur::Entity>(db, compteur::Column::Cle, due).await?;
    if db.engine() == Engine::Postgres {
        let sql = format!("DELETE FROM {} WHERE debut < $1", Table::Clients.name());
        db.connection().execute_raw(Statement::from_sql_and_values(db.backend(), sql, [over.into()])).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delay_doubles_from_one_to_fifteen_minutes() {
        for (failures, minutes) in [(4, None), (5, Some(1)), (6, Some(2)), (7, Some(4)), (8, Some(8)), (9, Some(15))] {
            assert_eq!(delay_left(failures, 0, 0), minutes.map(|minutes| minutes * MINUTE), "{failures}");
        }
        assert_eq!(delay_left(400, 0, 0), Some(DELAY_MAX));
        assert_eq!(delay_left(5, 0, MINUTE), None);
        assert_eq!(delay_left(5, 10 * DAY, 0), Some(MINUTE));
        assert_eq!(delay_left(9, 0, DAY), None);
    }
}
