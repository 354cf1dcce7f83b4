//! The browsers a person is signed in with, as they see them.

use async_trait::async_trait;
use domain::instant::Millis;
use serde::{Deserialize, Serialize};

use crate::base::appelants::{Administrateur, Connecte, Titulaire};
use crate::base::exchange::ConnexionToken;
use crate::base::port::Reply;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnexionOuverte {
    /// A public id, for the list of one's connexions. It opens nothing.
    pub id: String,
    pub ouverte_le: Millis,
    /// To the minute.
    pub vue_le: Millis,
    /// In coarse words, « Firefox sur Android »; nothing finer is kept.
    pub navigateur: String,
    pub celle_ci: bool,
    /// The failed passwords that this connexion tells, until its person has seen them.
    pub essais: Option<EssaisManques>,
    /// The failed codes of the staff, told in the same way. Each came after the right password.
    pub codes: Option<EssaisManques>,
}

/// The attempts that failed, from anywhere, between the person's last login and this one (ASVS 5.0, 6.3.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EssaisManques {
    pub nombre: u32,
    pub dernier_le: Millis,
}

/// The connexions of somebody, shown to an administrateur before they end them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnexionsDe {
    /// The name, or the address if there is no name.
    pub nom: String,
    pub ouvertes: usize,
}

#[async_trait]
pub trait Connexions: Send + Sync {
    /// The living connexions, the newest first.
    async fn open_connexions(&self, who: &Connecte) -> Reply<Vec<ConnexionOuverte>>;
    /// Closes one's own connexion; another's id changes nothing.
    async fn close_connexion(&self, who: &Connecte, id: &str) -> Reply<()>;
    /// Closes one's own connexions, except the one that asks.
    async fn close_other_connexions(&self, who: &Connecte) -> Reply<()>;
    /// `None` when there is nobody.
    async fn connexions_of(&self, by: &Administrateur, whose: Titulaire) -> Reply<Option<ConnexionsDe>>;
    /// Ends all connexions of somebody else, those that wait for a second factor too. The person may sign in again.
    /// `false` if there is nobody, if the connexions are one's own, or if `by` is no administrateur any more.
    async fn end_connexions(&self, by: &Administrateur, whose: Titulaire) -> Reply<bool>;
    /// Stops telling of failed passwords.
    async fn failures_seen(&self, who: &Connecte) -> Reply<()>;
    /// Ends the connexion that the browser presented before, whoever owned it: `connexion`, just opened, takes its place.
    /// Keeps the coarse name of the browser.
    async fn arrive(&self, connexion: &ConnexionToken, before: Option<&ConnexionToken>, navigateur: &str) -> Reply<()>;
}
