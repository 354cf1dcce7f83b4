use crate::onglet;
use crate::onglet::Rules;
use crate::valeurs::Coche;

onglet! {
    /// The two boxes of the last tab. The first is an acknowledgement, not a consent.
    Validation / ValidationDraft / ValidationField {
        information as Information: Coche => "J’ai lu l’information sur l’usage de mes données" {
            missing: "Cochez cette case pour continuer.",
        },
        certification as Certification: Coche => "Je certifie l’exactitude de ces renseignements" {
            missing: "Cochez cette case pour continuer.",
        },
    }
}

impl Rules for ValidationDraft {
    type Field = ValidationField;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Cas;
    use crate::onglets::essais::messages;

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
        }
    }
}
