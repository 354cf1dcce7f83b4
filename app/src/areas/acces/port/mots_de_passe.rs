//! A person who is signed in changes their own password.

use async_trait::async_trait;
use domain::valeurs::MotDePasseRefuse;

use crate::base::appelants::{Connecte, Titulaire};
use crate::base::exchange::{Client, ConnexionToken};
use crate::base::port::Reply;

/// The outcome of « Changer de mot de passe ». Only `Change` changes anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangementMotDePasse {
    /// Every other connexion has ended; this one goes on under this secret.
    Change(ConnexionToken),
    /// The current password is wrong.
    ActuelFaux,
    /// After several failures: try again in so many minutes.
    Retarde {
        minutes: u32,
    },
    Refuse(MotDePasseRefuse),
    /// The connexion ended, or the password or the address changed, while the current password was checked.
    SansObjet,
}

#[async_trait]
pub trait MotsDePasse: Send + Sync {
    /// The address they sign in with.
    async fn identifiant(&self, who: Titulaire) -> Reply<String>;
    /// Changes the password. `actuel` is counted like the password of a login. The other connexions of the address end
    /// in both spaces, and so do its reset links. A mail says so.
    async fn change_password(
        &self,
        client: &Client,
        who: &Connecte,
        actuel: &str,
        nouveau: &str,
    ) -> Reply<ChangementMotDePasse>;
}
