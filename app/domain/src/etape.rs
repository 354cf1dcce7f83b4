use serde::{Deserialize, Serialize};

/// The six tabs, in the order of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Etape {
    Identite,
    Coordonnees,
    Adresses,
    Interlocuteurs,
    SituationProfessionnelle,
    Validation,
}

impl Etape {
    pub const ALL: [Self; 6] = [
        Self::Identite,
        Self::Coordonnees,
        Self::Adresses,
        Self::Interlocuteurs,
        Self::SituationProfessionnelle,
        Self::Validation,
    ];

    /// The last segment of the tab's address, and its name in forms.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Identite => "identite",
            Self::Coordonnees => "coordonnees",
            Self::Adresses => "adresses",
            Self::Interlocuteurs => "interlocuteurs",
            Self::SituationProfessionnelle => "situation-professionnelle",
            Self::Validation => "validation",
        }
    }

    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|etape| etape.slug() == slug)
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Identite => "Identité",
            Self::Coordonnees => "Coordonnées",
            Self::Adresses => "Adresses",
            Self::Interlocuteurs => "Interlocuteurs",
            Self::SituationProfessionnelle => "Situation professionnelle",
            Self::Validation => "Validation",
        }
    }

    /// 1 to 6, as in « Étape 2 sur 6 ».
    pub fn number(self) -> usize {
        self as usize + 1
    }

    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self as usize + 1).copied()
    }

    pub fn previous(self) -> Option<Self> {
        (self as usize).checked_sub(1).map(|at| Self::ALL[at])
    }

    pub fn path(self) -> String {
        format!("/inscription/{}", self.slug())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tab_is_found_by_its_slug_and_has_its_neighbours() {
        for (at, etape) in Etape::ALL.into_iter().enumerate() {
            assert_eq!(Etape::from_slug(etape.slug()), Some(etape));
            assert_eq!(etape.number(), at + 1);
            assert_eq!(etape.next().and_then(Etape::previous), etape.next().map(|_| etape));
        }
        assert_eq!(Etape::from_slug("autre"), None);
    }
}
