//! What a press gets. The same rule serves a person, a service formation, a gestionnaire and a favourable avis.

use super::etat::{EtatPreinscription, SiComplet};
use super::session_formation::{Attente, Attribution};

/// What a session has to give, read under its lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Etal {
    pub attribution: Attribution,
    pub attente: Attente,
    pub places: u32,
    /// Places taken or offered.
    pub occupees: u32,
    /// How many wait in the list.
    pub en_attente: u32,
}

impl Etal {
    pub fn has_a_place(&self) -> bool {
        self.occupees < self.places
    }
}

/// Who comes to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidature {
    /// Whether somebody who could take a place waits with a lower rang.
    pub devance: bool,
    /// Whether their collectivité holds all the places that one may have.
    pub part_atteinte: bool,
    pub si_complet: SiComplet,
}

/// What they get.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Issue {
    Entre(EtatPreinscription),
    /// No place, and they asked for nothing then.
    Rien,
    /// No place, and no room in the list.
    Complete,
}

/// What a candidature gets: an examination, a place, the list or nothing.
pub fn issue(etal: &Etal, candidature: &Candidature) -> Issue {
    let Candidature { devance, part_atteinte, si_complet } = *candidature;
    match etal.attribution {
        Attribution::SurExamen => Issue::Entre(EtatPreinscription::Demandee),
        Attribution::ALArrivee if etal.has_a_place() && !devance && !part_atteinte => {
            Issue::Entre(EtatPreinscription::Retenue)
        }
        Attribution::ALArrivee if si_complet == SiComplet::Rien => Issue::Rien,
        Attribution::ALArrivee if etal.attente.has_room(etal.en_attente) => {
            Issue::Entre(EtatPreinscription::ListeAttente)
        }
        Attribution::ALArrivee => Issue::Complete,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ETAL: Etal = Etal {
        attribution: Attribution::ALArrivee,
        attente: Attente::SansLimite,
        places: 20,
        occupees: 19,
        en_attente: 0,
    };
    const SEUL: Candidature = Candidature { devance: false, part_atteinte: false, si_complet: SiComplet::Attente };

    #[test]
    fn the_last_place_goes_to_who_nobody_precedes() {
        let place = Issue::Entre(EtatPreinscription::Retenue);
        let list = Issue::Entre(EtatPreinscription::ListeAttente);
        let full = Etal { occupees: 20, ..ETAL };
        let rien = Candidature { si_complet: SiComplet::Rien, ..SEUL };
        for (etal, candidature, expected) in [
            (ETAL, SEUL, place),
            (ETAL, rien, place),
            (full, SEUL, list),
            (full, rien, Issue::Rien),
            // A place is free, and is owed to the list.
            (ETAL, Candidature { devance: true, ..SEUL }, list),
            (ETAL, Candidature { devance: true, ..rien }, Issue::Rien),
            (ETAL, Candidature { part_atteinte: true, ..SEUL }, list),
            (Etal { attente: Attente::Aucune, ..full }, SEUL, Issue::Complete),
            (Etal { attente: Attente::AuPlus(3), en_attente: 2, ..full }, SEUL, list),
            (Etal { attente: Attente::AuPlus(3), en_attente: 3, ..full }, SEUL, Issue::Complete),
            (Etal { attente: Attente::Aucune, ..ETAL }, SEUL, place),
        ] {
            assert_eq!(issue(&etal, &candidature), expected, "{etal:?} {candidature:?}");
        }
    }

    #[test]
    fn an_examined_session_gives_no_place_by_itself() {
        for occupees in [0, 20] {
            for devance in [false, true] {
                let etal = Etal { attribution: Attribution::SurExamen, occupees, ..ETAL };
                let got = issue(&etal, &Candidature { devance, ..SEUL });
                assert_eq!(got, Issue::Entre(EtatPreinscription::Demandee));
            }
        }
    }
}
