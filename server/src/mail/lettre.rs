//! A letter with one content in two forms: plain text and HTML.

use askama::Template;

/// The content of a mail. Its texts may contain what a person typed: the layout cleans and escapes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Courrier {
    /// Without the `[IEL]` that starts every subject.
    pub subject: String,
    pub greeting: String,
    pub paragraphs: Vec<String>,
    /// The one link of the mail.
    pub action: Option<Action>,
    /// The paragraphs after the link.
    pub closing: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    pub label: String,
    /// The server makes it from its public address. It never contains a text that a person typed.
    pub url: String,
}

#[derive(Template)]
#[template(path = "courriel.txt")]
struct Text<'a> {
    greeting: String,
    paragraphs: Vec<String>,
    action: Option<&'a Action>,
    closing: Vec<String>,
}

#[derive(Template)]
#[template(path = "courriel.html")]
struct Html<'a> {
    subject: String,
    greeting: String,
    /// Each paragraph as a list of lines.
    paragraphs: Vec<Vec<String>>,
    action: Option<&'a Action>,
    closing: Vec<Vec<String>>,
}

impl Courrier {
    /// The text of the subject header, on one line.
    pub fn subject(&self) -> String {
        format!("[IEL] {}", one_line(&self.subject))
    }

    /// The text part. The link stands alone on its line.
    ///
    /// # Errors
    /// None with these templates; askama's signature has one.
    pub fn text(&self) -> Result<String, askama::Error> {
        let clean = |texts: &[String]| texts.iter().map(|text| several_lines(text).join("\n")).collect();
        Text {
            greeting: one_line(&self.greeting),
            paragraphs: clean(&self.paragraphs),
            action: self.action.as_ref(),
            closing: clean(&self.closing),
        }
        .render()
    }

    /// The HTML part. It sets no colours, so it can be read in light and dark modes.
    ///
    /// # Errors
    /// The same as [`Self::text`].
    pub fn html(&self) -> Result<String, askama::Error> {
        let clean = |texts: &[String]| texts.iter().map(|text| several_lines(text)).collect();
        Html {
            subject: self.subject(),
            greeting: one_line(&self.greeting),
            paragraphs: clean(&self.paragraphs),
            action: self.action.as_ref(),
            closing: clean(&self.closing),
        }
        .render()
    }
}

/// Removes control characters and line ends: a line end in a header would start another header.
fn one_line(text: &str) -> String {
    text.split(char::is_control).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn several_lines(text: &str) -> Vec<String> {
    text.lines().map(one_line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn courrier() -> Courrier {
        Courrier {
            subject: "Sujet".to_owned(),
            greeting: "Bonjour <b>Anne</b>,".to_owned(),
            paragraphs: vec!["Un & deux\r\n\"trois\"".to_owned(), "Fin.".to_owned()],
            action: Some(Action { label: "Ouvrir".to_owned(), url: "https://iel.exemple.fr/x?a=1&b=2".to_owned() }),
            closing: vec!["Après.".to_owned()],
        }
    }

    #[test]
    fn the_text_is_laid_out_with_its_link_alone_on_a_line() {
        assert_eq!(
            courrier().text().unwrap().replace('\u{a0}', " "),
            "Bonjour <b>Anne</b>,\n\nUn & deux\n\"trois\"\n\nFin.\n\nOuvrir :\n\nhttps://iel.exemple.fr/x?a=1&b=2\n\n\
             Après.\n\n-- \nPréinscription IEL\nCe message est automatique : n’y répondez pas.\n"
        );
    }

    #[test]
    fn a_letter_without_a_link_has_none() {
        let without = Courrier { action: None, ..courrier() };
        assert!(!without.text().unwrap().contains("http"));
        assert!(!without.html().unwrap().contains("href"));
    }

    #[test]
    fn the_html_escapes_what_was_typed_and_keeps_its_lines() {
        let html = courrier().html().unwrap();
        assert!(!html.contains("<b>") && !html.contains("\"trois\""), "{html}");
        assert!(html.contains("Un &#38; deux<br>"), "{html}");
        assert_eq!(html.matches("href=").count(), 1);
        let under = html.split("Ouvrir</a>").nth(1).unwrap();
        assert!(under.contains(">https://iel.exemple.fr/x?a=1&#38;b=2<"), "the address can be read and copied: {html}");
        assert!(html.contains("href=\"https://iel.exemple.fr/x?a=1&#38;b=2\""), "{html}");
        assert!(html.contains("lang=\"fr\""));
        assert!(
            !html.replace("color: inherit", "").contains("color:"),
            "a colour of ours would be unreadable in light or in dark"
        );
    }

    #[test]
    fn a_subject_stays_on_its_line() {
        let forged = Courrier { subject: "Sujet\r\nBcc: a@b.fr\u{85}\0".to_owned(), ..courrier() };
        assert_eq!(forged.subject(), "[IEL] Sujet Bcc: a@b.fr");
    }
}
