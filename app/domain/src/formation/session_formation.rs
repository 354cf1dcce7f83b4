//! One run of a course.

use serde::{Deserialize, Serialize};
use time::Date;

use super::Seance;
use crate::codes;
use crate::instant::{Millis, at_hour};

codes! {
    /// What is stored. What people read is derived, see [`super::Phase`].
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
    pub enum EtatSessionFormation {
        Brouillon = "Brouillon", "Brouillon";
        Publiee = "Publiee", "Publiée";
        Annulee = "Annulee", "Annulée";
    }
}

codes! {
    /// How places are given.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
    pub enum Attribution {
        #[default]
        SurExamen = "examen", "Sur examen";
        ALArrivee = "arrivee", "À l’arrivée";
    }
}

codes! {
    /// What becomes of a place that is freed while people wait.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
    pub enum Liberation {
        #[default]
        Proposees = "proposees", "Proposées à la liste d’attente";
        ALaMain = "main", "Attribuées à la main";
    }
}

/// The waiting list of a session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Attente {
    Aucune,
    AuPlus(u32),
    #[default]
    SansLimite,
}

impl Attente {
    /// As the database has it: `None` for no limit, 0 for no list.
    pub fn limit(self) -> Option<u32> {
        match self {
            Self::Aucune => Some(0),
            Self::AuPlus(most) => Some(most),
            Self::SansLimite => None,
        }
    }

    /// Whether one more may wait, when so many do.
    pub fn has_room(self, waiting: u32) -> bool {
        match self {
            Self::Aucune => false,
            Self::AuPlus(most) => waiting < most,
            Self::SansLimite => true,
        }
    }

    pub fn from_limit(limit: Option<u32>) -> Self {
        match limit {
            Some(0) => Self::Aucune,
            Some(most) => Self::AuPlus(most),
            None => Self::SansLimite,
        }
    }
}

/// The code of a course: 2 to 20 of `A–Z 0–9 -`. Sessions of one code are runs of one course.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CodeFormation(String);

impl CodeFormation {
    pub fn read(raw: &str) -> Option<Self> {
        let code = raw.trim().to_ascii_uppercase();
        let fine = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-';
        ((2..=20).contains(&code.len()) && code.bytes().all(fine)).then_some(Self(code))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A session that reads: every text is checked, every number in its bounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionFormation {
    pub code: CodeFormation,
    pub intitule: String,
    pub objectifs: String,
    pub public: String,
    pub prerequis: String,
    pub accessibilite: String,
    pub delegation_id: i64,
    pub places: u32,
    pub attribution: Attribution,
    pub attente: Attente,
    pub liberation: Liberation,
    pub par_collectivite: Option<u32>,
    /// `None`: at its publication.
    pub ouverture: Option<Millis>,
    /// The last day of the préinscriptions.
    pub limite: Date,
    /// In their order, none over another.
    pub seances: Vec<Seance>,
}

impl SessionFormation {
    /// The instant after which nobody pre-registers: the end of the last day, in Paris.
    pub fn closes(&self) -> Millis {
        end_of(self.limite)
    }

    pub fn commence(&self) -> Millis {
        self.seances.iter().map(Seance::commence).min().unwrap_or(Millis::MAX)
    }

    pub fn finit(&self) -> Millis {
        self.seances.iter().map(Seance::finit).max().unwrap_or(Millis::MAX)
    }
}

/// The first instant of the day after, in Paris.
pub fn end_of(day: Date) -> Millis {
    at_hour(day.next_day().unwrap_or(Date::MAX), 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instant::{en_clair, read_day};

    #[test]
    fn a_code_is_short_plain_and_in_capitals() {
        for (raw, read) in
            [(" ff-01 ", Some("FF-01")), ("AB", Some("AB")), ("12345678901234567890", Some("12345678901234567890"))]
        {
            assert_eq!(CodeFormation::read(raw).as_ref().map(CodeFormation::as_str), read);
        }
        for wrong in ["", "A", "A B", "É1", "A/B", "123456789012345678901", "a_b", "../x"] {
            assert_eq!(CodeFormation::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_last_day_ends_at_midnight_in_paris() {
        let last = end_of(read_day("2027-03-28").unwrap()) - 1;
        assert_eq!(en_clair(last).replace('\u{a0}', " "), "28 mars 2027 à 23 h 59");
    }

    #[test]
    fn a_limit_of_the_list_reads_back() {
        for attente in [Attente::Aucune, Attente::AuPlus(7), Attente::SansLimite] {
            assert_eq!(Attente::from_limit(attente.limit()), attente);
        }
    }
}
