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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Cas;
    use crate::onglet::{Kind, Onglet};
    use crate::onglets::essais::{messages, with};
    use crate::valeurs::proprietes::contexte;

    #[test]
    fn nothing_has_to_be_filled_and_nothing_can_be_changed() {
        let blank = InterlocuteursDraft::default();
        let locked = Kind::Locked("Responsable formation CNFPT");
        for cas in [Cas::Personnel, Cas::Independant] {
            assert_eq!(messages(&blank, cas), []);
            assert_eq!(blank.kind(0, &contexte(cas)), locked);
            let forged = with(&blank, "correspondant", "Un autre");
            assert_eq!(forged.parse(&contexte(cas)), blank.parse(&contexte(cas)));
        }
    }
}
