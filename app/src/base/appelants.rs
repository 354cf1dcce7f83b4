//! The people whom a connexion proves. A value of such a type is the proof that a method asks for.

use async_trait::async_trait;
use domain::codes;
use domain::instant::Millis;
use serde::{Deserialize, Serialize};

use super::exchange::ConnexionToken;
use super::port::Reply;

codes! {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    pub enum Role {
        Gestionnaire = "gestionnaire";
        Administrateur = "administrateur";
    }
}

/// Anybody who is signed in, as a connexion just read from the database says. For the staff, the second factor was
/// proved in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connecte {
    pub titulaire: Titulaire,
    pub connexion: ConnexionToken,
}

/// The owner of connexions, by the id of each kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Titulaire {
    Formateur(i64),
    ServiceFormation(i64),
    Gestionnaire(i64),
}

/// A formateur whose connexion was just read from the database: the proof every method of theirs asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formateur {
    pub compte_id: i64,
}

/// A gestionnaire whose connexion was just read from the database, their second factor proved in it: the proof every
/// decision asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gestionnaire {
    pub id: i64,
    pub nom: String,
    pub role: Role,
    /// The pause of the mails, which every page announces.
    pub suspension: Option<Pause>,
}

/// A gestionnaire who may also manage the team and read the journal. Only a gestionnaire with that right becomes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Administrateur(Gestionnaire);

impl Gestionnaire {
    pub fn administrateur(&self) -> Option<Administrateur> {
        (self.role == Role::Administrateur).then(|| Administrateur(self.clone()))
    }
}

impl std::ops::Deref for Administrateur {
    type Target = Gestionnaire;

    fn deref(&self) -> &Gestionnaire {
        &self.0
    }
}

/// A service formation whose connexion was just read from the database. It sees the agents that its collectivité
/// presented, nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceFormation {
    /// The id of the address that signed in: a collectivité may have several.
    pub id: i64,
    pub collectivite_id: i64,
}

/// A member of the staff who gave the right password, and whose second factor was not proved. A connexion just read
/// from the database says so. They can prove the factor, and nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnAttente {
    pub gestionnaire_id: i64,
    pub connexion: ConnexionToken,
}

/// A pause of the mails: none leaves until it ends, by itself or by an administrateur.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    pub par: String,
    pub depuis: Millis,
    /// When it ends by itself.
    pub jusqu_a: Millis,
}

/// Tells whom a connexion proves: reads it from the database, each time.
#[async_trait]
pub trait Appelants: Send + Sync {
    async fn connected(&self, connexion: &ConnexionToken) -> Reply<Option<Connecte>>;
    async fn formateur(&self, connexion: &ConnexionToken) -> Reply<Option<Formateur>>;
    async fn service_formation(&self, connexion: &ConnexionToken) -> Reply<Option<ServiceFormation>>;
    /// `None` unless this connexion's password was right and its second factor is still to be proved.
    async fn pending(&self, connexion: &ConnexionToken) -> Reply<Option<EnAttente>>;
    async fn gestionnaire(&self, connexion: &ConnexionToken) -> Reply<Option<Gestionnaire>>;
}
