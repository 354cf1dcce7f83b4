//! The server functions, one file an area: identify, parse, delegate. Each is a public endpoint.
#![cfg_attr(
    target_family = "wasm",
    expect(unused_imports, dead_code, reason = "the browser has the calls and not the bodies of server functions")
)]

pub mod activation;
pub mod adresse;
pub mod annuaire;
pub mod appel;
pub mod compte;
pub mod connexion;
pub mod connexions;
pub mod decisions;
pub mod droits;
pub mod equipe;
pub mod expedition;
pub mod exploitant;
pub mod gestion;
pub mod inscription;
pub mod journaux;
pub mod mes_donnees;
pub mod mesures;
pub mod motifs;
pub mod mots_de_passe;
pub mod reouverture;
pub mod repertoire;
pub mod reprise;
pub mod second_facteur;
pub mod service_formation;
pub mod services_rh;
pub mod suivi;

use domain::ports::{PortError, Reply};
use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

use self::droits::{Declaree, exchange};

/// Why a call did not answer. Expected outcomes are never here. It carries nothing that a person typed, since a
/// form without JavaScript would show it in an address. It travels as its words: a hydrated page shows them as they come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(into = "String", from = "String")]
pub enum ApiError {
    #[error("Votre connexion est terminée\u{a0}: connectez-vous à nouveau.")]
    ConnexionExpired,
    #[error("Cette page est réservée aux administrateurs.")]
    Forbidden,
    #[error("Trop de demandes\u{a0}: réessayez dans {seconds} secondes.")]
    TooMany { seconds: u32 },
    #[error("Le service est momentanément indisponible. Réessayez dans quelques minutes (incident {incident}).")]
    Unavailable { incident: String },
    #[error("Le service ne répond pas. Vérifiez votre connexion\u{a0}: ce que vous avez saisi reste dans la page.")]
    Network,
    /// What a server said.
    #[error("{0}")]
    Said(String),
}

impl From<ApiError> for String {
    fn from(error: ApiError) -> Self {
        error.to_string()
    }
}

impl From<String> for ApiError {
    fn from(text: String) -> Self {
        Self::Said(text)
    }
}

impl FromServerFnError for ApiError {
    type Encoder = JsonEncoding;

    /// On the server, of a call that could not be read; in a browser, of one that got no answer.
    fn from_server_fn_error(_: ServerFnErrorErr) -> Self {
        if cfg!(not(target_family = "wasm")) {
            exchange().fail(400, None);
        }
        Self::Network
    }
}

impl From<PortError> for ApiError {
    fn from(error: PortError) -> Self {
        let (status, again, error) = match error {
            PortError::TooMany { seconds } => (429, seconds, Self::TooMany { seconds }),
            PortError::Unavailable { incident } => (503, 30, Self::Unavailable { incident }),
        };
        // Where the body of a server function runs; a browser has nothing to answer.
        if cfg!(not(target_family = "wasm")) {
            exchange().fail(status, Some(again));
        }
        error
    }
}

/// Ends a form handler: always a redirect, so that a form works the same with and without WebAssembly. `back` is the
/// page that says what went wrong.
fn go(to: Reply<String>, back: &str) -> Result<(), ApiError> {
    let mark = if back.contains('?') { '&' } else { '?' };
    let to = match to {
        Ok(path) => path,
        Err(PortError::TooMany { seconds }) => format!("{back}{mark}erreur=trop&secondes={seconds}"),
        Err(PortError::Unavailable { incident }) => format!("{back}{mark}erreur=indisponible&incident={incident}"),
    };
    exchange().redirect(&to);
    Ok(())
}

/// The page of a form, for a browser that asks for its address instead of sending it: a reload, a bookmark.
pub fn page_of(chemin: &str) -> Option<String> {
    use crate::{compte, connexion, gestion, inscription, service_formation, suivi};
    use droits::Droit;
    let form = acces().find(|form| form.chemin == chemin)?;
    let page = match (form.nom, form.droit) {
        ("ChooseCas" | "EraseDraft" | "Resume", _) => inscription::ORIENTATION,
        ("ChooseCollectivite", _) => inscription::COLLECTIVITE,
        ("ReadServiceFormation", _) => inscription::SERVICE_RH,
        ("SaveTab" | "Autosave", _) => return Some(domain::Etape::Identite.path()),
        ("Resend" | "CorrectAddress", _) => inscription::ENVOYEE,
        ("Follow" | "ResendActivation", _) => suivi::SUIVI,
        ("RequestReset" | "ResetPassword", _) => connexion::LOST_PASSWORD,
        ("StaffLogin", _) => gestion::STAFF_LOGIN,
        ("OpenReview" | "SaveCorrection" | "SendBack", _) => compte::CORRECTIONS,
        ("Withdraw", _) => compte::RETIRER,
        ("EraseAccount", _) => compte::EFFACER,
        ("ChangePassword", _) => CHANGER_MOT_DE_PASSE,
        ("AddCollectivite" | "RenameCollectivite" | "ArchiveCollectivite", _) => gestion::COLLECTIVITES,
        ("WriteImport", _) => gestion::IMPORT,
        ("SaveMotif" | "ActivateMotif", _) => gestion::MOTIFS,
        ("Requeue" | "PauseCourriels" | "ResumeCourriels", _) => gestion::COURRIELS,
        ("ChooseAnnonces", _) => gestion::REGLAGES,
        ("InviteService" | "DisableService", _) => gestion::SERVICES_FORMATION,
        (_, Droit::Public) => connexion::LOGIN,
        (_, Droit::Connecte | Droit::Formateur) => compte::MON_COMPTE,
        (_, Droit::ServiceFormation) => service_formation::SERVICE_FORMATION,
        (_, Droit::SecondFacteur) => gestion::SECOND_FACTEUR,
        (_, Droit::Gestionnaire) => gestion::DEMANDES,
        (_, Droit::Administrateur) => gestion::EQUIPE,
    };
    Some(page.to_owned())
}

/// Where password managers send whoever wants to change a password (W3C, « A Well-Known URL for Changing Passwords »).
pub const CHANGER_MOT_DE_PASSE: &str = "/.well-known/change-password";

/// Every server function and who may call it.
pub fn acces() -> impl Iterator<Item = Declaree> {
    [
        activation::ACCES,
        adresse::ACCES,
        annuaire::ACCES,
        compte::ACCES,
        connexion::ACCES,
        decisions::ACCES,
        equipe::ACCES,
        expedition::ACCES,
        exploitant::ACCES,
        gestion::ACCES,
        inscription::ACCES,
        journaux::ACCES,
        mes_donnees::ACCES,
        mesures::ACCES,
        motifs::ACCES,
        mots_de_passe::ACCES,
        repertoire::ACCES,
        reprise::ACCES,
        second_facteur::ACCES,
        service_formation::ACCES,
        services_rh::ACCES,
        connexions::ACCES,
        suivi::ACCES,
    ]
    .into_iter()
    .flatten()
    .copied()
}
