//! The tokens of the mailed links: issued, handed over, used once.

use domain::conservation::LIEN_NON_REMIS_JOURS;
use domain::instant::Millis;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use super::engine::Db;
use crate::clock::{DAY, HOUR};
use crate::error::BackendError;
use crate::persistence::entities::jeton::{ActiveModel, Column, Entity, Model};
use crate::security::tokens::Usage;

/// How many rows one transaction of the purge deletes.
const PURGED_AT_ONCE: u64 = 1_000;

/// The state of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Etat {
    Vivant,
    Expire,
    Utilise,
    /// Ended by another link, by a corrected address, or by too many wrong tries.
    Revoque,
}

/// If a hand-over is dated further ahead than this, a wrong clock wrote it. The link expires: otherwise it would
/// outlive its validity.
const AHEAD: Millis = HOUR;

/// For links to a new password or a new address. If the mail is not handed over by then, the person has stopped
/// waiting.
const WAITED_FOR: Millis = 2 * HOUR;

/// For other links. If the mail could not be handed over for so long, the link never opens.
const UNDELIVERED: Millis = LIEN_NON_REMIS_JOURS as Millis * DAY;

/// How long a link waits for its hand-over, from the request that made it.
fn patience(usage: &str) -> Millis {
    let short = [Usage::Reinitialisation, Usage::ReinitialisationService, Usage::Adresse];
    if short.iter().any(|known| known.code() == usage) { WAITED_FOR } else { UNDELIVERED }
}

/// The state of a link. `validity` starts when its mail is first handed over. Before that, `patience` runs from the
/// request.
pub fn etat(row: &Model, validity: Millis, now: Millis) -> Etat {
    match row.premier_envoi_le {
        _ if row.utilise_le.is_some() => Etat::Utilise,
        _ if row.revoque_le.is_some() => Etat::Revoque,
        None if now >= row.cree_le + patience(&row.usage) => Etat::Expire,
        Some(sent) if now >= sent + validity || sent > now + AHEAD => Etat::Expire,
        _ => Etat::Vivant,
    }
}

pub async fn issue(
    db: &impl ConnectionTrait,
    id: &str,
    usage: Usage,
    sujet_id: i64,
    kid: &str,
    now: Millis,
) -> Result<(), BackendError> {
    let row = ActiveModel {
        id: Set(id.to_owned()),
        usage: Set(usage.code().to_owned()),
        sujet_id: Set(sujet_id),
        kid: Set(kid.to_owned()),
        cree_le: Set(now),
        premier_envoi_le: Set(None),
        utilise_le: Set(None),
        revoque_le: Set(None),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The name of the key the newest link was made with.
pub async fn newest_kid(db: &impl ConnectionTrait) -> Result<Option<String>, BackendError> {
    Ok(Entity::find().order_by_desc(Column::CreeLe).one(db).await?.map(|row| row.kid))
}

pub async fn find(db: &impl ConnectionTrait, id: &str) -> Result<Option<Model>, BackendError> {
    Ok(Entity::find_by_id(id).one(db).await?)
}

/// The link of this purpose that was handed over last, if it is neither used nor revoked.
pub async fn newest(db: &impl ConnectionTrait, usage: Usage, sujet_id: i64) -> Result<Option<Model>, BackendError> {
    let newest = Entity::find()
        .filter(Column::Usage.eq(usage.code()))
        .filter(Column::SujetId.eq(sujet_id))
        .filter(Column::PremierEnvoiLe.is_not_null())
        .filter(Column::UtiliseLe.is_null())
        .filter(Column::RevoqueLe.is_null())
        .order_by_desc(Column::PremierEnvoiLe);
    Ok(newest.one(db).await?)
}

/// Uses the link, once. `false` when it was used or revoked before.
pub async fn consume(db: &impl ConnectionTrait, id: &str, now: Millis) -> Result<bool, BackendError> {
    let update = Entity::update_many()
        .col_expr(Column::UtiliseLe, Expr::value(now))
        .filter(Column::Id.eq(id))
        .filter(Column::UtiliseLe.is_null())
        .filter(Column::RevoqueLe.is_null());
    Ok(update.exec(db).await?.rows_affected == 1)
}

/// Revokes every unused link of this purpose for the subject.
pub async fn revoke(db: &impl ConnectionTrait, usage: Usage, sujet_id: i64, now: Millis) -> Result<(), BackendError> {
    Entity::update_many()
        .col_expr(Column::RevoqueLe, Expr::value(now))
        .filter(Column::Usage.eq(usage.code()))
        .filter(Column::SujetId.eq(sujet_id))
        .filter(Column::UtiliseLe.is_null())
        .filter(Column::RevoqueLe.is_null())
        .exec(db)
        .await?;
    Ok(())
}

/// Records the first hand-over: the link's validity starts.
pub async fn handed_over(db: &impl ConnectionTrait, id: &str, now: Millis) -> Result<(), BackendError> {
    Entity::update_many()
        .col_expr(Column::PremierEnvoiLe, Expr::value(now))
        .filter(Column::Id.eq(id))
        .filter(Column::PremierEnvoiLe.is_null())
        .exec(db)
        .await?;
    Ok(())
}

/// Deletes the links to an account. Invitations are not among them: they lead to gestionnaires, whose ids are of
/// another table. A link to a draft is deleted with its draft.
pub async fn delete_of_account(db: &impl ConnectionTrait, compte_id: i64) -> Result<(), BackendError> {
    delete(db, &[Usage::Activation, Usage::Reinitialisation], compte_id).await
}

/// The links of this purpose that are neither used nor revoked.
pub async fn open(db: &impl ConnectionTrait, usage: Usage, sujet_id: i64) -> Result<Vec<Model>, BackendError> {
    let open = Entity::find()
        .filter(Column::Usage.eq(usage.code()))
        .filter(Column::SujetId.eq(sujet_id))
        .filter(Column::UtiliseLe.is_null())
        .filter(Column::RevoqueLe.is_null());
    Ok(open.all(db).await?)
}

/// Deletes all links of these purposes for a subject.
pub async fn delete(db: &impl ConnectionTrait, usages: &[Usage], sujet_id: i64) -> Result<(), BackendError> {
    Entity::delete_many()
        .filter(Column::Usage.is_in(usages.iter().map(|usage| usage.code())))
        .filter(Column::SujetId.eq(sujet_id))
        .exec(db)
        .await?;
    Ok(())
}

/// Deletes links older than `created_before`. Each transaction deletes few rows, so other writers do not wait long.
pub async fn purge(db: &Db, created_before: Millis) -> Result<(), BackendError> {
    loop {
        let due = Entity::find().select_only().column(Column::Id).filter(Column::CreeLe.lt(created_before));
        let due: Vec<String> = due.limit(PURGED_AT_ONCE).into_tuple().all(db.connection()).await?;
        if due.is_empty() {
            return Ok(());
        }
        let write = db.begin().await?;
        Entity::delete_many().filter(Column::Id.is_in(due)).exec(&*write).await?;
        write.commit().await?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jeton(premier_envoi_le: Option<Millis>) -> Model {
        Model {
            id: String::new(),
            usage: String::new(),
            sujet_id: 1,
            kid: String::new(),
            cree_le: 0,
            premier_envoi_le,
            utilise_le: None,
            revoque_le: None,
        }
    }

    const VALIDITY: Millis = 1_000;

    #[test]
    fn a_link_lives_from_its_hand_over() {
        assert_eq!(etat(&jeton(None), VALIDITY, 9_000), Etat::Vivant);
        assert_eq!(etat(&jeton(Some(9_000)), VALIDITY, 9_999), Etat::Vivant);
        assert_eq!(etat(&jeton(Some(9_000)), VALIDITY, 10_000), Etat::Expire);
    }

    #[test]
    fn a_link_that_was_never_handed_over_ages_from_its_request() {
        for usage in Usage::ALL {
            let waits = Model { usage: usage.code().to_owned(), ..jeton(None) };
            let short = matches!(usage, Usage::Reinitialisation | Usage::ReinitialisationService | Usage::Adresse);
            let limit = if short { 2 * HOUR } else { 7 * DAY };
            assert_eq!(etat(&waits, VALIDITY, limit - 1), Etat::Vivant, "{usage:?}");
            assert_eq!(etat(&waits, VALIDITY, limit), Etat::Expire, "{usage:?}");
        }
    }

    #[test]
    fn a_link_handed_over_in_the_future_has_expired() {
        assert_eq!(etat(&jeton(Some(9_000)), VALIDITY, 9_000 - AHEAD), Etat::Vivant);
        assert_eq!(etat(&jeton(Some(9_000)), VALIDITY, 8_999 - AHEAD), Etat::Expire);
    }

    #[test]
    fn a_used_link_stays_used_whatever_the_clock_says() {
        let used = Model { utilise_le: Some(5), ..jeton(Some(0)) };
        for now in [-9_000, 0, 9_000_000] {
            assert_eq!(etat(&used, VALIDITY, now), Etat::Utilise);
        }
    }
}
