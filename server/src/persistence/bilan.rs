//! Keeps the figures of erased accounts for the statistics.

use sea_orm::{ConnectionTrait, EntityTrait, NotSet, Set};

use crate::error::BackendError;
use crate::persistence::entities::bilan::{ActiveModel, Entity};
use crate::persistence::entities::compte;

/// Keeps the figures of an account before it is erased: its dates of waiting and decision, its motif of refusal, its
/// collectivité. A request that was never activated is not kept: statistics do not count it.
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
