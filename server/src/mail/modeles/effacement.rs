//! To a person, before and after the end of their account.

use domain::conservation::{AVERTISSEMENT_MOIS, INACTIVITE_MOIS};
use domain::instant::jour;
use time::Date;

use super::{action, hello};
use crate::mail::Courrier;

/// E9.
pub struct Inactivite<'a> {
    pub prenom: &'a str,
    /// The day from which the account may end.
    pub fin: Date,
    pub link: &'a str,
}

impl Inactivite<'_> {
    pub fn courrier(self) -> Courrier {
        let Self { prenom, fin, link } = self;
        Courrier {
            subject: "Votre compte va être effacé".to_owned(),
            greeting: hello(prenom),
            paragraphs: vec![
                format!("Vous ne vous êtes pas connecté à votre compte depuis {AVERTISSEMENT_MOIS}\u{a0}mois."),
                format!(
                    "Sans connexion de votre part, il sera effacé à partir du {}\u{a0}: vos données personnelles \
                     seront supprimées, et il faudra refaire une demande pour intervenir de nouveau.",
                    jour(fin)
                ),
                "Pour le garder, il suffit de vous connecter.".to_owned(),
            ],
            action: action("Me connecter", link),
            closing: vec![],
        }
    }
}

/// E10. It contains no name: the account is erased.
pub struct FinInactivite<'a> {
    pub link: &'a str,
}

impl FinInactivite<'_> {
    pub fn courrier(self) -> Courrier {
        let Self { link } = self;
        Courrier {
            subject: "Votre compte est effacé".to_owned(),
            greeting: hello(""),
            paragraphs: vec![
                format!(
                    "Votre compte est resté {INACTIVITE_MOIS}\u{a0}mois sans connexion. Comme nous vous l’avions \
                     annoncé, il est effacé, avec vos données personnelles."
                ),
                "Pour intervenir de nouveau, faites une nouvelle demande.".to_owned(),
            ],
            action: action("Faire une demande", link),
            closing: vec!["C’est notre dernier courriel\u{a0}: nous ne gardons pas votre adresse.".to_owned()],
        }
    }
}

/// To a person who had their account erased.
pub struct Effacement<'a> {
    pub link: &'a str,
}

impl Effacement<'_> {
    pub fn courrier(self) -> Courrier {
        let Self { link } = self;
        Courrier {
            subject: "Votre compte est effacé".to_owned(),
            greeting: hello(""),
            paragraphs: vec![
                "Comme vous l’avez demandé, votre compte est effacé, avec vos données personnelles.".to_owned(),
                "Ce qui reste, et pourquoi, est dit dans notre information sur les données personnelles.".to_owned(),
            ],
            action: action("Lire l’information", link),
            closing: vec!["C’est notre dernier courriel\u{a0}: nous ne gardons pas votre adresse.".to_owned()],
        }
    }
}
