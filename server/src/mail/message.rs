//! Builds a message of RFC 5322 from parts. A text that a person typed is never parsed as a header.

use std::fmt;
use std::time::{Duration, UNIX_EPOCH};

use domain::instant::Millis;
use lettre::Message;
use lettre::address::Address;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};

use super::lettre::Courrier;

/// The sender of the mails: a name, which may be empty, and an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expediteur {
    nom: String,
    adresse: Address,
}

impl Expediteur {
    /// Parses `Nom <adresse>` or an address alone. Refuses control characters: lettre would panic on a line end in a
    /// name.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.chars().any(char::is_control) {
            return None;
        }
        let (nom, adresse) = match text.strip_suffix('>') {
            Some(rest) => rest.rsplit_once('<')?,
            None => ("", text),
        };
        Some(Self { nom: nom.trim().trim_matches('"').to_owned(), adresse: address(adresse.trim())? })
    }

    /// The sender of a server without configuration.
    pub fn local() -> Self {
        Self { nom: "Préinscription IEL".to_owned(), adresse: Address::new_dangerous("ne-pas-repondre", "localhost") }
    }

    fn mailbox(&self) -> Mailbox {
        let nom = Some(self.nom.clone()).filter(|nom| !nom.is_empty());
        Mailbox::new(nom, self.adresse.clone())
    }

    /// The right part of a Message-ID.
    pub fn domain(&self) -> &str {
        self.adresse.domain()
    }
}

impl fmt::Display for Expediteur {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.nom.as_str() {
            "" => write!(out, "{}", self.adresse),
            nom => write!(out, "{nom} <{}>", self.adresse),
        }
    }
}

/// A message ready to leave. Each attempt makes it again with the same Message-ID: a mail that arrives twice is shown
/// once.
#[derive(Clone, Debug)]
pub struct Pli {
    pub(super) message: Message,
    /// The name of its file for the file transport: the time, then the identifier.
    pub(super) file_name: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MessageError {
    #[error("the address cannot be written to")]
    Address,
    #[error("the message identifier is not `left@right` in plain ASCII")]
    MessageId,
    #[error("the letter cannot be laid out")]
    Layout,
}

impl Pli {
    /// `to` is the key of an address (ASCII, lower case). `message_id` is `left@right` without angle brackets.
    ///
    /// # Errors
    /// When `to` or `message_id` has another form.
    pub fn new(
        courrier: &Courrier,
        from: &Expediteur,
        to: &str,
        message_id: &str,
        date: Millis,
    ) -> Result<Self, MessageError> {
        let to = address(to).ok_or(MessageError::Address)?;
        if !is_message_id(message_id) {
            return Err(MessageError::MessageId);
        }
        let date = date.clamp(0, LAST_DATE);
        let text = courrier.text().map_err(|_| MessageError::Layout)?;
        let html = courrier.html().map_err(|_| MessageError::Layout)?;
        // lettre would use a random boundary. The identifier is as good, and makes both copies of a retried mail the
        // same.
        let token: String = message_id.chars().filter(char::is_ascii_alphanumeric).take(50).collect();
        let body = MultiPart::alternative()
            .boundary(format!("iel-{token}"))
            .singlepart(SinglePart::plain(text))
            .singlepart(SinglePart::html(html));
        let message = Message::builder()
            .from(from.mailbox())
            .to(Mailbox::new(None, to))
            .subject(courrier.subject())
            .message_id(Some(format!("<{message_id}>")))
            .date(UNIX_EPOCH + Duration::from_millis(date.unsigned_abs()))
            // RFC 3834: automatic responders do not answer it.
            .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned()))
            // The same for Exchange, which ignores that header: no absence notice, no receipt.
            .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("X-Auto-Response-Suppress"), "All".to_owned()))
            .multipart(body)
            .map_err(|_| MessageError::Layout)?;
        Ok(Self { message, file_name: format!("{date:015}-{token}.eml") })
    }

    /// The message as bytes.
    pub fn raw(&self) -> Vec<u8> {
        self.message.formatted()
    }
}

/// 31 December 9999 23:59:59 UTC. A header has four digits for the year, even if the clock is wrong.
const LAST_DATE: Millis = 253_402_300_799_000;

/// Makes an address from its two halves: lettre's own parser also accepts display names and comments.
fn address(text: &str) -> Option<Address> {
    let (local, domain) = text.rsplit_once('@')?;
    Address::new(local, domain).ok().filter(|_| text.is_ascii())
}

fn is_message_id(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    text.len() <= 200
        && text
            .split_once('@')
            .is_some_and(|(left, right)| [left, right].iter().all(|half| !half.is_empty() && half.chars().all(plain)))
}

#[cfg(test)]
mod tests {
    use mail_parser::MessageParser;

    use super::*;
    use crate::areas::inscription::mails::Activation;
    use crate::mail::exemples::courrier;

    /// 15 March 2026, 10:15:00 UTC.
    const DATE: Millis = 1_773_569_700_000;
    const LINK: &str = "https://iel.exemple.fr/activation/ab12.00ff00ff00ff00ff00ff00ff00ff00ff.c2VjcmV0c2VjcmV0";

    fn pli(prenom: &str) -> Pli {
        let courrier = Activation { prenom, reference: domain::Reference::new(42), link: LINK, hours: 72 }.courrier();
        Pli::new(&courrier, &Expediteur::local(), "anne+iel@exemple.fr", "0a1b2c@iel.exemple.fr", DATE).unwrap()
    }

    #[test]
    fn a_message_has_its_headers_and_both_parts() {
        let raw = pli("Anne").raw();
        let message = MessageParser::default().parse(&raw).unwrap();
        assert_eq!(message.subject(), Some("[IEL] Activez votre compte"));
        assert_eq!(message.message_id(), Some("0a1b2c@iel.exemple.fr"));
        let from = message.from().unwrap().first().unwrap();
        assert_eq!((from.name(), from.address()), (Some("Préinscription IEL"), Some("ne-pas-repondre@localhost")));
        assert_eq!(message.to().unwrap().first().unwrap().address(), Some("anne+iel@exemple.fr"));
        assert_eq!(message.date().unwrap().to_timestamp() * 1000, DATE);
        assert!(String::from_utf8_lossy(&raw).contains("\r\nAuto-Submitted: auto-generated\r\n"));
        assert!(String::from_utf8_lossy(&raw).contains("\r\nX-Auto-Response-Suppress: All\r\n"));
        let text = message.body_text(0).unwrap();
        assert_eq!(text.lines().filter(|line| *line == LINK).count(), 1, "{text}");
        assert!(message.body_html(0).unwrap().contains(LINK));
        assert!(raw.is_ascii(), "any relay takes it");
    }

    #[test]
    fn a_mail_made_twice_is_the_same_to_the_byte() {
        assert_eq!(pli("Anne").raw(), pli("Anne").raw());
    }

    #[test]
    fn a_typed_name_adds_no_header() {
        let raw = pli("Anne\r\nBcc: luc@exemple.fr\r\n\r\n").raw();
        let message = MessageParser::default().parse(&raw).unwrap();
        assert!(message.bcc().is_none());
        assert_eq!(
            message.headers().len(),
            MessageParser::default().parse(&pli("Anne").raw()).unwrap().headers().len()
        );
    }

    #[test]
    fn only_a_plain_address_is_written_to() {
        let courrier = courrier(LINK);
        let new = |to, id| Pli::new(&courrier, &Expediteur::local(), to, id, DATE).map(|_| ());
        for to in ["", "anne", "Anne <a@b.fr>", "a@b.fr\r\nBcc: c@d.fr", "a@b.fr, c@d.fr", "a@é.fr", "a b@c.fr"] {
            assert_eq!(new(to, "a@b"), Err(MessageError::Address), "{to}");
        }
        for id in ["", "a", "<a@b>", "a@b\r\nBcc: c", "a@", "a b@c", "a@b@c"] {
            assert_eq!(new("a@b.fr", id), Err(MessageError::MessageId), "{id}");
        }
        // Every address that the domain accepts can receive a mail.
        for to in ["o'neil_{x}@a-b.co", "1@2.fr", "a!#$%&'*+-/=?^_`{|}~b@xn--cole-9oa.fr"] {
            assert_eq!(new(to, "a@b"), Ok(()), "{to}");
        }
    }

    #[test]
    fn a_clock_out_of_its_mind_still_dates_a_mail() {
        let courrier = courrier(LINK);
        for date in [Millis::MIN, -1, 0, Millis::MAX] {
            assert!(Pli::new(&courrier, &Expediteur::local(), "a@b.fr", "a@b", date).is_ok());
        }
    }

    #[test]
    fn a_sender_is_read_with_or_without_its_name() {
        for (text, shown) in [
            ("Préinscription IEL <iel@exemple.fr>", Some("Préinscription IEL <iel@exemple.fr>")),
            ("\"Martin, Anne\" <a@b.fr>", Some("Martin, Anne <a@b.fr>")),
            (" a@b.fr ", Some("a@b.fr")),
            ("<a@b.fr>", Some("a@b.fr")),
            ("Anne <a@b.fr>\r\nBcc: c@d.fr", None),
            ("Anne <a>", None),
            ("Anne", None),
        ] {
            assert_eq!(Expediteur::parse(text).map(|from| from.to_string()).as_deref(), shown, "{text}");
        }
        let comma = Expediteur::parse("Martin, Anne <a@b.fr>").unwrap();
        let courrier = courrier(LINK);
        let raw = Pli::new(&courrier, &comma, "a@b.fr", "a@b", DATE).unwrap().raw();
        let message = MessageParser::default().parse(&raw).unwrap();
        assert_eq!(message.from().unwrap().first().unwrap().name(), Some("Martin, Anne"));
    }
}
