#[cfg(feature = "cas1")]
use crate::Cas;
use crate::onglet;
use crate::onglet::Rules;
#[cfg(feature = "cas1")]
use crate::onglet::{Contexte, FieldError, Width};
use crate::valeurs::CorrespondantFormation;
#[cfg(feature = "cas1")]
use crate::valeurs::{AdresseCourriel, Nom, Prenom};

onglet! {
    /// Onglet « Interlocuteurs ». In cas 2 and 3 the « Responsable hiérarchique » is not asked: the source says
    /// « Ne pas remplir ».
    Interlocuteurs / InterlocuteursDraft / InterlocuteursField {
        #[cfg(feature = "cas1")]
        responsable_nom as ResponsableNom: Option<Nom> => "Nom du responsable hiérarchique" {
            missing: "Renseignez le nom de votre responsable hiérarchique.",
        },
        #[cfg(feature = "cas1")]
        responsable_prenom as ResponsablePrenom: Option<Prenom> => "Prénom du responsable hiérarchique" {
            missing: "Renseignez le prénom de votre responsable hiérarchique.",
        },
        #[cfg(feature = "cas1")]
        responsable_courriel as ResponsableCourriel: Option<AdresseCourriel> => "Courriel du responsable hiérarchique" {
            missing: "Renseignez le courriel de votre responsable hiérarchique, par exemple nom@exemple.fr.",
            width: Width::Long,
        },
        correspondant as Correspondant: CorrespondantFormation => "Correspondant formation" {
            hint: "Rempli d’avance pour les intervenants : vous n’avez rien à faire.",
        },
    }
}

impl Rules for InterlocuteursDraft {
    type Field = InterlocuteursField;

    #[cfg(feature = "cas1")]
    fn asked(&self, field: InterlocuteursField, contexte: &Contexte) -> bool {
        field == InterlocuteursField::Correspondant || contexte.cas == Cas::ServiceRh
    }

    #[cfg(feature = "cas1")]
    fn required(&self, _: InterlocuteursField, _: bool) -> bool {
        true
    }

    #[cfg(feature = "cas1")]
    fn rule(&self, field: InterlocuteursField, _: &Contexte) -> Option<FieldError> {
        let raw = match field {
            InterlocuteursField::ResponsableNom => &self.responsable_nom,
            InterlocuteursField::ResponsablePrenom => &self.responsable_prenom,
            InterlocuteursField::ResponsableCourriel => &self.responsable_courriel,
            InterlocuteursField::Correspondant => return None,
        };
        onglet::missing(InterlocuteursField::SPECS, field as usize, raw)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Cas;
    use crate::onglet::{Kind, Onglet};
    use crate::onglets::epreuves::{messages, with};
    use crate::valeurs::proprietes::contexte;

    #[test]
    fn nothing_has_to_be_filled_and_nothing_can_be_changed() {
        let blank = InterlocuteursDraft::default();
        let locked = Kind::Locked("Responsable formation CNFPT");
        for cas in [Cas::Personnel, Cas::Independant] {
            assert_eq!(messages(&blank, cas), []);
            let correspondant = InterlocuteursField::Correspondant as usize;
            assert_eq!(blank.kind(correspondant, &contexte(cas)), locked);
            let forged = with(&blank, "correspondant", "Un autre");
            assert_eq!(forged.parse(&contexte(cas)), blank.parse(&contexte(cas)));
        }
    }

    #[cfg(feature = "cas1")]
    #[test]
    fn cas_1_asks_for_the_superior() {
        assert_eq!(
            messages(&InterlocuteursDraft::default(), Cas::ServiceRh),
            [
                ("responsable_nom", "Renseignez le nom de votre responsable hiérarchique.".to_owned()),
                ("responsable_prenom", "Renseignez le prénom de votre responsable hiérarchique.".to_owned()),
                (
                    "responsable_courriel",
                    "Renseignez le courriel de votre responsable hiérarchique, par exemple nom@exemple.fr.".to_owned()
                ),
            ]
        );
        let draft = InterlocuteursDraft {
            responsable_nom: "Moreau".to_owned(),
            responsable_prenom: "Léa".to_owned(),
            responsable_courriel: "Lea.Moreau@exemple.fr".to_owned(),
            ..InterlocuteursDraft::default()
        };
        let read = draft.parse(&contexte(Cas::ServiceRh)).unwrap();
        assert_eq!(
            read.responsable_courriel.map(|courriel| courriel.to_string()).as_deref(),
            Some("Lea.Moreau@exemple.fr")
        );
        assert_eq!(read.correspondant.to_string(), "Service formation de la collectivité");
        let personnel = draft.parse(&contexte(Cas::Personnel)).unwrap();
        assert_eq!(
            (personnel.responsable_nom, personnel.responsable_prenom, personnel.responsable_courriel),
            (None, None, None)
        );
        let wrong = with(&draft, "responsable_nom", "R2D2");
        assert_eq!(messages(&wrong, Cas::ServiceRh)[0].1, "Le nom ne peut pas contenir de chiffres.");
    }
}
