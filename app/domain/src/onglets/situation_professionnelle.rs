use crate::Cas;
use crate::onglet;
use crate::onglet::{Contexte, Rules, Width};
#[cfg(feature = "cas1")]
use crate::onglet::{FieldError, Read};
#[cfg(feature = "cas1")]
use crate::valeurs::{CadreEmplois, Grade, Service};
use crate::valeurs::{Domaines, Fonction, Siret, StatutProfessionnel};

onglet! {
    /// Onglet « Situation professionnelle ».
    SituationProfessionnelle / SituationProfessionnelleDraft / SituationProfessionnelleField {
        statut as Statut: StatutProfessionnel => "Statut" { missing: "Choisissez votre statut." },
        #[cfg(feature = "cas1")]
        cadre_emplois as CadreEmplois: Option<CadreEmplois> => "Cadre d’emplois" {
            missing: "Choisissez votre cadre d’emplois.",
            hint: "Pour un titulaire ou un stagiaire. La catégorie en découle.",
            width: Width::Long,
        },
        #[cfg(feature = "cas1")]
        grade as Grade: Option<Grade> => "Grade" {
            missing: "Choisissez votre grade.",
            hint: "Pour un titulaire ou un stagiaire. Les grades sont rangés par cadre d’emplois.",
            width: Width::Long,
        },
        fonction as Fonction: Fonction => "Fonction" {
            missing: "Renseignez votre fonction.",
            autocomplete: "organization-title",
            width: Width::Long,
        },
        #[cfg(feature = "cas1")]
        service as Service: Option<Service> => "Service" {
            hint: "Facultatif. Par exemple : direction des finances.",
            width: Width::Long,
        },
        siret as Siret: Option<Siret> => "SIRET" {
            hint: "Facultatif. 14 chiffres.",
        },
        domaines as Domaines: Option<Domaines> => "Domaines d’intervention" {
            hint: "Facultatif. Par exemple : finances locales, management, état civil. 300 caractères au plus.",
            width: Width::Long,
        },
    }
}

impl Rules for SituationProfessionnelleDraft {
    type Field = SituationProfessionnelleField;

    fn asked(&self, field: SituationProfessionnelleField, contexte: &Contexte) -> bool {
        match field {
            SituationProfessionnelleField::Siret => contexte.cas == Cas::Independant,
            // Until a status is chosen, a page without script shows both fields, because most statuses need them.
            #[cfg(feature = "cas1")]
            SituationProfessionnelleField::CadreEmplois | SituationProfessionnelleField::Grade => {
                contexte.cas == Cas::ServiceRh && (self.has_a_grade() || self.statut.trim().is_empty())
            }
            #[cfg(feature = "cas1")]
            SituationProfessionnelleField::Service => contexte.cas == Cas::ServiceRh,
            _ => true,
        }
    }

    #[cfg(feature = "cas1")]
    fn required(&self, field: SituationProfessionnelleField, by_type: bool) -> bool {
        match field {
            SituationProfessionnelleField::CadreEmplois | SituationProfessionnelleField::Grade => self.has_a_grade(),
            _ => by_type,
        }
    }

    #[cfg(feature = "cas1")]
    fn rule(&self, field: SituationProfessionnelleField, contexte: &Contexte) -> Option<FieldError> {
        let raw = match field {
            SituationProfessionnelleField::CadreEmplois => &self.cadre_emplois,
            SituationProfessionnelleField::Grade => &self.grade,
            _ => return None,
        };
        if crate::valeurs::bare(raw).is_empty() {
            let missing = SituationProfessionnelleField::SPECS[field as usize].presentation.missing;
            return self.has_a_grade().then_some(FieldError::Missing(missing));
        }
        let cadre = CadreEmplois::read(&self.cadre_emplois, contexte).ok()?;
        let grade = Grade::read(&self.grade, contexte).ok()?;
        (field == SituationProfessionnelleField::Grade && !grade.belongs_to(cadre))
            .then_some(FieldError::Invalid("Ce grade n’appartient pas au cadre d’emplois choisi."))
    }
}

#[cfg(feature = "cas1")]
impl SituationProfessionnelleDraft {
    /// Only civil servants, in post or on probation, belong to a cadre d’emplois.
    fn has_a_grade(&self) -> bool {
        matches!(self.statut.trim(), "titulaire" | "stagiaire")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::onglets::epreuves::{asked, messages, with};
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

    #[cfg(feature = "cas1")]
    #[test]
    fn a_status_with_a_grade_needs_one_of_its_cadre() {
        let names = |statut: &str| {
            let draft = SituationProfessionnelleDraft { statut: statut.to_owned(), ..Default::default() };
            asked(&draft, Cas::ServiceRh).into_iter().collect::<Vec<_>>()
        };
        for statut in ["titulaire", "stagiaire"] {
            assert_eq!(names(statut)[1..3], [("cadre_emplois", true), ("grade", true)]);
        }
        assert_eq!(names("")[1..3], [("cadre_emplois", false), ("grade", false)], "shown, and not due yet");
        assert_eq!(
            names("contractuel"),
            [("statut", true), ("fonction", true), ("service", false), ("domaines", false)]
        );
        let cas_1 = |draft: &SituationProfessionnelleDraft| messages(draft, Cas::ServiceRh);
        assert_eq!(
            cas_1(&filled("titulaire")),
            [
                ("cadre_emplois", "Choisissez votre cadre d’emplois.".to_owned()),
                ("grade", "Choisissez votre grade.".to_owned())
            ]
        );
        let attache = with(&filled("stagiaire"), "cadre_emplois", "87-1099");
        let other = "Ce grade n’appartient pas au cadre d’emplois choisi.".to_owned();
        for (grade, said) in [
            ("87-1099/attaché", vec![]),
            ("2012-924/rédacteur", vec![("grade", other.clone())]),
            ("", vec![("grade", "Choisissez votre grade.".to_owned())]),
        ] {
            assert_eq!(cas_1(&with(&attache, "grade", grade)), said, "{grade}");
        }
        // A grade typed before « Contractuel » was chosen is neither checked nor kept.
        let contractuel = with(&with(&attache, "grade", "x"), "statut", "contractuel");
        assert_eq!(cas_1(&contractuel), []);
        assert_eq!(contractuel.parse(&contexte(Cas::ServiceRh)).unwrap().grade, None);
        assert_eq!(cas_1(&filled("contractuel")), []);
    }
}
