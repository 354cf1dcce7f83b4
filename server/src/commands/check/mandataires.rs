use super::Constat;
use crate::backend::Backend;
use crate::config::Config;

/// Checks that no untrusted peer sent `X-Forwarded-For` lately.
pub(super) async fn unknown(backend: &Backend, config: &Config) -> Constat {
    match backend.unknown_proxies(&config.http.trusted_proxies).await {
        Err(error) => Err(format!("la base ne répond pas ({error})")),
        Ok((addresses, _)) if !addresses.is_empty() => {
            let addresses: Vec<String> = addresses.iter().map(ToString::to_string).collect();
            let addresses = addresses.join(", ");
            Err(format!(
                "depuis hier, {addresses} transmet des requêtes (X-Forwarded-For) sans être cru, et tous ses visiteurs comptent \
                 pour un\u{a0}: si c’est votre mandataire, ajoutez-le à IEL_TRUSTED_PROXIES et redémarrez"
            ))
        }
        // Anyone can send this header from a public address, so the check does not fail.
        Ok((_, true)) => {
            Ok("mais X-Forwarded-For est venu d’une adresse publique depuis hier\u{a0}: si votre mandataire en a une, \
                             ajoutez-la à IEL_TRUSTED_PROXIES\u{a0}; sinon le service est atteint sans lui"
                .to_owned())
        }
        Ok((_, false)) => Ok(String::new()),
    }
}
