//! To a person, about their account: its address, its corrections, its end.

use domain::Reference;
use domain::compte::Statut;
use domain::conservation::{AVERTISSEMENT_MOIS, INACTIVITE_MOIS, PREAVIS_JOURS};
use domain::exploitant::Exploitant;
use domain::instant::{self, Millis, jour};
use time::Date;

use crate::backend::redaction::{Lettre, Redaction, service};
use crate::clock::DAY;
use crate::error::BackendError;
use crate::mail::Courrier;
#[cfg(test)]
use crate::mail::exemples::{Exemple, LINK, Mots, day, exploitant, reference};
use crate::mail::formules::{action, hello};
use crate::persistence::courriels::Genre;
use crate::persistence::entities::compte;
use crate::persistence::{adieux, changements_adresse, comptes};
use crate::security::tokens::Usage;

/// The mails that this area writes.
pub(crate) const GENRES: &[Genre] = &[
    Genre::CorrectionRecue,
    Genre::Adresse,
    Genre::AdresseChangee,
    Genre::Inactivite,
    Genre::FinInactivite,
    Genre::Effacement,
];

/// Writes a mail of [`GENRES`]. `None` when there is nothing left to say.
pub(crate) async fn write(mail: &Redaction<'_>) -> Result<Option<Lettre>, BackendError> {
    match (mail.genre, &mail.compte) {
        (Genre::FinInactivite | Genre::Effacement, _) => last_of_account(mail).await,
        (_, None) => Ok(None),
        (Genre::Adresse | Genre::AdresseChangee, Some(compte)) => of_address(mail, compte).await,
        (_, Some(compte)) => {
            let courrier = of_account(mail, compte)?;
            Ok(courrier.map(|courrier| (compte.courriel_cle.clone(), courrier)))
        }
    }
}

fn of_account(mail: &Redaction<'_>, compte: &compte::Model) -> Result<Option<Courrier>, BackendError> {
    let (prenom, link) = (&compte.prenom, &mail.backend.url("/mon-compte"));
    let asked = instant::today(mail.row.cree_le);
    Ok(match mail.genre {
        Genre::CorrectionRecue => {
            let (reference, exploitant) = (comptes::reference(compte)?, &mail.backend.config().exploitant);
            Some(CorrectionsRecues { prenom, reference, recues_le: asked, exploitant, link }.courrier())
        }
        _ if comptes::statut(compte)? == Statut::Actif => {
            let fin = instant::months_after(asked, INACTIVITE_MOIS - AVERTISSEMENT_MOIS);
            let notice = instant::today(mail.backend.now() + Millis::from(PREAVIS_JOURS) * DAY);
            Some(Inactivite { prenom, fin: fin.max(notice), link }.courrier())
        }
        _ => None,
    })
}

/// The last mail about an erased account, to the address that was kept for it.
async fn last_of_account(mail: &Redaction<'_>) -> Result<Option<Lettre>, BackendError> {
    let courrier = match mail.genre {
        Genre::FinInactivite => FinInactivite { link: &mail.backend.url("/inscription") }.courrier(),
        _ => Effacement { link: &mail.backend.url("/donnees-personnelles") }.courrier(),
    };
    Ok(adieux::recipient(mail.db(), mail.row.id).await?.map(|address| (address, courrier)))
}

/// A mail about a change of address, to the new address or to the former one.
async fn of_address(mail: &Redaction<'_>, compte: &compte::Model) -> Result<Option<Lettre>, BackendError> {
    let Some(jeton) = mail.jeton().await? else { return Ok(None) };
    let Some(change) = changements_adresse::find(mail.db(), jeton.sujet_id).await? else { return Ok(None) };
    if mail.genre == Genre::AdresseChangee {
        let usage = Usage::AdresseAnnulation;
        let days = mail.backend.validity(usage) / DAY;
        let link = mail.living_link(usage).await?;
        let prenom = &compte.prenom;
        return Ok(link.map(|link| (change.ancien_cle, AdresseChangee { prenom, link: &link, days }.courrier())));
    }
    let minutes = mail.minutes(Usage::Adresse);
    let link = mail.living_link(Usage::Adresse).await?;
    Ok(link.map(|link| (change.nouveau_cle, AdresseAConfirmer { link: &link, minutes }.courrier())))
}

/// E3 again, for corrections sent back.
pub struct CorrectionsRecues<'a> {
    pub prenom: &'a str,
    pub reference: Reference,
    pub recues_le: Date,
    pub exploitant: &'a Exploitant,
    pub link: &'a str,
}

impl CorrectionsRecues<'_> {
    pub fn courrier(self) -> Courrier {
        let Self { prenom, reference, recues_le, exploitant, link } = self;
        let mut paragraphs = vec![format!(
            "Nous avons reçu le {} les corrections de votre demande {reference}. Un gestionnaire va la reprendre.",
            jour(recues_le)
        )];
        paragraphs.extend(service(exploitant));
        Courrier {
            subject: "Vos corrections sont bien reçues".to_owned(),
            greeting: hello(prenom),
            paragraphs,
            action: action("Suivre ma demande", link),
            closing: vec![],
        }
    }
}

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

#[cfg(test)]
pub(crate) fn exemples(mots: Mots<'_>) -> Vec<Exemple> {
    let (prenom, link) = (mots.prenom, LINK);
    let received = |exploitant: &Exploitant| {
        CorrectionsRecues { prenom, reference: reference(), recues_le: day(), exploitant, link }.courrier()
    };
    vec![
        ("corrections_recues", received(&exploitant())),
        ("corrections_recues_sans_exploitant", received(&Exploitant::default())),
        ("adresse_a_confirmer", AdresseAConfirmer { link, minutes: 30 }.courrier()),
        ("adresse_changee", AdresseChangee { prenom, link, days: 7 }.courrier()),
        ("inactivite", Inactivite { prenom, fin: day(), link }.courrier()),
        ("fin_inactivite", FinInactivite { link }.courrier()),
        ("effacement", Effacement { link }.courrier()),
    ]
}
