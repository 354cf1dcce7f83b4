//! To a person, until their request is received: the link that activates, the reminder, the receipt.

use domain::Reference;
use domain::compte::Statut;
use domain::exploitant::Exploitant;
use domain::instant::{self, jour};
use time::Date;

use crate::backend::redaction::{Lettre, Redaction, service};
use crate::error::BackendError;
use crate::mail::Courrier;
#[cfg(test)]
use crate::mail::exemples::{Exemple, LINK, Mots, day, exploitant, reference};
use crate::mail::formules::{NOT_YOU, action, hello, plural};
use crate::persistence::courriels::Genre;
use crate::persistence::entities::compte;
use crate::persistence::{comptes, jetons, reprises};
use crate::security::tokens::Usage;

/// The mails that this area writes.
pub(crate) const GENRES: &[Genre] = &[Genre::Activation, Genre::Rappel, Genre::Recu, Genre::Reprise];

/// Writes a mail of [`GENRES`]. `None` when there is nothing left to say.
pub(crate) async fn write(mail: &Redaction<'_>) -> Result<Option<Lettre>, BackendError> {
    if mail.genre == Genre::Reprise {
        return to_draft(mail).await;
    }
    let Some(compte) = &mail.compte else { return Ok(None) };
    let courrier = match mail.genre {
        Genre::Activation => activation(mail, compte).await?,
        Genre::Rappel => reminder(mail, compte).await?,
        _ => {
            let received = mail.backend.received_on(mail.db(), compte).await?;
            let recue_le = instant::today(received.unwrap_or(compte.envoyee_le));
            let config = mail.backend.config();
            let (exploitant, silence) = (&config.exploitant, &config.decisions.silence_on(recue_le));
            let (reference, link) = (comptes::reference(compte)?, &mail.backend.url("/mon-compte"));
            let prenom = &compte.prenom;
            Some(AccuseReception { prenom, reference, recue_le, exploitant, silence, link }.courrier())
        }
    };
    Ok(courrier.map(|courrier| (compte.courriel_cle.clone(), courrier)))
}

async fn activation(mail: &Redaction<'_>, compte: &compte::Model) -> Result<Option<Courrier>, BackendError> {
    let (backend, db) = (mail.backend, mail.db());
    if comptes::statut(compte)? != Statut::EnAttenteActivation {
        return Ok(None);
    }
    if comptes::holder(db, &compte.courriel_cle).await?.is_some() {
        return Ok(Some(DejaCompte { link: &backend.url("/mot-de-passe-perdu") }.courrier()));
    }
    let employeur = match compte.presentee_par {
        Some(_) => Some(backend.employeur(db, compte).await?),
        None => None,
    };
    let (prenom, reference) = (&compte.prenom, comptes::reference(compte)?);
    let hours = backend.config().delais.activation_hours;
    let link = mail.living_link(Usage::Activation).await?;
    Ok(link.as_deref().map(|link| match &employeur {
        Some(employeur) => Presentation { prenom, employeur, reference, link, hours }.courrier(),
        None => Activation { prenom, reference, link, hours }.courrier(),
    }))
}

/// E2: the link of the activation mail again, and when it ends. The reminder does not extend the link's validity.
async fn reminder(mail: &Redaction<'_>, compte: &compte::Model) -> Result<Option<Courrier>, BackendError> {
    // An address with an account already got a mail that says so.
    if comptes::holder(mail.db(), &compte.courriel_cle).await?.is_some() {
        return Ok(None);
    }
    let Some(jeton) = mail.jeton().await? else { return Ok(None) };
    let validity = mail.backend.validity(Usage::Activation);
    Ok(match jeton.premier_envoi_le {
        Some(sent) if jetons::etat(&jeton, validity, mail.backend.now()) == jetons::Etat::Vivant => {
            let (prenom, reference) = (&compte.prenom, comptes::reference(compte)?);
            let (fin, link) = (&instant::en_clair(sent + validity), &mail.backend.link(Usage::Activation, &jeton.id));
            Some(Rappel { prenom, reference, fin, link }.courrier())
        }
        _ => None,
    })
}

/// A link to a draft, if the draft is still open and has the same address.
async fn to_draft(mail: &Redaction<'_>) -> Result<Option<Lettre>, BackendError> {
    let Some(link) = &mail.living_link(Usage::Reprise).await? else { return Ok(None) };
    let (backend, db) = (mail.backend, mail.db());
    let reprise = match &mail.row.jeton_id {
        Some(id) => reprises::find(db, id).await?,
        None => None,
    };
    let Some(reprise) = reprise else { return Ok(None) };
    Ok(backend.resumable(db, &reprise).await?.map(|(brouillon, courriel)| {
        let fin = &instant::jour_et_mois(instant::today(brouillon.modifie_le + backend.draft_kept()));
        (courriel.cle().to_owned(), Reprise { fin, link }.courrier())
    }))
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

/// E1, also after « Renvoyer le courriel ».
pub struct Activation<'a> {
    pub prenom: &'a str,
    pub reference: Reference,
    pub link: &'a str,
    pub hours: u32,
}

impl Activation<'_> {
    pub fn courrier(self) -> Courrier {
        let Self { prenom, reference, link, hours } = self;
        Courrier {
            subject: "Activez votre compte".to_owned(),
            greeting: hello(prenom),
            paragraphs: vec![
                format!("Votre demande de compte est enregistrée sous la référence {reference}."),
                format!(
                    "Pour la confirmer, choisissez votre mot de passe. Le lien est valable {}.",
                    plural(hours, "heure")
                ),
            ],
            action: action("Choisir mon mot de passe", link),
            closing: vec![NOT_YOU.to_owned()],
        }
    }
}

/// E1 in cas 1: the person asked for nothing; their service formation did.
pub struct Presentation<'a> {
    pub prenom: &'a str,
    pub employeur: &'a str,
    pub reference: Reference,
    pub link: &'a str,
    pub hours: u32,
}

impl Presentation<'_> {
    pub fn courrier(self) -> Courrier {
        let Self { prenom, employeur, reference, link, hours } = self;
        Courrier {
            subject: "Activez votre compte".to_owned(),
            greeting: hello(prenom),
            paragraphs: vec![
                format!(
                    "Le service formation de votre collectivité, {employeur}, vous inscrit comme intervenant auprès du \
                     CNFPT. Sa demande porte la référence {reference}."
                ),
                format!(
                    "Pour la confirmer, choisissez votre mot de passe. Le lien est valable {}.",
                    plural(hours, "heure")
                ),
            ],
            action: action("Choisir mon mot de passe", link),
            closing: vec!["Si vous n’êtes pas concerné, ignorez ce courriel\u{a0}: rien ne sera fait.".to_owned()],
        }
    }
}

/// E2.
pub struct Rappel<'a> {
    pub prenom: &'a str,
    pub reference: Reference,
    /// When the link ends, in full words: the same time as in the first mail.
    pub fin: &'a str,
    pub link: &'a str,
}

impl Rappel<'_> {
    pub fn courrier(self) -> Courrier {
        let Self { prenom, reference, fin, link } = self;
        Courrier {
            subject: "Il reste à activer votre compte".to_owned(),
            greeting: hello(prenom),
            paragraphs: vec![
                format!("Votre demande de compte {reference} attend que vous choisissiez votre mot de passe."),
                format!("Le lien est valable jusqu’au {fin}. C’est notre seul rappel."),
            ],
            action: action("Choisir mon mot de passe", link),
            closing: vec![NOT_YOU.to_owned()],
        }
    }
}

/// The link to resume a draft. The mail contains no name and no answer of the person: the address may be mistyped.
pub struct Reprise<'a> {
    /// Until when the answers are kept: a day and its month.
    pub fin: &'a str,
    pub link: &'a str,
}

impl Reprise<'_> {
    pub fn courrier(self) -> Courrier {
        let Self { fin, link } = self;
        Courrier {
            subject: "Reprenez votre inscription".to_owned(),
            greeting: hello(""),
            paragraphs: vec![
                "Vous avez demandé un lien pour reprendre votre inscription là où vous l’avez laissée.".to_owned(),
                format!(
                    "Nous vous demanderons votre date de naissance. Sans nouvel enregistrement, vos réponses sont \
                     gardées jusqu’au {fin}."
                ),
            ],
            action: action("Reprendre mon inscription", link),
            closing: vec![NOT_YOU.to_owned()],
        }
    }
}

/// E3: the « accusé de réception » of CRPA, R112-11-1: the date, the service, and the meaning of silence.
pub struct AccuseReception<'a> {
    pub prenom: &'a str,
    pub reference: Reference,
    pub recue_le: Date,
    pub exploitant: &'a Exploitant,
    /// The operator's text on what silence means. If it is empty, the mail says nothing about it.
    pub silence: &'a str,
    pub link: &'a str,
}

impl AccuseReception<'_> {
    pub fn courrier(self) -> Courrier {
        let Self { prenom, reference, recue_le, exploitant, silence, link } = self;
        let mut paragraphs =
            vec![format!("Nous avons reçu le {} votre demande de compte, référence {reference}.", jour(recue_le))];
        paragraphs.extend(service(exploitant));
        paragraphs.push(match silence.trim() {
            "" => "Un gestionnaire va l’examiner. Vous recevrez un courriel dès qu’une décision sera prise.".to_owned(),
            silence => silence.to_owned(),
        });
        Courrier {
            subject: "Votre demande est bien reçue".to_owned(),
            greeting: hello(prenom),
            paragraphs,
            action: action("Suivre ma demande", link),
            closing: vec![],
        }
    }
}

#[cfg(test)]
pub(crate) fn exemples(mots: Mots<'_>) -> Vec<Exemple> {
    let Mots { prenom, employeur, .. } = mots;
    let (reference, link) = (reference(), LINK);
    vec![
        ("deja_compte", DejaCompte { link }.courrier()),
        ("activation", activation_of(prenom, 72)),
        ("activation_une_heure", activation_of(prenom, 1)),
        ("presentation", Presentation { prenom, employeur, reference, link, hours: 72 }.courrier()),
        ("rappel", Rappel { prenom, reference, fin: "1er mars 2026 à 9 h 00", link }.courrier()),
        ("reprise", Reprise { fin: "1er mars", link }.courrier()),
        ("accuse_reception", receipt(prenom, &exploitant(), mots.silence)),
        ("accuse_reception_sans_exploitant", receipt(prenom, &Exploitant::default(), " ")),
    ]
}

#[cfg(test)]
pub(crate) fn activation_of(prenom: &str, hours: u32) -> Courrier {
    Activation { prenom, reference: reference(), link: LINK, hours }.courrier()
}

#[cfg(test)]
pub(crate) fn receipt(prenom: &str, exploitant: &Exploitant, silence: &str) -> Courrier {
    AccuseReception { prenom, reference: reference(), recue_le: day(), exploitant, silence, link: LINK }.courrier()
}
