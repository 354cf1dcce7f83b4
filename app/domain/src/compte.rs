//! The life of an account.

use serde::{Deserialize, Serialize};

use super::codes;

codes! {
    /// The state of an account.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
    pub enum Statut {
        EnAttenteActivation = "EnAttenteActivation", "En attente d’activation";
        AValider = "AValider", "À valider";
        ACompleter = "ACompleter", "À compléter";
        Actif = "Actif", "Actif";
        Refuse = "Refuse", "Refusé";
        Suspendu = "Suspendu", "Suspendu";
        Retiree = "Retiree", "Retirée";
        Expiree = "Expiree", "Expirée";
    }
}

impl Statut {
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
