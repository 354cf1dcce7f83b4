use crate::onglet;
use crate::onglet::{Contexte, FieldError, Rules, Width};
use crate::valeurs::{CodePostal, Commune, LigneAdresse, Pays};

onglet! {
    /// Onglet « Adresses »: the person's own address, lines as in NF Z10-011.
    Adresses / AdressesDraft / AdressesField {
        pays as Pays: Pays => "Pays" { missing: "Choisissez un pays.", autocomplete: "country" },
        voie as Voie: LigneAdresse => "N° et voie" {
            missing: "Renseignez le numéro et la voie.",
            autocomplete: "address-line1",
            width: Width::Long,
        },
        complement as Complement: Option<LigneAdresse> => "Complément" {
            hint: "Bâtiment, étage, appartement.",
            autocomplete: "address-line2",
            width: Width::Long,
        },
        lieu_dit as LieuDit: Option<LigneAdresse> => "Lieu-dit ou BP" {
            autocomplete: "address-line3",
            width: Width::Long,
        },
        code_postal as CodePostal: Option<CodePostal> => "Code postal" {
            autocomplete: "postal-code",
            width: Width::Short,
        },
        commune as Commune: Commune => "Commune" {
            missing: "Renseignez votre commune.",
            autocomplete: "address-level2",
            width: Width::Long,
        },
    }
}

const CODE_POSTAL: &str = "Le code postal comporte 5 chiffres.";

impl Rules for AdressesDraft {
    type Field = AdressesField;

    fn required(&self, field: AdressesField, by_type: bool) -> bool {
        match field {
            AdressesField::CodePostal => Pays::is_france(&self.pays),
            _ => by_type,
        }
    }

    fn rule(&self, field: AdressesField, _: &Contexte) -> Option<FieldError> {
        if field != AdressesField::CodePostal || !Pays::is_france(&self.pays) {
            return None;
        }
        if self.code_postal.trim().is_empty() {
            return Some(FieldError::Missing(CODE_POSTAL));
        }
        (!CodePostal::is_french(&self.code_postal)).then_some(FieldError::Invalid(CODE_POSTAL))
    }
}
