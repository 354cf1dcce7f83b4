//! A line of an import of the directory, compared and stored until all lines are written.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "import_fiche")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub lot: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub ligne: i64,
    pub expire_le: i64,
    /// The entry to change. `NULL` for an entry to add.
    pub collectivite_id: Option<i64>,
    #[sea_orm(column_type = "Text")]
    pub avant_nom: String,
    pub avant_siren: String,
    pub avant_departement: String,
    #[sea_orm(column_type = "Text")]
    pub avant_codes_postaux: String,
    pub avant_population: i64,
    #[sea_orm(column_name = "type")]
    pub genre: String,
    pub code: String,
    #[sea_orm(column_type = "Text")]
    pub nom: String,
    #[sea_orm(column_type = "Text")]
    pub nom_cle: String,
    pub siren: String,
    pub departement: String,
    #[sea_orm(column_type = "Text")]
    pub codes_postaux: String,
    pub population: i64,
    #[sea_orm(column_type = "Text")]
    pub cle_recherche: String,
    #[sea_orm(column_type = "Text")]
    pub anciens_noms: String,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
