use domain::ports::{Gestionnaire, Pause};
use serde::{Deserialize, Serialize};

/// A page of the staff area: who looks, and what they see.
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
    /// What every page says while no mail leaves.
    pub suspension: Option<Pause>,
}

impl From<&Gestionnaire> for Qui {
    fn from(by: &Gestionnaire) -> Self {
        Self { nom: by.nom.clone(), administrateur: by.administrateur().is_some(), suspension: by.suspension.clone() }
    }
}
