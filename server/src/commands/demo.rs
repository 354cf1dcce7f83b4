use std::sync::Arc;

use anyhow::bail;

use super::{key, open, say};
use crate::clock::{Clock, SystemClock, SystemRandom};
use crate::config::Config;
use crate::demo::{fill, fill_formations, holds_real_accounts};
use crate::persistence::annuaire_chargement;
use crate::persistence::engine::Opening;

/// Adds invented accounts, then sessions of training with their préinscriptions: so many of each. Refuses a database with
/// real accounts.
pub async fn run(config: anyhow::Result<Arc<Config>>, count: u64, formations: (usize, usize)) -> anyhow::Result<()> {
    let config = config?;
    let db = open(&config, Opening::Alone).await?;
    db.migrate().await?;
    annuaire_chargement::load(&db, |_| ()).await?;
    if holds_real_accounts(db.connection()).await? {
        bail!("cette base contient de vrais comptes : la démonstration n’y ajoute rien");
    }
    let step = (count / 10).max(1_000);
    let mut said = 0;
    let progress = |done: u64| {
        if done >= said + step || done == count {
            said = done;
            say(&format!("{done} comptes sur {count}…"));
        }
    };
    let key = key(&config, &db).await?;
    fill(&db, &SystemRandom, &key, SystemClock.now(), count, progress).await?;
    if formations.0 > 0 {
        let progress = |done: usize| say(&format!("{done} sessions sur {}…", formations.0));
        fill_formations(&db, &SystemRandom, &key, SystemClock.now(), formations, progress).await?;
    }
    say("Données inventées, ajoutées à la base. Leurs adresses n’existent pas : rien ne leur est envoyé.");
    Ok(())
}
