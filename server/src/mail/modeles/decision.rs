//! To a person, when a gestionnaire asked for corrections or decided.

use domain::Reference;
use domain::instant::jour;
use time::Date;

use super::{action, hello};
use crate::mail::Courrier;

/// E5: what to correct.
pub struct CorrectionsDemandees<'a> {
    pub prenom: &'a str,
    pub reference: Reference,
    /// Each field to correct, and why, in the gestionnaire's words.
    pub demandees: &'a [(String, String)],
    /// The gestionnaire's own words, or nothing.
    pub message: &'a str,
    /// When the request is withdrawn without an answer.
    pub fin: Date,
    /// Whether the person was asked once and has not answered.
    pub rappel: bool,
    pub link: &'a str,
}

impl CorrectionsDemandees<'_> {
    pub fn courrier(self) -> Courrier {
        let Self { prenom, reference, demandees, message, fin, rappel, link } = self;
        let before = if rappel { "attend toujours vos corrections" } else { "est à compléter" };
        let mut paragraphs =
            vec![format!("Votre demande {reference} {before}. Un gestionnaire vous demande de revoir\u{a0}:")];
        paragraphs.push(
            demandees
                .iter()
                .map(|(field, why)| format!("– {field}\u{a0}: {}", why.trim()))
                .collect::<Vec<_>>()
                .join("\n"),
        );
        if !message.trim().is_empty() {
            paragraphs.push(format!("Message du gestionnaire\u{a0}:\n{}", message.trim()));
        }
        paragraphs.push("Le reste de vos réponses est gardé\u{a0}: vous n’avez que cela à reprendre.".to_owned());
        Courrier {
            subject: if rappel { "Votre demande attend vos corrections" } else { "Votre demande est à compléter" }
                .to_owned(),
            greeting: hello(prenom),
            paragraphs,
            action: action("Corriger ma demande", link),
            closing: vec![format!("Sans nouvelles de vous le {}, la demande sera retirée.", jour(fin))],
        }
    }
}

/// E6.
pub struct Validation<'a> {
    pub prenom: &'a str,
    pub link: &'a str,
}

impl Validation<'_> {
    pub fn courrier(self) -> Courrier {
        let Self { prenom, link } = self;
        Courrier {
            subject: "Votre compte est validé".to_owned(),
            greeting: hello(prenom),
            paragraphs: vec![
                "Votre compte est validé. Connectez-vous avec votre adresse de messagerie et votre mot de passe."
                    .to_owned(),
            ],
            action: action("Me connecter", link),
            closing: vec![],
        }
    }
}

/// E7.
pub struct Refus<'a> {
    pub prenom: &'a str,
    pub reference: Reference,
    /// The wording of the motif.
    pub motif: &'a str,
    /// The gestionnaire's own words, or nothing.
    pub message: &'a str,
    /// The operator's text about appeals, or nothing.
    pub recours: &'a str,
    pub link: &'a str,
}

impl Refus<'_> {
    pub fn courrier(self) -> Courrier {
        let Self { prenom, reference, motif, message, recours, link } = self;
        let mut paragraphs =
            vec![format!("Votre demande {reference} n’a pas été acceptée."), format!("Motif\u{a0}: {}", motif.trim())];
        if !message.trim().is_empty() {
            paragraphs.push(format!("Message du gestionnaire\u{a0}:\n{}", message.trim()));
        }
        if !recours.trim().is_empty() {
            paragraphs.push(recours.trim().to_owned());
        }
        Courrier {
            subject: "Votre demande n’a pas été acceptée".to_owned(),
            greeting: hello(prenom),
            paragraphs,
            action: action("Voir ma demande", link),
            closing: vec![],
        }
    }
}

/// E8.
pub struct Suspension<'a> {
    pub prenom: &'a str,
    pub reference: Reference,
    /// The gestionnaire's own words.
    pub message: &'a str,
    /// The operator's text about appeals, or nothing.
    pub recours: &'a str,
    pub link: &'a str,
}

impl Suspension<'_> {
    pub fn courrier(self) -> Courrier {
        let Self { prenom, reference, message, recours, link } = self;
        let mut paragraphs = vec![
            format!("Votre compte {reference} est suspendu\u{a0}: vous ne pouvez plus vous connecter."),
            format!("Message du gestionnaire\u{a0}:\n{}", message.trim()),
        ];
        if !recours.trim().is_empty() {
            paragraphs.push(recours.trim().to_owned());
        }
        Courrier {
            subject: "Votre compte est suspendu".to_owned(),
            greeting: hello(prenom),
            paragraphs,
            action: action("À qui m’adresser", link),
            closing: vec![],
        }
    }
}

/// E8, when the suspension ends.
pub struct Retablissement<'a> {
    pub prenom: &'a str,
    pub link: &'a str,
}

impl Retablissement<'_> {
    pub fn courrier(self) -> Courrier {
        let Self { prenom, link } = self;
        Courrier {
            subject: "Votre compte est rétabli".to_owned(),
            greeting: hello(prenom),
            paragraphs: vec!["Votre compte est rétabli\u{a0}: vous pouvez de nouveau vous connecter.".to_owned()],
            action: action("Me connecter", link),
            closing: vec![],
        }
    }
}
