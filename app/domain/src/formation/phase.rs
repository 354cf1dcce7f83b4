//! Where a session stands, as people read it. It is derived from what is stored and the clock, so no job can be late.

use serde::{Deserialize, Serialize};

use super::{Attente, Attribution, EtatSessionFormation};
use crate::instant::{Millis, jour, jour_et_heure, today};

/// What is stored of a session, and what its phase depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reperes {
    pub etat: EtatSessionFormation,
    /// When somebody closed the préinscriptions.
    pub fermee_le: Option<Millis>,
    /// The opening hour, or the publication.
    pub ouverture: Millis,
    /// The first instant after the last day.
    pub cloture: Millis,
    /// The beginning of the first séance.
    pub debut: Millis,
    /// The end of the last one.
    pub fin: Millis,
    pub places: u32,
    pub occupees: u32,
    pub en_attente: u32,
    pub attente: Attente,
    pub attribution: Attribution,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    Brouillon,
    Annulee,
    Ouvre(Millis),
    PlacesDisponibles,
    ListeAttente,
    Complete,
    /// Since this instant.
    Closes(Millis),
    EnCours,
    Terminee,
}

impl Reperes {
    pub fn phase(&self, now: Millis) -> Phase {
        match self.etat {
            EtatSessionFormation::Brouillon => return Phase::Brouillon,
            EtatSessionFormation::Annulee => return Phase::Annulee,
            EtatSessionFormation::Publiee => {}
        }
        let closed = self.fermee_le.map_or(self.cloture, |closed| closed.min(self.cloture));
        // A free place is owed to who waits: a newcomer joins the list, unless the organiser chooses.
        let owed = self.attribution == Attribution::ALArrivee && self.en_attente > 0;
        match () {
            () if now >= self.fin => Phase::Terminee,
            () if now >= self.debut => Phase::EnCours,
            () if now >= closed => Phase::Closes(closed),
            () if now < self.ouverture => Phase::Ouvre(self.ouverture),
            () if self.occupees < self.places && !owed => Phase::PlacesDisponibles,
            () if self.attente.has_room(self.en_attente) => Phase::ListeAttente,
            () => Phase::Complete,
        }
    }
}

impl Phase {
    /// Whether somebody may press at this moment.
    pub fn is_open(self) -> bool {
        matches!(self, Self::PlacesDisponibles | Self::ListeAttente | Self::Complete)
    }

    /// The word of the state.
    pub fn label(self) -> String {
        match self {
            Self::Brouillon => "Brouillon".to_owned(),
            Self::Annulee => "Annulée".to_owned(),
            Self::Ouvre(at) => format!("Ouvre le {}", jour_et_heure(at)),
            Self::PlacesDisponibles => "Places disponibles".to_owned(),
            Self::ListeAttente => "Liste d’attente".to_owned(),
            Self::Complete => "Complète".to_owned(),
            Self::Closes(_) => "Préinscriptions closes".to_owned(),
            Self::EnCours => "En cours".to_owned(),
            Self::Terminee => "Terminée".to_owned(),
        }
    }

    /// Why nobody can press now, in a sentence.
    pub fn why_not(self) -> Option<String> {
        Some(match self {
            Self::Ouvre(at) => {
                format!("Les préinscriptions ouvrent le {}. Connectez-vous un peu avant.", jour_et_heure(at))
            }
            Self::Closes(since) => {
                format!("Les préinscriptions sont closes depuis le {}.", jour(today(since - 1)))
            }
            Self::EnCours => "Cette session a commencé\u{a0}: les préinscriptions sont closes.".to_owned(),
            Self::Terminee => "Cette session est terminée.".to_owned(),
            Self::Annulee => "Cette session est annulée.".to_owned(),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instant::{at_hour, read_day};

    fn at(raw: &str, hour: u8) -> Millis {
        at_hour(read_day(raw).unwrap(), hour)
    }

    fn reperes() -> Reperes {
        Reperes {
            etat: EtatSessionFormation::Publiee,
            fermee_le: None,
            ouverture: at("2027-03-03", 10),
            cloture: at("2027-03-21", 0),
            debut: at("2027-04-01", 9),
            fin: at("2027-04-02", 17),
            places: 20,
            occupees: 19,
            en_attente: 0,
            attente: Attente::AuPlus(5),
            attribution: Attribution::ALArrivee,
        }
    }

    #[test]
    fn the_word_follows_the_clock() {
        for (now, word) in [
            (at("2027-03-03", 10) - 1, "Ouvre le 3 mars 2027 à 10 h"),
            (at("2027-03-03", 10), "Places disponibles"),
            (at("2027-03-21", 0) - 1, "Places disponibles"),
            (at("2027-03-21", 0), "Préinscriptions closes"),
            (at("2027-04-01", 9), "En cours"),
            (at("2027-04-02", 17), "Terminée"),
        ] {
            assert_eq!(reperes().phase(now).label().replace('\u{a0}', " "), word);
        }
    }

    #[test]
    fn the_word_follows_the_places() {
        let now = at("2027-03-10", 9);
        for (occupees, en_attente, attente, phase) in [
            (19, 0, Attente::SansLimite, Phase::PlacesDisponibles),
            // A place is free, and owed to who waits.
            (19, 1, Attente::SansLimite, Phase::ListeAttente),
            (20, 4, Attente::AuPlus(5), Phase::ListeAttente),
            (20, 5, Attente::AuPlus(5), Phase::Complete),
            (20, 0, Attente::Aucune, Phase::Complete),
        ] {
            assert_eq!(Reperes { occupees, en_attente, attente, ..reperes() }.phase(now), phase);
            assert!(phase.is_open() && phase.why_not().is_none());
        }
    }

    #[test]
    fn an_examined_session_with_free_places_never_says_waiting_list() {
        let examined = Reperes { attribution: Attribution::SurExamen, en_attente: 4, ..reperes() };
        assert_eq!(examined.phase(at("2027-03-10", 9)), Phase::PlacesDisponibles);
    }

    #[test]
    fn a_closed_draft_or_cancelled_session_takes_nobody() {
        let now = at("2027-03-10", 9);
        let closed = Reperes { fermee_le: Some(at("2027-03-09", 12)), ..reperes() };
        for (reperes, said) in [
            (closed, Some("Les préinscriptions sont closes depuis le 9 mars 2027.")),
            (Reperes { etat: EtatSessionFormation::Annulee, ..closed }, Some("Cette session est annulée.")),
            (Reperes { etat: EtatSessionFormation::Brouillon, ..closed }, None),
        ] {
            let phase = reperes.phase(now);
            assert!(!phase.is_open());
            assert_eq!(phase.why_not().map(|words| words.replace('\u{a0}', " ")).as_deref(), said);
        }
        // The last day itself is named, not the midnight after it.
        let late = reperes().phase(at("2027-03-25", 9)).why_not().unwrap().replace('\u{a0}', " ");
        assert_eq!(late, "Les préinscriptions sont closes depuis le 20 mars 2027.");
    }
}
