use std::fmt;

use crate::Cas;
use crate::onglet::{Contexte, FieldError, Kind, Read};

/// The « Correspondant formation », which the person can't choose. In cas 1 it is the collectivité's own, otherwise
/// the CNFPT's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CorrespondantFormation(&'static str);

const CNFPT: &str = "Responsable formation CNFPT";

fn of(cas: Cas) -> &'static str {
    match cas {
        Cas::ServiceRh if cfg!(feature = "cas1") => "Service formation de la collectivité",
        _ => CNFPT,
    }
}

impl Read for CorrespondantFormation {
    fn kind(contexte: &Contexte) -> Kind {
        Kind::Locked(of(contexte.cas))
    }

    fn absent(contexte: &Contexte) -> Option<Self> {
        Some(Self(of(contexte.cas)))
    }

    /// Ignores the text that a browser sends, because the person can't fill the field in.
    fn read(_: &str, contexte: &Contexte) -> Result<Self, FieldError> {
        Ok(Self(of(contexte.cas)))
    }
}

impl fmt::Display for CorrespondantFormation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::valeurs::proprietes::{accepts, contexte, proprietes};

    #[test]
    fn whatever_is_sent_the_correspondent_is_the_same() {
        accepts::<CorrespondantFormation>(&[
            ("Responsable formation CNFPT", "Responsable formation CNFPT"),
            ("Quelqu’un d’autre", "Responsable formation CNFPT"),
        ]);
        let absent = |cas| CorrespondantFormation::absent(&contexte(cas)).map(|value| value.to_string());
        assert_eq!(absent(Cas::Independant).as_deref(), Some(CNFPT));
    }

    #[cfg(feature = "cas1")]
    #[test]
    fn in_cas_1_it_is_the_collectivite() {
        let absent = CorrespondantFormation::absent(&contexte(Cas::ServiceRh));
        assert_eq!(absent.map(|value| value.to_string()).as_deref(), Some("Service formation de la collectivité"));
    }

    proprietes!(CorrespondantFormation, ["Responsable formation CNFPT"]);
}
