use crate::Cas;
use crate::onglets::{Adresses, Coordonnees, Identite, Interlocuteurs, SituationProfessionnelle};

/// Every tab, read and right: what a submission is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Demande {
    pub cas: Cas,
    pub identite: Identite,
    pub coordonnees: Coordonnees,
    pub adresses: Adresses,
    pub interlocuteurs: Interlocuteurs,
    pub situation_professionnelle: SituationProfessionnelle,
}
