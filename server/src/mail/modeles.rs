//! The texts of the mails: one struct for each mail, sorted by reader and by subject. Its method `courrier` makes the
//! [`Courrier`](super::Courrier). The caller gives the link, and its validity as a count of `minutes`, `hours` or
//! `days`.

pub mod acces;
pub mod adresse;
pub mod decision;
pub mod demande;
pub mod effacement;
pub mod equipe;

use super::Action;

const NOT_YOU: &str = "Si vous n’avez rien demandé, ignorez ce courriel\u{a0}: rien ne sera fait.";

fn hello(prenom: &str) -> String {
    match prenom.trim() {
        "" => "Bonjour,".to_owned(),
        prenom => format!("Bonjour {prenom},"),
    }
}

#[expect(clippy::unnecessary_wraps, reason = "a letter may have no action; these all have one")]
fn action(label: &str, url: &str) -> Option<Action> {
    Some(Action { label: label.to_owned(), url: url.to_owned() })
}

fn plural(count: u32, word: &str) -> String {
    let s = if count > 1 { "s" } else { "" };
    format!("{count}\u{a0}{word}{s}")
}

#[cfg(test)]
pub(super) mod exemples;
#[cfg(test)]
mod tests;
