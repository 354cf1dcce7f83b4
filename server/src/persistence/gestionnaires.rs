//! The staff.

use std::collections::HashMap;

use domain::ports::{Annonces, Millis, Role};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, NotSet, QueryFilter, QueryOrder,
    QuerySelect, Set, Unchanged,
};

use super::entities::gestionnaire::{ActiveModel, Column, Entity, Model};
use super::{facteurs, jetons};
use crate::clock::CLOCKS_APART;
use crate::error::BackendError;
use crate::security::tokens::Usage;

pub async fn find(db: &impl ConnectionTrait, id: i64) -> Result<Option<Model>, BackendError> {
    Ok(Entity::find_by_id(id).one(db).await?)
}

pub async fn by_courriel(db: &impl ConnectionTrait, courriel_cle: &str) -> Result<Option<Model>, BackendError> {
    Ok(Entity::find().filter(Column::CourrielCle.eq(courriel_cle)).one(db).await?)
}

/// Those who have accepted their invitation and were not disabled.
pub async fn active(db: &impl ConnectionTrait) -> Result<Vec<Model>, BackendError> {
    Ok(Entity::find().filter(Column::MotDePasse.is_not_null()).filter(Column::DesactiveLe.is_null()).all(db).await?)
}

/// Whether this member may act.
pub async fn is_active(db: &impl ConnectionTrait, id: i64) -> Result<bool, BackendError> {
    let row = find(db, id).await?;
    Ok(row.is_some_and(|row| row.mot_de_passe.is_some() && row.desactive_le.is_none()))
}

pub async fn insert(
    db: &impl ConnectionTrait,
    courriel: &domain::valeurs::AdresseCourriel,
    role: Role,
    now: Millis,
) -> Result<Model, BackendError> {
    let row = ActiveModel {
        id: NotSet,
        courriel: Set(courriel.to_string()),
        courriel_cle: Set(courriel.cle().to_owned()),
        nom: Set(String::new()),
        role: Set(role.code().to_owned()),
        mot_de_passe: Set(None),
        cree_le: Set(now),
        desactive_le: Set(None),
        derniere_connexion: Set(None),
        annonces: Set(Annonces::Chaque.code().to_owned()),
        resume_le: Set(0),
        facteur_id: Set(None),
        facteur_kid: Set(None),
        facteur_pas: Set(0),
    };
    Ok(row.insert(db).await?)
}

/// Keeps others from changing the row until the transaction ends.
pub async fn find_locked(db: &impl ConnectionTrait, id: i64) -> Result<Option<Model>, BackendError> {
    Ok(Entity::find_by_id(id).lock_exclusive().one(db).await?)
}

/// Another right for someone who never came: their row is but an invitation.
pub async fn invite_as(db: &impl ConnectionTrait, id: i64, role: Role) -> Result<(), BackendError> {
    Entity::update_many()
        .col_expr(Column::Role, Expr::value(role.code()))
        .filter(Column::Id.eq(id))
        .filter(Column::MotDePasse.is_null())
        .filter(Column::DesactiveLe.is_null())
        .exec(db)
        .await?;
    Ok(())
}

/// In the team, with this right, whatever they were before.
pub async fn accept(
    db: &impl ConnectionTrait,
    id: i64,
    nom: &str,
    mot_de_passe: &str,
    role: Role,
) -> Result<(), BackendError> {
    Entity::update_many()
        .col_expr(Column::Nom, Expr::value(nom))
        .col_expr(Column::MotDePasse, Expr::value(mot_de_passe))
        .col_expr(Column::Role, Expr::value(role.code()))
        .col_expr(Column::DesactiveLe, Expr::value(None::<i64>))
        .filter(Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// Another password, or the same under another hash, unless it was changed since it was read or they were disabled: `false`
/// then.
pub async fn change_password(db: &impl ConnectionTrait, row: &Model, mot_de_passe: &str) -> Result<bool, BackendError> {
    let update = Entity::update_many()
        .col_expr(Column::MotDePasse, Expr::value(mot_de_passe))
        .filter(Column::Id.eq(row.id))
        .filter(Column::DesactiveLe.is_null())
        .filter(Column::MotDePasse.eq(row.mot_de_passe.as_deref()));
    Ok(update.exec(db).await?.rows_affected == 1)
}

pub fn role(row: &Model) -> Result<Role, BackendError> {
    Role::from_code(&row.role).ok_or(BackendError::Corrupt { table: "gestionnaire", column: "role" })
}

/// The names of these members of the staff.
pub async fn names(db: &impl ConnectionTrait, ids: &[i64]) -> Result<HashMap<i64, String>, BackendError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = Entity::find().filter(Column::Id.is_in(ids.iter().copied())).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.nom)).collect())
}

/// The active ones who want to be told so.
pub async fn announced(db: &impl ConnectionTrait, annonces: Annonces) -> Result<Vec<Model>, BackendError> {
    let mut rows = active(db).await?;
    rows.retain(|row| row.annonces == annonces.code());
    Ok(rows)
}

/// All there ever were, those whose name is forgotten too.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Model>, BackendError> {
    Ok(Entity::find().order_by_asc(Column::Id).all(db).await?)
}

/// All who still have a name here.
pub async fn team(db: &impl ConnectionTrait) -> Result<Vec<Model>, BackendError> {
    Ok(Entity::find().filter(Column::Courriel.ne("")).order_by_asc(Column::Id).all(db).await?)
}

/// Forgets who those were that were disabled before, or invited before and never came: their number is all that is left,
/// for what they did. Returns these numbers.
pub async fn forget(db: &impl ConnectionTrait, before: Millis) -> Result<Vec<i64>, BackendError> {
    let invited = Condition::all().add(Column::MotDePasse.is_null()).add(Column::CreeLe.lt(before));
    let gone = Condition::any().add(Column::DesactiveLe.lt(before)).add(invited);
    let due = Entity::find()
        .filter(Column::Courriel.ne(""))
        .filter(gone)
        .order_by_asc(Column::Id)
        .lock_exclusive()
        .all(db)
        .await?;
    let mut forgotten = Vec::new();
    for row in &due {
        // Invited again since.
        if !jetons::open(db, Usage::Invitation, row.id).await?.is_empty() {
            continue;
        }
        forgotten.push(row.id);
        facteurs::reset(db, row.id).await?;
        let nobody = ActiveModel {
            id: Unchanged(row.id),
            courriel: Set(String::new()),
            courriel_cle: Set(format!("ancien:{}", row.id)),
            nom: Set("Ancien membre".to_owned()),
            mot_de_passe: Set(None),
            desactive_le: Set(Some(row.desactive_le.unwrap_or(before))),
            ..Default::default()
        };
        nobody.update(db).await?;
    }
    Ok(forgotten)
}

/// The active administrateurs. They and the member `id` are kept from changing until the transaction ends, in the order
/// of their ids: two who remove each other wait for one another, and the second sees what the first did.
pub async fn administrateurs_locked(db: &impl ConnectionTrait, id: i64) -> Result<Vec<i64>, BackendError> {
    let active = Condition::all()
        .add(Column::Role.eq(Role::Administrateur.code()))
        .add(Column::MotDePasse.is_not_null())
        .add(Column::DesactiveLe.is_null());
    let rows = Entity::find()
        .filter(Condition::any().add(active).add(Column::Id.eq(id)))
        .order_by_asc(Column::Id)
        .lock_exclusive();
    let is_active = |row: &Model| {
        row.role == Role::Administrateur.code() && row.mot_de_passe.is_some() && row.desactive_le.is_none()
    };
    Ok(rows.all(db).await?.into_iter().filter(is_active).map(|row| row.id).collect())
}

/// `false` when it was so already.
pub async fn set_disabled(db: &impl ConnectionTrait, id: i64, at: Option<Millis>) -> Result<bool, BackendError> {
    let update = Entity::update_many().col_expr(Column::DesactiveLe, Expr::value(at)).filter(Column::Id.eq(id));
    let update = match at {
        Some(_) => update.filter(Column::DesactiveLe.is_null()),
        // Whose name is forgotten is nobody any more.
        None => update.filter(Column::DesactiveLe.is_not_null()).filter(Column::Courriel.ne("")),
    };
    Ok(update.exec(db).await?.rows_affected == 1)
}

pub async fn set_right(db: &impl ConnectionTrait, id: i64, role: Role) -> Result<bool, BackendError> {
    let update = Entity::update_many()
        .col_expr(Column::Role, Expr::value(role.code()))
        .filter(Column::Id.eq(id))
        .filter(Column::Role.ne(role.code()));
    Ok(update.exec(db).await?.rows_affected == 1)
}

/// The day's digest is not missed: it comes tomorrow.
pub async fn set_announces(
    db: &impl ConnectionTrait,
    id: i64,
    annonces: Annonces,
    now: Millis,
) -> Result<(), BackendError> {
    Entity::update_many()
        .col_expr(Column::Annonces, Expr::value(annonces.code()))
        .col_expr(Column::ResumeLe, Expr::value(now))
        .filter(Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// Whether the digest due since `since` has not gone.
pub fn digest_is_due(member: &Model, since: Millis, now: Millis) -> bool {
    member.resume_le < since || member.resume_le > now + CLOCKS_APART
}

/// Takes the digest due since `since`; `false` when another server did. One that went in the future, before the clock was
/// set back, says nothing of today.
pub async fn take_digest(db: &impl ConnectionTrait, id: i64, since: Millis, now: Millis) -> Result<bool, BackendError> {
    let update = Entity::update_many()
        .col_expr(Column::ResumeLe, Expr::value(now))
        .filter(Column::Id.eq(id))
        .filter(Column::ResumeLe.lt(since).or(Column::ResumeLe.gt(now + CLOCKS_APART)));
    Ok(update.exec(db).await?.rows_affected == 1)
}
