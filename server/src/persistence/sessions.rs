//! Signed-in browsers, under the hash of the secret in their cookie.

use domain::conservation::{SESSION_GESTION_HEURES, SESSION_HEURES, SESSION_INACTIVE_MINUTES};
use domain::ports::{Millis, SessionToken};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, Set};

use super::entities::session::{ActiveModel, Column, Entity};
use crate::clock::{HOUR, MINUTE};
use crate::error::BackendError;
use crate::security::secrets::at_rest;

/// Whose session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Genre {
    /// Its subject is an account.
    Formateur,
    /// Its subject is a gestionnaire.
    Gestion,
    /// Its subject is a service formation.
    ServiceFormation,
}

impl Genre {
    fn code(self) -> &'static str {
        match self {
            Self::Formateur => "formateur",
            Self::Gestion => "gestion",
            Self::ServiceFormation => "service",
        }
    }

    /// However busy, a session ends after this long.
    fn lifetime(self) -> Millis {
        match self {
            Self::Formateur => Millis::from(SESSION_HEURES) * HOUR,
            Self::Gestion | Self::ServiceFormation => Millis::from(SESSION_GESTION_HEURES) * HOUR,
        }
    }
}

const IDLE: Millis = SESSION_INACTIVE_MINUTES as Millis * MINUTE;

/// The last use is written at most this often.
const SEEN_EVERY: Millis = MINUTE;

pub async fn open(
    db: &impl ConnectionTrait,
    token_hash: String,
    genre: Genre,
    sujet_id: i64,
    now: Millis,
) -> Result<(), BackendError> {
    let row = ActiveModel {
        token_hash: Set(token_hash),
        genre: Set(genre.code().to_owned()),
        sujet_id: Set(sujet_id),
        cree_le: Set(now),
        vue_le: Set(now),
        expire_le: Set(now + genre.lifetime()),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The subject of a living session, whose use it notes unless the page asked by itself. A session begun in the future does not live: the clock was
/// set back, and nobody knows how long ago that was.
pub async fn subject(
    db: &impl ConnectionTrait,
    session: &SessionToken,
    genre: Genre,
    now: Millis,
) -> Result<Option<i64>, BackendError> {
    let token_hash = at_rest(&session.secret);
    let Some(row) = Entity::find_by_id(token_hash.as_str()).filter(Column::Genre.eq(genre.code())).one(db).await?
    else {
        return Ok(None);
    };
    let lives = row.cree_le <= now + SEEN_EVERY && now < row.expire_le && now < row.vue_le + IDLE;
    if lives && !session.passive && now >= row.vue_le + SEEN_EVERY {
        Entity::update_many()
            .col_expr(Column::VueLe, Expr::value(now))
            .filter(Column::TokenHash.eq(token_hash))
            .filter(Column::VueLe.lt(now))
            .exec(db)
            .await?;
    }
    Ok(lives.then_some(row.sujet_id))
}

pub async fn close(db: &impl ConnectionTrait, token_hash: &str) -> Result<(), BackendError> {
    Entity::delete_by_id(token_hash).exec(db).await?;
    Ok(())
}

pub async fn close_all(db: &impl ConnectionTrait, genre: Genre, sujet_id: i64) -> Result<(), BackendError> {
    Entity::delete_many().filter(Column::Genre.eq(genre.code())).filter(Column::SujetId.eq(sujet_id)).exec(db).await?;
    Ok(())
}

pub async fn purge(db: &impl ConnectionTrait, now: Millis) -> Result<u64, BackendError> {
    let over = Condition::any().add(Column::ExpireLe.lte(now)).add(Expr::col(Column::VueLe).lte(now - IDLE));
    Ok(Entity::delete_many().filter(over).exec(db).await?.rows_affected)
}

/// How many live.
pub async fn count(db: &impl ConnectionTrait, now: Millis) -> Result<u64, BackendError> {
    let living = Entity::find().filter(Column::ExpireLe.gt(now)).filter(Column::VueLe.gt(now - IDLE));
    Ok(living.count(db).await?)
}
