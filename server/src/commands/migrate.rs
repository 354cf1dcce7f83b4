use std::sync::Arc;

use super::{open, say};
use crate::config::Config;
use crate::persistence::engine::Opening;

pub async fn run(config: anyhow::Result<Arc<Config>>) -> anyhow::Result<()> {
    let config = config?;
    let db = open(&config, Opening::Alone).await?;
    db.migrate().await?;
    say("La base de données est à jour.");
    Ok(())
}
