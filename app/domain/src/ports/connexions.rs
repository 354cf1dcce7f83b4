//! The browsers a person is signed in with, as they see them.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::{Administrateur, ConnexionToken, Millis, Reply};

/// Who is signed in, whoever they are, as a connexion just read from the database says; of the staff, with the second factor
/// proved in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connecte {
    pub titulaire: Titulaire,
    pub connexion: ConnexionToken,
}

/// Whose connexions, by the id of each kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Titulaire {
    Formateur(i64),
    ServiceFormation(i64),
    Gestionnaire(i64),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnexionOuverte {
    /// Names it to its person, and opens nothing.
    pub id: String,
    pub ouverte_le: Millis,
    /// To the minute.
    pub vue_le: Millis,
    /// In coarse words, « Firefox sur Android »; nothing finer is kept.
    pub navigateur: String,
    pub celle_ci: bool,
    /// What it tells, until its person has seen it.
    pub essais: Option<EssaisManques>,
    /// The same for the codes of the staff, each of them after the right password.
    pub codes: Option<EssaisManques>,
}

/// What failed between the last time the person came in and this one, from anywhere (ASVS 5.0, 6.3.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EssaisManques {
    pub nombre: u32,
    pub dernier_le: Millis,
}

/// What an administrateur sees of somebody's, before they end them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnexionsDe {
    /// A name; the address of who has none.
    pub nom: String,
    pub ouvertes: usize,
}

#[async_trait]
pub trait Connexions: Send + Sync {
    async fn connected(&self, connexion: &ConnexionToken) -> Reply<Option<Connecte>>;
    /// Those that live, the newest first.
    async fn open_connexions(&self, who: &Connecte) -> Reply<Vec<ConnexionOuverte>>;
    /// One of one's own; another's id changes nothing.
    async fn close_connexion(&self, who: &Connecte, id: &str) -> Reply<()>;
    /// All but the one that asks.
    async fn close_other_connexions(&self, who: &Connecte) -> Reply<()>;
    /// `None` when there is nobody.
    async fn connexions_of(&self, by: &Administrateur, whose: Titulaire) -> Reply<Option<ConnexionsDe>>;
    /// Ends all of somebody else's, those that wait for a second factor too; they may come in again. `false` when there is
    /// nobody, for one's own, and for who is no administrateur any more.
    async fn end_connexions(&self, by: &Administrateur, whose: Titulaire) -> Reply<bool>;
    /// Tells of failed passwords no more.
    async fn failures_seen(&self, who: &Connecte) -> Reply<()>;
    /// A connexion just opened takes the place of the one its browser presented, whoever's that was, and keeps the coarse
    /// words for the browser.
    async fn arrive(&self, connexion: &ConnexionToken, before: Option<&ConnexionToken>, navigateur: &str) -> Reply<()>;
}
