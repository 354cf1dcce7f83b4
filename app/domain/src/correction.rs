//! The fields that a gestionnaire asks to correct, and the answers that the person changed.

use serde::{Deserialize, Serialize};

use super::onglet::{Contexte, Kind};
use super::{Brouillon, Etape, Ligne};

/// A field to correct, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remarque {
    pub etape: Etape,
    pub champ: String,
    pub texte: String,
}

/// A field whose answer changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changement {
    pub etape: Etape,
    pub champ: String,
    pub label: String,
    pub avant: String,
    pub apres: String,
}

/// The tabs a correction may open. The last one is only boxes to tick.
pub fn etapes() -> impl Iterator<Item = Etape> {
    Etape::ALL.into_iter().filter(|etape| *etape != Etape::Validation)
}

/// Whether a field may change once the request was sent. This case must ask for it, the person must be able to fill
/// it in, and it must not identify them.
pub fn correctable(etape: Etape, champ: &str, contexte: &Contexte) -> bool {
    let blank = Brouillon::default();
    let onglet = blank.onglet(etape);
    etapes().any(|open| open == etape)
        && onglet.position(champ).is_some_and(|at| {
            onglet.specs()[at].presentation.correctable
                && onglet.asked(at, contexte)
                && !matches!(onglet.kind(at, contexte), Kind::Locked(_))
        })
}

/// The changes from one set of answers to another, in the order of the form.
pub fn changes(before: &Brouillon, after: &Brouillon, contexte: &Contexte) -> Vec<Changement> {
    let of = |etape| {
        let (before, after) = (before.recap(etape, contexte), after.recap(etape, contexte));
        let valeur = |lines: &[Ligne], champ: &str| {
            lines.iter().find(|line| line.champ == champ).map(|line| line.valeur.clone()).unwrap_or_default()
        };
        // One set of answers may lack a field of the other: the grade disappears with its status.
        let gone = before.iter().filter(|line| after.iter().all(|other| other.champ != line.champ));
        let changed = after.iter().chain(gone).map(|line| Changement {
            etape,
            champ: line.champ.clone(),
            label: line.label.clone(),
            avant: valeur(&before, &line.champ),
            apres: valeur(&after, &line.champ),
        });
        changed.filter(|change| change.avant != change.apres).collect::<Vec<_>>()
    };
    etapes().flat_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Cas;
    use crate::valeurs::proprietes::contexte;

    #[test]
    fn no_correction_touches_identifying_locked_or_unasked_fields() {
        let personnel = contexte(Cas::Personnel);
        assert!(correctable(Etape::Identite, "nom", &personnel));
        assert!(correctable(Etape::Coordonnees, "mobile", &personnel));
        for (etape, champ) in [
            (Etape::Coordonnees, "courriel"),
            (Etape::Coordonnees, "confirmation"),
            (Etape::Interlocuteurs, "correspondant"),
            (Etape::SituationProfessionnelle, "siret"),
            (Etape::Validation, "information"),
            (Etape::Identite, "inconnu"),
        ] {
            assert!(!correctable(etape, champ, &personnel), "{champ}");
        }
        assert!(correctable(Etape::SituationProfessionnelle, "siret", &contexte(Cas::Independant)));
    }

    #[test]
    fn changes_are_said_as_people_read_them() {
        let mut before = Brouillon::default();
        before.identite.civilite = "mme".to_owned();
        before.adresses.code_postal = "31000".to_owned();
        let mut after = before.clone();
        after.identite.civilite = "autre".to_owned();
        after.adresses.code_postal = " 31000 ".to_owned();
        let changed = changes(&before, &after, &contexte(Cas::Personnel));
        assert_eq!(changed.len(), 1, "a space is no change");
        assert_eq!((changed[0].avant.as_str(), changed[0].apres.as_str()), ("Mme", "Je ne souhaite pas préciser"));
        assert_eq!((changed[0].etape, changed[0].label.as_str()), (Etape::Identite, "Civilité"));
    }

    #[cfg(feature = "cas1")]
    #[test]
    fn a_grade_that_goes_with_its_status_is_a_change_too() {
        let mut before = Brouillon::default();
        before.situation_professionnelle.statut = "titulaire".to_owned();
        before.situation_professionnelle.cadre_emplois = "87-1099".to_owned();
        before.situation_professionnelle.grade = "87-1099/attaché".to_owned();
        let mut after = before.clone();
        after.situation_professionnelle.statut = "contractuel".to_owned();
        let changed = changes(&before, &after, &contexte(Cas::ServiceRh));
        let said: Vec<_> = changed.iter().map(|change| (change.champ.as_str(), change.apres.as_str())).collect();
        assert_eq!(said, [("statut", "Contractuel"), ("cadre_emplois", ""), ("grade", "")]);
        assert!(correctable(Etape::SituationProfessionnelle, "grade", &contexte(Cas::ServiceRh)));
        assert!(!correctable(Etape::SituationProfessionnelle, "grade", &contexte(Cas::Personnel)));
    }
}
