use super::Cas;
use super::onglets::{Adresses, Coordonnees, Identite, Interlocuteurs, SituationProfessionnelle};

/// Every tab of a request, read into values and right.
#[derive(Clone, Debug, PartialEq)]
pub struct Demande {
    pub cas: Cas,
    pub identite: Identite,
    pub coordonnees: Coordonnees,
    pub adresses: Adresses,
    pub interlocuteurs: Interlocuteurs,
    pub situation_professionnelle: SituationProfessionnelle,
}
