use std::sync::Arc;

use anyhow::anyhow;
use domain::onglet::{Contexte, Read};
use domain::ports::Role;
use domain::valeurs::Courriel;
use domain::{Cas, instant};

use super::{backend, open, say};
use crate::clock::{Clock, SystemClock};
use crate::config::Config;
use crate::persistence::engine::Opening;

pub async fn run(config: anyhow::Result<Arc<Config>>, role: Role, email: &str) -> anyhow::Result<()> {
    let config = config?;
    let courriel = address(email)?;
    let db = open(&config, Opening::Beside).await?;
    let link = backend(&config, db)?.invite(role, &courriel).await?;
    say(&format!("Lien d’invitation de {email}, à usage unique, valable 72 heures :"));
    say(&link);
    Ok(())
}

/// An address typed on the command line.
pub(super) fn address(email: &str) -> anyhow::Result<Courriel> {
    let contexte = Contexte { cas: Cas::Personnel, today: instant::today(SystemClock.now()) };
    Courriel::read(email, &contexte).map_err(|error| anyhow!("{email} : {error}"))
}
