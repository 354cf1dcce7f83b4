#[cfg(feature = "cas1")]
use crate::Cas;
use crate::onglet;
use crate::onglet::{Contexte, FieldError, Rules, Width};
use crate::valeurs::{CodePostal, Commune, LigneAdresse, Pays, bare};

onglet! {
    /// Onglet « Adresses »: the person's own address and, in cas 1, the address of their work; lines as in NF
    /// Z10-011.
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
        #[cfg(feature = "cas1")]
        pro_pays as ProPays: Option<Pays> => "Pays" {
            missing: "Choisissez un pays.",
            groupe: PROFESSIONNELLE,
        },
        #[cfg(feature = "cas1")]
        pro_voie as ProVoie: Option<LigneAdresse> => "N° et voie" {
            missing: "Renseignez le numéro et la voie.",
            width: Width::Long,
            groupe: PROFESSIONNELLE,
        },
        #[cfg(feature = "cas1")]
        pro_complement as ProComplement: Option<LigneAdresse> => "Complément" {
            hint: "Bâtiment, étage, bureau.",
            width: Width::Long,
            groupe: PROFESSIONNELLE,
        },
        #[cfg(feature = "cas1")]
        pro_lieu_dit as ProLieuDit: Option<LigneAdresse> => "Lieu-dit ou BP" {
            width: Width::Long,
            groupe: PROFESSIONNELLE,
        },
        #[cfg(feature = "cas1")]
        pro_code_postal as ProCodePostal: Option<CodePostal> => "Code postal" {
            missing: CODE_POSTAL,
            width: Width::Short,
            groupe: PROFESSIONNELLE,
        },
        #[cfg(feature = "cas1")]
        pro_commune as ProCommune: Option<Commune> => "Commune" {
            missing: "Renseignez la commune.",
            width: Width::Long,
            groupe: PROFESSIONNELLE,
        },
    }
}

const CODE_POSTAL: &str = "Le code postal comporte 5 chiffres.";

#[cfg(feature = "cas1")]
const PROFESSIONNELLE: &str = "Adresse professionnelle";

impl Rules for AdressesDraft {
    type Field = AdressesField;

    #[cfg(feature = "cas1")]
    fn asked(&self, field: AdressesField, contexte: &Contexte) -> bool {
        contexte.cas == Cas::ServiceRh || AdressesField::SPECS[field as usize].groupe().is_empty()
    }

    fn required(&self, field: AdressesField, by_type: bool) -> bool {
        match field {
            AdressesField::CodePostal => Pays::is_france(&self.pays),
            #[cfg(feature = "cas1")]
            AdressesField::ProCodePostal => Pays::is_france(&self.pro_pays),
            #[cfg(feature = "cas1")]
            AdressesField::ProPays | AdressesField::ProVoie | AdressesField::ProCommune => true,
            _ => by_type,
        }
    }

    fn rule(&self, field: AdressesField, _: &Contexte) -> Option<FieldError> {
        match field {
            AdressesField::CodePostal => code_postal(&self.pays, &self.code_postal),
            #[cfg(feature = "cas1")]
            AdressesField::ProCodePostal => code_postal(&self.pro_pays, &self.pro_code_postal),
            #[cfg(feature = "cas1")]
            AdressesField::ProVoie => onglet::missing(AdressesField::SPECS, field as usize, &self.pro_voie),
            #[cfg(feature = "cas1")]
            AdressesField::ProCommune => onglet::missing(AdressesField::SPECS, field as usize, &self.pro_commune),
            _ => None,
        }
    }
}

/// A French address has a code of five digits.
fn code_postal(pays: &str, code_postal: &str) -> Option<FieldError> {
    if !Pays::is_france(pays) {
        return None;
    }
    if bare(code_postal).is_empty() {
        return Some(FieldError::Missing(CODE_POSTAL));
    }
    (!CodePostal::is_french(code_postal)).then_some(FieldError::Invalid(CODE_POSTAL))
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(not(feature = "cas1"))]
    use crate::Cas;
    #[cfg(feature = "cas1")]
    use crate::onglet::FieldSpec;
    use crate::onglets::epreuves::{asked, messages, with};
    use crate::valeurs::proprietes::contexte;

    fn filled() -> AdressesDraft {
        AdressesDraft {
            voie: "12 bis, rue de l’Église".to_owned(),
            code_postal: "31000".to_owned(),
            commune: "Toulouse".to_owned(),
            ..AdressesDraft::default()
        }
    }

    #[test]
    fn a_blank_tab_says_what_is_missing_in_france() {
        assert_eq!(
            messages(&AdressesDraft::default(), Cas::Personnel),
            [
                ("voie", "Renseignez le numéro et la voie.".to_owned()),
                ("code_postal", "Le code postal comporte 5 chiffres.".to_owned()),
                ("commune", "Renseignez votre commune.".to_owned()),
            ]
        );
    }

    #[test]
    fn the_country_is_france_unless_another_is_chosen() {
        let adresses = filled().parse(&contexte(Cas::Personnel)).unwrap();
        assert_eq!(adresses.pays.code(), "FR");
        assert_eq!((adresses.complement, adresses.lieu_dit), (None, None));
        assert_eq!(messages(&with(&filled(), "pays", "??"), Cas::Personnel)[0].1, "Choisissez un pays.");
    }

    #[test]
    fn the_postal_code_is_needed_in_france_and_free_elsewhere() {
        let french = ("code_postal", "Le code postal comporte 5 chiffres.".to_owned());
        for (pays, code_postal, fine) in [
            ("FR", "31000", true),
            ("", "", false),
            ("FR", "3100", false),
            ("FR", "2A004", false),
            ("BE", "1000", true),
            ("BE", "", true),
            ("GB", "SW1A 1AA", true),
        ] {
            let draft = with(&with(&filled(), "pays", pays), "code_postal", code_postal);
            let expected = if fine { vec![] } else { vec![french.clone()] };
            assert_eq!(messages(&draft, Cas::Personnel), expected, "{pays} {code_postal}");
        }
    }

    #[test]
    fn the_star_of_the_postal_code_follows_the_country() {
        let star = |pays| asked(&with(&filled(), "pays", pays), Cas::Personnel).contains(&("code_postal", true));
        assert!(star("") && star("FR") && !star("BE"));
    }

    #[test]
    fn every_line_has_38_characters_at_most() {
        for line in ["voie", "complement", "lieu_dit"] {
            assert_eq!(
                messages(&with(&filled(), line, &"x".repeat(39)), Cas::Personnel),
                [(line, "Cette ligne dépasse 38 caractères : abrégez-la.".to_owned())]
            );
        }
    }

    #[cfg(feature = "cas1")]
    #[test]
    fn cas_1_asks_for_the_address_of_the_post_too() {
        assert_eq!(
            messages(&filled(), Cas::ServiceRh),
            [
                ("pro_voie", "Renseignez le numéro et la voie.".to_owned()),
                ("pro_code_postal", "Le code postal comporte 5 chiffres.".to_owned()),
                ("pro_commune", "Renseignez la commune.".to_owned()),
            ]
        );
        let post = [("pro_voie", "1 place du Capitole"), ("pro_code_postal", "31000"), ("pro_commune", "Toulouse")];
        let draft = post.iter().fold(filled(), |draft, (name, raw)| with(&draft, name, raw));
        let read = draft.parse(&contexte(Cas::ServiceRh)).unwrap();
        assert_eq!(read.pro_commune.map(|commune| commune.to_string()).as_deref(), Some("Toulouse"));
        // An answer typed under another case is not kept.
        assert_eq!(draft.parse(&contexte(Cas::Personnel)).unwrap().pro_commune, None);
        let abroad = with(&with(&draft, "pro_pays", "BE"), "pro_code_postal", "");
        assert_eq!(messages(&abroad, Cas::ServiceRh), []);
        let labels: Vec<_> = AdressesField::SPECS.iter().map(FieldSpec::full_label).collect();
        assert!(labels.contains(&"Adresse professionnelle\u{a0}: Commune".to_owned()));
    }
}
