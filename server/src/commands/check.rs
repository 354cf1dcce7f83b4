use std::sync::Arc;

use anyhow::bail;

use super::{backend, open, say};
use crate::config::Config;
use crate::persistence::engine::Opening;

/// Says what holds and what does not; an error when something does not.
pub async fn run(config: anyhow::Result<Arc<Config>>, journal_only: bool) -> anyhow::Result<()> {
    let config = config?;
    let db = open(&config, Opening::Beside).await?;
    if !journal_only {
        say("Configuration : lue.");
        say("Base de données : ouverte.");
    }
    if !db.is_ready().await {
        bail!("la base de données n’a pas le schéma de ce programme : lancez « iel migrate »");
    }
    // Seals made with another key could not be told from forged ones.
    if !config.security.secret_key_file.exists() {
        bail!("le fichier de clé {} manque", config.security.secret_key_file.display());
    }
    let backend = backend(&config, db)?;
    let factors = backend.factors_of_another_key().await?;
    if factors > 0 && !journal_only {
        say(&format!(
            "Seconds facteurs : {factors} faits avec une autre clé ; leurs codes ne sont plus reconnus. Lancez « iel \
             reset-second-factor » pour chacun, ou remettez le fichier de clé."
        ));
    }
    let found = backend.check_journal().await?;
    for anomaly in &found.anomalies {
        say(&format!("Journal : {anomaly}."));
    }
    if !found.anomalies.is_empty() {
        bail!("le journal n’est pas intact");
    }
    let dernier: String = found.dernier.chars().take(16).collect();
    say(&format!("Journal : {} lignes scellées, intactes ; dernier sceau {dernier}.", found.scellees));
    Ok(())
}
