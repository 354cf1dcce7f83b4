//! The staff.

use std::collections::HashMap;

use app::areas::gestion::equipe::Annonces;
use app::base::appelants::Role;
use domain::instant::Millis;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, NotSet, QueryFilter, QueryOrder,
    QuerySelect, Set, Unchanged,
};

use super::{facteurs, jetons};
use crate::clock::CLOCKS_APART;
use crate::error::BackendError;
use crate::persistence::entities::gestionnaire::{ActiveModel, Column, Entity, Model};
use crate::security::tokens::Usage;

pub async fn find(db: &impl ConnectionTrait, id: i64) -> Result<Option<Model>, BackendError> {
    Ok(Entity::find_by_id(id).one(db).await?)
}

pub async fn by_courriel(db: &impl ConnectionTrait, courriel_cle: &str) -> Result<Option<Model>, BackendError> {
    Ok(Entity::find().filter(Column::CourrielCle.eq(courriel_cle)).one(db).await?)
}

/// The members who accepted their invitation and are not disabled.
pub async fn active(db: &impl ConnectionTrait) -> Result<Vec<Model>, BackendError> {
    Ok(Entity::find().filter(Column::MotDePasse.is_not_null()).filter(Column::DesactiveLe.is_null()).all(db).await?)
}

/// Whether this member accepted the invitation and is not disabled.
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

/// Reads the row and keeps others from changing it until the transaction ends.
pub async fn find_locked(db: &impl ConnectionTrait, id: i64) -> Result<Option<Model>, BackendError> {
    Ok(Entity::find_by_id(id).lock_exclusive().one(db).await?)
}

/// Changes the right of a person who has not accepted yet: their row is only an invitation.
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

/// Puts a member into the team with this right, even if they were disabled before.
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

/// Changes the password, or its hash. `false` when the password changed since `row` was read, or the member was
/// disabled.
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

/// The active members who chose this kind of announcement.
pub async fn announced(db: &impl ConnectionTrait, annonces: Annonces) -> Result<Vec<Model>, BackendError> {
    let mut rows = active(db).await?;
    rows.retain(|row| row.annonces == annonces.code());
    Ok(rows)
}

/// Every member there ever was, those with an erased name too.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Model>, BackendError> {
    Ok(Entity::find().order_by_asc(Column::Id).all(db).await?)
}

/// The members whose name is not erased.
pub async fn team(db: &impl ConnectionTrait) -> Result<Vec<Model>, BackendError> {
    Ok(Entity::find().filter(Column::Courriel.ne("")).order_by_asc(Column::Id).all(db).await?)
}

/// Erases the names of members disabled before `before`, and of persons invited before it who never accepted. The row
/// and its id stay, because the journal refers to them. Returns the ids.
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
        // The person was invited again since.
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

/// The ids of the active administrateurs. They and the member `id` are locked until the transaction ends, in the order
/// of their ids. If two administrateurs remove each other, the second one waits and sees what the first one did.
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

/// Disables or enables a member. `false` when the member was already so.
pub async fn set_disabled(db: &impl ConnectionTrait, id: i64, at: Option<Millis>) -> Result<bool, BackendError> {
    let update = Entity::update_many().col_expr(Column::DesactiveLe, Expr::value(at)).filter(Column::Id.eq(id));
    let update = match at {
        Some(_) => update.filter(Column::DesactiveLe.is_null()),
        // A member with an erased name cannot come back.
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

/// Changes the kind of announcements. `resume_le` is set to now, so the first digest comes tomorrow.
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

/// Whether the digest due since `since` was not sent yet.
pub fn digest_is_due(member: &Model, since: Millis, now: Millis) -> bool {
    member.resume_le < since || member.resume_le > now + CLOCKS_APART
}

/// Takes the digest due since `since`. `false` when another server took it. A digest dated in the future does not
/// count: a wrong clock wrote this date.
pub async fn take_digest(db: &impl ConnectionTrait, id: i64, since: Millis, now: Millis) -> Result<bool, BackendError> {
    let update = Entity::update_many()
        .col_expr(Column::ResumeLe, Expr::value(now))
        .filter(Column::Id.eq(id))
        .filter(Column::ResumeLe.lt(since).or(Column::ResumeLe.gt(now + CLOCKS_APART)));
    Ok(update.exec(db).await?.rows_affected == 1)
}
