//! The life of a préinscription.

use serde::{Deserialize, Serialize};

use crate::codes;

codes! {
    /// The state of a préinscription, in the words that its person reads.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
    pub enum EtatPreinscription {
        AvisDemande = "AvisDemande", "Avis demandé";
        Demandee = "Demandee", "À examiner";
        ListeAttente = "ListeAttente", "En liste d’attente";
        Proposee = "Proposee", "Place proposée";
        Retenue = "Retenue", "Place retenue";
        Refusee = "Refusee", "Non retenue";
        Annulee = "Annulee", "Annulée";
    }
}

codes! {
    /// Why a préinscription ended.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
    pub enum Cause {
        SansAvis = "SANS_AVIS", "Le service formation n’a pas donné son avis";
        OffreDeclinee = "OFFRE_DECLINEE", "Place déclinée";
        OffreSansReponse = "OFFRE_SANS_REPONSE", "Place proposée, restée sans réponse";
        Desistement = "DESISTEMENT", "Désistement";
        Gestion = "GESTION", "Annulée par le service";
        SessionAnnulee = "SESSION", "Session annulée";
        SansPlace = "SANS_PLACE", "Aucune place ne s’est libérée";
    }
}

codes! {
    /// Who pressed.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
    pub enum Origine {
        Personne = "personne", "La personne";
        ServiceFormation = "service_formation", "Le service formation";
        Gestionnaire = "gestionnaire", "Un gestionnaire";
    }
}

codes! {
    /// What the person wants if no place is left when their turn comes. They say it beforehand.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
    pub enum SiComplet {
        #[default]
        Attente = "attente", "M’inscrire en liste d’attente";
        Rien = "rien", "Ne rien enregistrer";
    }
}

impl EtatPreinscription {
    pub const ACTIFS: [Self; 5] =
        [Self::AvisDemande, Self::Demandee, Self::ListeAttente, Self::Proposee, Self::Retenue];

    /// Whether the préinscription goes on. An account has one of these for a session, at most.
    pub fn is_active(self) -> bool {
        Self::ACTIFS.contains(&self)
    }

    /// Whether it holds a place.
    pub fn holds_a_place(self) -> bool {
        matches!(self, Self::Proposee | Self::Retenue)
    }

    /// Whether a préinscription may go from this state to `to` in one step. Every write of a state asks.
    pub fn may_become(self, to: Self) -> bool {
        use EtatPreinscription::{Annulee, AvisDemande, Demandee, ListeAttente, Proposee, Refusee, Retenue};
        match (self, to) {
            (AvisDemande, Demandee | ListeAttente | Retenue | Refusee)
            | (Demandee, ListeAttente | Retenue | Refusee)
            | (ListeAttente, Proposee | Retenue | Refusee)
            | (Proposee, Retenue | ListeAttente)
            | (Refusee, Demandee | ListeAttente) => true,
            (from, Annulee) => from.is_active(),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::EtatPreinscription as Etat;

    #[test]
    fn only_an_active_preinscription_moves_except_a_refusal_taken_back() {
        for from in Etat::ALL {
            for to in Etat::ALL {
                if from.may_become(to) {
                    assert!(from.is_active() || (from == Etat::Refusee && to.is_active()), "{from:?} {to:?}");
                    assert_ne!(from, to);
                }
            }
            assert!(!Etat::Annulee.may_become(from));
            assert_eq!(from.may_become(Etat::Annulee), from.is_active());
        }
    }

    #[test]
    fn only_two_states_hold_a_place_and_both_are_active() {
        let holding: Vec<Etat> = Etat::ALL.into_iter().filter(|etat| etat.holds_a_place()).collect();
        assert_eq!(holding, [Etat::Proposee, Etat::Retenue]);
        assert!(holding.into_iter().all(Etat::is_active));
    }

    #[test]
    fn a_place_is_offered_only_to_who_waits_in_the_list() {
        let before: Vec<Etat> = Etat::ALL.into_iter().filter(|from| from.may_become(Etat::Proposee)).collect();
        assert_eq!(before, [Etat::ListeAttente]);
    }
}
