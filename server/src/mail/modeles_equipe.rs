//! The mails to a member of the team about their own access. They contain no name: the address is enough, even if
//! another person signed in.

use super::Courrier;
use super::modeles::{action, hello};

/// After a sign-in with a recovery code. `when` is in full words; `left` is the number of codes left.
pub fn code_secours(when: &str, left: u64, link: &str) -> Courrier {
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
            "Si ce n’est pas vous, prévenez tout de suite un administrateur\u{a0}: quelqu’un a votre mot de passe et l’un \
             de vos codes."
                .to_owned(),
        ],
    }
}

/// After a member enrolled a second factor.
pub fn facteur_enrole(link: &str) -> Courrier {
    Courrier {
        subject: "Votre second facteur est enregistré".to_owned(),
        greeting: hello(""),
        paragraphs: vec![
            "Une application de codes vient d’être enregistrée pour votre accès à la gestion des demandes, et des codes de \
             secours l’accompagnent."
                .to_owned(),
            "Si c’est vous, vous n’avez rien à faire.".to_owned(),
        ],
        action: action("Ouvrir mes réglages", link),
        closing: vec!["Si ce n’est pas vous, prévenez tout de suite un administrateur.".to_owned()],
    }
}

/// After a member made new recovery codes.
pub fn codes_renouveles(link: &str) -> Courrier {
    Courrier {
        subject: "Vos codes de secours sont renouvelés".to_owned(),
        greeting: hello(""),
        paragraphs: vec![
            "De nouveaux codes de secours viennent d’être faits\u{a0}: les précédents ne servent plus.".to_owned(),
            "Si c’est vous, vous n’avez rien à faire.".to_owned(),
        ],
        action: action("Ouvrir mes réglages", link),
        closing: vec![
            "Si ce n’est pas vous, prévenez tout de suite un administrateur\u{a0}: quelqu’un est entré avec votre second \
             facteur."
                .to_owned(),
        ],
    }
}

/// After a member's second factor was removed.
pub fn second_facteur_reinitialise(link: &str) -> Courrier {
    Courrier {
        subject: "Votre second facteur est réinitialisé".to_owned(),
        greeting: hello(""),
        paragraphs: vec![
            "Votre second facteur et vos codes de secours ne servent plus, et vos connexions sont fermées.".to_owned(),
            "À votre prochaine connexion, vous enregistrerez une application de codes.".to_owned(),
        ],
        action: action("Me connecter", link),
        closing: vec!["Si vous ne l’avez pas demandé, prévenez un administrateur.".to_owned()],
    }
}

/// After a member's password was changed, in a connexion or by an invitation.
pub fn mot_de_passe_change(link: &str) -> Courrier {
    Courrier {
        subject: "Votre mot de passe a changé".to_owned(),
        greeting: hello(""),
        paragraphs: vec![
            "Le mot de passe de votre accès à la gestion des demandes vient d’être changé, et vos autres connexions sont \
             fermées."
                .to_owned(),
            "Si c’est vous, vous n’avez rien à faire.".to_owned(),
        ],
        action: action("Me connecter", link),
        closing: vec![
            "Si ce n’est pas vous, prévenez tout de suite un administrateur\u{a0}: quelqu’un est entré à votre place."
                .to_owned(),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_its_one_link_alone_on_its_line() {
        let link = "https://iel.exemple.fr/gestion/connexion";
        for left in [0, 1, 9] {
            let recovery = code_secours("15 juin 2026 à 14 h 00", left, link);
            let others = [facteur_enrole, codes_renouveles, second_facteur_reinitialise, mot_de_passe_change];
            for courrier in std::iter::once(recovery).chain(others.map(|modele| modele(link))) {
                let text = courrier.text().unwrap();
                assert_eq!(text.lines().filter(|line| line.contains("http")).collect::<Vec<_>>(), [link], "{text}");
                assert!(courrier.subject().starts_with("[IEL] "));
            }
        }
    }
}
