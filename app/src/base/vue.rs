use serde::{Deserialize, Serialize};

use super::appelants::{Gestionnaire, Pause};

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
    /// The pause of the mails, which every page announces.
    pub suspension: Option<Pause>,
}

impl From<&Gestionnaire> for Qui {
    fn from(by: &Gestionnaire) -> Self {
        Self { nom: by.nom.clone(), administrateur: by.administrateur().is_some(), suspension: by.suspension.clone() }
    }
}
