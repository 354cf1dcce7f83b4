//! What a person has typed so far. Once sent, the row is emptied and only points to the account.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "brouillon")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub cle_hash: String,
    pub cas: String,
    pub collectivite_id: Option<i64>,
    #[sea_orm(column_type = "Text")]
    pub contenu: String,
    pub compte_id: Option<i64>,
    pub cree_le: i64,
    pub modifie_le: i64,
    /// The last write accepted from each page, see `domain::saisie::Ecritures`.
    #[sea_orm(column_type = "Text")]
    pub ecritures: String,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
