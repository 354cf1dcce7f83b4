use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::onglet::{Contexte, FieldError, FieldSpec, Kind, Onglet};
use crate::onglets::{
    AdressesDraft, CoordonneesDraft, IdentiteDraft, InterlocuteursDraft, SituationProfessionnelleDraft, ValidationDraft,
};
use crate::{Etape, Preinscription};

/// Everything typed so far, wrong answers included.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Brouillon {
    pub identite: IdentiteDraft,
    pub coordonnees: CoordonneesDraft,
    pub adresses: AdressesDraft,
    pub interlocuteurs: InterlocuteursDraft,
    pub situation_professionnelle: SituationProfessionnelleDraft,
    pub validation: ValidationDraft,
    /// The tabs the person has gone through with « Suivant ».
    pub visites: BTreeSet<Etape>,
}

/// How far a tab is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EtatOnglet {
    AFaire,
    Complet,
    ACorriger,
}

impl EtatOnglet {
    pub fn label(self) -> &'static str {
        match self {
            Self::AFaire => "à faire",
            Self::Complet => "complet",
            Self::ACorriger => "à corriger",
        }
    }
}

impl Brouillon {
    pub fn onglet(&self, etape: Etape) -> &dyn Onglet {
        match etape {
            Etape::Identite => &self.identite,
            Etape::Coordonnees => &self.coordonnees,
            Etape::Adresses => &self.adresses,
            Etape::Interlocuteurs => &self.interlocuteurs,
            Etape::SituationProfessionnelle => &self.situation_professionnelle,
            Etape::Validation => &self.validation,
        }
    }

    pub fn onglet_mut(&mut self, etape: Etape) -> &mut dyn Onglet {
        match etape {
            Etape::Identite => &mut self.identite,
            Etape::Coordonnees => &mut self.coordonnees,
            Etape::Adresses => &mut self.adresses,
            Etape::Interlocuteurs => &mut self.interlocuteurs,
            Etape::SituationProfessionnelle => &mut self.situation_professionnelle,
            Etape::Validation => &mut self.validation,
        }
    }

    pub fn etat(&self, etape: Etape, contexte: &Contexte) -> EtatOnglet {
        if !self.visites.contains(&etape) {
            EtatOnglet::AFaire
        } else if self.onglet(etape).errors(contexte).is_empty() {
            EtatOnglet::Complet
        } else {
            EtatOnglet::ACorriger
        }
    }

    /// The first tab something is missing or wrong in.
    pub fn first_incomplete(&self, contexte: &Contexte) -> Option<Etape> {
        Etape::ALL.into_iter().find(|etape| !self.onglet(*etape).errors(contexte).is_empty())
    }

    /// A tab as a person reads it back: (label, value), without what this case does not ask. An account read from
    /// the database comes back through here too.
    pub fn recap(&self, etape: Etape, contexte: &Contexte) -> Vec<(String, String)> {
        let onglet = self.onglet(etape);
        let shown = |at: usize, spec: &FieldSpec| {
            let raw = onglet.get(at);
            let text = match onglet.kind(at, contexte) {
                Kind::Radios(options) | Kind::Select(options) => {
                    options.iter().find(|(value, _)| *value == raw).map_or(raw, |(_, label)| label)
                }
                Kind::Locked(text) => text,
                _ => raw.trim(),
            };
            (spec.label.to_owned(), text.to_owned())
        };
        onglet
            .specs()
            .iter()
            .enumerate()
            .filter(|(at, spec)| spec.presentation.in_recap && onglet.asked(*at, contexte))
            .map(|(at, spec)| shown(at, spec))
            .collect()
    }

    /// Reads every tab again, visited or not.
    ///
    /// # Errors
    /// The first tab that can't be sent, with what is wrong in it.
    pub fn parse(&self, contexte: &Contexte) -> Result<Preinscription, (Etape, Vec<(usize, FieldError)>)> {
        let at = |etape| move |errors| (etape, errors);
        let identite = self.identite.parse(contexte).map_err(at(Etape::Identite))?;
        let coordonnees = self.coordonnees.parse(contexte).map_err(at(Etape::Coordonnees))?;
        let adresses = self.adresses.parse(contexte).map_err(at(Etape::Adresses))?;
        let interlocuteurs = self.interlocuteurs.parse(contexte).map_err(at(Etape::Interlocuteurs))?;
        let situation_professionnelle =
            self.situation_professionnelle.parse(contexte).map_err(at(Etape::SituationProfessionnelle))?;
        self.validation.parse(contexte).map_err(at(Etape::Validation))?;
        Ok(Preinscription {
            cas: contexte.cas,
            identite,
            coordonnees,
            adresses,
            interlocuteurs,
            situation_professionnelle,
        })
    }
}
