//! Figures outlive the accounts they were made of.

use sea_orm::{ConnectionTrait, EntityTrait, NotSet, Set};

use super::entities::bilan::{ActiveModel, Entity};
use super::entities::compte;
use crate::error::BackendError;

/// Keeps what statistics count of an account that is about to be erased: when it waited and was decided, why it was
/// refused, and for which collectivité. Requests nobody activated were never counted.
pub async fn keep(db: &impl ConnectionTrait, row: &compte::Model) -> Result<(), BackendError> {
    if row.activee_le.is_none() {
        return Ok(());
    }
    let line = ActiveModel {
        id: NotSet,
        collectivite_id: Set(row.collectivite_id),
        attend_depuis: Set(row.attend_depuis),
        decidee_le: Set(row.decidee_le),
        motif_id: Set(row.motif_id),
    };
    Entity::insert(line).exec_without_returning(db).await?;
    Ok(())
}
