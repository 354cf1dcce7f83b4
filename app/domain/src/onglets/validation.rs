use crate::Cas;
use crate::onglet;
use crate::onglet::{Contexte, FieldError, Rules};
use crate::valeurs::Coche;

onglet! {
    /// The two boxes of the last tab. The first is an acknowledgement, not a consent. In cas 1 the tab has no boxes:
    /// the agent ticks the first at activation, and certifies after reading the answers.
    Validation / ValidationDraft / ValidationField {
        information as Information: Option<Coche> => "J’ai lu l’information sur l’usage de mes données" {
            missing: A_COCHER,
        },
        certification as Certification: Option<Coche> => "Je certifie l’exactitude de ces renseignements" {
            missing: A_COCHER,
        },
    }
}

impl Rules for ValidationDraft {
    type Field = ValidationField;

    fn asked(&self, _: ValidationField, contexte: &Contexte) -> bool {
        contexte.cas != Cas::ServiceRh
    }

    fn required(&self, _: ValidationField, _: bool) -> bool {
        true
    }

    fn rule(&self, field: ValidationField, _: &Contexte) -> Option<FieldError> {
        let raw = match field {
            ValidationField::Information => &self.information,
            ValidationField::Certification => &self.certification,
        };
        raw.trim().is_empty().then_some(FieldError::Missing(A_COCHER))
    }
}

const A_COCHER: &str = "Cochez cette case pour continuer.";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::onglets::epreuves::messages;

    #[test]
    fn both_boxes_must_be_ticked() {
        let message = "Cochez cette case pour continuer.".to_owned();
        for (information, certification, wrong) in [
            ("", "", vec!["information", "certification"]),
            ("oui", "", vec!["certification"]),
            ("non", "on", vec!["information"]),
            ("oui", "on", vec![]),
        ] {
            let draft =
                ValidationDraft { information: information.to_owned(), certification: certification.to_owned() };
            let expected: Vec<_> = wrong.into_iter().map(|name| (name, message.clone())).collect();
            assert_eq!(messages(&draft, Cas::Personnel), expected);
            assert_eq!(messages(&draft, Cas::ServiceRh), [], "the agent ticks them, at activation");
        }
    }
}
