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
