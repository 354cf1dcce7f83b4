//! The facts of the declaration of accessibility that come from an audit and from the operator.

use serde::{Deserialize, Serialize};

use super::codes;

codes! {
    /// How far a service follows the RGAA 4.1: all its criteria, at least half of them, or fewer. Without an audit it
    /// counts as the last (decree 2019-768 and its order of 20 September 2019).
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
    pub enum Conformite {
        Totale = "totale";
        Partielle = "partielle";
        #[default]
        NonConforme = "non conforme";
    }
}

impl Conformite {
    /// The mention that every page carries.
    pub fn label(self) -> &'static str {
        match self {
            Self::Totale => "totalement conforme",
            Self::Partielle => "partiellement conforme",
            Self::NonConforme => "non conforme",
        }
    }

    /// The state that a rate of respected criteria, in percent, amounts to.
    pub fn of_rate(taux: f64) -> Self {
        match taux {
            all if all >= 100.0 => Self::Totale,
            half if half >= 50.0 => Self::Partielle,
            _ => Self::NonConforme,
        }
    }
}

/// The result of an audit. Without one a service is « non conforme », whatever its pages are like.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Audit {
    pub auditeur: String,
    /// « 7 mars 2026 ».
    pub date: String,
    /// Percent of the applicable criteria that are respected.
    pub taux: f64,
    /// The pages that the audit looked at. Empty if the operator did not list them.
    pub pages: Vec<String>,
    /// Browsers and assistive technologies, as « Firefox 140 et NVDA 2025.1 ».
    pub environnements: Vec<String>,
    pub outils: Vec<String>,
}

/// The `[accessibilite]` section of the configuration.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Accessibilite {
    pub etat: Conformite,
    pub audit: Option<Audit>,
    /// The day of the declaration, as « 7 mars 2026 ». Empty if the operator did not give it.
    pub declaree_le: String,
    pub non_conformites: Vec<String>,
    /// Contents that would be a disproportionate burden to make accessible, each with its reason.
    pub derogations: Vec<String>,
    /// Contents that the law exempts.
    pub exemptions: Vec<String>,
    /// Web addresses.
    pub schema_pluriannuel: String,
    pub plan_actions: String,
}

/// A rate as it is written in French: « 87,5 % ».
pub fn pourcentage(taux: f64) -> String {
    let tenths = (taux * 10.0).round() / 10.0;
    format!("{tenths}\u{a0}%").replace('.', ",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_amounts_to_a_state() {
        for (taux, state) in [
            (0.0, Conformite::NonConforme),
            (49.9, Conformite::NonConforme),
            (50.0, Conformite::Partielle),
            (99.99, Conformite::Partielle),
            (100.0, Conformite::Totale),
        ] {
            assert_eq!(Conformite::of_rate(taux), state, "{taux}");
        }
    }

    #[test]
    fn a_rate_reads_in_french() {
        assert_eq!(pourcentage(87.54), "87,5\u{a0}%");
        assert_eq!(pourcentage(100.0), "100\u{a0}%");
    }
}
