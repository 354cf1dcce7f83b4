//! The mails that left, and a mail system that fails on command.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use domain::instant::Millis;
use server::jobs::poste::Poste;
use server::mail::{Courrier, SendError};

/// A mail that left.
#[derive(Clone, Debug)]
pub struct Recu {
    pub to: String,
    pub message_id: String,
    pub subject: String,
    pub text: String,
}

#[derive(Default)]
pub struct Boite {
    received: Mutex<Vec<Recu>>,
    tried: Mutex<Vec<String>>,
    failures: Mutex<VecDeque<SendError>>,
    dies: AtomicBool,
    slow: Mutex<Option<String>>,
}

impl Boite {
    pub fn received(&self) -> Vec<Recu> {
        self.received.lock().unwrap().clone()
    }

    /// The mails to one address, oldest first.
    pub fn to(&self, address: &str) -> Vec<Recu> {
        self.received().into_iter().filter(|mail| mail.to == address).collect()
    }

    /// The one mail to an address whose subject holds these words. Mails go side by side, in no order.
    pub fn about(&self, address: &str, words: &str) -> Recu {
        let mut found = self.to(address).into_iter().filter(|mail| mail.subject.contains(words));
        let mail = found.next().unwrap_or_else(|| panic!("a mail about « {words} » to {address}"));
        assert!(found.next().is_none(), "one mail about « {words} » to {address}");
        mail
    }

    /// The token in the newest link to this page that was mailed to an address.
    pub fn token(&self, address: &str, page: &str) -> String {
        let page = format!("/{page}/");
        let link = |mail: &Recu| {
            mail.text.lines().find(|line| line.starts_with("http") && line.contains(&page)).map(str::to_owned)
        };
        let link =
            self.to(address).iter().rev().find_map(link).unwrap_or_else(|| panic!("a link to {page} for {address}"));
        link.split_once(&page).expect("the page is in the link").1.to_owned()
    }

    /// The Message-ID of every attempt, failed ones included.
    pub fn tried(&self) -> Vec<String> {
        self.tried.lock().unwrap().clone()
    }

    /// The next attempt panics.
    pub fn die_next(&self) {
        self.dies.store(true, Ordering::SeqCst);
    }

    /// An attempt at an address with this ending never ends.
    pub fn hang_on(&self, address: &str) {
        *self.slow.lock().unwrap() = Some(address.to_owned());
    }

    /// The next attempts fail so.
    pub fn fail_next(&self, failures: impl IntoIterator<Item = SendError>) {
        self.failures.lock().unwrap().extend(failures);
    }
}

#[async_trait]
impl Poste for Boite {
    async fn deliver(&self, courrier: &Courrier, to: &str, message_id: &str, _: Millis) -> Result<(), SendError> {
        self.tried.lock().unwrap().push(message_id.to_owned());
        assert!(!self.dies.swap(false, Ordering::SeqCst), "dies as told");
        if let Some(failure) = self.failures.lock().unwrap().pop_front() {
            return Err(failure);
        }
        let slow = self.slow.lock().unwrap().clone();
        if slow.is_some_and(|slow| to.ends_with(&slow)) {
            std::future::pending::<()>().await;
        }
        // A moment in which another worker would take the same mail, if it could.
        tokio::task::yield_now().await;
        self.received.lock().unwrap().push(Recu {
            to: to.to_owned(),
            message_id: message_id.to_owned(),
            subject: courrier.subject(),
            text: courrier.text().unwrap(),
        });
        Ok(())
    }
}
