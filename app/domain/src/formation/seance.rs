//! One sitting of a session.

use serde::{Deserialize, Serialize};
use time::{Date, Weekday};

use super::Heure;
use crate::codes;
use crate::instant::{Millis, jour, paris};

codes! {
    /// The clock by which the hours of a séance are said. Overseas, the hour never changes.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
    pub enum Fuseau {
        #[default]
        Paris = "paris", "heure de Paris";
        Guadeloupe = "guadeloupe", "heure de Guadeloupe";
        Martinique = "martinique", "heure de Martinique";
        Guyane = "guyane", "heure de Guyane";
        Reunion = "reunion", "heure de La Réunion";
        Mayotte = "mayotte", "heure de Mayotte";
    }
}

impl Fuseau {
    /// The instant of an hour of a day on this clock.
    pub fn instant(self, day: Date, heure: Heure) -> Millis {
        let local = day.midnight().assume_utc().unix_timestamp() * 1_000 + i64::from(heure.minutes()) * 60_000;
        let hours = match self {
            // The hour changes at night, and séances are by day: the offset is the same an hour earlier or later.
            Self::Paris => return local - i64::from(paris(local).offset().whole_seconds()) * 1_000,
            Self::Guadeloupe | Self::Martinique => -4,
            Self::Guyane => -3,
            Self::Reunion => 4,
            Self::Mayotte => 3,
        };
        local - hours * 3_600_000
    }
}

codes! {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
    pub enum Modalite {
        Presentiel = "presentiel", "Présentiel";
        ADistance = "distance", "À distance";
        /// Only of a session: some of its séances are on site, some remote.
        Mixte = "mixte", "Mixte";
    }
}

impl Modalite {
    /// What a séance may be.
    pub const SEANCES: [Self; 2] = [Self::Presentiel, Self::ADistance];
}

/// Where a séance takes place. Optional texts may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lieu {
    Presentiel {
        lieu: String,
        voie: String,
        complement: String,
        code_postal: String,
        commune: String,
        salle: String,
    },
    /// The link may come later. Only who has a place reads it.
    ADistance {
        lien: String,
    },
}

impl Lieu {
    pub fn modalite(&self) -> Modalite {
        match self {
            Self::Presentiel { .. } => Modalite::Presentiel,
            Self::ADistance { .. } => Modalite::ADistance,
        }
    }

    /// The commune, or « À distance ».
    pub fn court(&self) -> &str {
        match self {
            Self::Presentiel { commune, .. } if !commune.is_empty() => commune,
            Self::Presentiel { lieu, .. } => lieu,
            Self::ADistance { .. } => Modalite::ADistance.label(),
        }
    }

    /// Where to go, on one line, without a link.
    pub fn en_clair(&self) -> String {
        let Self::Presentiel { lieu, voie, complement, code_postal, commune, salle } = self else {
            return Modalite::ADistance.label().to_owned();
        };
        let town = [code_postal.as_str(), commune.as_str()].join(" ");
        let parts = [lieu.as_str(), salle, complement, voie, town.trim()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seance {
    pub jour: Date,
    pub debut: Heure,
    pub fin: Heure,
    pub fuseau: Fuseau,
    pub lieu: Lieu,
}

impl Seance {
    pub fn commence(&self) -> Millis {
        self.fuseau.instant(self.jour, self.debut)
    }

    pub fn finit(&self) -> Millis {
        self.fuseau.instant(self.jour, self.fin)
    }

    pub fn overlaps(&self, other: &Self) -> bool {
        self.commence() < other.finit() && other.commence() < self.finit()
    }

    /// « de 9 h à 12 h 30 », with the clock when it is not that of Paris.
    pub fn heures(&self) -> String {
        let clock = match self.fuseau {
            Fuseau::Paris => String::new(),
            other => format!(" ({})", other.label()),
        };
        format!("de {} à {}{clock}", self.debut, self.fin)
    }

    /// « jeudi 11 mars 2027 ».
    pub fn date(&self) -> String {
        format!("{} {}", semaine(self.jour.weekday()), jour(self.jour))
    }
}

/// Clears where remote séances are joined: only who has a place reads it.
pub fn hide_links(seances: &mut [Seance]) {
    for seance in seances {
        if let Lieu::ADistance { lien } = &mut seance.lieu {
            lien.clear();
        }
    }
}

/// A day of the week.
fn semaine(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "lundi",
        Weekday::Tuesday => "mardi",
        Weekday::Wednesday => "mercredi",
        Weekday::Thursday => "jeudi",
        Weekday::Friday => "vendredi",
        Weekday::Saturday => "samedi",
        Weekday::Sunday => "dimanche",
    }
}

/// The modalité of a session, from those of its séances.
pub fn modalite(seances: &[Seance]) -> Modalite {
    let on_site = seances.iter().filter(|seance| seance.lieu.modalite() == Modalite::Presentiel).count();
    match on_site {
        0 => Modalite::ADistance,
        all if all == seances.len() => Modalite::Presentiel,
        _ => Modalite::Mixte,
    }
}

/// The days of a session: « 12 mars 2027 », or « du 12 mars au 3 avril 2027 ».
pub fn dates(seances: &[Seance]) -> String {
    let days = || seances.iter().map(|seance| seance.jour);
    match (days().min(), days().max()) {
        (Some(first), Some(last)) if first == last => jour(first),
        (Some(first), Some(last)) if first.year() == last.year() => {
            format!("du {} au {}", crate::instant::jour_et_mois(first), jour(last))
        }
        (Some(first), Some(last)) => format!("du {} au {}", jour(first), jour(last)),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instant::read_day;

    fn remote(jour: &str, debut: &str, fin: &str, fuseau: Fuseau) -> Seance {
        let heure = |raw| Heure::read(raw).unwrap();
        let lieu = Lieu::ADistance { lien: String::new() };
        Seance { jour: read_day(jour).unwrap(), debut: heure(debut), fin: heure(fin), fuseau, lieu }
    }

    #[test]
    fn a_seance_begins_at_the_hour_of_its_own_clock() {
        for (jour, fuseau, utc) in [
            ("2027-03-26", Fuseau::Paris, 8),
            ("2027-03-30", Fuseau::Paris, 7),
            ("2027-10-29", Fuseau::Paris, 7),
            ("2027-11-02", Fuseau::Paris, 8),
            ("2027-03-26", Fuseau::Reunion, 5),
            ("2027-03-30", Fuseau::Reunion, 5),
            ("2027-07-01", Fuseau::Mayotte, 6),
            ("2027-07-01", Fuseau::Guadeloupe, 13),
            ("2027-07-01", Fuseau::Martinique, 13),
            ("2027-07-01", Fuseau::Guyane, 12),
        ] {
            let seance = remote(jour, "9 h", "12 h", fuseau);
            let hour = seance.commence().div_euclid(3_600_000).rem_euclid(24);
            assert_eq!(hour, utc, "{jour} {fuseau:?}");
            assert_eq!(seance.finit() - seance.commence(), 3 * 3_600_000);
        }
    }

    #[test]
    fn two_seances_overlap_by_their_instants() {
        let paris = remote("2027-07-01", "9 h", "12 h", Fuseau::Paris);
        for (other, overlap) in [
            (remote("2027-07-01", "12 h", "14 h", Fuseau::Paris), false),
            (remote("2027-07-01", "11 h 59", "14 h", Fuseau::Paris), true),
            (remote("2027-07-02", "9 h", "12 h", Fuseau::Paris), false),
            // Noon in La Réunion is ten o’clock in Paris.
            (remote("2027-07-01", "12 h", "13 h", Fuseau::Reunion), true),
            (remote("2027-07-01", "9 h", "11 h", Fuseau::Reunion), false),
        ] {
            assert_eq!((paris.overlaps(&other), other.overlaps(&paris)), (overlap, overlap), "{other:?}");
        }
    }

    #[test]
    fn a_seance_is_said_in_words() {
        let plain = |text: String| text.replace('\u{a0}', " ");
        let seance = remote("2027-03-11", "9", "12:30", Fuseau::Reunion);
        assert_eq!(plain(seance.date()), "jeudi 11 mars 2027");
        assert_eq!(plain(seance.heures()), "de 9 h à 12 h 30 (heure de La Réunion)");
        let later = remote("2027-04-01", "9", "10", Fuseau::Paris);
        assert_eq!(plain(dates(&[seance.clone(), later])), "du 11 mars au 1er avril 2027");
        assert_eq!(plain(dates(&[seance])), "11 mars 2027");
        let lieu = Lieu::Presentiel {
            lieu: "INSET".to_owned(),
            voie: "1 rue des Arts".to_owned(),
            complement: String::new(),
            code_postal: "31000".to_owned(),
            commune: "Toulouse".to_owned(),
            salle: "salle 4".to_owned(),
        };
        assert_eq!(lieu.en_clair(), "INSET, salle 4, 1 rue des Arts, 31000 Toulouse");
        assert_eq!(lieu.court(), "Toulouse");
    }

    #[test]
    fn a_session_is_mixed_when_its_seances_are() {
        let far = remote("2027-03-11", "9", "12", Fuseau::Paris);
        let text = String::new;
        let near = Seance {
            lieu: Lieu::Presentiel {
                lieu: "INSET".to_owned(),
                voie: text(),
                complement: text(),
                code_postal: text(),
                commune: text(),
                salle: text(),
            },
            ..far.clone()
        };
        assert_eq!(modalite(std::slice::from_ref(&far)), Modalite::ADistance);
        assert_eq!(modalite(std::slice::from_ref(&near)), Modalite::Presentiel);
        assert_eq!(modalite(&[near, far]), Modalite::Mixte);
    }
}
