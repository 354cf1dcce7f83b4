use std::sync::Arc;

use anyhow::bail;

use super::{backend_of_any_key, open, say};
use crate::backend::cle::Cle;
use crate::config::Config;
use crate::persistence::engine::Opening;

/// Replaces a lost key: the database takes the configured one.
pub async fn run(config: anyhow::Result<Arc<Config>>) -> anyhow::Result<()> {
    let config = config?;
    let db = open(&config, Opening::AloneIfThere).await?;
    let backend = backend_of_any_key(&config, db).await?;
    if matches!(backend.key_of_database().await?, Cle::Bonne | Cle::Inconnue) {
        bail!("{} est déjà la clé de cette base", config.security.secret_key_file.display());
    }
    let sealed = backend.adopt_key().await?;
    say(&format!(
        "Clé adoptée : {sealed} lignes du journal scellées de nouveau. Ce qui a pu y changer avant ne se voit plus ; les liens \
         déjà envoyés ne s’ouvrent plus. Lancez « iel check »."
    ));
    Ok(())
}
