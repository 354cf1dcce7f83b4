use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

use super::*;
use crate::mail::exemples::courrier;
use crate::mail::{Expediteur, Pli, Transport};

#[test]
fn an_address_says_the_host_the_port_and_the_encryption() {
    use Chiffrement::{None as Clear, Opportunistic, Required, Wrapper};
    for (url, host, port, chiffrement) in [
        ("smtp://mail.exemple.fr", "mail.exemple.fr", 25, Opportunistic),
        ("smtp://mail.exemple.fr:2525/", "mail.exemple.fr", 2525, Opportunistic),
        ("smtp://localhost:1025?tls=none", "localhost", 1025, Clear),
        ("smtp://mail:587?tls=required", "mail", 587, Required),
        ("smtp://u:p@mail:587?tls=opportunistic", "mail", 587, Opportunistic),
        ("smtp://u:p@mail:587", "mail", 587, Required),
        ("smtp://u:p@127.0.0.1:1025", "127.0.0.1", 1025, Opportunistic),
        ("smtps://mail", "mail", 465, Wrapper),
        ("smtps://[::1]:4650", "::1", 4650, Wrapper),
    ] {
        let serveur = parse(url).unwrap();
        assert_eq!((serveur.host.as_str(), serveur.port, serveur.chiffrement), (host, port, chiffrement), "{url}");
    }
    for wrong in [
        "",
        "smtp://",
        "smtp:mail",
        "http://mail",
        "smtp://mail:port",
        "smtp://mail:99999",
        "smtp://mail?tls=yes",
        "smtps://mail?tls=none",
        "smtp://user@mail",
        "smtp://u:%zz@mail",
        "smtp://ma il",
        "smtp://[mail]",
        "smtp://a/b",
    ] {
        assert_eq!(parse(wrong), None, "{wrong}");
        assert_eq!(Transport::check(wrong), Err(TransportError::Url), "{wrong}");
    }
}

#[test]
fn credentials_are_percent_decoded() {
    let serveur = parse("smtps://iel%40exemple.fr:p%3Aw%2F%C3%A9@mail").unwrap();
    assert_eq!(serveur.credentials, Some(("iel@exemple.fr".to_owned(), "p:w/é".to_owned())));
}

#[test]
fn a_refusal_is_about_us_or_about_the_recipient() {
    for (code, text, ours) in [
        (535, "", true),
        (530, "5.7.0 Must issue a STARTTLS command first", true),
        (534, "", true),
        (503, "AUTH first", true),
        (550, "5.7.8 authentication credentials invalid", true),
        (550, "5.1.1 no such user", false),
        (552, "5.2.2 mailbox full", false),
        (553, "", false),
        (554, "5.7.1 spam", false),
    ] {
        assert_eq!(is_about_us(code, text), ours, "{code} {text}");
    }
}

/// A server for one connection. It answers each command with the first reply whose word begins the command, and
/// otherwise with `250 ok`.
fn server(replies: &'static [(&'static str, &'static str)]) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let mut out = stream.try_clone().unwrap();
        let reply =
            |word: &str| replies.iter().find(|(known, _)| word.starts_with(known)).map_or("250 ok", |(_, text)| text);
        out.write_all(b"220 here\r\n").unwrap();
        let mut in_data = false;
        for line in BufReader::new(stream).lines() {
            let Ok(line) = line else { return };
            if in_data && line != "." {
                continue;
            }
            let was_data = std::mem::replace(&mut in_data, line == "DATA");
            let text = match line.as_str() {
                "DATA" => "354 go on",
                _ if was_data => reply("."),
                "QUIT" => "221 bye",
                line => reply(line),
            };
            if out.write_all(format!("{text}\r\n").as_bytes()).is_err() {
                return;
            }
        }
    });
    port
}

async fn sent(url: &str) -> Result<(), SendError> {
    let courrier = courrier("https://iel.exemple.fr/x");
    let pli = Pli::new(&courrier, &Expediteur::local(), "anne@exemple.fr", "a@b", 0).unwrap();
    Transport::from_url(url).unwrap().send(&pli).await
}

#[tokio::test]
async fn a_server_that_takes_the_mail_is_all_it_needs() {
    assert_eq!(sent(&format!("smtp://127.0.0.1:{}", server(&[]))).await, Ok(()));
}

#[tokio::test]
async fn a_refused_recipient_is_told_from_a_busy_server() {
    let port = server(&[("RCPT", "550 5.1.1 no such user")]);
    let refused = sent(&format!("smtp://127.0.0.1:{port}")).await;
    assert!(matches!(&refused, Err(SendError::Recipient(why)) if why.contains("no such user")), "{refused:?}");
    for replies in [&[("RCPT", "450 4.2.0 greylisted")][..], &[("MAIL", "421 busy")], &[(".", "451 later")]] {
        let busy = sent(&format!("smtp://127.0.0.1:{}", server(replies))).await;
        assert!(matches!(busy, Err(SendError::Temporary(_))), "{busy:?}");
    }
}

#[tokio::test]
async fn a_server_that_is_away_is_tried_again() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let away = sent(&format!("smtp://127.0.0.1:{port}")).await;
    assert!(matches!(away, Err(SendError::Temporary(_))), "{away:?}");
}

#[tokio::test]
async fn wrong_credentials_and_missing_encryption_pause_the_queue() {
    let auth = server(&[("EHLO", "250-here\r\n250 AUTH PLAIN"), ("AUTH", "535 5.7.8 no")]);
    let no_auth = server(&[]);
    let no_starttls = server(&[]);
    // The server greets in clear text instead of TLS.
    let no_tls = server(&[]);
    for url in [
        format!("smtp://u:p@127.0.0.1:{auth}"),
        format!("smtp://u:p@127.0.0.1:{no_auth}"),
        format!("smtp://127.0.0.1:{no_starttls}?tls=required"),
        format!("smtps://127.0.0.1:{no_tls}"),
    ] {
        let paused = sent(&url).await;
        assert!(matches!(paused, Err(SendError::Queue(_))), "{url} {paused:?}");
    }
}

#[tokio::test]
async fn a_probe_goes_as_far_as_the_credentials_and_sends_nothing() {
    let probe = async |url: String| Transport::from_url(&url).unwrap().probe().await;
    // This server refuses every mail.
    let port = server(&[("EHLO", "250-here\r\n250 AUTH PLAIN"), ("AUTH", "235 2.7.0 welcome"), ("MAIL", "550 no")]);
    assert_eq!(probe(format!("smtp://u:p@127.0.0.1:{port}")).await, Ok(()));
    let auth = server(&[("EHLO", "250-here\r\n250 AUTH PLAIN"), ("AUTH", "535 5.7.8 no")]);
    let refused = probe(format!("smtp://u:p@127.0.0.1:{auth}")).await;
    assert!(matches!(refused, Err(SendError::Queue(_))), "{refused:?}");
    let refused = probe(format!("smtp://127.0.0.1:{}?tls=required", server(&[]))).await;
    assert!(matches!(refused, Err(SendError::Queue(_))), "{refused:?}");
    let away = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let away = probe(format!("smtp://127.0.0.1:{away}")).await;
    assert!(matches!(away, Err(SendError::Temporary(_))), "{away:?}");
}
