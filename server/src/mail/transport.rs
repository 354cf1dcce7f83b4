//! How mail leaves: to files, by SMTP, or into memory for tests.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};

use super::erreur::{SendError, TransportError};
use super::message::Pli;
use super::smtp;

/// The mails sent through a [`Transport::Memory`], oldest first.
pub type Memory = Arc<Mutex<Vec<Envoye>>>;

#[derive(Clone)]
pub enum Transport {
    /// One `.eml` file for each mail, in this folder.
    File(PathBuf),
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Memory(Memory),
}

/// A mail sent through a [`Transport::Memory`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envoye {
    pub to: Vec<String>,
    pub raw: Vec<u8>,
}

impl Transport {
    /// `file:folder`, `smtp://[user:password@]host[:port][?tls=required|opportunistic|none]` or
    /// `smtps://[user:password@]host[:port]`.
    ///
    /// # Errors
    /// When the URL has none of these forms.
    pub fn from_url(url: &str) -> Result<Self, TransportError> {
        match folder(url) {
            Some(folder) => Ok(Self::File(folder)),
            None => smtp::parse(url).ok_or(TransportError::Url)?.transport().map(Self::Smtp),
        }
    }

    /// Whether [`Self::from_url`] accepts a URL. Opens nothing.
    ///
    /// # Errors
    /// When it does not.
    pub fn check(url: &str) -> Result<(), TransportError> {
        if folder(url).is_some() || smtp::parse(url).is_some() { Ok(()) } else { Err(TransportError::Url) }
    }

    /// A transport that stores mails in memory, and this memory.
    pub fn memory() -> (Self, Memory) {
        let memory = Memory::default();
        (Self::Memory(Arc::clone(&memory)), memory)
    }

    /// Whether a mail could leave now. The folder must be writable, or the server must accept our encryption and our
    /// credentials. Sends nothing.
    ///
    /// # Errors
    /// See [`SendError`].
    pub async fn probe(&self) -> Result<(), SendError> {
        match self {
            Self::File(folder) => {
                let folder = folder.clone();
                tokio::task::spawn_blocking(move || {
                    write(&folder, "essai", b"")?;
                    std::fs::remove_file(folder.join("essai"))
                })
                .await
                .map_err(|error| SendError::Temporary(error.to_string()))?
                .map_err(|error| SendError::Temporary(error.to_string()))
            }
            Self::Smtp(transport) => match in_time(smtp::DIALOGUE, transport.test_connection()).await {
                Ok(true) => Ok(()),
                Ok(false) => Err(SendError::Temporary("no answer to NOOP".to_owned())),
                Err(error) => Err(error),
            },
            Self::Memory(_) => Ok(()),
        }
    }

    /// Hands one mail over.
    ///
    /// # Errors
    /// See [`SendError`].
    pub async fn send(&self, pli: &Pli) -> Result<(), SendError> {
        match self {
            Self::File(folder) => {
                let (folder, name, raw) = (folder.clone(), pli.file_name.clone(), pli.raw());
                tokio::task::spawn_blocking(move || write(&folder, &name, &raw))
                    .await
                    .map_err(|error| SendError::Temporary(error.to_string()))?
                    .map_err(|error| SendError::Temporary(error.to_string()))
            }
            Self::Smtp(transport) => in_time(smtp::DIALOGUE, transport.send(pli.message.clone())).await.map(|_| ()),
            Self::Memory(memory) => {
                let to = pli.message.envelope().to().iter().map(ToString::to_string).collect();
                let mut memory = memory.lock().unwrap_or_else(PoisonError::into_inner);
                memory.push(Envoye { to, raw: pli.raw() });
                Ok(())
            }
        }
    }
}

async fn in_time<T>(
    limit: Duration,
    dialogue: impl Future<Output = Result<T, lettre::transport::smtp::Error>>,
) -> Result<T, SendError> {
    match tokio::time::timeout(limit, dialogue).await {
        Ok(ended) => ended.map_err(|error| smtp::classify(&error)),
        Err(_) => Err(SendError::Temporary(format!("no end within {} s", limit.as_secs()))),
    }
}

/// The folder of a `file:` URL. `file:///a/b` and `file:/a/b` are absolute.
fn folder(url: &str) -> Option<PathBuf> {
    let path = url.strip_prefix("file:")?;
    let path = path.strip_prefix("//").unwrap_or(path);
    (!path.is_empty()).then(|| PathBuf::from(path))
}

/// Writes the whole file or nothing: a program that watches the folder never reads half a mail. Only the owner may read
/// it, because mails contain links that open accounts.
fn write(folder: &Path, name: &str, raw: &[u8]) -> std::io::Result<()> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;

    std::fs::create_dir_all(folder)?;
    let part = folder.join(format!(".{name}.part"));
    let mut file = std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&part)?;
    file.write_all(raw)?;
    file.sync_all()?;
    std::fs::rename(part, folder.join(name))
}

#[cfg(test)]
mod tests {
    use mail_parser::MessageParser;

    use super::*;
    use crate::mail::Expediteur;
    use crate::mail::exemples::courrier;

    fn pli(id: &str, date: i64) -> Pli {
        let courrier = courrier("https://a.fr/b");
        Pli::new(&courrier, &Expediteur::local(), "anne@exemple.fr", id, date).unwrap()
    }

    #[tokio::test]
    async fn the_file_transport_writes_each_mail_whole_in_time_order() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("a/b");
        let transport = Transport::from_url(&format!("file:{}", folder.display())).unwrap();
        transport.send(&pli("z@b", 1_000)).await.unwrap();
        transport.send(&pli("a@b", 2_000_000_000_000)).await.unwrap();
        // The same mail again makes no second file.
        transport.send(&pli("a@b", 2_000_000_000_000)).await.unwrap();
        let mut names: Vec<_> = std::fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        assert_eq!(names, ["000000000001000-zb.eml", "002000000000000-ab.eml"]);
        let raw = std::fs::read(folder.join(&names[1])).unwrap();
        let mail = MessageParser::default().parse(&raw).unwrap();
        assert_eq!(mail.message_id(), Some("a@b"));
        assert!(mail.body_text(0).unwrap().lines().any(|line| line == "https://a.fr/b"));
    }

    #[tokio::test]
    async fn a_folder_that_cannot_be_written_is_tried_again() {
        let root = tempfile::tempdir().unwrap();
        let file = root.path().join("file");
        std::fs::write(&file, "").unwrap();
        let sent = Transport::File(file).send(&pli("a@b", 0)).await;
        assert!(matches!(sent, Err(SendError::Temporary(_))), "{sent:?}");
    }

    #[tokio::test]
    async fn a_server_that_accepts_and_says_nothing_is_left_in_the_end() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}?tls=none", listener.local_addr().unwrap());
        let silent = tokio::spawn(async move {
            let mut held = Vec::new();
            while let Ok((stream, _)) = listener.accept().await {
                held.push(stream);
            }
        });
        let Transport::Smtp(transport) = Transport::from_url(&url).unwrap() else { panic!("{url}") };
        let short = Duration::from_millis(200);
        let ended = in_time(short, transport.send(pli("a@b", 0).message)).await.map(|_| ());
        assert!(matches!(ended, Err(SendError::Temporary(_))), "{ended:?}");
        let ended = in_time(short, transport.test_connection()).await;
        assert!(matches!(ended, Err(SendError::Temporary(_))), "{ended:?}");
        silent.abort();
    }

    #[tokio::test]
    async fn the_memory_keeps_what_was_sent_and_to_whom() {
        let (transport, memory) = Transport::memory();
        transport.send(&pli("a@b", 0)).await.unwrap();
        let sent = memory.lock().unwrap().clone();
        assert_eq!(sent.len(), 1);
        assert_eq!(sent[0].to, ["anne@exemple.fr"]);
        assert_eq!(sent[0].raw, pli("a@b", 0).raw());
    }

    #[test]
    fn a_folder_is_relative_or_absolute() {
        for (url, path) in [
            ("file:data/courriels", Some("data/courriels")),
            ("file:/tmp/x", Some("/tmp/x")),
            ("file:///tmp/x", Some("/tmp/x")),
            ("file:", None),
            ("file://", None),
        ] {
            assert_eq!(folder(url), path.map(PathBuf::from), "{url}");
        }
    }
}
