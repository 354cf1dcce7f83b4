use std::sync::Arc;

use anyhow::bail;

use super::{backend, invite, open, say};
use crate::config::Config;
use crate::persistence::engine::Opening;

/// Takes the second factor of a member of the team away.
pub async fn run(config: anyhow::Result<Arc<Config>>, email: &str) -> anyhow::Result<()> {
    let config = config?;
    let courriel = invite::address(email)?;
    let db = open(&config, Opening::Beside).await?;
    if !backend(&config, db).await?.reset_second_factor(&courriel).await? {
        bail!("{email} : personne de l’équipe n’a de second facteur sous cette adresse");
    }
    say(&format!(
        "Second facteur de {email} réinitialisé : ses connexions sont fermées, la prochaine connexion en demande un autre."
    ));
    Ok(())
}
