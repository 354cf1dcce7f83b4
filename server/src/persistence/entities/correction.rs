//! Answers to correct or to review: before and after. A gestionnaire asked for it, or an agent reviews their service
//! formation's answers.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "correction")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub compte_id: i64,
    pub demandee_le: i64,
    /// The gestionnaire. `None` in a relecture.
    pub demandee_par: Option<i64>,
    #[sea_orm(column_type = "Text")]
    pub message: String,
    /// The answers before the correction.
    #[sea_orm(column_type = "Text")]
    pub avant: String,
    /// The answers as the person corrects them.
    #[sea_orm(column_type = "Text")]
    pub contenu: String,
    /// When the person sent the answers back. An account has one open correction at most.
    pub renvoyee_le: Option<i64>,
    /// Whether this is a relecture: no gestionnaire asked for it, and the agent reviews what their service formation
    /// typed.
    pub relecture: bool,
    /// How many wrong birth dates were given to open it.
    pub essais: i64,
    pub ouverte_le: Option<i64>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
