//! The application of an account to one session.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "preinscription")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub reference: String,
    pub session_id: i64,
    pub compte_id: i64,
    /// Given once, under the lock of the session.
    pub rang: i64,
    pub etat: String,
    /// Increases with each change of state.
    pub version: i64,
    pub origine: String,
    pub si_complet: String,
    #[sea_orm(column_type = "Text")]
    pub attentes: String,
    /// Whether the person asks the référent handicap to call. Nothing else is kept about it.
    pub contact_referent: bool,
    /// Why a gestionnaire pressed; may be empty.
    pub raison: String,
    /// What the service formation said; may be empty.
    #[sea_orm(column_type = "Text")]
    pub observation: String,
    pub motif_id: Option<i64>,
    pub cause: Option<String>,
    /// The end of the offer, as its mail says.
    pub offre_fin: Option<i64>,
    /// When that mail was handed over. Before that, an offer has no end.
    pub offre_remise_le: Option<i64>,
    /// The mail of an offer was refused for good: the machine offers nothing more.
    pub non_remise: bool,
    /// The account is suspended: the machine steps over it.
    pub suspendue: bool,
    pub cree_le: i64,
    pub modifie_le: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
