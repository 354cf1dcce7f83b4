//! A mail to send: ids only, its text is made when it goes.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "courriel")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub genre: String,
    pub compte_id: Option<i64>,
    pub gestionnaire_id: Option<i64>,
    pub jeton_id: Option<String>,
    /// The hidden address it was meant for: a mail never follows a corrected address. Empty once its person is erased.
    pub destinataire_cle: String,
    pub cree_le: i64,
    #[sea_orm(column_name = "prochain_essai_le")]
    pub prochain_envoi_le: i64,
    /// The lease, by the database's clock.
    pub verrouille_jusqu: Option<i64>,
    #[sea_orm(column_name = "essais")]
    pub envois: i64,
    pub etat: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub derniere_erreur: Option<String>,
    pub envoye_le: Option<i64>,
    pub message_id: String,
    /// Counted as sent, and never handed over: its address was asked for too often.
    pub retenu: bool,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
