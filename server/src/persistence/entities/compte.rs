//! An account: one row for each request.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "compte")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique)]
    pub reference: String,
    /// Increases with each change of state or of address.
    pub version: i64,
    pub statut: String,
    pub cas: String,
    pub collectivite_id: i64,
    pub civilite: String,
    pub nom: String,
    pub nom_naissance: String,
    pub prenom: String,
    pub date_naissance: String,
    pub courriel: String,
    pub courriel_cle: String,
    pub mobile: Option<String>,
    pub fixe: Option<String>,
    pub pays: String,
    pub voie: String,
    pub complement: Option<String>,
    pub lieu_dit: Option<String>,
    pub code_postal: Option<String>,
    pub commune: String,
    pub correspondant: String,
    pub statut_professionnel: String,
    pub fonction: String,
    pub siret: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub domaines: Option<String>,
    /// Name, first name and birth name, folded, with a space before and after.
    pub nom_cle: String,
    pub envoyee_le: i64,
    pub activee_le: Option<i64>,
    pub decidee_le: Option<i64>,
    /// The gestionnaire.
    pub decidee_par: Option<i64>,
    pub motif_id: Option<i64>,
    #[sea_orm(column_type = "Text", nullable)]
    pub message: Option<String>,
    pub statut_depuis: i64,
    /// Since when the request waits for a decision. A correction moves it on by the time the correction took.
    pub attend_depuis: Option<i64>,
    pub responsable_nom: Option<String>,
    pub responsable_prenom: Option<String>,
    pub responsable_courriel: Option<String>,
    pub pro_pays: Option<String>,
    pub pro_voie: Option<String>,
    pub pro_complement: Option<String>,
    pub pro_lieu_dit: Option<String>,
    pub pro_code_postal: Option<String>,
    pub pro_commune: Option<String>,
    pub cadre_emplois: Option<String>,
    pub grade: Option<String>,
    pub service: Option<String>,
    /// The service formation, in cas 1.
    pub presentee_par: Option<i64>,
    /// The last login or validation of an active account.
    pub actif_le: Option<i64>,
    /// When the warning about its inactivity was queued.
    pub averti_le: Option<i64>,
    /// How long the service had run when that warning was marked as handed over, see `veille`.
    pub averti_vecu: Option<i64>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
