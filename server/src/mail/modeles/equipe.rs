//! To a member of the team: the requests that wait, and their own access. These mails contain no name of a member: the
//! address is enough, even if another person signed in.

use domain::Reference;

use super::{NOT_YOU, action, hello, plural};
use crate::mail::Courrier;

/// E4. It contains no name of a person: the request shows it.
pub struct DemandeAValider<'a> {
    pub reference: Reference,
    pub link: &'a str,
}

impl DemandeAValider<'_> {
    pub fn courrier(self) -> Courrier {
        let Self { reference, link } = self;
        Courrier {
            subject: "Une demande attend sa validation".to_owned(),
            greeting: hello(""),
            paragraphs: vec![format!("La demande {reference} attend sa validation.")],
            action: action("Ouvrir la demande", link),
            closing: vec![],
        }
    }
}

/// E4, once a day.
pub struct ResumeDuJour<'a> {
    /// How many requests wait for a decision.
    pub waiting: u64,
    pub link: &'a str,
}

impl ResumeDuJour<'_> {
    pub fn courrier(self) -> Courrier {
        let Self { waiting, link } = self;
        let (subject, said) = match waiting {
            0 | 1 => ("1\u{a0}demande attend sa validation".to_owned(), "Une demande attend sa validation.".to_owned()),
            n => {
                let said = format!("{n}\u{a0}demandes attendent leur validation");
                (said.clone(), format!("{said}."))
            }
        };
        Courrier {
            subject,
            greeting: hello(""),
            paragraphs: vec![said],
            action: action("Ouvrir les demandes", link),
            closing: vec!["Vous avez choisi un résumé par jour\u{a0}: cela se change dans vos réglages.".to_owned()],
        }
    }
}

/// To a new member of the team, or to one who lost their password.
pub struct Invitation<'a> {
    pub link: &'a str,
    pub hours: u32,
}

impl Invitation<'_> {
    pub fn courrier(self) -> Courrier {
        let Self { link, hours } = self;
        Courrier {
            subject: "Votre accès à la gestion des demandes".to_owned(),
            greeting: hello(""),
            paragraphs: vec![
                "Un administrateur vous invite à valider les demandes de compte des formateurs et intervenants."
                    .to_owned(),
                format!(
                    "Choisissez votre mot de passe. Le lien est valable {} et ne sert qu’une fois.",
                    plural(hours, "heure")
                ),
            ],
            action: action("Choisir mon mot de passe", link),
            closing: vec![NOT_YOU.to_owned()],
        }
    }
}

/// After a sign-in with a recovery code.
pub struct CodeSecours<'a> {
    /// When the code was used, in full words.
    pub when: &'a str,
    /// How many codes are left.
    pub left: u64,
    pub link: &'a str,
}

impl CodeSecours<'_> {
    pub fn courrier(self) -> Courrier {
        let Self { when, left, link } = self;
        let remaining = match left {
            0 => "C’était le dernier.".to_owned(),
            1 => "Il vous en reste un.".to_owned(),
            left => format!("Il vous en reste {left}."),
        };
        Courrier {
            subject: "Un de vos codes de secours a servi".to_owned(),
            greeting: hello(""),
            paragraphs: vec![
                format!("Une connexion à la gestion des demandes a été ouverte avec un code de secours, le {when}."),
                format!("{remaining} Vous pouvez en faire de nouveaux dans vos réglages."),
            ],
            action: action("Ouvrir mes réglages", link),
            closing: vec![
                "Si ce n’est pas vous, prévenez tout de suite un administrateur\u{a0}: quelqu’un a votre mot de passe \
                 et l’un de vos codes."
                    .to_owned(),
            ],
        }
    }
}

/// After a member enrolled a second factor.
pub struct FacteurEnrole<'a> {
    pub link: &'a str,
}

impl FacteurEnrole<'_> {
    pub fn courrier(self) -> Courrier {
        let Self { link } = self;
        Courrier {
            subject: "Votre second facteur est enregistré".to_owned(),
            greeting: hello(""),
            paragraphs: vec![
                "Une application de codes vient d’être enregistrée pour votre accès à la gestion des demandes, et des \
                 codes de secours l’accompagnent."
                    .to_owned(),
                "Si c’est vous, vous n’avez rien à faire.".to_owned(),
            ],
            action: action("Ouvrir mes réglages", link),
            closing: vec!["Si ce n’est pas vous, prévenez tout de suite un administrateur.".to_owned()],
        }
    }
}

/// After a member made new recovery codes.
pub struct CodesRenouveles<'a> {
    pub link: &'a str,
}

impl CodesRenouveles<'_> {
    pub fn courrier(self) -> Courrier {
        let Self { link } = self;
        Courrier {
            subject: "Vos codes de secours sont renouvelés".to_owned(),
            greeting: hello(""),
            paragraphs: vec![
                "De nouveaux codes de secours viennent d’être faits\u{a0}: les précédents ne servent plus.".to_owned(),
                "Si c’est vous, vous n’avez rien à faire.".to_owned(),
            ],
            action: action("Ouvrir mes réglages", link),
            closing: vec![
                "Si ce n’est pas vous, prévenez tout de suite un administrateur\u{a0}: quelqu’un est entré avec votre \
                 second facteur."
                    .to_owned(),
            ],
        }
    }
}

/// After a member's second factor was removed.
pub struct SecondFacteurReinitialise<'a> {
    pub link: &'a str,
}

impl SecondFacteurReinitialise<'_> {
    pub fn courrier(self) -> Courrier {
        let Self { link } = self;
        Courrier {
            subject: "Votre second facteur est réinitialisé".to_owned(),
            greeting: hello(""),
            paragraphs: vec![
                "Votre second facteur et vos codes de secours ne servent plus, et vos connexions sont fermées."
                    .to_owned(),
                "À votre prochaine connexion, vous enregistrerez une application de codes.".to_owned(),
            ],
            action: action("Me connecter", link),
            closing: vec!["Si vous ne l’avez pas demandé, prévenez un administrateur.".to_owned()],
        }
    }
}

/// After a member's password was changed, in a connexion or by an invitation.
pub struct MotDePasseChange<'a> {
    pub link: &'a str,
}

impl MotDePasseChange<'_> {
    pub fn courrier(self) -> Courrier {
        let Self { link } = self;
        Courrier {
            subject: "Votre mot de passe a changé".to_owned(),
            greeting: hello(""),
            paragraphs: vec![
                "Le mot de passe de votre accès à la gestion des demandes vient d’être changé, et vos autres \
                 connexions sont fermées."
                    .to_owned(),
                "Si c’est vous, vous n’avez rien à faire.".to_owned(),
            ],
            action: action("Me connecter", link),
            closing: vec![
                "Si ce n’est pas vous, prévenez tout de suite un administrateur\u{a0}: quelqu’un est entré à votre \
                 place."
                    .to_owned(),
            ],
        }
    }
}
