//! E13: the mails of a change of address, to the new address and to the former one.

use super::{action, hello};
use crate::mail::Courrier;

/// To the new address. It contains no name: the address may be mistyped.
pub struct AdresseAConfirmer<'a> {
    pub link: &'a str,
    pub minutes: u32,
}

impl AdresseAConfirmer<'_> {
    pub fn courrier(self) -> Courrier {
        let Self { link, minutes } = self;
        Courrier {
            subject: "Confirmez votre nouvelle adresse".to_owned(),
            greeting: hello(""),
            paragraphs: vec![
                "Le titulaire d’un compte demande à l’ouvrir désormais avec cette adresse.".to_owned(),
                format!("Le lien est valable {minutes}\u{a0}minutes et ne sert qu’une fois."),
            ],
            action: action("Confirmer cette adresse", link),
            closing: vec!["Si vous n’avez rien demandé, ignorez ce courriel\u{a0}: rien ne sera fait.".to_owned()],
        }
    }
}

/// To the former address, once the change is made.
pub struct AdresseChangee<'a> {
    pub prenom: &'a str,
    pub link: &'a str,
    pub days: i64,
}

impl AdresseChangee<'_> {
    pub fn courrier(self) -> Courrier {
        let Self { prenom, link, days } = self;
        Courrier {
            subject: "L’adresse de votre compte a changé".to_owned(),
            greeting: hello(prenom),
            paragraphs: vec![
                "Votre compte s’ouvre désormais avec une autre adresse, et vos autres connexions sont fermées."
                    .to_owned(),
                format!(
                    "Si c’est vous, vous n’avez rien à faire. Sinon, rétablissez cette adresse\u{a0}: le lien est \
                     valable {days}\u{a0}jours, et vous choisirez un nouveau mot de passe."
                ),
            ],
            action: action("Rétablir cette adresse", link),
            closing: vec![],
        }
    }
}
