//! Invented values, with which the tests write every mail.

use domain::Reference;
use domain::exploitant::Exploitant;
use time::{Date, Month};

use super::formules::{action, hello};
use crate::mail::Courrier;

pub(crate) const LINK: &str = "https://iel.exemple.fr/activation/ab12.00ff.c2VjcmV0";

/// The words that a person typed.
#[derive(Clone, Copy)]
pub(crate) struct Mots<'a> {
    pub prenom: &'a str,
    pub employeur: &'a str,
    pub champ: &'a str,
    pub raison: &'a str,
    pub motif: &'a str,
    pub message: &'a str,
    pub recours: &'a str,
    pub silence: &'a str,
}

pub(crate) const ORDINAIRES: Mots<'_> = Mots {
    prenom: "Anne-Zoé",
    employeur: "Toulouse Métropole",
    champ: "Adresses, Code postal",
    raison: "Ce code n’est pas celui de Toulouse.",
    motif: "Votre activité est hors du périmètre.",
    message: "Merci de joindre une pièce lisible.\nBien à vous.",
    recours: "Vous pouvez contester cette décision dans les deux mois.",
    silence: "Sans réponse de notre part le 1er mai 2026, votre demande est refusée.",
};

impl<'a> Mots<'a> {
    /// The same words everywhere.
    pub fn all(typed: &'a str) -> Self {
        Self {
            prenom: typed,
            employeur: typed,
            champ: typed,
            raison: typed,
            motif: typed,
            message: typed,
            recours: typed,
            silence: typed,
        }
    }
}

/// The name of its snapshot, and the mail.
pub(crate) type Exemple = (&'static str, Courrier);

pub(crate) fn reference() -> Reference {
    Reference::new(42)
}

pub(crate) fn day() -> Date {
    Date::from_calendar_date(2026, Month::March, 1).unwrap()
}

pub(crate) fn exploitant() -> Exploitant {
    Exploitant {
        nom: "Délégation Occitanie".to_owned(),
        adresse: "9 rue Alex Coutet, Toulouse".to_owned(),
        courriel: "iel@exemple.fr".to_owned(),
        telephone: "05 00 00 00 00".to_owned(),
        ..Exploitant::default()
    }
}

/// A mail of no kind, for the tests of the transport.
pub(crate) fn courrier(link: &str) -> Courrier {
    Courrier {
        subject: "Vous avez déjà un compte".to_owned(),
        greeting: hello(""),
        paragraphs: vec!["Il reste tel qu’il est.".to_owned()],
        action: action("Ouvrir", link),
        closing: Vec::new(),
    }
}
