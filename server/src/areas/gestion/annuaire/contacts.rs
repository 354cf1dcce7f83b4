//! Imports the published contacts from a CSV file: all lines or none.

use std::collections::HashMap;
use std::io;

use domain::collectivite::{CleCollectivite, ContactFormation, TypeCollectivite};
use domain::onglet::Read;
use domain::valeurs::{AdresseCourriel, Telephone};
use domain::{Cas, Contexte, instant};

use super::fiches;
use crate::backend::{Backend, plain_text};
use crate::error::BackendError;
use crate::persistence::{contacts, repertoire};
use crate::tableur;

/// What a file of contacts would change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rapport {
    pub lues: usize,
    pub ajoutees: usize,
    pub changees: usize,
    pub inchangees: usize,
    /// The number of each refused line, and why. If a line is refused, nothing is written.
    pub refusees: Vec<(u64, String)>,
}

/// How many lines are compared at once.
const CHUNK: usize = 400;

impl Backend {
    /// Imports a file of contacts. Gives `announce` the report first, and writes nothing if a line is refused. The same
    /// file imported twice changes nothing. The file is read and compared before the transaction, so others can write
    /// meanwhile.
    ///
    /// # Errors
    /// When the database refuses. Then nothing is written.
    pub async fn import_contacts(
        &self,
        mut file: impl io::Read + Send,
        announce: impl FnOnce(&Rapport) + Send,
    ) -> Result<Rapport, BackendError> {
        let mut report = Rapport::default();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(|_| BackendError::Task)?;
        let mut to_write = Vec::new();
        match tableur::decode(&bytes) {
            Ok((text, _)) => self.compare_contacts(&text, &mut report, &mut to_write).await?,
            Err(tableur::Classeur) => report.refusees.push((
                1,
                "ce fichier est un classeur (.xlsx, .xls ou .ods)\u{a0}: enregistrez-le au format CSV UTF-8."
                    .to_owned(),
            )),
        }
        announce(&report);
        if report.refusees.is_empty() && !to_write.is_empty() {
            let write = self.db.begin().await?;
            contacts::put(&*write, &to_write, self.now()).await?;
            write.commit().await?;
        }
        Ok(report)
    }

    async fn compare_contacts(
        &self,
        text: &str,
        report: &mut Rapport,
        to_write: &mut Vec<(i64, ContactFormation)>,
    ) -> Result<(), BackendError> {
        let db = self.db.connection();
        let Some(mut lines) = tableur::lignes(text, &COLUMNS) else {
            let columns = COLUMNS.join(", ");
            let why =
                format!("les colonnes {columns} sont attendues, séparées par des virgules ou des points-virgules.");
            (report.lues, report.refusees) = (1, vec![(1, why)]);
            return Ok(());
        };
        let mut seen: HashMap<String, u64> = HashMap::new();
        loop {
            let chunk: Vec<_> = lines.by_ref().take(CHUNK).map(|(line, cells)| (line, read(cells))).collect();
            if chunk.is_empty() {
                return Ok(());
            }
            let cles = chunk.iter().filter_map(|(_, read)| read.as_ref().ok().map(|(cle, _)| cle));
            let entries = repertoire::of_keys(db, cles).await?;
            let known = contacts::of_all(db, entries.values().map(|entry| entry.id)).await?;
            for (line, read) in chunk {
                report.lues += 1;
                let outcome = read.and_then(|(cle, contact)| {
                    let entry = entries.get(&cle).filter(|entry| entry.archivee_le.is_none());
                    match (entry, seen.insert(cle.to_string(), line)) {
                        (None, _) => Err(format!("{cle} n’est pas dans le répertoire.")),
                        (_, Some(before)) => Err(format!("{cle} est déjà à la ligne {before}.")),
                        (Some(entry), None) => Ok((entry.id, contact)),
                    }
                });
                match outcome {
                    Ok((id, contact)) => match known.get(&id) {
                        Some(known) if *known == contact => report.inchangees += 1,
                        known => {
                            *(if known.is_some() { &mut report.changees } else { &mut report.ajoutees }) += 1;
                            to_write.push((id, contact));
                        }
                    },
                    Err(why) => report.refusees.push((line, why)),
                }
            }
        }
    }
}

/// The columns, in any order, found by these names.
const COLUMNS: [&str; 5] = ["type", "code", "service", "courriel", "telephone"];

const SERVICE_MAX: usize = 100;

fn read(cells: Option<Vec<String>>) -> Result<(CleCollectivite, ContactFormation), String> {
    let cells = cells.and_then(|cells| <[String; 5]>::try_from(cells).ok());
    let [genre, code, service, courriel, telephone] = cells.ok_or("cette ligne n’a pas ses cinq colonnes.")?;
    let found = TypeCollectivite::from_code(&genre.to_uppercase())
        .filter(|genre| *genre != TypeCollectivite::GeneriqueIntervenants)
        .ok_or_else(|| format!("le type «\u{a0}{genre}\u{a0}» n’est pas celui d’une collectivité."))?;
    // Puts back the leading zeros that a spreadsheet removed.
    let cle = CleCollectivite { genre: found, code: fiches::code(found, &code)? };
    if service.is_empty() || plain_text(&service, SERVICE_MAX) != service || service.contains('\n') {
        return Err(format!("le nom du service a de 1 à {SERVICE_MAX} caractères, sur une ligne."));
    }
    if courriel.is_empty() && telephone.is_empty() {
        return Err("il faut un courriel ou un téléphone.".to_owned());
    }
    let courriel = optional(&courriel, |raw| AdresseCourriel::parse(raw).map(|courriel| courriel.to_string()))
        .ok_or_else(|| format!("«\u{a0}{courriel}\u{a0}» n’est pas une adresse de messagerie."))?;
    let telephone = optional(&telephone, |raw| read_telephone(raw).map(|telephone| telephone.to_string()))
        .ok_or_else(|| format!("«\u{a0}{telephone}\u{a0}» n’est pas un numéro de téléphone."))?;
    Ok((cle, ContactFormation { service, courriel, telephone }))
}

/// Accepts an empty cell, and parses any other one.
fn optional(raw: &str, read: impl Fn(&str) -> Option<String>) -> Option<String> {
    if raw.is_empty() { Some(String::new()) } else { read(raw) }
}

fn read_telephone(raw: &str) -> Option<Telephone> {
    // Fixed values: no rule about numbers depends on the case or on the day.
    Telephone::read(raw, &Contexte { cas: Cas::Personnel, today: instant::today(0) }).ok()
}
