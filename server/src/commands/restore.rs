use std::path::Path;
use std::sync::Arc;

use super::{backend_of_any_key, say};
use crate::backend::cle::Cle;
use crate::config::Config;
use crate::persistence::engine::Replacement;

/// Puts a backup in place of the SQLite database, and says whether the key matches.
pub async fn run(config: anyhow::Result<Arc<Config>>, file: &Path, force: bool) -> anyhow::Result<()> {
    let config = config?;
    let replacement = Replacement::prepare(&config.database.url, file, force).await?;
    say(&format!("{}\u{a0}: sauvegarde saine, à sa place dans un instant.", file.display()));
    if replacement.migrated {
        say("Schéma\u{a0}: plus ancien que ce programme, mis à jour.");
    }
    let key = key_of(&config, &replacement).await?;
    replacement.put().await?;
    say(&format!("Restauré\u{a0}: {}.", config.database.url));
    say(&key);
    say("Vérifiez avec «\u{a0}iel check\u{a0}», puis démarrez le service.");
    Ok(())
}

/// Whether the key file matches the backup. No key is made here: a new one would open nothing.
async fn key_of(config: &Arc<Config>, replacement: &Replacement) -> anyhow::Result<String> {
    let file = config.security.secret_key_file.display();
    if !config.security.secret_key_file.exists() {
        return Ok(format!(
            "ATTENTION, clé\u{a0}: le fichier {file} manque. Remettez celui qui servait au moment de la sauvegarde avant de \
             démarrer\u{a0}: sans lui, les liens déjà envoyés ne s’ouvrent plus et les sceaux du journal ne se vérifient plus."
        ));
    }
    let backend = backend_of_any_key(config, replacement.db().clone()).await?;
    Ok(match backend.key_of_database().await? {
        Cle::Bonne | Cle::Partielle => match backend.check_journal().await?.anomalies.as_slice() {
            [] => format!("Clé\u{a0}: {file} est bien celle de cette sauvegarde\u{a0}; le journal est intact."),
            [first, ..] => format!(
                "Clé\u{a0}: {file} est bien celle de cette sauvegarde. ATTENTION, journal\u{a0}: {first} (tout est dans \
                 «\u{a0}iel check --journal\u{a0}»)."
            ),
        },
        Cle::Autre => format!(
            "ATTENTION, clé\u{a0}: {file} n’est pas celle de cette sauvegarde. Remettez le fichier de clé qui servait \
             alors\u{a0}: sans lui, les liens déjà envoyés ne s’ouvrent plus et les sceaux du journal ne se vérifient plus."
        ),
        Cle::Inconnue => {
            format!("Clé\u{a0}: cette sauvegarde ne dit pas encore quelle clé est la sienne\u{a0}; {file} servira.")
        }
    })
}
