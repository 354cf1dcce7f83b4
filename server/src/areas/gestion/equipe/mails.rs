//! To a member of the team, about their own access. These mails contain no name of a member: the address is enough, even
//! if another person signed in.

use domain::instant;

use crate::backend::redaction::{Lettre, Redaction};
use crate::error::BackendError;
use crate::mail::Courrier;
#[cfg(test)]
use crate::mail::exemples::{Exemple, LINK, Mots};
use crate::mail::formules::{NOT_YOU, action, hello, plural};
use crate::persistence::courriels::Genre;
use crate::persistence::{facteurs, gestionnaires};
use crate::security::tokens::Usage;

/// The mails that this area writes.
pub(crate) const GENRES: &[Genre] =
    &[Genre::Invitation, Genre::CodeSecours, Genre::FacteurEnrole, Genre::CodesRenouveles, Genre::SecondFacteur];

/// Writes a mail of [`GENRES`]. `None` when there is nothing left to say.
pub(crate) async fn write(mail: &Redaction<'_>) -> Result<Option<Lettre>, BackendError> {
    let Some(id) = mail.row.gestionnaire_id else { return Ok(None) };
    let Some(member) = gestionnaires::find(mail.db(), id).await? else { return Ok(None) };
    // A disabled member may be invited again.
    if member.desactive_le.is_some() && mail.genre != Genre::Invitation {
        return Ok(None);
    }
    let (reglages, connexion) = (&mail.backend.url("/gestion/mes-reglages"), &mail.backend.url("/gestion/connexion"));
    let courrier = match mail.genre {
        Genre::Invitation => {
            let hours = mail.hours(Usage::Invitation);
            let link = mail.living_link(Usage::Invitation).await?;
            link.as_deref().map(|link| Invitation { link, hours }.courrier())
        }
        Genre::CodeSecours => {
            let when = &instant::en_clair(mail.row.cree_le);
            let left = facteurs::codes_left(mail.db(), id).await?;
            Some(CodeSecours { when, left, link: reglages }.courrier())
        }
        Genre::FacteurEnrole => Some(FacteurEnrole { link: reglages }.courrier()),
        Genre::CodesRenouveles => Some(CodesRenouveles { link: reglages }.courrier()),
        _ => Some(SecondFacteurReinitialise { link: connexion }.courrier()),
    };
    Ok(courrier.map(|courrier| (member.courriel_cle, courrier)))
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

#[cfg(test)]
pub(crate) fn exemples(_: Mots<'_>) -> Vec<Exemple> {
    let (when, link) = ("15 juin 2026 à 14 h 00", LINK);
    vec![
        ("equipe_invitation", Invitation { link, hours: 72 }.courrier()),
        ("equipe_code_secours", CodeSecours { when, left: 9, link }.courrier()),
        ("equipe_code_secours_avant_dernier", CodeSecours { when, left: 1, link }.courrier()),
        ("equipe_code_secours_dernier", CodeSecours { when, left: 0, link }.courrier()),
        ("equipe_facteur_enrole", FacteurEnrole { link }.courrier()),
        ("equipe_codes_renouveles", CodesRenouveles { link }.courrier()),
        ("equipe_second_facteur_reinitialise", SecondFacteurReinitialise { link }.courrier()),
    ]
}
