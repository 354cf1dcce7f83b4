//! What an invitation gives, beside its link. Links of the former version of the program have no row here.

use app::base::appelants::Role;
use domain::instant::Millis;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Set};

use crate::error::BackendError;
pub use crate::persistence::entities::invitation::Model;
use crate::persistence::entities::invitation::{ActiveModel, Column, Entity};
use crate::persistence::entities::jeton;

/// `par` is the gestionnaire who invites; `None` for the command line.
pub async fn keep(
    db: &impl ConnectionTrait,
    jeton_id: &str,
    role: Option<Role>,
    collectivite_id: Option<i64>,
    par: Option<i64>,
) -> Result<(), BackendError> {
    let row = ActiveModel {
        jeton_id: Set(jeton_id.to_owned()),
        role: Set(role.map(|role| role.code().to_owned())),
        collectivite_id: Set(collectivite_id),
        par: Set(par),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

pub async fn find(db: &impl ConnectionTrait, jeton_id: &str) -> Result<Option<Model>, BackendError> {
    Ok(Entity::find_by_id(jeton_id).one(db).await?)
}

pub fn role(row: &Model) -> Result<Option<Role>, BackendError> {
    let corrupt = BackendError::Corrupt { table: "invitation", column: "role" };
    row.role.as_deref().map(|code| Role::from_code(code).ok_or(corrupt)).transpose()
}

/// Revokes the unused links that a gestionnaire handed out: a member without rights cannot give any.
pub async fn revoke_made_by(db: &impl ConnectionTrait, par: i64, now: Millis) -> Result<(), BackendError> {
    let made = Entity::find().select_only().column(Column::JetonId).filter(Column::Par.eq(par)).into_query();
    jeton::Entity::update_many()
        .col_expr(jeton::Column::RevoqueLe, Expr::value(now))
        .filter(jeton::Column::Id.in_subquery(made))
        .filter(jeton::Column::UtiliseLe.is_null())
        .filter(jeton::Column::RevoqueLe.is_null())
        .exec(db)
        .await?;
    Ok(())
}
