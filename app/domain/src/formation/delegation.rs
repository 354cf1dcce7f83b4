//! A délégation as it is typed, and what is wrong with it.

use serde::{Deserialize, Serialize};

use crate::Cas;
use crate::codes;
use crate::onglet::{Contexte, Read};
use crate::valeurs::texte::line;
use crate::valeurs::{AdresseCourriel, Telephone};

const NOM_MAX: usize = 80;

/// A délégation as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DelegationSaisie {
    pub nom: String,
    pub courriel: String,
    pub telephone: String,
    pub referent_nom: String,
    pub referent_courriel: String,
}

/// A délégation that reads. The texts about its référent handicap may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delegation {
    pub nom: String,
    pub courriel: String,
    /// In the form of E.164.
    pub telephone: String,
    pub referent_nom: String,
    pub referent_courriel: String,
}

codes! {
    /// What is wrong with a délégation: the code of the fault, and what to do about it.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    pub enum FauteDelegation {
        Nom = "nom", "Donnez un nom d’une ligne, de 80 caractères au plus.";
        /// Another délégation has this name.
        NomPris = "nom_pris", "Une autre délégation porte ce nom.";
        Courriel = "courriel", "Saisissez une adresse complète, par exemple nom@exemple.fr.";
        Telephone = "telephone", "Le numéro comporte 10 chiffres, ou commence par + et l’indicatif du pays.";
        ReferentNom = "referent_nom", "Le nom tient sur une ligne, en 80 caractères au plus.";
        ReferentCourriel = "referent_courriel", "Saisissez une adresse complète, par exemple nom@exemple.fr, ou laissez vide.";
    }
}

impl FauteDelegation {
    /// The name of the field that is wrong.
    pub fn champ(self) -> &'static str {
        match self {
            Self::NomPris => Self::Nom.code(),
            other => other.code(),
        }
    }
}

impl DelegationSaisie {
    /// The délégation that the texts mean.
    ///
    /// # Errors
    /// Every field that is wrong, in the order of the form.
    pub fn read(&self) -> Result<Delegation, Vec<FauteDelegation>> {
        let mut fautes = Vec::new();
        let mut keep = |faute: FauteDelegation, read: Option<String>| {
            read.unwrap_or_else(|| {
                fautes.push(faute);
                String::new()
            })
        };
        let courriel = |raw: &str| AdresseCourriel::parse(raw).map(|courriel| courriel.to_string());
        let read = Delegation {
            nom: keep(FauteDelegation::Nom, line(&self.nom, NOM_MAX).ok().filter(|nom| !nom.is_empty())),
            courriel: keep(FauteDelegation::Courriel, courriel(&self.courriel)),
            telephone: keep(FauteDelegation::Telephone, telephone(&self.telephone)),
            referent_nom: keep(FauteDelegation::ReferentNom, line(&self.referent_nom, NOM_MAX).ok()),
            referent_courriel: keep(
                FauteDelegation::ReferentCourriel,
                match self.referent_courriel.trim() {
                    "" => Some(String::new()),
                    raw => courriel(raw),
                },
            ),
        };
        if fautes.is_empty() { Ok(read) } else { Err(fautes) }
    }
}

/// The number in the form of E.164. No rule of a number depends on the case or on the day.
fn telephone(raw: &str) -> Option<String> {
    let read = Telephone::read(raw, &Contexte::on(Cas::Personnel, (0, 0, 0))).ok()?;
    Some(read.as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole() -> DelegationSaisie {
        DelegationSaisie {
            nom: " Délégation  Occitanie ".to_owned(),
            courriel: "Occitanie@cnfpt.fr".to_owned(),
            telephone: "05 61 00 00 00".to_owned(),
            referent_nom: "Ada Zorn".to_owned(),
            referent_courriel: "ada@cnfpt.fr".to_owned(),
        }
    }

    #[test]
    fn a_delegation_reads_in_the_form_that_is_kept() {
        let read = whole().read().unwrap();
        assert_eq!((read.nom.as_str(), read.telephone.as_str()), ("Délégation Occitanie", "+33561000000"));
        let bare = DelegationSaisie { referent_nom: String::new(), referent_courriel: " ".to_owned(), ..whole() };
        let bare = bare.read().unwrap();
        assert_eq!((bare.referent_nom.as_str(), bare.referent_courriel.as_str()), ("", ""));
    }

    #[test]
    fn every_wrong_field_is_named() {
        let long = "a".repeat(81);
        let wrong = DelegationSaisie {
            nom: long.clone(),
            courriel: "occitanie".to_owned(),
            telephone: "12".to_owned(),
            referent_nom: long,
            referent_courriel: "ada@".to_owned(),
        };
        let fautes = wrong.read().unwrap_err();
        let champs: Vec<_> = fautes.iter().map(|faute| faute.champ()).collect();
        assert_eq!(champs, ["nom", "courriel", "telephone", "referent_nom", "referent_courriel"]);
        let fautes = DelegationSaisie::default().read().unwrap_err();
        assert_eq!(fautes, [FauteDelegation::Nom, FauteDelegation::Courriel, FauteDelegation::Telephone]);
    }
}
