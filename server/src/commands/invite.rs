use std::sync::Arc;

use anyhow::{anyhow, bail};
use app::base::appelants::Role;
use domain::collectivite::CleCollectivite;
use domain::onglet::{Contexte, Read};
use domain::valeurs::AdresseCourriel;
use domain::{Cas, instant};

use super::{backend, open, say};
use crate::clock::{Clock, SystemClock};
use crate::config::Config;
use crate::persistence::engine::Opening;
use crate::persistence::journal::Acteur;

pub async fn run(config: anyhow::Result<Arc<Config>>, role: Role, email: &str) -> anyhow::Result<()> {
    let config = config?;
    let courriel = address(email)?;
    let db = open(&config, Opening::Beside).await?;
    let link = backend(&config, db).await?.invite(role, &courriel).await?;
    hand_over(email, &link);
    Ok(())
}

/// Invites the service formation of a collectivité, given as `TYPE:CODE`.
pub async fn run_service(config: anyhow::Result<Arc<Config>>, email: &str, collectivite: &str) -> anyhow::Result<()> {
    let config = config?;
    let courriel = address(email)?;
    let cle = CleCollectivite::parse(collectivite)
        .ok_or_else(|| anyhow!("--collectivite {collectivite} : il faut TYPE:CODE, par exemple COMMUNE:31555"))?;
    let db = open(&config, Opening::Beside).await?;
    match backend(&config, db).await?.invite_service(Acteur::LigneDeCommande, &courriel, &cle).await? {
        Some(link) => hand_over(email, &link),
        None => bail!("{cle} : aucune collectivité de ce type et de ce code, qui ait un service formation"),
    }
    Ok(())
}

fn hand_over(email: &str, link: &str) {
    say(&format!("Lien d’invitation de {email}, à usage unique, valable 72 heures :"));
    say(link);
}

/// An address typed on the command line.
pub(super) fn address(email: &str) -> anyhow::Result<AdresseCourriel> {
    let contexte = Contexte { cas: Cas::Personnel, today: instant::today(SystemClock.now()) };
    AdresseCourriel::read(email, &contexte).map_err(|error| anyhow!("{email} : {error}"))
}
