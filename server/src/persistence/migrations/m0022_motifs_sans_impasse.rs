//! Replaces shipped motifs that did not help people. They asked to answer a mail that takes no answers. They spoke of
//! « cas 1 », a word that people do not know. A used wording is kept, and another one of its famille replaces it.

use sea_orm::{ConnectionTrait, Statement, Value};
use sea_orm_migration::prelude::*;

use super::m0006_motifs::{MOTIFS, VOIES_DE_RECOURS};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// 27 November 2026, when these wordings were written.
const LE: i64 = 1_795_737_600_000;

const RECOURS: &str = "Si vous contestez cette décision, vous pouvez, dans les deux mois qui suivent sa réception, en \
    demander le réexamen au service qui l’a prise (ses coordonnées sont à la page « Aide » de ce site), ou saisir le \
    tribunal administratif, par exemple sur www.telerecours.fr.";

/// New texts of the first and the fourth shipped motif, in words that people know.
const COLLECTIVITE: &str = "Vous travaillez pour une collectivité et votre demande porte sur cette activité : c’est le service formation de \
     votre collectivité qui vous inscrit. Adressez-vous à lui, ou à son service des ressources humaines.";
const DEJA: &str = "Vous avez déjà un compte à une autre adresse pour la même situation. Utilisez ce compte ; si vous \
    n’avez plus accès à son adresse, écrivez-nous : nos coordonnées sont à la page « Aide » de ce site.";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (at, (libelle, texte)) in MOTIFS.into_iter().enumerate() {
            let new_texte = match at {
                0 => COLLECTIVITE,
                3 => DEJA,
                _ => texte,
            };
            let former = format!("{texte}\n\n{VOIES_DE_RECOURS}");
            replace(manager, libelle, &former, &format!("{new_texte}\n\n{RECOURS}")).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// Replaces a wording, unless somebody edited it.
async fn replace(manager: &SchemaManager<'_>, libelle: &str, former: &str, texte: &str) -> Result<(), DbErr> {
    let db = manager.get_connection();
    let run = |sql: &str, values: Vec<Value>| {
        db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values))
    };
    // If the wording was never used, its row takes the new text.
    run(
        "UPDATE motif SET texte = $3 WHERE libelle = $1 AND texte = $2 AND remplace_le IS NULL \
         AND id NOT IN (SELECT motif_id FROM compte WHERE motif_id IS NOT NULL) \
         AND id NOT IN (SELECT motif_id FROM decision WHERE motif_id IS NOT NULL)",
        vec![libelle.into(), former.into(), texte.into()],
    )
    .await?;
    run(
        "INSERT INTO motif (libelle, texte, actif, famille) SELECT libelle, $3, actif, famille FROM motif \
         WHERE libelle = $1 AND texte = $2 AND remplace_le IS NULL",
        vec![libelle.into(), former.into(), texte.into()],
    )
    .await?;
    run(
        "UPDATE motif SET remplace_le = $3, actif = $4 WHERE libelle = $1 AND texte = $2 AND remplace_le IS NULL",
        vec![libelle.into(), former.into(), LE.into(), false.into()],
    )
    .await?;
    Ok(())
}
