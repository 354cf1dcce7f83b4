//! To a person, until their request is received: the link that activates, the reminders, the receipts.

use domain::Reference;
use domain::instant::jour;
use domain::ports::Exploitant;
use time::Date;

use super::{NOT_YOU, action, hello, plural};
use crate::mail::Courrier;

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

/// The reminder of a relecture. It contains none of the answers that the service formation typed.
pub struct RelectureAttendue<'a> {
    pub prenom: &'a str,
    pub reference: Reference,
    pub employeur: &'a str,
    /// When the request is withdrawn without an answer.
    pub fin: Date,
    pub link: &'a str,
}

impl RelectureAttendue<'_> {
    pub fn courrier(self) -> Courrier {
        let Self { prenom, reference, employeur, fin, link } = self;
        Courrier {
            subject: "Votre demande attend votre relecture".to_owned(),
            greeting: hello(prenom),
            paragraphs: vec![format!(
                "Votre mot de passe est enregistré, mais votre demande {reference} n’est pas encore partie. Relisez ce \
                 que le service formation de votre collectivité, {employeur}, a saisi\u{a0}: si tout est exact, un \
                 clic l’envoie\u{a0}; sinon, vous le corrigez."
            )],
            action: action("Relire ma demande", link),
            closing: vec![format!("Sans nouvelles de vous le {}, la demande sera retirée.", jour(fin))],
        }
    }
}

/// The service in charge, as CRPA R112-11-1 asks for it: name, address, mail and telephone.
fn service(exploitant: &Exploitant) -> Option<String> {
    let lines = [&exploitant.nom, &exploitant.adresse, &exploitant.courriel, &exploitant.telephone];
    let lines: Vec<&str> = lines.into_iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
    (!lines.is_empty()).then(|| format!("Le service chargé de votre demande est\u{a0}:\n{}", lines.join("\n")))
}
