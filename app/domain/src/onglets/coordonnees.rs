use crate::onglet;
use crate::onglet::{Contexte, FieldError, Read, Rules, Width};
use crate::valeurs::{AdresseCourriel, Confirmation, Telephone, bare};

onglet! {
    /// Onglet « Coordonnées ».
    Coordonnees / CoordonneesDraft / CoordonneesField {
        courriel as Courriel: AdresseCourriel => "Adresse de messagerie" {
            missing: "Saisissez une adresse complète, par exemple nom@exemple.fr.",
            hint: "Par exemple nom@exemple.fr. Elle sera votre identifiant : nous y envoyons le lien d’activation.",
            autocomplete: "email",
            width: Width::Long,
            correctable: false,
        },
        confirmation as Confirmation: Confirmation => "Confirmation de l’adresse de messagerie" {
            missing: "Les deux adresses sont différentes.",
            autocomplete: "email",
            width: Width::Long,
            in_recap: false,
            correctable: false,
        },
        mobile as Mobile: Option<Telephone> => "Téléphone mobile" {
            hint: "Indiquez au moins un des deux numéros.",
            autocomplete: "tel",
        },
        fixe as Fixe: Option<Telephone> => "Téléphone fixe" { autocomplete: "tel" },
    }
}

impl Rules for CoordonneesDraft {
    type Field = CoordonneesField;

    fn rule(&self, field: CoordonneesField, contexte: &Contexte) -> Option<FieldError> {
        match field {
            CoordonneesField::Confirmation => {
                let same = match AdresseCourriel::read(&self.courriel, contexte) {
                    Ok(courriel) => AdresseCourriel::read(&self.confirmation, contexte)
                        .is_ok_and(|confirmation| confirmation.cle() == courriel.cle()),
                    // The field of the address shows the errors of the address. The confirmation only has to repeat
                    // its text.
                    Err(_) => bare(&self.courriel) == bare(&self.confirmation),
                };
                (!same).then_some(FieldError::Invalid("Les deux adresses sont différentes."))
            }
            CoordonneesField::Mobile => (bare(&self.mobile).is_empty() && bare(&self.fixe).is_empty())
                .then_some(FieldError::Missing("Indiquez au moins un numéro.")),
            CoordonneesField::Courriel | CoordonneesField::Fixe => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Cas;
    use crate::onglets::epreuves::{asked, messages, with};
    use crate::valeurs::proprietes::contexte;

    const DIFFERENT: &str = "Les deux adresses sont différentes.";

    fn filled() -> CoordonneesDraft {
        CoordonneesDraft {
            courriel: "Jean.Dupont@exemple.fr".to_owned(),
            confirmation: "jean.dupont@EXEMPLE.fr ".to_owned(),
            mobile: "06 12 34 56 78".to_owned(),
            fixe: String::new(),
        }
    }

    #[test]
    fn the_address_is_needed_twice_and_one_number_at_least() {
        assert_eq!(
            messages(&CoordonneesDraft::default(), Cas::Personnel),
            [
                ("courriel", "Saisissez une adresse complète, par exemple nom@exemple.fr.".to_owned()),
                ("confirmation", DIFFERENT.to_owned()),
                ("mobile", "Indiquez au moins un numéro.".to_owned()),
            ]
        );
        assert_eq!(
            asked(&CoordonneesDraft::default(), Cas::Personnel),
            [("courriel", true), ("confirmation", true), ("mobile", false), ("fixe", false)]
        );
    }

    #[test]
    fn either_number_is_enough() {
        let fixe = with(&with(&filled(), "mobile", ""), "fixe", "05 61 00 00 00");
        let both = with(&filled(), "fixe", "05 61 00 00 00");
        for draft in [filled(), fixe, both] {
            assert_eq!(messages(&draft, Cas::Personnel), []);
        }
    }

    #[test]
    fn a_wrong_number_is_said_at_its_own_field() {
        let wrong = "Le numéro comporte 10 chiffres, ou commence par + et l’indicatif du pays.";
        assert_eq!(messages(&with(&filled(), "mobile", "06"), Cas::Personnel), [("mobile", wrong.to_owned())]);
        assert_eq!(messages(&with(&filled(), "fixe", "05"), Cas::Personnel), [("fixe", wrong.to_owned())]);
    }

    #[test]
    fn the_confirmation_is_compared_as_an_address() {
        for (courriel, confirmation, same) in [
            ("jean@exemple.fr", "JEAN@exemple.fr", true),
            ("jean@exemple.fr", " jean@exemple.fr", true),
            ("jean@exemple.fr", "jean@exemple.com", false),
            ("jean@exemple.fr", "jean", false),
            // While the address is wrong, the confirmation is wrong only if its text differs.
            ("jean", "jean", true),
            ("jean", "luc", false),
        ] {
            let draft = with(&with(&filled(), "courriel", courriel), "confirmation", confirmation);
            let said = messages(&draft, Cas::Personnel).contains(&("confirmation", DIFFERENT.to_owned()));
            assert_eq!(said, !same, "{courriel} {confirmation}");
        }
    }

    #[cfg(feature = "unicode")]
    #[test]
    fn two_spellings_of_a_domain_are_the_same_address() {
        let draft = with(&with(&filled(), "courriel", "a@école.fr"), "confirmation", "a@xn--cole-9oa.fr");
        assert_eq!(messages(&draft, Cas::Personnel), []);
    }

    #[test]
    fn a_filled_tab_reads_into_values() {
        let coordonnees = filled().parse(&contexte(Cas::Personnel)).unwrap();
        assert_eq!(coordonnees.courriel.cle(), "jean.dupont@exemple.fr");
        assert_eq!(coordonnees.mobile.map(|mobile| mobile.to_string()).as_deref(), Some("+33612345678"));
        assert_eq!(coordonnees.fixe, None);
    }
}
