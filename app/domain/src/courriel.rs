//! The mails to a person, and how far each went.

use serde::{Deserialize, Serialize};

use super::instant;
use super::instant::Millis;

/// A mail to a person, as far as it went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CourrielSuivi {
    /// The subject of the mail, in words. It is the same whether its address has an account or not.
    pub quoi: String,
    /// When it was handed over; before that, when it was asked for.
    pub le: Millis,
    pub sort: SortCourriel,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SortCourriel {
    EnCours,
    /// Tried and put off; it will be tried again.
    Differe,
    Remis,
    /// Given up.
    Refuse,
}

impl CourrielSuivi {
    /// How it stands, in words for the person it goes to.
    pub fn en_mots(&self) -> String {
        match self.sort {
            SortCourriel::EnCours => "en cours d’envoi".to_owned(),
            // Whether it is the person's mail system or ours that makes it wait, the person has nothing to do.
            SortCourriel::Differe => "la messagerie le fait attendre, nous réessayons".to_owned(),
            SortCourriel::Remis => format!("remis à votre messagerie le {}", instant::en_clair(self.le)),
            SortCourriel::Refuse => "refusé par votre messagerie\u{a0}: corrigez votre adresse".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_says_where_it_is() {
        // 2026-01-01T00:00:00Z.
        let said = |sort| CourrielSuivi { quoi: String::new(), le: 1_767_225_600_000, sort }.en_mots();
        assert_eq!(
            said(SortCourriel::Remis).replace('\u{a0}', " "),
            "remis à votre messagerie le 1er janvier 2026 à 1 h 00"
        );
        assert_eq!(said(SortCourriel::EnCours), "en cours d’envoi");
        assert!(said(SortCourriel::Differe).ends_with("nous réessayons"));
        assert!(said(SortCourriel::Refuse).ends_with("corrigez votre adresse"));
    }
}
