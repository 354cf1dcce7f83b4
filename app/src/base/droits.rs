//! Who may call each server function. A function reaches the ports only through `ouvert` or `entrer`, by its own
//! name. `acces!` gives that name its right: a function that nobody declared does not compile.

pub use super::appelants::{Administrateur, Connecte, EnAttente, Formateur, Gestionnaire, ServiceFormation};
use super::port::Ports;
use leptos::server_fn::ServerFn;

use super::adresses::{DEMANDES, LOGIN, STAFF_LOGIN};
use super::contexte::ports;
use super::erreur::ApiError;
use crate::base::appelants::Appelants;
use crate::base::refus::Refus;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Droit {
    Public,
    /// Anyone who is signed in, for their own connexions.
    Connecte,
    Formateur,
    ServiceFormation,
    /// A member of the staff who gave the right password, and has to prove the second factor.
    SecondFacteur,
    Gestionnaire,
    Administrateur,
}

/// Anyone, signed in or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Public;

/// The caller that a function asks for, proved by the connexion of the request.
pub trait Appelant: Sized {
    const DROIT: Droit;
    /// The login page of this caller.
    const CONNEXION: &'static str;

    fn prove(ports: &Ports) -> impl Future<Output = Result<Self, ApiError>> + Send;
}

/// A server function and the caller that it asks for. See `acces!`.
pub trait Acces {
    type Qui: Appelant;
}

/// A line of the list of server functions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Declaree {
    pub nom: &'static str,
    pub chemin: &'static str,
    pub droit: Droit,
}

impl Declaree {
    pub const fn new<F: Acces + ServerFn>(nom: &'static str) -> Self {
        Self { nom, chemin: F::PATH, droit: <F::Qui as Appelant>::DROIT }
    }
}

/// Declares who may call the server functions of a file: `acces! { Gestionnaire: Validate, Refuse; }`.
macro_rules! acces {
    ($($qui:ident: $($fonction:ident),+;)+) => {
        $($(impl $crate::base::droits::Acces for $fonction {
            type Qui = $crate::base::droits::$qui;
        })+)+

        pub(crate) const ACCES: &[$crate::base::droits::Declaree] =
            &[$($($crate::base::droits::Declaree::new::<$fonction>(stringify!($fonction))),+),+];
    };
}
pub(crate) use acces;

/// The ports, for a function anyone may call.
#[expect(clippy::extra_unused_type_parameters, reason = "naming the function is what proves that it was declared")]
pub(crate) fn ouvert<F: Acces<Qui = Public>>() -> Ports {
    ports()
}

/// The caller that the function asks for, and the ports. `None` after a redirect to the login page. If the caller is
/// signed in without the right, the redirect leads to a page that says so.
pub(crate) async fn entrer<F: Acces>() -> Result<Option<(F::Qui, Ports)>, ApiError> {
    let ports = ports();
    let to = match F::Qui::prove(&ports).await {
        Ok(who) => return Ok(Some((who, ports))),
        Err(ApiError::ConnexionExpired) => login_of::<F::Qui>(&ports),
        Err(ApiError::Forbidden) => Refus::Droit.at(DEMANDES),
        Err(other) => return Err(other),
    };
    ports.exchange.redirect(&to);
    Ok(None)
}

/// The address of the login page of this caller. The login leads back to the page that is asked for.
fn login_of<Q: Appelant>(ports: &Ports) -> String {
    if ports.exchange.refuses_cookies() {
        return Refus::Cookies.at(Q::CONNEXION);
    }
    if Q::DROIT != Droit::SecondFacteur {
        ports.exchange.come_back();
    }
    format!("{}?connexion=1", Q::CONNEXION)
}

/// The formateur who is signed in, for a page that anyone may read. A visitor stays on it.
pub(crate) async fn find_formateur(ports: &Ports) -> Result<Option<Formateur>, ApiError> {
    match Formateur::prove(ports).await {
        Ok(who) => Ok(Some(who)),
        Err(ApiError::ConnexionExpired) => Ok(None),
        Err(other) => Err(other),
    }
}

/// Leads a visitor of a page that anyone may read to the login of the formateurs, and then back.
pub(crate) fn ask_login(ports: &Ports) {
    ports.exchange.redirect(&login_of::<Formateur>(ports));
}

impl Appelant for Public {
    const DROIT: Droit = Droit::Public;
    const CONNEXION: &'static str = LOGIN;

    async fn prove(_: &Ports) -> Result<Self, ApiError> {
        Ok(Self)
    }
}

impl Appelant for Connecte {
    const DROIT: Droit = Droit::Connecte;
    const CONNEXION: &'static str = LOGIN;

    async fn prove(ports: &Ports) -> Result<Self, ApiError> {
        let Some(connexion) = ports.exchange.connexion() else { return Err(ApiError::ConnexionExpired) };
        ports.of::<dyn Appelants>().connected(&connexion).await?.ok_or(ApiError::ConnexionExpired)
    }
}

impl Appelant for Formateur {
    const DROIT: Droit = Droit::Formateur;
    const CONNEXION: &'static str = LOGIN;

    async fn prove(ports: &Ports) -> Result<Self, ApiError> {
        let Some(connexion) = ports.exchange.connexion() else { return Err(ApiError::ConnexionExpired) };
        ports.of::<dyn Appelants>().formateur(&connexion).await?.ok_or(ApiError::ConnexionExpired)
    }
}

impl Appelant for ServiceFormation {
    const DROIT: Droit = Droit::ServiceFormation;
    const CONNEXION: &'static str = LOGIN;

    async fn prove(ports: &Ports) -> Result<Self, ApiError> {
        let Some(connexion) = ports.exchange.connexion() else { return Err(ApiError::ConnexionExpired) };
        ports.of::<dyn Appelants>().service_formation(&connexion).await?.ok_or(ApiError::ConnexionExpired)
    }
}

impl Appelant for EnAttente {
    const DROIT: Droit = Droit::SecondFacteur;
    const CONNEXION: &'static str = STAFF_LOGIN;

    async fn prove(ports: &Ports) -> Result<Self, ApiError> {
        let Some(connexion) = ports.exchange.connexion() else { return Err(ApiError::ConnexionExpired) };
        ports.of::<dyn Appelants>().pending(&connexion).await?.ok_or(ApiError::ConnexionExpired)
    }
}

impl Appelant for Gestionnaire {
    const DROIT: Droit = Droit::Gestionnaire;
    const CONNEXION: &'static str = STAFF_LOGIN;

    async fn prove(ports: &Ports) -> Result<Self, ApiError> {
        let Some(connexion) = ports.exchange.connexion() else { return Err(ApiError::ConnexionExpired) };
        ports.of::<dyn Appelants>().gestionnaire(&connexion).await?.ok_or(ApiError::ConnexionExpired)
    }
}

impl Appelant for Administrateur {
    const DROIT: Droit = Droit::Administrateur;
    const CONNEXION: &'static str = STAFF_LOGIN;

    async fn prove(ports: &Ports) -> Result<Self, ApiError> {
        Gestionnaire::prove(ports).await?.administrateur().ok_or(ApiError::Forbidden)
    }
}
