//! The gestionnaires' side: dense, calm, keyboard first.

mod adresse;
mod annuaire;
mod annuaire_import;
mod attente;
mod avis;
mod cadre;
mod comparaison;
mod connexion;
mod connexions;
mod corrections;
mod courriels;
mod decision;
mod demandes;
mod dossier;
mod equipe;
mod expedition;
mod filtres;
mod graphique;
mod journal;
mod lecture;
mod lot;
mod mot_de_passe;
mod motifs;
mod notes;
mod prise;
mod raccourcis;
mod reglages;
mod second_facteur;
mod services_formation;
mod statistiques;
mod statut;

pub use adresse::{
    CODES_SECOURS, COLLECTIVITES, COURRIELS, EQUIPE, FICHIER, IMPORT, JOURNAL, MOTIFS, REGLAGES, SECOND_FACTEUR,
    SERVICES_FORMATION, STAFF_MOT_DE_PASSE, STATISTIQUES,
};
pub use adresse::{DEMANDES, EXPORT, GESTION, LOT, STAFF_LOGIN, dossier_path, dossier_sub_path, liste_path};
pub use annuaire::{PageAjoutCollectivite, PageCollectivite, PageCollectivites};
pub use annuaire_import::PageImport;
pub use comparaison::PageComparaison;
pub use connexion::PageConnexionGestion;
pub use connexions::PageFermerConnexions;
pub use corrections::PageCorriger;
pub use decision::{PageRefuser, PageRetablir, PageRouvrir, PageSuspendre, PageValider};
pub use demandes::PageDemandes;
pub use dossier::PageDossier;
pub use equipe::PageEquipe;
pub use expedition::PageCourriels;
pub use journal::PageJournal;
pub use lot::PageLot;
pub use mot_de_passe::PageMotDePasseGestion;
pub use motifs::{PageMotif, PageMotifs};
pub use reglages::PageReglages;
pub use second_facteur::{PageCodesSecours, PageSecondFacteur};
pub use services_formation::PageServicesFormation;
pub use statistiques::PageStatistiques;
