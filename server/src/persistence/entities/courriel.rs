//! A mail to send. The row holds only ids; the text is written when the mail leaves.

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
    /// The hidden address of the recipient: a mail never follows a corrected address. Empty once the person is erased.
    pub destinataire_cle: String,
    pub cree_le: i64,
    #[sea_orm(column_name = "prochain_essai_le")]
    pub prochain_envoi_le: i64,
    /// The end of the lease, by the database's clock.
    pub verrouille_jusqu: Option<i64>,
    #[sea_orm(column_name = "essais")]
    pub envois: i64,
    pub etat: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub derniere_erreur: Option<String>,
    pub envoye_le: Option<i64>,
    pub message_id: String,
    /// The mail counts as sent but is never handed over: too many mails were asked for this address.
    pub retenu: bool,
    /// The préinscription that the mail is about, and the version that it tells of.
    pub preinscription_id: Option<i64>,
    pub preinscription_version: Option<i64>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
