use std::fmt;

use crate::Cas;
use crate::onglet::{Contexte, FieldError, Kind, Read};

/// The status under which the person works. The case decides which ones are offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatutProfessionnel {
    code: &'static str,
}

type Options = &'static [(&'static str, &'static str)];

const AGENT: Options = &[("titulaire", "Titulaire"), ("stagiaire", "Stagiaire"), ("contractuel", "Contractuel")];
const INDEPENDANT: Options = &[
    ("independant", "Indépendant"),
    ("salarie-prive", "Salarié du privé"),
    ("profession-liberale", "Profession libérale"),
    ("universitaire", "Universitaire"),
    ("retraite", "Retraité"),
];

fn options(cas: Cas) -> Options {
    match cas {
        Cas::ServiceRh | Cas::Personnel => AGENT,
        Cas::Independant => INDEPENDANT,
    }
}

impl Read for StatutProfessionnel {
    fn kind(contexte: &Contexte) -> Kind {
        Kind::Select(options(contexte.cas))
    }

    /// A status of another case is left from before the case changed: the person must choose again.
    fn read(raw: &str, contexte: &Contexte) -> Result<Self, FieldError> {
        let known = options(contexte.cas).iter().find(|(code, _)| *code == raw.trim());
        known.map(|(code, _)| Self { code }).ok_or(FieldError::Missing("Choisissez votre statut."))
    }
}

impl fmt::Display for StatutProfessionnel {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::valeurs::proprietes::{contexte, printed, proprietes};

    #[test]
    fn each_case_offers_its_own_statuses() {
        let labels = |cas| match StatutProfessionnel::kind(&contexte(cas)) {
            Kind::Select(options) => options.iter().map(|(_, label)| *label).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        };
        assert_eq!(labels(Cas::Personnel), ["Titulaire", "Stagiaire", "Contractuel"]);
        assert_eq!(labels(Cas::ServiceRh), labels(Cas::Personnel));
        assert_eq!(
            labels(Cas::Independant),
            ["Indépendant", "Salarié du privé", "Profession libérale", "Universitaire", "Retraité"]
        );
    }

    #[test]
    fn a_status_of_another_case_is_still_to_be_chosen() {
        let all = AGENT.iter().chain(INDEPENDANT);
        for ((code, _), cas) in all.flat_map(|option| Cas::ALL.map(|cas| (option, cas))) {
            let offered = options(cas).iter().any(|(known, _)| known == code);
            let expected = if offered { Ok((*code).to_owned()) } else { Err("Choisissez votre statut.".to_owned()) };
            assert_eq!(printed::<StatutProfessionnel>(code, cas), expected, "{code} {cas:?}");
        }
        assert!(printed::<StatutProfessionnel>("Titulaire", Cas::Personnel).is_err());
    }

    proprietes!(StatutProfessionnel, ["titulaire", "stagiaire", "independant", "salarie-prive", "retraite"]);
}
