//! Asks for the password again, before actions that need more than an open connexion.

use app::areas::acces::IssueAuthentification;
use app::base::exchange::Client;

use crate::backend::Backend;
use crate::error::BackendError;
use crate::persistence::entities::compte;
use crate::persistence::{compteurs, identifiants};
use crate::security::passwords::Verdict;

/// The outcome of a password given again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Preuve {
    /// The password matched this hash. The action is written only if the hash is still the same, see
    /// [`identifiants::confirm`].
    Faite(String),
    Fausse,
    Retardee {
        minutes: u32,
    },
}

impl Backend {
    /// The same as [`Self::prove_password`], for the address of an account.
    pub(crate) async fn prove_again(
        &self,
        client: &Client,
        compte: &compte::Model,
        password: &str,
    ) -> Result<Preuve, BackendError> {
        let stored = identifiants::by_courriel(self.db.connection(), &compte.courriel_cle).await?;
        let stored = stored.map(|row| row.mot_de_passe);
        self.prove_password(client, &compte.courriel_cle, stored, password).await
    }

    /// Proves a password under the same delay as a login, so nobody can guess it in an open connexion. `cle` is the key
    /// under which failures are counted.
    pub(crate) async fn prove_password(
        &self,
        client: &Client,
        cle: &str,
        stored: Option<String>,
        password: &str,
    ) -> Result<Preuve, BackendError> {
        let db = self.db.connection();
        let failures = compteurs::failures_key(&self.hide(cle), &client.0);
        if let Some(IssueAuthentification::Retardee { minutes }) = self.login_delay(client, &failures).await? {
            return Ok(Preuve::Retardee { minutes });
        }
        let proved = stored.clone().unwrap_or_default();
        if self.passwords.verify(client, password, stored).await? == Verdict::Wrong {
            let write = self.db.begin().await?;
            self.password_failed(&*write, cle, true, client).await?;
            write.commit().await?;
            return Ok(Preuve::Fausse);
        }
        compteurs::forget(db, &failures).await?;
        Ok(Preuve::Faite(proved))
    }
}
