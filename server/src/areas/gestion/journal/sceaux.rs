//! Seals the journal, and checks that it is complete and unchanged.

use domain::instant::Millis;
use sea_orm::ConnectionTrait;

use crate::backend::Backend;
use crate::clock::HOUR;
use crate::error::BackendError;
use crate::persistence::entities::{journal, sceau};
use crate::persistence::sceaux;
use crate::security::sceaux::Scelleur;

/// How many lines one transaction seals.
const BATCH: u64 = 1_000;

/// On PostgreSQL an id is given before its commit. So a line may appear after a line with a greater id was sealed. Such
/// lines are looked for this far back: many times the lines of the busiest second.
const LOOKED_BACK: i64 = 10_000;

/// A line without a seal after this long is reported.
const SEALED_WITHIN: Millis = HOUR;

/// How many anomalies are described one by one.
const TOLD: usize = 50;

/// The result of a check of the journal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verification {
    pub scellees: i64,
    /// The last seal. An operator keeps it elsewhere: so it shows if the whole chain was replaced.
    pub dernier: String,
    /// The first fifty, in words.
    pub anomalies: Vec<String>,
}

impl Backend {
    /// Seals the committed lines that have no seal. Two servers take turns, because the head of the chain is locked.
    /// Returns how many lines were sealed.
    ///
    /// # Errors
    /// `Chain` when the end of the chain does not match this key. When the database does not answer.
    pub async fn seal_journal(&self) -> Result<u64, BackendError> {
        let scelleur = self.key.scelleur();
        let mut sealed = 0;
        loop {
            let count = self.seal_batch(&scelleur).await?;
            sealed += count;
            if count < BATCH {
                return Ok(sealed);
            }
        }
    }

    async fn seal_batch(&self, scelleur: &Scelleur) -> Result<u64, BackendError> {
        let write = self.db.begin().await?;
        let head = sceaux::head_locked(&*write).await?;
        // Stops if another key made the chain or somebody changed it. To go on would hide where it broke.
        if !sceaux::ends_with(&*write, scelleur, &head).await? {
            return Err(BackendError::Chain);
        }
        let after = (sceaux::last_line(&*write).await? - LOOKED_BACK).max(0);
        let lines = sceaux::unsealed(&*write, after, BATCH).await?;
        if lines.is_empty() {
            return Ok(0);
        }
        let count = lines.len() as u64;
        let mut before = sceaux::at(&*write, head.rang).await?.map(|seal| seal.mac).unwrap_or_default();
        let mut rang = head.rang;
        let mut seals = Vec::with_capacity(lines.len());
        for line in lines {
            rang += 1;
            before = scelleur.seal(&before, rang, &line);
            seals.push(sceau::Model { rang, journal_id: line.id, mac: before.clone() });
        }
        sceaux::append(&*write, seals).await?;
        sceaux::move_head(&*write, rang, &scelleur.end(rang, &before)).await?;
        write.commit().await?;
        Ok(count)
    }

    /// Checks the whole chain, while the service may go on.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn check_journal(&self) -> Result<Verification, BackendError> {
        let db = self.db.connection();
        let scelleur = self.key.scelleur();
        let mut found = Verification::default();
        // The head is read first: lines sealed meanwhile come after it.
        let head = sceaux::head(db).await?;
        let end = head.as_ref().map_or(0, |head| head.rang);
        self.check_chain(db, &scelleur, end, &mut found).await?;
        match head {
            None => found.say("la fin de la chaîne a été retirée de la base".to_owned()),
            Some(head) if head.rang == 0 && head.mac.is_empty() => {}
            Some(head) if head.mac == scelleur.end(head.rang, &found.dernier) => {}
            Some(_) => found.say("la fin de la chaîne ne correspond pas au dernier sceau".to_owned()),
        }
        for line in sceaux::forgotten(db, self.now() - SEALED_WITHIN, TOLD as u64).await? {
            found.say(format!("la ligne {} n’a pas de sceau : ajoutée, ou son sceau a été retiré", line.id));
        }
        Ok(found)
    }

    async fn check_chain(
        &self,
        db: &impl ConnectionTrait,
        scelleur: &Scelleur,
        end: i64,
        found: &mut Verification,
    ) -> Result<(), BackendError> {
        let mut rang = 0;
        // Whether the seal before is known.
        let mut known = true;
        loop {
            let links = sceaux::chain(db, rang, BATCH).await?;
            if links.is_empty() {
                break;
            }
            for (seal, line) in links {
                if seal.rang > end {
                    // This seal was made after the head was read, or somebody added it.
                    found.missing(rang + 1, end);
                    return Ok(());
                }
                if seal.rang != rang + 1 {
                    found.missing(rang + 1, seal.rang - 1);
                    known = false;
                }
                rang = seal.rang;
                if let Some(why) = anomaly(scelleur, &found.dernier, known, &seal, line.as_ref()) {
                    found.say(why);
                }
                found.scellees += 1;
                found.dernier = seal.mac;
                known = true;
            }
        }
        found.missing(rang + 1, end);
        Ok(())
    }
}

/// What is wrong with one seal. After a missing seal, the next one cannot be verified.
fn anomaly(
    scelleur: &Scelleur,
    before: &str,
    known: bool,
    seal: &sceau::Model,
    line: Option<&journal::Model>,
) -> Option<String> {
    let id = seal.journal_id;
    match line {
        None => Some(format!("la ligne {id} a été retirée (sceau {})", seal.rang)),
        Some(line) if known && scelleur.seal(before, seal.rang, line) != seal.mac => {
            Some(format!("la ligne {id} ne correspond pas à son sceau ({}) : changée ou déplacée", seal.rang))
        }
        Some(_) => None,
    }
}

impl Verification {
    fn say(&mut self, anomaly: String) {
        if self.anomalies.len() < TOLD {
            self.anomalies.push(anomaly);
        }
    }

    fn missing(&mut self, from: i64, to: i64) {
        match to - from {
            ..0 => {}
            0 => self.say(format!("le sceau {from} a été retiré")),
            _ => self.say(format!("les sceaux {from} à {to} ont été retirés")),
        }
    }
}
