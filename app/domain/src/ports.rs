//! The ports that a server must offer the pages. Each port is an area; the pages know nothing else of the server.
//!
//! Expected outcomes are values. [`PortError`] is for the rest: it was logged where it happened, once.

#[macro_use]
mod methodes;

mod annuaire;
mod authentification;
mod brouillons;
mod changements_adresse;
mod comptes;
mod connexions;
mod courriels;
mod decisions;
mod demandes;
mod equipe;
mod expedition;
mod inscriptions;
mod journaux;
mod liens;
mod mes_donnees;
mod motifs;
mod mots_de_passe;
mod repertoire;
mod reprises;
mod second_facteur;
mod services_formation;
mod statistiques;
mod suivis;

use serde::{Deserialize, Serialize};

pub use annuaire::*;
pub use authentification::*;
pub use brouillons::*;
pub use changements_adresse::*;
pub use comptes::*;
pub use connexions::*;
pub use courriels::*;
pub use decisions::*;
pub use demandes::*;
pub use equipe::*;
pub use expedition::*;
pub use inscriptions::*;
pub use journaux::*;
pub use liens::*;
pub use mes_donnees::*;
pub use motifs::*;
pub use mots_de_passe::*;
pub use repertoire::*;
pub use reprises::*;
pub use second_facteur::*;
pub use services_formation::*;
pub use statistiques::*;
pub use suivis::*;

/// Why a port did not answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum PortError {
    #[error("Trop de demandes : réessayez dans {seconds} secondes.")]
    TooMany { seconds: u32 },
    #[error("Le service est momentanément indisponible (incident {incident}).")]
    Unavailable { incident: String },
}

pub type Reply<T> = Result<T, PortError>;

/// An instant: milliseconds since 1970-01-01 UTC.
pub type Millis = i64;

/// The secret in the draft's cookie. Only its hash is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftKey(pub String);

/// The secret in the connexion's cookie. Only its hash is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnexionToken {
    pub secret: String,
    /// Whether the page refreshes itself. Such a request does not prolong the connexion, since perhaps nobody is there.
    pub passive: bool,
}

impl ConnexionToken {
    pub fn new(secret: String) -> Self {
        Self { secret, passive: false }
    }
}

/// The network address limits count by: IPv4, or the /64 of an IPv6.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Client(pub String);

/// The request being answered and its answer, as far as a page may touch them.
pub trait Exchange: Send + Sync {
    fn client(&self) -> Client;
    /// Which browser, in coarse words: « Firefox sur Android ».
    fn browser(&self) -> String;
    fn draft_key(&self) -> Option<DraftKey>;
    fn keep_draft_key(&self, key: &DraftKey);
    fn forget_draft_key(&self);
    fn connexion(&self) -> Option<ConnexionToken>;
    fn keep_connexion(&self, token: &ConnexionToken);
    fn forget_connexion(&self);
    /// Notes the page that is asked for, or that sent this form, so that the login leads back there.
    fn come_back(&self);
    /// Takes the page that [`Self::come_back`] noted, if it is below `area`.
    fn back_to(&self, area: &str) -> Option<String>;
    /// Whether this page follows a form that set a cookie, and the browser sent none back.
    fn refuses_cookies(&self) -> bool;
    /// 302, or a client-side navigation in a hydrated page.
    fn redirect(&self, path: &str);
    fn set_status(&self, code: u16);
    /// Refuses what was asked for. `code` says why, on a page and to a script; `again` is the number of seconds to
    /// wait. An answer to a form stays a redirect.
    fn fail(&self, code: u16, again: Option<u32>);
    /// Says that the page asked for does not exist for this person: 404.
    fn not_found(&self) {
        self.set_status(404);
    }
}

/// The facts that only the operator knows, from the configuration.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Exploitant {
    pub nom: String,
    pub courriel: String,
    pub telephone: String,
    pub adresse: String,
    pub directeur_publication: String,
    pub hebergeur: String,
    pub dpo: String,
    /// The address at which an active account pre-registers.
    pub lien_preinscription: String,
    /// The durations the operator sets.
    pub conservation: crate::conservation::Reglables,
    pub accessibilite: crate::accessibilite::Accessibilite,
}

/// The ports, handed to the pages with each request.
#[derive(Clone)]
pub struct Ports {
    pub exchange: std::sync::Arc<dyn Exchange>,
    pub annuaire: std::sync::Arc<dyn Annuaire>,
    pub brouillons: std::sync::Arc<dyn Brouillons>,
    pub inscriptions: std::sync::Arc<dyn Inscriptions>,
    pub reprises: std::sync::Arc<dyn Reprises>,
    pub activations: std::sync::Arc<dyn Activations>,
    pub invitations: std::sync::Arc<dyn Invitations>,
    pub authentification: std::sync::Arc<dyn Authentification>,
    pub second_facteur: std::sync::Arc<dyn SecondFacteur>,
    pub connexions: std::sync::Arc<dyn Connexions>,
    pub mots_de_passe: std::sync::Arc<dyn MotsDePasse>,
    pub changements_adresse: std::sync::Arc<dyn ChangementsAdresse>,
    pub comptes: std::sync::Arc<dyn Comptes>,
    pub suivis: std::sync::Arc<dyn Suivis>,
    pub demandes: std::sync::Arc<dyn Demandes>,
    pub decisions: std::sync::Arc<dyn Decisions>,
    pub services_formation: std::sync::Arc<dyn ServicesFormation>,
    pub motifs: std::sync::Arc<dyn Motifs>,
    pub equipe: std::sync::Arc<dyn Equipe>,
    pub expedition: std::sync::Arc<dyn Expedition>,
    pub journaux: std::sync::Arc<dyn Journaux>,
    pub mesures: std::sync::Arc<dyn Mesures>,
    pub repertoire: std::sync::Arc<dyn Repertoire>,
    pub donnees_personnelles: std::sync::Arc<dyn DonneesPersonnelles>,
    pub exploitant: std::sync::Arc<Exploitant>,
}
