//! All the texts that a person has typed so far.

mod en_cours;

pub use en_cours::BrouillonEnCours;
use serde::{Deserialize, Serialize};

use super::correction::correctable;
use super::onglet::{Contexte, FieldError, FieldSpec, Kind, Onglet};
use super::onglets::{
    AdressesDraft, CoordonneesDraft, IdentiteDraft, InterlocuteursDraft, SituationProfessionnelleDraft, ValidationDraft,
};
use super::valeurs::bare;
use super::{Demande, Etape};

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
    pub visites: Visites,
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

/// The tabs gone through. A set of the library would weigh a kilobyte in the browser.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<Etape>", into = "Vec<Etape>")]
pub struct Visites([bool; Etape::ALL.len()]);

impl Visites {
    pub fn contains(&self, etape: &Etape) -> bool {
        self.0[etape.number() - 1]
    }

    pub fn insert(&mut self, etape: Etape) {
        self.0[etape.number() - 1] = true;
    }

    pub fn is_empty(&self) -> bool {
        !self.0.contains(&true)
    }
}

impl From<Vec<Etape>> for Visites {
    fn from(etapes: Vec<Etape>) -> Self {
        etapes.into_iter().collect()
    }
}

impl From<Visites> for Vec<Etape> {
    fn from(visites: Visites) -> Self {
        Etape::ALL.into_iter().filter(|etape| visites.contains(etape)).collect()
    }
}

impl Extend<Etape> for Visites {
    fn extend<I: IntoIterator<Item = Etape>>(&mut self, etapes: I) {
        for etape in etapes {
            self.insert(etape);
        }
    }
}

impl FromIterator<Etape> for Visites {
    fn from_iter<I: IntoIterator<Item = Etape>>(etapes: I) -> Self {
        let mut visites = Self::default();
        visites.extend(etapes);
        visites
    }
}

/// A field as a person reads it back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ligne {
    /// The field's name in forms and in the database.
    pub champ: String,
    pub label: String,
    pub valeur: String,
    /// Whether a correction may change it.
    pub corrigible: bool,
}

/// A tab as a person reads it back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rubrique {
    pub etape: Etape,
    pub lignes: Vec<Ligne>,
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

    /// Whether a tab can't be sent as it is.
    pub fn is_wrong(&self, etape: Etape, contexte: &Contexte) -> bool {
        !self.onglet(etape).errors(contexte).is_empty()
    }

    pub fn etat(&self, etape: Etape, contexte: &Contexte) -> EtatOnglet {
        if !self.visites.contains(&etape) {
            EtatOnglet::AFaire
        } else if self.is_wrong(etape, contexte) {
            EtatOnglet::ACorriger
        } else {
            EtatOnglet::Complet
        }
    }

    /// The first tab that misses an answer or has a wrong one.
    pub fn first_incomplete(&self, contexte: &Contexte) -> Option<Etape> {
        Etape::ALL.into_iter().find(|etape| self.is_wrong(*etape, contexte))
    }

    /// A tab as a person reads it back, without the fields that this case does not ask for. The answers of an account
    /// are shown by this function too.
    pub fn recap(&self, etape: Etape, contexte: &Contexte) -> Vec<Ligne> {
        let onglet = self.onglet(etape);
        let shown = |at: usize, spec: &FieldSpec| {
            let raw = onglet.get(at);
            let understood;
            let text = match onglet.kind(at, contexte) {
                // A blank that the rules accept means the first option: France.
                Kind::Select([(_, first), ..])
                    if raw.trim().is_empty()
                        && onglet.required(at, contexte)
                        && onglet.check(at, contexte).is_none() =>
                {
                    first
                }
                Kind::Radios(options) | Kind::Select(options) => {
                    options.iter().find(|(value, _)| *value == raw.trim()).map_or(raw, |(_, label)| label)
                }
                Kind::Groupes(groupes) if cfg!(feature = "cas1") => groupes
                    .iter()
                    .flat_map(|groupe| &groupe.options)
                    .find(|option| option.value == raw.trim())
                    .map_or(raw, |option| &option.en_clair),
                Kind::Locked(text) => text,
                // A wrong answer is shown as the person typed it.
                _ => {
                    understood = onglet.understood(at, contexte).ok().flatten();
                    understood.as_deref().unwrap_or_else(|| bare(raw))
                }
            };
            Ligne {
                champ: spec.name.to_owned(),
                label: spec.full_label(),
                valeur: text.to_owned(),
                corrigible: correctable(etape, spec.name, contexte),
            }
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
    /// The first tab that can't be sent, with its wrong fields.
    pub fn parse(&self, contexte: &Contexte) -> Result<Demande, (Etape, Vec<(usize, FieldError)>)> {
        let at = |etape| move |errors| (etape, errors);
        let identite = self.identite.parse(contexte).map_err(at(Etape::Identite))?;
        let coordonnees = self.coordonnees.parse(contexte).map_err(at(Etape::Coordonnees))?;
        let adresses = self.adresses.parse(contexte).map_err(at(Etape::Adresses))?;
        let interlocuteurs = self.interlocuteurs.parse(contexte).map_err(at(Etape::Interlocuteurs))?;
        let situation_professionnelle =
            self.situation_professionnelle.parse(contexte).map_err(at(Etape::SituationProfessionnelle))?;
        self.validation.parse(contexte).map_err(at(Etape::Validation))?;
        Ok(Demande { cas: contexte.cas, identite, coordonnees, adresses, interlocuteurs, situation_professionnelle })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Cas;
    use crate::valeurs::proprietes::contexte;

    fn personnel() -> Contexte {
        contexte(Cas::Personnel)
    }

    fn set(brouillon: &mut Brouillon, etape: Etape, name: &str, raw: &str) {
        let onglet = brouillon.onglet_mut(etape);
        let at = onglet.position(name).unwrap();
        onglet.set(at, raw.to_owned());
    }

    fn filled() -> Brouillon {
        let mut brouillon = Brouillon::default();
        for (etape, name, raw) in [
            (Etape::Identite, "civilite", "autre"),
            (Etape::Identite, "nom", "Le Goff"),
            (Etape::Identite, "nom_naissance", "Le Goff"),
            (Etape::Identite, "prenom", "Anne"),
            (Etape::Identite, "date_naissance", "07/03/1980"),
            (Etape::Coordonnees, "courriel", "anne@exemple.fr"),
            (Etape::Coordonnees, "confirmation", "anne@exemple.fr"),
            (Etape::Coordonnees, "fixe", "0561000000"),
            (Etape::Adresses, "voie", "1 rue de la Paix"),
            (Etape::Adresses, "code_postal", "31000"),
            (Etape::Adresses, "commune", "Toulouse"),
            (Etape::SituationProfessionnelle, "statut", "titulaire"),
            (Etape::SituationProfessionnelle, "fonction", "Formatrice"),
            (Etape::Validation, "information", "oui"),
            (Etape::Validation, "certification", "oui"),
        ] {
            set(&mut brouillon, etape, name, raw);
        }
        brouillon
    }

    #[test]
    fn a_tab_is_to_do_until_visited_then_right_or_wrong() {
        let mut brouillon = filled();
        assert_eq!(brouillon.etat(Etape::Identite, &personnel()), EtatOnglet::AFaire);
        brouillon.visites.insert(Etape::Identite);
        assert_eq!(brouillon.etat(Etape::Identite, &personnel()), EtatOnglet::Complet);
        set(&mut brouillon, Etape::Identite, "nom", "");
        assert_eq!(brouillon.etat(Etape::Identite, &personnel()), EtatOnglet::ACorriger);
    }

    #[test]
    fn the_first_incomplete_tab_is_the_first_in_order_visited_or_not() {
        assert_eq!(Brouillon::default().first_incomplete(&personnel()), Some(Etape::Identite));
        assert_eq!(filled().first_incomplete(&personnel()), None);
        for (etape, name) in [
            (Etape::Validation, "certification"),
            (Etape::SituationProfessionnelle, "statut"),
            (Etape::Adresses, "commune"),
            (Etape::Coordonnees, "fixe"),
        ] {
            let mut brouillon = filled();
            set(&mut brouillon, etape, name, "");
            set(&mut brouillon, Etape::Validation, "information", "");
            assert_eq!(brouillon.first_incomplete(&personnel()), Some(etape));
        }
    }

    #[test]
    fn every_tab_is_read_again_at_submission() {
        let sent = filled().parse(&personnel()).unwrap();
        assert_eq!((sent.cas, sent.identite.nom.as_str()), (Cas::Personnel, "Le Goff"));
        let mut brouillon = filled();
        brouillon.visites.extend(Etape::ALL);
        set(&mut brouillon, Etape::Validation, "information", "");
        let (etape, errors) = brouillon.parse(&personnel()).unwrap_err();
        assert_eq!((etape, errors.len()), (Etape::Validation, 1));
        // Their status belongs to another case, so the tab is wrong under this one.
        let (etape, _) = filled().parse(&contexte(Cas::Independant)).unwrap_err();
        assert_eq!(etape, Etape::SituationProfessionnelle);
    }

    #[test]
    fn the_recap_shows_labels_and_only_what_the_case_asks() {
        let recap = |etape, cas| {
            let lines = filled().recap(etape, &contexte(cas)).into_iter();
            lines.map(|line| (line.label, line.valeur)).collect::<Vec<_>>()
        };
        let line = |label: &str, text: &str| (label.to_owned(), text.to_owned());
        assert_eq!(recap(Etape::Identite, Cas::Personnel)[0], line("Civilité", "Je ne souhaite pas préciser"));
        assert_eq!(
            recap(Etape::Coordonnees, Cas::Personnel),
            [
                line("Adresse de messagerie", "anne@exemple.fr"),
                line("Téléphone mobile", ""),
                line("Téléphone fixe", "+33 5 61 00 00 00")
            ]
        );
        assert_eq!(
            recap(Etape::Interlocuteurs, Cas::Personnel),
            [line("Correspondant formation", "Responsable formation CNFPT")]
        );
        let labels = |cas| recap(Etape::SituationProfessionnelle, cas).into_iter().map(|(label, _)| label);
        assert!(labels(Cas::Independant).any(|label| label == "SIRET"));
        assert!(!labels(Cas::Personnel).any(|label| label == "SIRET"));
    }

    #[test]
    fn the_recap_shows_what_was_understood_and_what_is_wrong_as_typed() {
        for (etape, name, raw, shown) in [
            (Etape::Identite, "date_naissance", "29 02 1980", "29/02/1980"),
            (Etape::Identite, "date_naissance", "7 mars 1980", "07/03/1980"),
            (Etape::Identite, "date_naissance", " hier ", "hier"),
            (Etape::Identite, "nom", "Jean‐Pierre\u{200b}", "Jean-Pierre"),
            (Etape::Coordonnees, "courriel", "Anne <anne@exemple.fr>", "anne@exemple.fr"),
            (Etape::Coordonnees, "mobile", "0692123456", "+262 692 12 34 56"),
            (Etape::Coordonnees, "mobile", "0692", "0692"),
            (Etape::Adresses, "code_postal", "31 000", "31000"),
            (Etape::SituationProfessionnelle, "siret", "73282932000074", "732 829 320 00074"),
            (Etape::SituationProfessionnelle, "siret", "", ""),
            (Etape::SituationProfessionnelle, "domaines", "Droit\r\n\r\nPaie\t2", "Droit\nPaie 2"),
        ] {
            let mut brouillon = filled();
            set(&mut brouillon, etape, name, raw);
            let lines = brouillon.recap(etape, &contexte(Cas::Independant));
            let line = lines.iter().find(|line| line.champ == name).unwrap();
            assert_eq!(line.valeur, shown, "{raw}");
            assert_eq!(brouillon.onglet(etape).get(brouillon.onglet(etape).position(name).unwrap()), raw);
        }
    }

    #[test]
    fn the_recap_shows_default_france_and_leaves_a_due_choice_blank() {
        let first = |etape| Brouillon::default().recap(etape, &personnel()).swap_remove(0).valeur;
        assert_eq!(first(Etape::Adresses), "France");
        assert_eq!(first(Etape::SituationProfessionnelle), "");
    }

    #[test]
    fn a_draft_reads_back_whole_and_an_older_draft_still_reads() {
        let mut brouillon = filled();
        brouillon.visites.insert(Etape::SituationProfessionnelle);
        let json = serde_json::to_string(&brouillon).unwrap();
        assert_eq!(serde_json::from_str::<Brouillon>(&json).unwrap(), brouillon);
        assert_eq!(serde_json::from_str::<Brouillon>(r#"{"identite":{}}"#).unwrap(), Brouillon::default());
    }

    #[test]
    fn the_tabs_gone_through_are_kept_as_a_list() {
        let kept = r#"{"visites":["identite","validation"]}"#;
        let read: Brouillon = serde_json::from_str(kept).unwrap();
        assert!(read.visites.contains(&Etape::Identite) && !read.visites.contains(&Etape::Adresses));
        let written = serde_json::to_value(&read).unwrap();
        assert_eq!(written["visites"], serde_json::json!(["identite", "validation"]));
    }
}
