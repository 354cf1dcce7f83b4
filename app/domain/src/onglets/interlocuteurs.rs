use crate::onglet;
use crate::onglet::Rules;
use crate::valeurs::CorrespondantFormation;

onglet! {
    /// Onglet « Interlocuteurs ». In cas 2 and 3 the « Responsable hiérarchique » is not asked: the source says
    /// « Ne pas remplir ».
    Interlocuteurs / InterlocuteursDraft / InterlocuteursField {
        correspondant as Correspondant: CorrespondantFormation => "Correspondant formation" {
            hint: "Rempli d’avance pour les intervenants : vous n’avez rien à faire.",
        },
    }
}

impl Rules for InterlocuteursDraft {
    type Field = InterlocuteursField;
}
