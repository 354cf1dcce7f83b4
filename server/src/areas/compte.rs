//! The person's own account, their data and their follow-up.

pub mod adresse;
pub mod comptes;
pub mod copie_personnelle;
pub mod corrections;
pub mod courriels_suivis;
pub mod donnees_personnelles;
pub mod effacements;
pub mod mails;
pub mod suivis;
