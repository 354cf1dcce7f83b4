//! E13: the mails of a change of address, to the new address and to the former one.

use super::Courrier;
use super::modeles::{action, hello};

/// To the new address. It contains no name: the address may be mistyped.
pub fn confirmer(link: &str, minutes: u32) -> Courrier {
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

/// To the former address, once the change is made.
pub fn changee(prenom: &str, link: &str, days: i64) -> Courrier {
    Courrier {
        subject: "L’adresse de votre compte a changé".to_owned(),
        greeting: hello(prenom),
        paragraphs: vec![
            "Votre compte s’ouvre désormais avec une autre adresse, et vos autres connexions sont fermées.".to_owned(),
            format!(
                "Si c’est vous, vous n’avez rien à faire. Sinon, rétablissez cette adresse\u{a0}: le lien est valable \
                 {days}\u{a0}jours, et vous choisirez un nouveau mot de passe."
            ),
        ],
        action: action("Rétablir cette adresse", link),
        closing: vec![],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_its_one_link_alone_on_its_line() {
        let link = "https://iel.exemple.fr/adresse/ab12.00ff.c2VjcmV0";
        for courrier in [confirmer(link, 30), changee("Anne", link, 7)] {
            let text = courrier.text().unwrap();
            assert_eq!(text.lines().filter(|line| line.contains("http")).collect::<Vec<_>>(), [link], "{text}");
        }
        assert!(!confirmer(link, 30).text().unwrap().contains("Anne"));
    }
}
