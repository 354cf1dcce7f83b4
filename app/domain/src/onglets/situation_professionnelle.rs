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
