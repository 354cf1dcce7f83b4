//! Taking a draft up again, elsewhere, from a mailed link.

use async_trait::async_trait;

use crate::areas::acces::Lien;
use crate::base::exchange::{Client, DraftKey};
use crate::base::port::Reply;

/// The outcome of « Recevoir un lien pour reprendre ». It is the same for an address that has an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnvoiLien {
    Envoye,
    /// The draft holds no address a mail could go to.
    SansAdresse,
    /// The draft holds no birth date, which the link would ask for.
    SansDate,
    /// The address got its links of the day.
    TropDeCourriels,
    BrouillonAbsent,
}

/// The outcome of a birth date typed behind the link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reprise {
    /// A new key to the same draft. The other keys of the draft stay good.
    Ouverte(DraftKey),
    /// Not a date: nothing was tried.
    Illisible,
    /// The date is another one. So many tries are left, one at least.
    Fausse {
        restants: u32,
    },
    LienMort,
}

#[async_trait]
pub trait Reprises: Send + Sync {
    async fn send_link(&self, client: &Client, key: &DraftKey) -> Reply<EnvoiLien>;
    /// Never `Utilise`: the link serves until it ends.
    async fn open(&self, token: &str) -> Reply<Lien<()>>;
    async fn resume(&self, client: &Client, token: &str, date_naissance: &str) -> Reply<Reprise>;
}
