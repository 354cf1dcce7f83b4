//! One's own password, changed by who is signed in.

use async_trait::async_trait;

use super::{Client, Connecte, ConnexionToken, MotDePasseRefuse, Reply, Titulaire};

/// What became of « Changer de mot de passe ». Nothing changes unless it was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangementMotDePasse {
    /// Every other connexion has ended; this one goes on under this secret.
    Change(ConnexionToken),
    /// The current one is another.
    ActuelFaux,
    /// After several failures: try again in so many minutes.
    Retarde {
        minutes: u32,
    },
    Refuse(MotDePasseRefuse),
    /// The connexion ended, or the password or the address changed, while this one was looked at.
    SansObjet,
}

#[async_trait]
pub trait MotsDePasse: Send + Sync {
    /// The address they sign in with.
    async fn identifiant(&self, who: Titulaire) -> Reply<String>;
    /// `actuel` is counted as a login's password is. An address has one password, whatever it serves for: the connexions of
    /// both spaces end, and the links to a new one. A mail says so.
    async fn change_password(
        &self,
        client: &Client,
        who: &Connecte,
        actuel: &str,
        nouveau: &str,
    ) -> Reply<ChangementMotDePasse>;
}
