use std::path::Path;
use std::sync::Arc;

use super::{open, say};
use crate::config::Config;
use crate::persistence::engine::Opening;

pub async fn run(config: anyhow::Result<Arc<Config>>, file: &Path) -> anyhow::Result<()> {
    let config = config?;
    open(&config, Opening::Beside).await?.backup(file).await?;
    say(&format!("Sauvegarde écrite dans {}.", file.display()));
    say(&format!(
        "Gardez aussi, ailleurs, le fichier de clé {} : sans lui, les liens déjà envoyés ne s’ouvrent plus.",
        config.security.secret_key_file.display()
    ));
    Ok(())
}
