//! Connexions of signed-in browsers. The cookie holds a secret; the row is found by its hash.

use app::base::exchange::ConnexionToken;
use domain::conservation::{CONNEXION_GESTION_HEURES, CONNEXION_HEURES, CONNEXION_INACTIVE_MINUTES};
use domain::instant::Millis;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, Set};

use super::engine::Db;
use super::pieces;
use crate::clock::{CLOCKS_APART, HOUR, MINUTE};
use crate::error::BackendError;
pub use crate::persistence::entities::connexion::Model;
use crate::persistence::entities::connexion::{ActiveModel, Column, Entity};
use crate::security::secrets::at_rest;

/// The kind of person who is signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Genre {
    /// Its subject is an account.
    Formateur,
    /// The subject is a gestionnaire who proved the second factor in this connexion.
    Gestion,
    /// The subject is a gestionnaire who has not proved the second factor yet.
    GestionEnAttente,
    /// Its subject is a service formation.
    ServiceFormation,
}

impl Genre {
    /// Both staff kinds have the code `gestion`; the column `facteur_le` says whether the second factor was proved. So
    /// what ends one ends the other.
    fn code(self) -> &'static str {
        match self {
            Self::Formateur => "formateur",
            Self::Gestion | Self::GestionEnAttente => "gestion",
            Self::ServiceFormation => "service",
        }
    }

    /// A connexion ends after this long, even if it is in use.
    fn lifetime(self) -> Millis {
        match self {
            Self::Formateur => Millis::from(CONNEXION_HEURES) * HOUR,
            Self::Gestion | Self::ServiceFormation => Millis::from(CONNEXION_GESTION_HEURES) * HOUR,
            Self::GestionEnAttente => 10 * MINUTE,
        }
    }

    fn condition(self) -> Condition {
        let code = Condition::all().add(Column::Genre.eq(self.code()));
        match self {
            Self::Gestion => code.add(Column::FacteurLe.is_not_null()),
            Self::GestionEnAttente => code.add(Column::FacteurLe.is_null()),
            Self::Formateur | Self::ServiceFormation => code,
        }
    }
}

const IDLE: Millis = CONNEXION_INACTIVE_MINUTES as Millis * MINUTE;

/// The last use is written at most once in this time.
const SEEN_EVERY: Millis = MINUTE;

/// A connexion to open.
#[derive(Clone, Debug)]
pub struct NouvelleConnexion {
    pub token_hash: String,
    pub id_public: String,
    pub genre: Genre,
    pub sujet_id: i64,
    pub navigateur: String,
    /// The second factor that this connexion may enrol.
    pub a_montrer: Option<String>,
}

pub async fn open(db: &impl ConnectionTrait, connexion: NouvelleConnexion, now: Millis) -> Result<(), BackendError> {
    let NouvelleConnexion { token_hash, id_public, genre, sujet_id, navigateur, a_montrer } = connexion;
    let row = ActiveModel {
        token_hash: Set(token_hash),
        genre: Set(genre.code().to_owned()),
        sujet_id: Set(sujet_id),
        cree_le: Set(now),
        vue_le: Set(now),
        expire_le: Set(now + genre.lifetime()),
        facteur_le: Set((genre == Genre::Gestion).then_some(now)),
        a_montrer: Set(a_montrer),
        montrer_jusqu: Set(None),
        id_public: Set(id_public),
        navigateur: Set(navigateur),
        essais: Set(0),
        essai_le: Set(None),
        codes: Set(0),
        code_le: Set(None),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The subject of a living connexion. Records its use, unless the page sent the request by itself.
pub async fn subject(
    db: &impl ConnectionTrait,
    connexion: &ConnexionToken,
    genre: Genre,
    now: Millis,
) -> Result<Option<i64>, BackendError> {
    Ok(living(db, connexion, genre, now).await?.map(|row| row.sujet_id))
}

/// A living connexion. Records its use, unless the page sent the request by itself. A connexion created in the future is
/// dead: the clock was set back, so its age is unknown.
pub async fn living(
    db: &impl ConnectionTrait,
    connexion: &ConnexionToken,
    genre: Genre,
    now: Millis,
) -> Result<Option<Model>, BackendError> {
    let token_hash = at_rest(&connexion.secret);
    let Some(row) = Entity::find_by_id(token_hash.as_str()).filter(genre.condition()).one(db).await? else {
        return Ok(None);
    };
    let lives = row.cree_le <= now + CLOCKS_APART && now < row.expire_le && now < row.vue_le + IDLE;
    if lives && !connexion.passive && now >= row.vue_le + SEEN_EVERY {
        Entity::update_many()
            .col_expr(Column::VueLe, Expr::value(now))
            .filter(Column::TokenHash.eq(token_hash))
            .filter(Column::VueLe.lt(now))
            .exec(db)
            .await?;
    }
    Ok(lives.then_some(row))
}

/// Whether a connexion of any kind lives. Records nothing.
pub async fn is_alive(
    db: &impl ConnectionTrait,
    connexion: &ConnexionToken,
    now: Millis,
) -> Result<bool, BackendError> {
    let row = Entity::find_by_id(at_rest(&connexion.secret)).one(db).await?;
    Ok(row.is_some_and(|row| row.cree_le <= now + CLOCKS_APART && now < row.expire_le && now < row.vue_le + IDLE))
}

/// Sets which recovery codes this connexion may show, and until when.
pub async fn set_shown(
    db: &impl ConnectionTrait,
    token_hash: &str,
    lot: Option<(&str, Millis)>,
) -> Result<(), BackendError> {
    Entity::update_many()
        .col_expr(Column::AMontrer, Expr::value(lot.map(|(lot, _)| lot.to_owned())))
        .col_expr(Column::MontrerJusqu, Expr::value(lot.map(|(_, until)| until)))
        .filter(Column::TokenHash.eq(token_hash))
        .exec(db)
        .await?;
    Ok(())
}

/// Sets the failures to show to the person: how many passwords and codes failed, and when the last one did. `None`
/// clears them, once the person has seen them.
pub async fn set_failures(
    db: &impl ConnectionTrait,
    token_hash: &str,
    passwords: Option<(i64, Millis)>,
    codes: Option<(i64, Millis)>,
) -> Result<(), BackendError> {
    Entity::update_many()
        .col_expr(Column::Essais, Expr::value(passwords.map_or(0, |(n, _)| n)))
        .col_expr(Column::EssaiLe, Expr::value(passwords.map(|(_, le)| le)))
        .col_expr(Column::Codes, Expr::value(codes.map_or(0, |(n, _)| n)))
        .col_expr(Column::CodeLe, Expr::value(codes.map(|(_, le)| le)))
        .filter(Column::TokenHash.eq(token_hash))
        .exec(db)
        .await?;
    Ok(())
}

/// Gives a connexion a new secret and clears its failures. It ends at the same time as before. `false` when it was closed
/// before.
pub async fn change_secret(db: &impl ConnectionTrait, token_hash: &str, other: &str) -> Result<bool, BackendError> {
    let update = Entity::update_many()
        .col_expr(Column::TokenHash, Expr::value(other))
        .col_expr(Column::Essais, Expr::value(0_i64))
        .col_expr(Column::EssaiLe, Expr::value(None::<i64>))
        .col_expr(Column::Codes, Expr::value(0_i64))
        .col_expr(Column::CodeLe, Expr::value(None::<i64>))
        .filter(Column::TokenHash.eq(token_hash));
    Ok(update.exec(db).await?.rows_affected == 1)
}

/// Closes a connexion. `false` when it was closed before.
pub async fn close(db: &impl ConnectionTrait, token_hash: &str) -> Result<bool, BackendError> {
    Ok(Entity::delete_by_id(token_hash).exec(db).await?.rows_affected == 1)
}

/// The living connexions of a person, the newest first.
pub async fn alive(
    db: &impl ConnectionTrait,
    genre: Genre,
    sujet_id: i64,
    now: Millis,
) -> Result<Vec<Model>, BackendError> {
    let alive = Entity::find()
        .filter(genre.condition())
        .filter(Column::SujetId.eq(sujet_id))
        .filter(Column::ExpireLe.gt(now))
        .filter(Expr::col(Column::VueLe).gt(now - IDLE))
        .order_by_desc(Column::CreeLe)
        .order_by_asc(Column::IdPublic);
    Ok(alive.all(db).await?)
}

/// Closes one of the person's own connexions, by its public id.
pub async fn close_named(
    db: &impl ConnectionTrait,
    genre: Genre,
    sujet_id: i64,
    id_public: &str,
) -> Result<(), BackendError> {
    Entity::delete_many()
        .filter(Column::Genre.eq(genre.code()))
        .filter(Column::SujetId.eq(sujet_id))
        .filter(Column::IdPublic.eq(id_public))
        .exec(db)
        .await?;
    Ok(())
}

/// Closes all the person's connexions but this one. Connexions that wait for a second factor are closed too.
pub async fn close_others(
    db: &impl ConnectionTrait,
    genre: Genre,
    sujet_id: i64,
    token_hash: &str,
) -> Result<(), BackendError> {
    Entity::delete_many()
        .filter(Column::Genre.eq(genre.code()))
        .filter(Column::SujetId.eq(sujet_id))
        .filter(Column::TokenHash.ne(token_hash))
        .exec(db)
        .await?;
    Ok(())
}

/// Sets the name of the browser, once.
pub async fn name_browser(db: &impl ConnectionTrait, token_hash: &str, navigateur: &str) -> Result<(), BackendError> {
    Entity::update_many()
        .col_expr(Column::Navigateur, Expr::value(navigateur))
        .filter(Column::TokenHash.eq(token_hash))
        .filter(Column::Navigateur.eq(""))
        .exec(db)
        .await?;
    Ok(())
}

pub async fn close_all(db: &impl ConnectionTrait, genre: Genre, sujet_id: i64) -> Result<(), BackendError> {
    Entity::delete_many().filter(Column::Genre.eq(genre.code())).filter(Column::SujetId.eq(sujet_id)).exec(db).await?;
    Ok(())
}

pub async fn purge(db: &Db, now: Millis) -> Result<u64, BackendError> {
    let over = Condition::any().add(Column::ExpireLe.lte(now)).add(Expr::col(Column::VueLe).lte(now - IDLE));
    pieces::all::<Entity>(db, Column::TokenHash, over).await
}

/// Counts the living connexions.
pub async fn count(db: &impl ConnectionTrait, now: Millis) -> Result<u64, BackendError> {
    let living = Entity::find().filter(Column::ExpireLe.gt(now)).filter(Column::VueLe.gt(now - IDLE));
    Ok(living.count(db).await?)
}
