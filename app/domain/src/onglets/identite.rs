use crate::onglet;
use crate::onglet::{Rules, Width};
use crate::valeurs::{Civilite, DateNaissance, Nom, Prenom};

onglet! {
    /// Onglet « Identité ».
    Identite / IdentiteDraft / IdentiteField {
        civilite as Civilite: Civilite => "Civilité" { missing: "Choisissez une option." },
        nom as Nom: Nom => "Nom" {
            missing: "Renseignez votre nom.",
            hint: "Le nom que vous utilisez tous les jours.",
            autocomplete: "family-name",
        },
        nom_naissance as NomNaissance: Nom => "Nom de naissance" {
            missing: "Renseignez votre nom de naissance.",
        },
        prenom as Prenom: Prenom => "Prénom" {
            missing: "Renseignez votre prénom.",
            autocomplete: "given-name",
        },
        date_naissance as DateNaissance: DateNaissance => "Date de naissance" {
            missing: "Saisissez une date qui existe, au format JJ/MM/AAAA, par exemple 07/03/1980.",
            hint: "JJ/MM/AAAA, par exemple 07/03/1980.",
            autocomplete: "bday",
            width: Width::Short,
        },
    }
}

impl Rules for IdentiteDraft {
    type Field = IdentiteField;
}
