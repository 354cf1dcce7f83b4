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
    /// The second factor that this connexion may enrol. After that, the recovery codes that it may still show.
    pub a_montrer: Option<String>,
    /// Until when the connexion shows the recovery codes.
    pub montrer_jusqu: Option<i64>,
    /// The id of the connexion that its person sees.
    pub id_public: String,
    /// A rough name of the browser, such as « Firefox sur Android ».
    pub navigateur: String,
    /// How many passwords failed before the connexion was opened. 0 once the person has seen it.
    pub essais: i64,
    pub essai_le: Option<i64>,
    /// How many codes failed after the right password, for the staff.
    pub codes: i64,
    pub code_le: Option<i64>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
