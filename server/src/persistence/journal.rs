//! The journal: who did what to which account. Ids and field names, never values.

use domain::ports::Millis;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, NotSet, QueryFilter, QueryOrder, Set};

use super::entities::journal::{ActiveModel, Column, Entity, Model};
use crate::error::BackendError;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acteur {
    Personne,
    Gestionnaire(i64),
    Systeme,
    LigneDeCommande,
}

impl Acteur {
    pub fn code(self) -> String {
        match self {
            Self::Personne => "personne".to_owned(),
            Self::Gestionnaire(id) => format!("gestionnaire:{id}"),
            Self::Systeme => "systeme".to_owned(),
            Self::LigneDeCommande => "ligne-de-commande".to_owned(),
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "personne" => Some(Self::Personne),
            "systeme" => Some(Self::Systeme),
            "ligne-de-commande" => Some(Self::LigneDeCommande),
            other => other.strip_prefix("gestionnaire:")?.parse().ok().map(Self::Gestionnaire),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    Envoi,
    Renvoi,
    CorrectionAdresse,
    Activation,
    Expiration,
    Renouvellement,
    Validation,
    Refus,
    DemandeCorrections,
    Correction,
    Retrait,
    NouveauMotDePasse,
    Invitation,
    InvitationAcceptee,
}

impl Action {
    const ALL: [Self; 14] = [
        Self::Envoi,
        Self::Renvoi,
        Self::CorrectionAdresse,
        Self::Activation,
        Self::Expiration,
        Self::Renouvellement,
        Self::Validation,
        Self::Refus,
        Self::DemandeCorrections,
        Self::Correction,
        Self::Retrait,
        Self::NouveauMotDePasse,
        Self::Invitation,
        Self::InvitationAcceptee,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::Envoi => "envoi",
            Self::Renvoi => "renvoi",
            Self::CorrectionAdresse => "correction_adresse",
            Self::Activation => "activation",
            Self::Expiration => "expiration",
            Self::Renouvellement => "renouvellement",
            Self::Validation => "validation",
            Self::Refus => "refus",
            Self::DemandeCorrections => "demande_corrections",
            Self::Correction => "correction",
            Self::Retrait => "retrait",
            Self::NouveauMotDePasse => "nouveau_mot_de_passe",
            Self::Invitation => "invitation",
            Self::InvitationAcceptee => "invitation_acceptee",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.code() == code)
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Envoi => "Demande envoyée",
            Self::Renvoi => "Courriel d’activation renvoyé",
            Self::CorrectionAdresse => "Adresse de messagerie corrigée",
            Self::Activation => "Compte activé, mot de passe choisi",
            Self::Expiration => "Demande expirée",
            Self::Renouvellement => "Demande renouvelée",
            Self::Validation => "Compte validé",
            Self::Refus => "Demande refusée",
            Self::DemandeCorrections => "Corrections demandées",
            Self::Correction => "Corrections renvoyées",
            Self::Retrait => "Demande retirée",
            Self::NouveauMotDePasse => "Mot de passe changé",
            Self::Invitation => "Invitation envoyée",
            Self::InvitationAcceptee => "Invitation acceptée",
        }
    }
}

/// One line, in the transaction that does what it says. `champs` are names of fields.
pub async fn write(
    db: &impl ConnectionTrait,
    now: Millis,
    acteur: Acteur,
    compte_id: Option<i64>,
    action: Action,
    champs: &[&str],
) -> Result<(), BackendError> {
    let row = ActiveModel {
        id: NotSet,
        le: Set(now),
        acteur: Set(acteur.code()),
        compte_id: Set(compte_id),
        action: Set(action.code().to_owned()),
        champs: Set(champs.join(" ")),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Newest first.
pub async fn of_account(db: &impl ConnectionTrait, compte_id: i64) -> Result<Vec<Model>, BackendError> {
    Ok(Entity::find().filter(Column::CompteId.eq(compte_id)).order_by_desc(Column::Id).all(db).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actors_and_actions_read_back() {
        for acteur in [Acteur::Personne, Acteur::Gestionnaire(7), Acteur::Systeme, Acteur::LigneDeCommande] {
            assert_eq!(Acteur::from_code(&acteur.code()), Some(acteur));
        }
        for action in Action::ALL {
            assert_eq!(Action::from_code(action.code()), Some(action));
        }
    }
}
