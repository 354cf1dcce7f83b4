//! The history of the schema: one file for each step, forward only, the same on both engines.

use sea_orm_migration::prelude::*;

mod m0001_annuaire;
mod m0002_equipe;
mod m0003_comptes;
mod m0004_acces;
mod m0005_traces;
mod m0006_motifs;
mod m0007_reprises;
mod m0008_corrections;
mod m0009_contacts;
mod m0010_service_formation;
mod m0011_administration;
mod m0012_demandes;
mod m0013_second_facteur;
mod m0014_changement_adresse;
mod m0015_signalements;
mod m0016_conservation;
mod m0017_courriels_par_compte;
mod m0018_essais;
mod m0019_voies_courriels;
mod m0020_repliage;
mod m0021_import;
mod m0022_motifs_sans_impasse;
mod m0023_invitations;
mod m0024_courriels_retenus;
mod m0025_ecritures;
mod m0026_relectures;
mod m0027_formations;
mod m0028_import_formations;

pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_annuaire::Migration),
            Box::new(m0002_equipe::Migration),
            Box::new(m0003_comptes::Migration),
            Box::new(m0004_acces::Migration),
            Box::new(m0005_traces::Migration),
            Box::new(m0006_motifs::Migration),
            Box::new(m0007_reprises::Migration),
            Box::new(m0008_corrections::Migration),
            Box::new(m0009_contacts::Migration),
            Box::new(m0010_service_formation::Migration),
            Box::new(m0011_administration::Migration),
            Box::new(m0012_demandes::Migration),
            Box::new(m0013_second_facteur::Migration),
            Box::new(m0014_changement_adresse::Migration),
            Box::new(m0015_signalements::Migration),
            Box::new(m0016_conservation::Migration),
            Box::new(m0017_courriels_par_compte::Migration),
            Box::new(m0018_essais::Migration),
            Box::new(m0019_voies_courriels::Migration),
            Box::new(m0020_repliage::Migration),
            Box::new(m0021_import::Migration),
            Box::new(m0022_motifs_sans_impasse::Migration),
            Box::new(m0023_invitations::Migration),
            Box::new(m0024_courriels_retenus::Migration),
            Box::new(m0025_ecritures::Migration),
            Box::new(m0026_relectures::Migration),
            Box::new(m0027_formations::Migration),
            Box::new(m0028_import_formations::Migration),
        ]
    }
}
