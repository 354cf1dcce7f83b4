use serde::{Deserialize, Serialize};

/// The three ways of registering that the source names « cas de figure ».
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Cas {
    /// Cas 1: the service RH of the collectivité presents its agent.
    #[serde(rename = "service")]
    ServiceRh,
    /// Cas 2: the person works for a collectivité, and nothing may be attached to their agent's file there.
    #[serde(rename = "personnel")]
    Personnel,
    /// Cas 3: the person is independent.
    #[serde(rename = "independant")]
    Independant,
}

impl Cas {
    pub const ALL: [Self; 3] = [Self::ServiceRh, Self::Personnel, Self::Independant];

    /// The word used in forms and in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::ServiceRh => "service",
            Self::Personnel => "personnel",
            Self::Independant => "independant",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cas| cas.code() == code)
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::ServiceRh => "Par le service RH de ma collectivité",
            Self::Personnel => "À titre personnel",
            Self::Independant => "Comme indépendant",
        }
    }
}
