//! An entry of the directory.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "collectivite")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(column_name = "type")]
    pub genre: String,
    pub code: String,
    pub nom: String,
    /// The folded name.
    pub nom_cle: String,
    pub siren: String,
    pub departement: String,
    /// Separated by spaces, with one space before and after.
    pub codes_postaux: String,
    pub population: i64,
    /// The text in which a search looks: the folded names, the postal codes, the code and the SIREN. It has a space
    /// before and after.
    pub cle_recherche: String,
    pub archivee_le: Option<i64>,
    /// One former name for each line, the newest first. The search key contains them.
    #[sea_orm(column_type = "Text")]
    pub anciens_noms: String,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
