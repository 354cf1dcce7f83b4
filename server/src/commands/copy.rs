use std::sync::Arc;

use super::say;
use crate::config::Config;
use crate::persistence::copie;
use crate::persistence::engine::{Db, Opening};

/// Copies everything from the configured database, or from `from`, into an empty database.
pub async fn run(config: anyhow::Result<Arc<Config>>, from: Option<&str>, to: &str) -> anyhow::Result<()> {
    let config = config?;
    let source = Db::open(from.unwrap_or(&config.database.url), Opening::AloneIfThere).await?;
    let target = Db::open(to, Opening::Alone).await?;
    let mut rows = 0;
    copie::copy(&source, &target, |table, count| {
        rows += count;
        say(&format!("{table}\u{a0}: {count} lignes"));
    })
    .await?;
    say(&format!("Copié et vérifié ligne à ligne\u{a0}: {rows} lignes."));
    say(
        "Donnez la nouvelle adresse au service (IEL_DATABASE_URL), avec le même fichier de clé, puis lancez «\u{a0}iel check\u{a0}».",
    );
    Ok(())
}
