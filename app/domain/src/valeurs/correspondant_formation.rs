use std::fmt;

use crate::onglet::{Contexte, FieldError, Kind, Read};

/// The « Correspondant formation » of a person who does not register through a collectivité: always the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CorrespondantFormation(());

const LABEL: &str = "Responsable formation CNFPT";

impl Read for CorrespondantFormation {
    fn kind(_: &Contexte) -> Kind {
        Kind::Locked(LABEL)
    }

    fn absent() -> Option<Self> {
        Some(Self(()))
    }

    /// Whatever a browser sends: the field is not the person's to fill.
    fn read(_: &str, _: &Contexte) -> Result<Self, FieldError> {
        Ok(Self(()))
    }
}

impl fmt::Display for CorrespondantFormation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(LABEL)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::valeurs::proprietes::{accepts, proprietes};

    #[test]
    fn whatever_is_sent_the_correspondent_is_the_same() {
        accepts::<CorrespondantFormation>(&[
            ("Responsable formation CNFPT", "Responsable formation CNFPT"),
            ("Quelqu’un d’autre", "Responsable formation CNFPT"),
        ]);
        assert_eq!(CorrespondantFormation::absent(), Some(CorrespondantFormation(())));
    }

    proprietes!(CorrespondantFormation, ["Responsable formation CNFPT"]);
}
