use std::path::Path;
use std::sync::Arc;

use anyhow::bail;

use super::{open, say};
use crate::config::Config;
use crate::persistence::engine::{Engine, Opening};

pub async fn run(config: anyhow::Result<Arc<Config>>, file: &Path) -> anyhow::Result<()> {
    let config = config?;
    let db = open(&config, Opening::Beside).await?;
    if db.engine() == Engine::Postgres {
        bail!(
            "«\u{a0}iel backup\u{a0}» copie un fichier SQLite\u{a0}; pour PostgreSQL, utilisez pg_dump --format=custom \
             --no-owner --file=FICHIER ADRESSE"
        );
    }
    db.backup(file).await?;
    say(&format!("Sauvegarde écrite dans {}.", file.display()));
    say(&format!(
        "Gardez aussi, ailleurs, le fichier de clé {}\u{a0}: sans lui, les liens déjà envoyés ne s’ouvrent plus et les sceaux \
         du journal ne se vérifient plus.",
        config.security.secret_key_file.display()
    ));
    Ok(())
}
