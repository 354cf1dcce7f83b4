//! A signed-in browser.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: String,
    pub genre: String,
    pub sujet_id: i64,
    pub cree_le: i64,
    pub vue_le: i64,
    pub expire_le: i64,
    /// When the second factor was proved, for the staff.
    pub facteur_le: Option<i64>,
    /// The factor this connexion may enrol, and then the recovery codes it may still show.
    pub a_montrer: Option<String>,
    /// Until when it shows the codes.
    pub montrer_jusqu: Option<i64>,
    /// What names it to its person.
    pub id_public: String,
    /// In coarse words, « Firefox sur Android ».
    pub navigateur: String,
    /// The passwords that failed before it was opened, until its person has seen it.
    pub essais: i64,
    pub essai_le: Option<i64>,
    /// The codes that failed after the right password, for the staff.
    pub codes: i64,
    pub code_le: Option<i64>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
