use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::Constat;
use crate::backend::Backend;
use crate::backend::cle::Cle;
use crate::security::tokens::KeyError;

/// Checks that the key file exists, contains a key, and is readable by its owner only.
pub(super) fn file(path: &Path, error: Option<&KeyError>) -> Constat {
    let shown = path.display();
    match error {
        Some(KeyError::Missing(_)) => Err(format!(
            "{shown} manque\u{a0}: remettez celui du service, ou laissez «\u{a0}iel serve\u{a0}» en faire un au premier démarrage"
        )),
        Some(error) => Err(format!("{error}\u{a0}: remettez celui du service")),
        None => match std::fs::metadata(path).map(|file| file.permissions().mode() & 0o777) {
            Ok(mode) if mode & 0o077 != 0 => {
                Err(format!("{shown} est lisible par d’autres ({mode:o})\u{a0}: lancez chmod 600 {shown}"))
            }
            Ok(_) => Ok(String::new()),
            Err(error) => Err(format!("{shown}\u{a0}: {error}")),
        },
    }
}

/// Checks that the database was written with this key.
pub(super) async fn of_database(backend: &Backend, shown: &str) -> Constat {
    match backend.key_of_database().await {
        Ok(Cle::Bonne) => Ok(String::new()),
        Ok(Cle::Inconnue) => Ok("la base ne dit pas encore quelle clé est la sienne".to_owned()),
        Ok(Cle::Partielle) => Err(format!(
            "{shown} n’a fait qu’un des deux bouts de la chaîne des sceaux\u{a0}: la base a servi avec deux clés, ou la \
             chaîne a été changée. Plus rien n’est scellé. Remettez la bonne clé ou une sauvegarde"
        )),
        Ok(Cle::Autre) => Err(format!(
            "{shown} n’est pas la clé de cette base\u{a0}: remettez le fichier d’avant, sinon les liens déjà envoyés ne \
             s’ouvrent plus et les sceaux du journal ne se vérifient plus"
        )),
        Err(error) => Err(format!("la base ne répond pas ({error})")),
    }
}

/// Checks that the staff's second factors were made with this key.
pub(super) async fn of_factors(backend: &Backend) -> Constat {
    match backend.factors_of_another_key().await {
        Ok(0) => Ok(String::new()),
        Ok(count) => Err(format!(
            "{count} d’une autre clé\u{a0}: leurs codes ne sont plus reconnus. Remettez le fichier de clé d’avant, ou lancez \
             «\u{a0}iel reset-second-factor\u{a0}» pour chacun"
        )),
        Err(error) => Err(format!("la base ne répond pas ({error})")),
    }
}
