use crate::onglet;
use crate::onglet::{Contexte, FieldError, Read, Rules, Width};
use crate::valeurs::{Confirmation, Courriel, Telephone};

onglet! {
    /// Onglet « Coordonnées ».
    Coordonnees / CoordonneesDraft / CoordonneesField {
        courriel as Courriel: Courriel => "Adresse de messagerie" {
            missing: "Saisissez une adresse complète, par exemple nom@exemple.fr.",
            hint: "Elle sera votre identifiant : nous y envoyons le lien d’activation.",
            autocomplete: "email",
            width: Width::Long,
        },
        confirmation as Confirmation: Confirmation => "Confirmation de l’adresse de messagerie" {
            missing: "Les deux adresses sont différentes.",
            autocomplete: "email",
            width: Width::Long,
            in_recap: false,
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
                let same = match Courriel::read(&self.courriel, contexte) {
                    Ok(courriel) => Courriel::read(&self.confirmation, contexte)
                        .is_ok_and(|confirmation| confirmation.cle() == courriel.cle()),
                    // A wrong address is said at its own field; the confirmation only has to repeat it.
                    Err(_) => self.courriel.trim() == self.confirmation.trim(),
                };
                (!same).then_some(FieldError::Invalid("Les deux adresses sont différentes."))
            }
            CoordonneesField::Mobile => (self.mobile.trim().is_empty() && self.fixe.trim().is_empty())
                .then_some(FieldError::Missing("Indiquez au moins un numéro.")),
            CoordonneesField::Courriel | CoordonneesField::Fixe => None,
        }
    }
}
