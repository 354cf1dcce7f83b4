//! The second factor of the staff: a code that changes every 30 seconds (TOTP, RFC 6238). Recovery codes are kept for
//! the day the telephone is lost.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::areas::gestion::equipe::port::ChangementEquipe;
use crate::base::appelants::{Administrateur, EnAttente, Gestionnaire};
use crate::base::exchange::{Client, ConnexionToken};
use crate::base::port::Reply;

/// The code or the enrolment that is asked of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FacteurAttendu {
    /// No factor yet: this one becomes theirs with the first right code.
    Enrolement(Enrolement),
    Code,
    /// The key that made their factor is gone: only a recovery code, or a reset, lets them in.
    CleRemplacee,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolement {
    /// 160 bits in base 32: 32 letters and digits.
    pub secret: String,
    /// `otpauth://totp/…`, which a telephone opens in its application.
    pub uri: String,
    pub qr: Qr,
}

/// A square of modules, as a path of SVG.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Qr {
    /// Its side, in modules, the quiet zone included.
    pub cote: usize,
    pub trace: String,
}

/// The outcome of a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Preuve {
    /// The connexion that replaces the waiting one. `enrole`: the person has recovery codes to read.
    Prouvee { connexion: ConnexionToken, enrole: bool },
    /// Wrong, or used already.
    Fausse,
    /// After several failures: try again in so many minutes.
    Retardee { minutes: u32 },
    /// The connexion that waited has ended meanwhile.
    Terminee,
}

/// The outcome of a request for new recovery codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Renouvellement {
    Fait,
    Fausse,
    Retardee { minutes: u32 },
}

#[async_trait]
pub trait SecondFacteur: Send + Sync {
    /// `None` once the connexion has ended.
    async fn asked(&self, who: &EnAttente) -> Reply<Option<FacteurAttendu>>;
    /// A code of the application.
    async fn prove(&self, who: &EnAttente, code: &str) -> Reply<Preuve>;
    /// A recovery code, which serves once; the person is told by mail.
    async fn recover(&self, client: &Client, who: &EnAttente, code: &str) -> Reply<Preuve>;
    /// The recovery codes that this connexion just made, until it says that they are kept, for ten minutes at most.
    async fn fresh_codes(&self, by: &Gestionnaire, connexion: &ConnexionToken) -> Reply<Option<Vec<String>>>;
    /// Notes that the person kept the codes: they are not shown again.
    async fn codes_kept(&self, by: &Gestionnaire, connexion: &ConnexionToken) -> Reply<()>;
    /// How many recovery codes are left.
    async fn codes_left(&self, by: &Gestionnaire) -> Reply<u64>;
    /// Replaces them all, after a code of the application.
    async fn renew_codes(&self, by: &Gestionnaire, connexion: &ConnexionToken, code: &str) -> Reply<Renouvellement>;
    /// Takes a colleague's factor away and ends their connexions. Their next login enrols a new factor, and a mail
    /// tells them. It refuses one's own factor, because somebody who finds an open connexion must not remove it.
    async fn reset_factor(&self, by: &Administrateur, id: i64) -> Reply<ChangementEquipe>;
}
