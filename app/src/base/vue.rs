use serde::{Deserialize, Serialize};

use super::appelants::{Gestionnaire, Pause};
use super::port::Ports;

/// A page of the staff area: who looks at it, and its content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vue<T> {
    pub qui: Qui,
    pub contenu: T,
}

/// Who looks at it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Qui {
    pub nom: String,
    pub administrateur: bool,
    /// Whether persons pre-register here: the pages of the sessions of training exist.
    pub formations: bool,
    /// The pause of the mails, which every page announces.
    pub suspension: Option<Pause>,
}

impl Qui {
    pub fn of(by: &Gestionnaire, ports: &Ports) -> Self {
        Self {
            nom: by.nom.clone(),
            administrateur: by.administrateur().is_some(),
            formations: ports.exploitant.preinscription_active,
            suspension: by.suspension.clone(),
        }
    }
}
