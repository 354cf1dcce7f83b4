//! What the texts of the mails share.

use super::Action;

pub(crate) const NOT_YOU: &str = "Si vous n’avez rien demandé, ignorez ce courriel\u{a0}: rien ne sera fait.";

pub(crate) fn hello(prenom: &str) -> String {
    match prenom.trim() {
        "" => "Bonjour,".to_owned(),
        prenom => format!("Bonjour {prenom},"),
    }
}

#[expect(clippy::unnecessary_wraps, reason = "a letter may have no action; these all have one")]
pub(crate) fn action(label: &str, url: &str) -> Option<Action> {
    Some(Action { label: label.to_owned(), url: url.to_owned() })
}

pub(crate) fn plural(count: u32, word: &str) -> String {
    let s = if count > 1 { "s" } else { "" };
    format!("{count}\u{a0}{word}{s}")
}
