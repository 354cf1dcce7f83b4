//! How long the service has really run. A clock can jump ten years ahead and come back: a delay of a month has then not
//! really passed. Each round of the jobs adds the time since the round before, up to a day.

use domain::instant::Millis;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};

use crate::clock::DAY;
use crate::error::BackendError;
use crate::persistence::entities::veille::{ActiveModel, Column, Entity, Model};

const ONLY: i64 = 1;

/// A round adds at most this much.
const ROUND_MAX: Millis = DAY;

/// If the clock moves this far between two rounds, ahead or back, it is not trusted. A service stopped for so long
/// looks the same, and erases a little later.
const JUMP: Millis = DAY;

/// After a jump, the service must run this long before it erases or ends anything.
const CALM: Millis = 3 * DAY;

/// What a round knows about time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Temps {
    /// Milliseconds that the service has run so far.
    pub vecu: Millis,
    /// Whether the clock has been steady lately. If not, nothing is erased.
    pub calme: bool,
}

/// Counts one more round. If two servers do it at once, one of them counts.
pub async fn tick(db: &impl ConnectionTrait, now: Millis) -> Result<Temps, BackendError> {
    let Some(row) = Entity::find_by_id(ONLY).one(db).await? else {
        // First round ever: nothing shows yet that this clock is right.
        let row = ActiveModel { id: Set(ONLY), vu_le: Set(now), vecu: Set(0), saut_vecu: Set(Some(0)) };
        let known = OnConflict::column(Column::Id).do_nothing().to_owned();
        Entity::insert(row).on_conflict(known).exec_without_returning(db).await?;
        return Ok(Temps { vecu: 0, calme: false });
    };
    let row = moved_on(row, now);
    let known = Entity::update_many()
        .col_expr(Column::VuLe, Expr::value(row.after.vu_le))
        .col_expr(Column::Vecu, Expr::value(row.after.vecu))
        .col_expr(Column::SautVecu, Expr::value(row.after.saut_vecu))
        .filter(Column::Id.eq(ONLY))
        .filter(Column::VuLe.eq(row.before))
        .exec(db)
        .await?;
    if known.rows_affected == 1 {
        return Ok(seen(&row.after));
    }
    let row = Entity::find_by_id(ONLY).one(db).await?;
    row.map(|row| seen(&row)).ok_or(BackendError::Corrupt { table: "veille", column: "id" })
}

/// Whether what is due at `now` may end: the clock has not jumped lately. A service that has just begun to live has seen no
/// jump: the first round counts as one for what is erased, and not for this.
pub async fn may_end(db: &impl ConnectionTrait, now: Millis) -> Result<bool, BackendError> {
    let Some(row) = Entity::find_by_id(ONLY).one(db).await? else { return Ok(true) };
    let after = moved_on(row, now).after;
    Ok(after.saut_vecu == Some(0) || seen(&after).calme)
}

struct Round {
    before: Millis,
    after: Model,
}

fn moved_on(row: Model, now: Millis) -> Round {
    let moved = now.saturating_sub(row.vu_le);
    let vecu = row.vecu + moved.clamp(0, ROUND_MAX);
    let jumped = !(-JUMP..=JUMP).contains(&moved);
    let saut_vecu = if jumped { Some(vecu) } else { row.saut_vecu };
    Round { before: row.vu_le, after: Model { vu_le: now, vecu, saut_vecu, ..row } }
}

fn seen(row: &Model) -> Temps {
    Temps { vecu: row.vecu, calme: row.saut_vecu.is_none_or(|jump| row.vecu - jump >= CALM) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(rounds: &[Millis]) -> Temps {
        let mut row = Model { id: ONLY, vu_le: 0, vecu: 0, saut_vecu: None };
        for now in rounds {
            row = moved_on(row, *now).after;
        }
        seen(&row)
    }

    #[test]
    fn a_clock_that_jumped_adds_one_day_and_waits_three() {
        let years = 3_650 * DAY;
        assert_eq!(after(&[DAY, 2 * DAY]), Temps { vecu: 2 * DAY, calme: true });
        assert_eq!(after(&[DAY, years]), Temps { vecu: 2 * DAY, calme: false });
        assert_eq!(after(&[DAY, years, years + 3 * DAY]), Temps { vecu: 3 * DAY, calme: false });
        assert_eq!(after(&[DAY, years, 2 * DAY]), Temps { vecu: 2 * DAY, calme: false });
        assert_eq!(after(&[DAY, years, 2 * DAY, 3 * DAY, 4 * DAY, 5 * DAY]), Temps { vecu: 5 * DAY, calme: true });
        // A week without a server looks the same as a jump, and counts as a day.
        assert_eq!(after(&[DAY, 8 * DAY]), Temps { vecu: 2 * DAY, calme: false });
        for days in [2, 3, 10, 75, 89, 91, 400] {
            assert!(!after(&[DAY, (1 + days) * DAY]).calme, "{days} days ahead");
            let back = [DAY, (1 + days) * DAY, 2 * DAY, 3 * DAY, 4 * DAY];
            assert!(!after(&back).calme, "{days} days ahead and back");
        }
    }
}
