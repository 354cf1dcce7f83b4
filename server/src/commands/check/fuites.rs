use super::Constat;
use crate::config::Config;
use crate::security::fuites::Fuites;

const GIO: u64 = 1024 * 1024 * 1024;

/// Checks the file of leaked passwords, if one is configured.
pub(super) fn file(config: &Config) -> Constat {
    let Some(file) = &config.passwords.breached_file else {
        return Ok("aucun fichier n’est donné (passwords.breached_file)".to_owned());
    };
    match Fuites::new(file.clone()).inspect() {
        Ok(size) if size < GIO => Ok(format!("{}, moins d’un Gio\u{a0}: est-il entier\u{a0}?", file.display())),
        Ok(size) => Ok(format!("{}, {} Gio", file.display(), size / GIO)),
        Err(error) => Err(format!(
            "{} ne sert pas ({error})\u{a0}: téléchargez-le à nouveau, en un fichier, ou ôtez passwords.breached_file. D’ici \
             là, aucun mot de passe ne peut être choisi",
            file.display()
        )),
    }
}
