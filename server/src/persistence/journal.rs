//! The journal: who did what to which account. Ids and field names, never values.

use domain::instant::Millis;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, NotSet, QueryFilter, QueryOrder, QuerySelect, Set};

pub use crate::persistence::entities::journal::Model;
use domain::codes;

use crate::error::BackendError;
use crate::persistence::entities::journal::{ActiveModel, Column, Entity};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acteur {
    Personne,
    Gestionnaire(i64),
    ServiceFormation(i64),
    Systeme,
    LigneDeCommande,
}

impl Acteur {
    pub fn code(self) -> String {
        match self {
            Self::Personne => "personne".to_owned(),
            Self::Gestionnaire(id) => format!("gestionnaire:{id}"),
            Self::ServiceFormation(id) => format!("service:{id}"),
            Self::Systeme => "systeme".to_owned(),
            Self::LigneDeCommande => "ligne-de-commande".to_owned(),
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "personne" => Some(Self::Personne),
            "systeme" => Some(Self::Systeme),
            "ligne-de-commande" => Some(Self::LigneDeCommande),
            other => {
                let (genre, id) = other.split_once(':')?;
                let id = id.parse().ok()?;
                match genre {
                    "gestionnaire" => Some(Self::Gestionnaire(id)),
                    "service" => Some(Self::ServiceFormation(id)),
                    _ => None,
                }
            }
        }
    }
}

codes! {
    /// What was done.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Action {
        Envoi = "envoi", "Demande envoyée";
        Renvoi = "renvoi", "Courriel d’activation renvoyé";
        CorrectionAdresse = "correction_adresse", "Adresse de messagerie corrigée";
        Activation = "activation", "Compte activé, mot de passe choisi";
        Expiration = "expiration", "Demande expirée";
        Renouvellement = "renouvellement", "Demande renouvelée";
        /// Taken and held: the gestionnaire who took it may cancel it.
        DecisionTenue = "decision_tenue", "Décision prise, pas encore effective";
        DecisionAnnulee = "decision_annulee", "Décision annulée avant son effet";
        Validation = "validation", "Compte validé";
        Refus = "refus", "Demande refusée";
        CorrectionsDemandees = "demande_corrections", "Corrections demandées";
        Correction = "correction", "Corrections renvoyées";
        /// The agent that a service formation presented certified the answers.
        Certification = "certification", "Renseignements relus et certifiés";
        Reouverture = "reouverture", "Refus rouvert";
        Suspension = "suspension", "Compte suspendu";
        Retablissement = "retablissement", "Compte rétabli";
        PriseEnCharge = "prise_en_charge", "Pris en charge";
        Note = "note", "Note interne ajoutée";
        CourrielRenvoye = "courriel_renvoye", "Courriel remis en file";
        Export = "export", "Liste exportée";
        Retrait = "retrait", "Demande retirée";
        Purge = "purge", "Demande effacée à la fin de sa conservation";
        PurgeBrouillons = "purge_brouillons", "Brouillons abandonnés effacés";
        Avertissement = "avertissement", "Avertissement avant la fin d’un compte inactif";
        Anonymisation = "anonymisation", "Compte inactif effacé";
        Effacement = "effacement", "Compte effacé par sa personne";
        Consultation = "consultation", "Dossier consulté";
        ExportPersonnel = "export_personnel", "Données exportées par leur personne";
        NouveauMotDePasse = "nouveau_mot_de_passe", "Mot de passe changé";
        ChangementAdresseDemande = "demande_adresse", "Changement d’adresse demandé";
        ChangementAdresse = "changement_adresse", "Adresse de messagerie changée";
        AnnulationAdresse = "annulation_adresse", "Changement d’adresse annulé";
        MotifCree = "motif_cree", "Motif créé";
        MotifModifie = "motif_modifie", "Motif modifié";
        MotifActive = "motif_active", "Motif activé";
        MotifDesactive = "motif_desactive", "Motif désactivé";
        CollectiviteAjoutee = "collectivite_ajoutee", "Collectivité ajoutée";
        CollectiviteRenommee = "collectivite_renommee", "Collectivité renommée";
        CollectiviteArchivee = "collectivite_archivee", "Collectivité archivée";
        CollectiviteRetablie = "collectivite_retablie", "Collectivité rétablie";
        ImportRepertoire = "import_repertoire", "Répertoire importé";
        CourrielsSuspendus = "courriels_suspendus", "Envoi des courriels suspendu";
        CourrielsRepris = "courriels_repris", "Envoi des courriels repris";
        MembreDesactive = "membre_desactive", "Membre de l’équipe désactivé";
        MembreReactive = "membre_reactive", "Membre de l’équipe réactivé";
        ChangementDroit = "changement_droit", "Droit changé";
        ChoixAnnonces = "choix_annonces", "Choix des annonces";
        SecondFacteurEnrole = "second_facteur_enrole", "Second facteur enregistré";
        CodeSecoursUtilise = "code_secours_utilise", "Entrée avec un code de secours";
        CodesSecoursRenouveles = "codes_secours_renouveles", "Codes de secours renouvelés";
        SecondFacteurReinitialise = "second_facteur_reinitialise", "Second facteur réinitialisé";
        ConnexionsFermees = "sessions_fermees", "Connexions fermées par un administrateur";
        Invitation = "invitation", "Invitation envoyée";
        InvitationAcceptee = "invitation_acceptee", "Invitation acceptée";
        Presentation = "presentation", "Agent présenté par son service formation";
        FinPresentation = "fin_presentation", "N’est plus l’agent de la collectivité";
        InvitationServiceFormation = "invitation_service", "Service formation invité";
        ServiceFormationDesactive = "service_desactive", "Service formation désactivé";
        CleAdoptee = "cle_adoptee", "Clé remplacée, journal scellé de nouveau";
        PurgeAcces = "purge_acces", "Noms d’accès fermés effacés";
        DelegationCreee = "delegation_creee", "Délégation ajoutée";
        DelegationModifiee = "delegation_modifiee", "Délégation modifiée";
        SessionCreee = "session_creee", "Session créée";
        SessionModifiee = "session_modifiee", "Session modifiée";
        SessionPubliee = "session_publiee", "Session publiée";
        SessionFermee = "session_fermee", "Préinscriptions fermées";
        SessionRouverte = "session_rouverte", "Préinscriptions rouvertes";
        ImportFormations = "import_formations", "Sessions importées";
        Preinscription = "preinscription", "Préinscription";
        PreinscriptionDeplacee = "preinscription_deplacee", "Préinscription passée d’un état à un autre";
        DecisionReprise = "decision_reprise", "Décision reprise avant son courriel";
    }
}

impl Action {
    /// Whether it changes the state of an account.
    pub fn changes_state(self) -> bool {
        matches!(
            self,
            Self::Envoi
                | Self::Activation
                | Self::Expiration
                | Self::Validation
                | Self::Refus
                | Self::CorrectionsDemandees
                | Self::Correction
                | Self::Certification
                | Self::Reouverture
                | Self::Suspension
                | Self::Retablissement
                | Self::Retrait
        )
    }
}

/// Writes one line, in the transaction of the action itself. `champs` are names of fields.
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

/// The last line written.
pub async fn newest(db: &impl ConnectionTrait) -> Result<Option<Model>, BackendError> {
    Ok(Entity::find().order_by_desc(Column::Id).one(db).await?)
}

/// The lines about an account, newest first.
pub async fn of_account(db: &impl ConnectionTrait, compte_id: i64) -> Result<Vec<Model>, BackendError> {
    Ok(Entity::find().filter(Column::CompteId.eq(compte_id)).order_by_desc(Column::Id).all(db).await?)
}

/// The lines that say when a gestionnaire opened the file, newest first.
pub async fn looks(db: &impl ConnectionTrait, compte_id: i64, limit: u64) -> Result<Vec<Model>, BackendError> {
    let looks = Entity::find()
        .filter(Column::CompteId.eq(compte_id))
        .filter(Column::Action.eq(Action::Consultation.code()))
        .order_by_desc(Column::Id)
        .limit(limit);
    Ok(looks.all(db).await?)
}

/// The lines of this action since `since`, whatever their subject, newest first.
pub async fn done_since(
    db: &impl ConnectionTrait,
    action: Action,
    since: Millis,
    limit: u64,
) -> Result<Vec<Model>, BackendError> {
    let done = Entity::find()
        .filter(Column::Action.eq(action.code()))
        .filter(Column::Le.gte(since))
        .order_by_desc(Column::Id)
        .limit(limit);
    Ok(done.all(db).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actors_and_actions_read_back() {
        for acteur in [
            Acteur::Personne,
            Acteur::Gestionnaire(7),
            Acteur::ServiceFormation(7),
            Acteur::Systeme,
            Acteur::LigneDeCommande,
        ] {
            assert_eq!(Acteur::from_code(&acteur.code()), Some(acteur));
        }
        for action in Action::ALL {
            assert_eq!(Action::from_code(action.code()), Some(action));
        }
    }
}
