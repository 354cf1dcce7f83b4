use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, bail};

use super::{backend, open, say};
use crate::areas::gestion::annuaire::contacts::Rapport;
use crate::config::Config;
use crate::persistence::engine::Opening;

pub async fn run(config: anyhow::Result<Arc<Config>>, file: &Path) -> anyhow::Result<()> {
    let config = config?;
    let lines = File::open(file).with_context(|| file.display().to_string())?;
    let db = open(&config, Opening::Beside).await?;
    let report = backend(&config, db).await?.import_contacts(lines, announce).await?;
    if !report.refusees.is_empty() {
        bail!("rien n’a été écrit : corrigez les lignes refusées, puis relancez la commande");
    }
    say(&format!("Écrit : {} ajoutées, {} changées.", report.ajoutees, report.changees));
    Ok(())
}

/// Prints the report before anything is written.
fn announce(report: &Rapport) {
    say(&format!(
        "{} lignes lues : {} à ajouter, {} à changer, {} déjà à jour, {} refusées.",
        report.lues,
        report.ajoutees,
        report.changees,
        report.inchangees,
        report.refusees.len()
    ));
    for (line, why) in &report.refusees {
        say(&format!("  ligne {line} : {why}"));
    }
}
