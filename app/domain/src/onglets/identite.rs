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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Cas;
    use crate::onglets::epreuves::{asked, messages, with};
    use crate::valeurs::proprietes::contexte;

    fn filled() -> IdentiteDraft {
        IdentiteDraft {
            civilite: "mme".to_owned(),
            nom: " Le  Goff ".to_owned(),
            nom_naissance: "N’Diaye".to_owned(),
            prenom: "Anne-Zoé".to_owned(),
            date_naissance: "7.3.1980".to_owned(),
        }
    }

    #[test]
    fn every_field_is_needed_and_says_so_in_its_own_words() {
        assert_eq!(
            messages(&IdentiteDraft::default(), Cas::Personnel),
            [
                ("civilite", "Choisissez une option.".to_owned()),
                ("nom", "Renseignez votre nom.".to_owned()),
                ("nom_naissance", "Renseignez votre nom de naissance.".to_owned()),
                ("prenom", "Renseignez votre prénom.".to_owned()),
                (
                    "date_naissance",
                    "Saisissez une date qui existe, au format JJ/MM/AAAA, par exemple 07/03/1980.".to_owned()
                ),
            ]
        );
        for cas in Cas::ALL {
            assert_eq!(asked(&IdentiteDraft::default(), cas).len(), 5);
            assert!(asked(&IdentiteDraft::default(), cas).iter().all(|(_, required)| *required));
        }
    }

    #[test]
    fn a_filled_tab_reads_into_values() {
        let identite = filled().parse(&contexte(Cas::Personnel)).unwrap();
        assert_eq!(identite.nom.as_str(), "Le Goff");
        assert_eq!(identite.date_naissance.to_string(), "07/03/1980");
        assert_eq!(identite.civilite.title(), Some("Mme"));
    }

    #[test]
    fn blanks_count_as_nothing() {
        assert_eq!(
            messages(&with(&filled(), "nom", " \t"), Cas::Personnel),
            [("nom", "Renseignez votre nom.".to_owned())]
        );
    }

    #[test]
    fn a_first_name_with_a_figure_is_told_about_the_first_name() {
        assert_eq!(
            messages(&with(&filled(), "prenom", "Zo3"), Cas::Independant),
            [("prenom", "Le prénom ne peut pas contenir de chiffres.".to_owned())]
        );
    }

    #[test]
    fn the_draft_travels_as_the_texts_that_were_typed() {
        let wrong = with(&filled(), "date_naissance", "hier");
        let json = serde_json::to_string(&wrong).unwrap();
        assert_eq!(serde_json::from_str::<IdentiteDraft>(&json).unwrap(), wrong);
        // A field added later is blank in the drafts kept before.
        assert_eq!(serde_json::from_str::<IdentiteDraft>("{}").unwrap(), IdentiteDraft::default());
    }
}
