use crate::Cas;
use crate::onglet;
use crate::onglet::{Contexte, Rules, Width};
use crate::valeurs::{Domaines, Fonction, Siret, StatutProfessionnel};

onglet! {
    /// Onglet « Situation professionnelle ».
    SituationProfessionnelle / SituationProfessionnelleDraft / SituationProfessionnelleField {
        statut as Statut: StatutProfessionnel => "Statut" { missing: "Choisissez votre statut." },
        fonction as Fonction: Fonction => "Fonction" {
            missing: "Renseignez votre fonction.",
            autocomplete: "organization-title",
            width: Width::Long,
        },
        siret as Siret: Option<Siret> => "SIRET" {
            hint: "Facultatif. 14 chiffres.",
        },
        domaines as Domaines: Option<Domaines> => "Domaines d’intervention" {
            hint: "Facultatif. Par exemple : finances locales, management, état civil. 300 caractères au plus.",
            width: Width::Long,
        },
    }
}

impl Rules for SituationProfessionnelleDraft {
    type Field = SituationProfessionnelleField;

    fn asked(field: SituationProfessionnelleField, contexte: &Contexte) -> bool {
        field != SituationProfessionnelleField::Siret || contexte.cas == Cas::Independant
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::onglets::essais::{asked, messages, with};
    use crate::valeurs::proprietes::contexte;

    fn filled(statut: &str) -> SituationProfessionnelleDraft {
        SituationProfessionnelleDraft {
            statut: statut.to_owned(),
            fonction: "Formatrice".to_owned(),
            ..SituationProfessionnelleDraft::default()
        }
    }

    #[test]
    fn the_status_and_the_function_are_needed() {
        for cas in Cas::ALL {
            assert_eq!(
                messages(&SituationProfessionnelleDraft::default(), cas),
                [
                    ("statut", "Choisissez votre statut.".to_owned()),
                    ("fonction", "Renseignez votre fonction.".to_owned())
                ]
            );
        }
    }

    #[test]
    fn the_siret_is_asked_of_independents_only() {
        let with_siret = [("statut", true), ("fonction", true), ("siret", false), ("domaines", false)];
        let without = [("statut", true), ("fonction", true), ("domaines", false)];
        let blank = SituationProfessionnelleDraft::default();
        assert_eq!(asked(&blank, Cas::Independant), with_siret);
        assert_eq!(asked(&blank, Cas::Personnel), without);
        assert_eq!(asked(&blank, Cas::ServiceRh), without);
    }

    #[test]
    fn what_was_typed_before_the_case_changed_is_neither_checked_nor_kept() {
        let draft = with(&filled("titulaire"), "siret", "123");
        assert_eq!(messages(&draft, Cas::Personnel), []);
        assert_eq!(draft.parse(&contexte(Cas::Personnel)).unwrap().siret, None);
        let independent = with(&draft, "statut", "independant");
        assert_eq!(
            messages(&independent, Cas::Independant),
            [("siret", "Ce SIRET n’est pas valable : vérifiez les 14 chiffres.".to_owned())]
        );
    }

    #[test]
    fn a_status_is_right_in_its_own_case() {
        assert_eq!(messages(&filled("titulaire"), Cas::Personnel), []);
        assert_eq!(messages(&filled("retraite"), Cas::Independant), []);
        let missing = [("statut", "Choisissez votre statut.".to_owned())];
        assert_eq!(messages(&filled("retraite"), Cas::Personnel), missing);
        assert_eq!(messages(&filled("titulaire"), Cas::Independant), missing);
    }

    #[test]
    fn an_independent_may_give_a_siret_and_anybody_a_few_lines() {
        let draft = with(&with(&filled("independant"), "siret", "732 829 320 00074"), "domaines", "Finances\nPaie");
        let read = draft.parse(&contexte(Cas::Independant)).unwrap();
        assert_eq!(read.siret.map(|siret| siret.to_string()).as_deref(), Some("73282932000074"));
        assert_eq!(read.domaines.map(|domaines| domaines.to_string()).as_deref(), Some("Finances\nPaie"));
    }
}
