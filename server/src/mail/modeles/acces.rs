//! To the holder of an account or of a service formation, about the way in.

use super::{NOT_YOU, action, hello, plural};
use crate::mail::Courrier;

/// To the future service formation of a collectivité.
pub struct InvitationServiceFormation<'a> {
    /// Its name and place, on one line.
    pub collectivite: &'a str,
    pub link: &'a str,
    pub hours: u32,
}

impl InvitationServiceFormation<'_> {
    pub fn courrier(self) -> Courrier {
        let Self { collectivite, link, hours } = self;
        Courrier {
            subject: "Votre accès de service formation".to_owned(),
            greeting: hello(""),
            paragraphs: vec![
                format!("Vous êtes invité à inscrire les agents de votre collectivité\u{a0}: {collectivite}."),
                format!("Le lien est valable {} et ne sert qu’une fois.", plural(hours, "heure")),
            ],
            action: action("Ouvrir mon accès", link),
            closing: vec![NOT_YOU.to_owned()],
        }
    }
}

/// E11.
pub struct MotDePassePerdu<'a> {
    /// Empty for a service formation.
    pub prenom: &'a str,
    pub link: &'a str,
    pub minutes: u32,
}

impl MotDePassePerdu<'_> {
    pub fn courrier(self) -> Courrier {
        let Self { prenom, link, minutes } = self;
        Courrier {
            subject: "Choisissez un nouveau mot de passe".to_owned(),
            greeting: hello(prenom),
            paragraphs: vec![
                "Vous avez demandé à changer de mot de passe.".to_owned(),
                format!("Le lien est valable {} et ne sert qu’une fois.", plural(minutes, "minute")),
            ],
            action: action("Choisir un nouveau mot de passe", link),
            closing: vec![
                "Si vous n’avez rien demandé, ignorez ce courriel\u{a0}: votre mot de passe reste le même.".to_owned(),
            ],
        }
    }
}

/// E12. The link leads to the page for a lost password: a person who did not change it needs this page at once.
pub struct MotDePasseChange<'a> {
    /// Empty for a service formation.
    pub prenom: &'a str,
    pub link: &'a str,
}

impl MotDePasseChange<'_> {
    pub fn courrier(self) -> Courrier {
        let Self { prenom, link } = self;
        Courrier {
            subject: "Votre mot de passe a changé".to_owned(),
            greeting: hello(prenom),
            paragraphs: vec![
                "Le mot de passe de votre compte vient d’être changé, et vos autres connexions sont fermées."
                    .to_owned(),
                "Si c’est vous, vous n’avez rien à faire. Sinon, reprenez la main sur votre compte sans attendre."
                    .to_owned(),
            ],
            action: action("Ce n’était pas moi", link),
            closing: vec![],
        }
    }
}

/// To an address that already has an account, instead of E1. It has no name: the name just typed may be another
/// person's.
pub struct DejaCompte<'a> {
    pub link: &'a str,
}

impl DejaCompte<'_> {
    pub fn courrier(self) -> Courrier {
        let Self { link } = self;
        Courrier {
            subject: "Vous avez déjà un compte".to_owned(),
            greeting: hello(""),
            paragraphs: vec![
                "Une demande de compte vient d’être faite avec cette adresse. Vous avez déjà un compte\u{a0}: il reste \
                 tel qu’il est."
                    .to_owned(),
                "Si vous avez oublié votre mot de passe, demandez-en un nouveau.".to_owned(),
            ],
            action: action("J’ai perdu mon mot de passe", link),
            closing: vec![NOT_YOU.to_owned()],
        }
    }
}
