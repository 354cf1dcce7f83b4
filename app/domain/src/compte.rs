//! The life of an account.

use serde::{Deserialize, Serialize};

/// The state of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Statut {
    EnAttenteActivation,
    AValider,
    ACompleter,
    Actif,
    Refuse,
    Suspendu,
    Retiree,
    Expiree,
}

impl Statut {
    pub const ALL: [Self; 8] = [
        Self::EnAttenteActivation,
        Self::AValider,
        Self::ACompleter,
        Self::Actif,
        Self::Refuse,
        Self::Suspendu,
        Self::Retiree,
        Self::Expiree,
    ];

    /// The word in the database and in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::EnAttenteActivation => "EnAttenteActivation",
            Self::AValider => "AValider",
            Self::ACompleter => "ACompleter",
            Self::Actif => "Actif",
            Self::Refuse => "Refuse",
            Self::Suspendu => "Suspendu",
            Self::Retiree => "Retiree",
            Self::Expiree => "Expiree",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|statut| statut.code() == code)
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::EnAttenteActivation => "En attente d’activation",
            Self::AValider => "À valider",
            Self::ACompleter => "À compléter",
            Self::Actif => "Actif",
            Self::Refuse => "Refusé",
            Self::Suspendu => "Suspendu",
            Self::Retiree => "Retirée",
            Self::Expiree => "Expirée",
        }
    }

    /// Whether the account holds its address: its person proved it, so nobody else can activate an account with it.
    pub fn is_activated(self) -> bool {
        matches!(self, Self::AValider | Self::ACompleter | Self::Actif | Self::Refuse | Self::Suspendu)
    }

    /// Whether an account may go from this state to `to` in one step. Every write of a state is conditional on it.
    pub fn may_become(self, to: Self) -> bool {
        matches!(
            (self, to),
            (Self::EnAttenteActivation, Self::AValider | Self::ACompleter | Self::Expiree)
                | (Self::AValider, Self::ACompleter | Self::Actif | Self::Refuse | Self::Retiree)
                | (Self::ACompleter, Self::AValider | Self::Retiree)
                | (Self::Refuse, Self::AValider)
                | (Self::Actif, Self::Suspendu)
                | (Self::Suspendu, Self::Actif)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_is_found_by_its_code() {
        for statut in Statut::ALL {
            assert_eq!(Statut::from_code(statut.code()), Some(statut));
        }
    }

    #[test]
    fn only_an_activation_gives_an_account_its_address() {
        let activations = [Statut::AValider, Statut::ACompleter].map(|to| (Statut::EnAttenteActivation, to));
        for from in Statut::ALL {
            for to in Statut::ALL {
                if from.may_become(to) && !from.is_activated() && to.is_activated() {
                    assert!(activations.contains(&(from, to)), "{from:?} {to:?}");
                }
                if from.may_become(to) {
                    assert_ne!(from, to);
                }
            }
        }
    }

    #[test]
    fn what_ended_does_not_come_back() {
        for to in Statut::ALL {
            assert!(!Statut::Retiree.may_become(to));
            assert!(!Statut::Expiree.may_become(to));
        }
    }
}
