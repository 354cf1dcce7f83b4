use super::Constat;
use crate::config::Config;
use crate::mail::{SendError, Transport};

/// Checks that a mail could leave. Sends nothing.
pub(super) async fn reachable(config: &Config) -> Constat {
    let transport = match Transport::from_url(&config.mail.url) {
        Ok(transport) => transport,
        Err(error) => return Err(format!("{error}\u{a0}: corrigez IEL_MAIL_URL")),
    };
    let file = matches!(transport, Transport::File(_));
    match transport.probe().await {
        Ok(()) if file => Ok("écrit dans un dossier, rien n’est envoyé".to_owned()),
        Ok(()) => Ok("le serveur répond, rien n’a été envoyé".to_owned()),
        Err(error) if file => {
            Err(format!("le dossier de IEL_MAIL_URL ne s’écrit pas ({error})\u{a0}: vérifiez ses droits"))
        }
        Err(SendError::Queue(why)) => Err(format!(
            "le serveur nous refuse ({why})\u{a0}: vérifiez l’identifiant, le mot de passe et le chiffrement dans IEL_MAIL_URL"
        )),
        Err(SendError::Temporary(why) | SendError::Recipient(why)) => Err(format!(
            "le serveur ne répond pas ({why})\u{a0}: vérifiez l’hôte et le port dans IEL_MAIL_URL, et le pare-feu"
        )),
    }
}
