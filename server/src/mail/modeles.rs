//! The texts of the mails: one function for each mail, from plain data to a [`Courrier`]. The caller gives the links.

use domain::Reference;
use domain::instant::jour;
use domain::ports::Exploitant;
use time::Date;

use super::{Action, Courrier};

/// E1, also after « Renvoyer le courriel ».
pub fn activation(prenom: &str, reference: Reference, link: &str, hours: u32) -> Courrier {
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

/// E1 in cas 1: the person asked for nothing; their service formation did.
pub fn presentation(prenom: &str, employeur: &str, reference: Reference, link: &str, hours: u32) -> Courrier {
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

/// E2. `fin` is when the link ends: the same time as in the first mail.
pub fn rappel(prenom: &str, reference: Reference, fin: &str, link: &str) -> Courrier {
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

/// The link to resume a draft. The mail contains no name and no answer of the person: the address may be mistyped.
pub fn reprise(fin: &str, link: &str) -> Courrier {
    Courrier {
        subject: "Reprenez votre inscription".to_owned(),
        greeting: hello(""),
        paragraphs: vec![
            "Vous avez demandé un lien pour reprendre votre inscription là où vous l’avez laissée.".to_owned(),
            format!(
                "Nous vous demanderons votre date de naissance. Sans nouvel enregistrement, vos réponses sont gardées \
                 jusqu’au {fin}."
            ),
        ],
        action: action("Reprendre mon inscription", link),
        closing: vec![NOT_YOU.to_owned()],
    }
}

/// E3: the « accusé de réception » of CRPA, R112-11-1: the date, the service, and the meaning of silence. The operator
/// gives that meaning (`silence`); without it, the mail says nothing about it.
pub fn accuse_reception(
    prenom: &str,
    reference: Reference,
    recue_le: Date,
    exploitant: &Exploitant,
    silence: &str,
    link: &str,
) -> Courrier {
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

/// E3 again, for corrections sent back.
pub fn corrections_recues(
    prenom: &str,
    reference: Reference,
    recues_le: Date,
    exploitant: &Exploitant,
    link: &str,
) -> Courrier {
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

/// E5: what to correct, field by field, in the gestionnaire's words. `reminder` is true when the person has not
/// answered.
pub fn corrections_demandees(
    prenom: &str,
    reference: Reference,
    demandees: &[(String, String)],
    message: &str,
    fin: Date,
    reminder: bool,
    link: &str,
) -> Courrier {
    let before = if reminder { "attend toujours vos corrections" } else { "est à compléter" };
    let mut paragraphs =
        vec![format!("Votre demande {reference} {before}. Un gestionnaire vous demande de revoir\u{a0}:")];
    paragraphs.push(
        demandees.iter().map(|(field, why)| format!("– {field}\u{a0}: {}", why.trim())).collect::<Vec<_>>().join("\n"),
    );
    if !message.trim().is_empty() {
        paragraphs.push(format!("Message du gestionnaire\u{a0}:\n{}", message.trim()));
    }
    paragraphs.push("Le reste de vos réponses est gardé\u{a0}: vous n’avez que cela à reprendre.".to_owned());
    Courrier {
        subject: if reminder { "Votre demande attend vos corrections" } else { "Votre demande est à compléter" }
            .to_owned(),
        greeting: hello(prenom),
        paragraphs,
        action: action("Corriger ma demande", link),
        closing: vec![format!("Sans nouvelles de vous le {}, la demande sera retirée.", jour(fin))],
    }
}

/// The reminder of a relecture. It contains none of the answers that the service formation typed.
pub fn relecture_attendue(prenom: &str, reference: Reference, employeur: &str, fin: Date, link: &str) -> Courrier {
    Courrier {
        subject: "Votre demande attend votre relecture".to_owned(),
        greeting: hello(prenom),
        paragraphs: vec![format!(
            "Votre mot de passe est enregistré, mais votre demande {reference} n’est pas encore partie. Relisez ce que le \
             service formation de votre collectivité, {employeur}, a saisi\u{a0}: si tout est exact, un clic l’envoie\u{a0}; \
             sinon, vous le corrigez."
        )],
        action: action("Relire ma demande", link),
        closing: vec![format!("Sans nouvelles de vous le {}, la demande sera retirée.", jour(fin))],
    }
}

/// E4, to the gestionnaires. It contains no name of a person: the request shows it.
pub fn demande_a_valider(reference: Reference, link: &str) -> Courrier {
    Courrier {
        subject: "Une demande attend sa validation".to_owned(),
        greeting: hello(""),
        paragraphs: vec![format!("La demande {reference} attend sa validation.")],
        action: action("Ouvrir la demande", link),
        closing: vec![],
    }
}

/// E4, once a day.
pub fn resume_du_jour(waiting: u64, link: &str) -> Courrier {
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

/// To a new member of the team, or to one who lost their password.
pub fn invitation(link: &str, hours: u32) -> Courrier {
    Courrier {
        subject: "Votre accès à la gestion des demandes".to_owned(),
        greeting: hello(""),
        paragraphs: vec![
            "Un administrateur vous invite à valider les demandes de compte des formateurs et intervenants.".to_owned(),
            format!(
                "Choisissez votre mot de passe. Le lien est valable {} et ne sert qu’une fois.",
                plural(hours, "heure")
            ),
        ],
        action: action("Choisir mon mot de passe", link),
        closing: vec![NOT_YOU.to_owned()],
    }
}

/// To the service formation of `collectivite`, which is one line of text.
pub fn invitation_service(collectivite: &str, link: &str, hours: u32) -> Courrier {
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

/// E6.
pub fn validation(prenom: &str, link: &str) -> Courrier {
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

/// E7: the wording of the motif, the gestionnaire's own words if any, and the operator's text about appeals
/// (`recours`).
pub fn refus(prenom: &str, reference: Reference, motif: &str, message: &str, recours: &str, link: &str) -> Courrier {
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

/// E8: the gestionnaire's words, and the operator's text about appeals (`recours`).
pub fn suspension(prenom: &str, reference: Reference, message: &str, recours: &str, link: &str) -> Courrier {
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

/// E8, when the suspension ends.
pub fn retablissement(prenom: &str, link: &str) -> Courrier {
    Courrier {
        subject: "Votre compte est rétabli".to_owned(),
        greeting: hello(prenom),
        paragraphs: vec!["Votre compte est rétabli\u{a0}: vous pouvez de nouveau vous connecter.".to_owned()],
        action: action("Me connecter", link),
        closing: vec![],
    }
}

/// E11.
pub fn mot_de_passe_perdu(prenom: &str, link: &str, minutes: u32) -> Courrier {
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

/// E12. The link leads to the page for a lost password: a person who did not change it needs this page at once.
pub fn mot_de_passe_change(prenom: &str, link: &str) -> Courrier {
    Courrier {
        subject: "Votre mot de passe a changé".to_owned(),
        greeting: hello(prenom),
        paragraphs: vec![
            "Le mot de passe de votre compte vient d’être changé, et vos autres connexions sont fermées.".to_owned(),
            "Si c’est vous, vous n’avez rien à faire. Sinon, reprenez la main sur votre compte sans attendre."
                .to_owned(),
        ],
        action: action("Ce n’était pas moi", link),
        closing: vec![],
    }
}

/// To an address that already has an account, instead of E1. It has no name: the name just typed may be another
/// person's.
pub fn deja_compte(link: &str) -> Courrier {
    Courrier {
        subject: "Vous avez déjà un compte".to_owned(),
        greeting: hello(""),
        paragraphs: vec![
            "Une demande de compte vient d’être faite avec cette adresse. Vous avez déjà un compte\u{a0}: il reste tel \
             qu’il est."
                .to_owned(),
            "Si vous avez oublié votre mot de passe, demandez-en un nouveau.".to_owned(),
        ],
        action: action("J’ai perdu mon mot de passe", link),
        closing: vec![NOT_YOU.to_owned()],
    }
}

const NOT_YOU: &str = "Si vous n’avez rien demandé, ignorez ce courriel\u{a0}: rien ne sera fait.";

/// The service in charge, as CRPA R112-11-1 asks for it: name, address, mail and telephone.
fn service(exploitant: &Exploitant) -> Option<String> {
    let lines = [&exploitant.nom, &exploitant.adresse, &exploitant.courriel, &exploitant.telephone];
    let lines: Vec<&str> = lines.into_iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
    (!lines.is_empty()).then(|| format!("Le service chargé de votre demande est\u{a0}:\n{}", lines.join("\n")))
}

pub(super) fn hello(prenom: &str) -> String {
    match prenom.trim() {
        "" => "Bonjour,".to_owned(),
        prenom => format!("Bonjour {prenom},"),
    }
}

#[expect(clippy::unnecessary_wraps, reason = "a letter may have no action; these all have one")]
pub(super) fn action(label: &str, url: &str) -> Option<Action> {
    Some(Action { label: label.to_owned(), url: url.to_owned() })
}

fn plural(count: u32, word: &str) -> String {
    let s = if count > 1 { "s" } else { "" };
    format!("{count}\u{a0}{word}{s}")
}

#[cfg(test)]
#[path = "modeles_tests.rs"]
mod tests;
