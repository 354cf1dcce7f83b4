//! The published contacts, read from a CSV file: all the lines, or none.

use std::collections::HashMap;
use std::io;

use domain::collectivite::{CleCollectivite, ContactFormation, TypeCollectivite};
use domain::onglet::Read;
use domain::valeurs::Telephone;
use domain::{Cas, Contexte, instant};

use super::{Backend, plain_text, read_courriel};
use crate::error::BackendError;
use crate::persistence::{annuaire, contacts};
use crate::tableur;

/// What a file of contacts holds against what is known already.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rapport {
    pub lues: usize,
    pub ajoutees: usize,
    pub changees: usize,
    pub inchangees: usize,
    /// The line's number and why. With one of them, nothing is written.
    pub refusees: Vec<(u64, String)>,
}

/// The columns, by these names and in any order.
#[derive(serde::Deserialize)]
struct Ligne {
    #[serde(rename = "type")]
    genre: String,
    code: String,
    service: String,
    courriel: String,
    telephone: String,
}

impl Backend {
    /// Reads a file of contacts, tells `announce` what it would do, and does it unless a line is refused. A second
    /// time changes nothing.
    ///
    /// # Errors
    /// When the database refuses; then nothing is written.
    pub async fn import_contacts(
        &self,
        mut file: impl io::Read + Send,
        announce: impl FnOnce(&Rapport) + Send,
    ) -> Result<Rapport, BackendError> {
        let mut report = Rapport::default();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(|_| BackendError::Task)?;
        let (file, _) = tableur::decode(&bytes);
        let mut seen = HashMap::new();
        let mut to_write = Vec::new();
        // The transaction comes first: what is compared is what is replaced.
        let write = self.db.begin().await?;
        for (line, read) in lines(&file) {
            report.lues += 1;
            let outcome = match read {
                Ok((cle, contact)) => match (annuaire::id_of(&*write, &cle).await?, seen.insert(cle.to_string(), line))
                {
                    (None, _) => Err(format!("{cle} n’est pas dans le répertoire.")),
                    (_, Some(before)) => Err(format!("{cle} est déjà à la ligne {before}.")),
                    (Some(id), None) => Ok((id, contact)),
                },
                Err(why) => Err(why),
            };
            match outcome {
                Ok((id, contact)) => match contacts::of(&*write, id).await? {
                    Some(known) if known == contact => report.inchangees += 1,
                    known => {
                        *(if known.is_some() { &mut report.changees } else { &mut report.ajoutees }) += 1;
                        to_write.push((id, contact));
                    }
                },
                Err(why) => report.refusees.push((line, why)),
            }
        }
        announce(&report);
        if report.refusees.is_empty() {
            for (id, contact) in to_write {
                contacts::put(&*write, id, &contact, self.now()).await?;
            }
            write.commit().await?;
        }
        Ok(report)
    }
}

/// A line's number, and what it says or why it can't be.
type Lue = (u64, Result<(CleCollectivite, ContactFormation), String>);

const COLUMNS: [&str; 5] = ["type", "code", "service", "courriel", "telephone"];

fn lines(file: &str) -> Vec<Lue> {
    let mut reader = tableur::reader(file);
    let headers = reader.headers().cloned().unwrap_or_default();
    if COLUMNS.iter().any(|column| !headers.iter().any(|header| header == *column)) {
        return vec![(
            1,
            Err(format!(
                "les colonnes {} sont attendues, séparées par des virgules ou des points-virgules.",
                COLUMNS.join(", ")
            )),
        )];
    }
    let line = |position: Option<&csv::Position>| position.map_or(0, csv::Position::line);
    let read = |record: Result<csv::StringRecord, csv::Error>| match record {
        Ok(record) => {
            let fields = record.deserialize(Some(&headers)).map_err(|_| "cette ligne est illisible.".to_owned());
            (line(record.position()), fields.and_then(contact))
        }
        Err(error) => (line(error.position()), Err("cette ligne n’a pas ses cinq colonnes.".to_owned())),
    };
    reader.records().map(read).collect()
}

const SERVICE_MAX: usize = 100;

fn contact(ligne: Ligne) -> Result<(CleCollectivite, ContactFormation), String> {
    let Ligne { genre, code, service, courriel, telephone } = ligne;
    let cle = CleCollectivite::parse(&format!("{genre}:{code}"))
        .filter(|cle| cle.genre != TypeCollectivite::GeneriqueIntervenants)
        .ok_or_else(|| format!("le type «\u{a0}{genre}\u{a0}» n’est pas celui d’une collectivité."))?;
    if service.is_empty() || plain_text(&service, SERVICE_MAX) != service || service.contains('\n') {
        return Err(format!("le nom du service a de 1 à {SERVICE_MAX} caractères, sur une ligne."));
    }
    if courriel.is_empty() && telephone.is_empty() {
        return Err("il faut un courriel ou un téléphone.".to_owned());
    }
    let courriel = optional(&courriel, |raw| read_courriel(raw).map(|courriel| courriel.to_string()))
        .ok_or_else(|| format!("«\u{a0}{courriel}\u{a0}» n’est pas une adresse de messagerie."))?;
    let telephone = optional(&telephone, |raw| read_telephone(raw).map(|telephone| telephone.to_string()))
        .ok_or_else(|| format!("«\u{a0}{telephone}\u{a0}» n’est pas un numéro de téléphone."))?;
    Ok((cle, ContactFormation { service, courriel, telephone }))
}

/// A blank cell says nothing, which is fine.
fn optional(raw: &str, read: impl Fn(&str) -> Option<String>) -> Option<String> {
    if raw.is_empty() { Some(String::new()) } else { read(raw) }
}

fn read_telephone(raw: &str) -> Option<Telephone> {
    // No rule of a number depends on the case or on the day.
    Telephone::read(raw, &Contexte { cas: Cas::Personnel, today: instant::today(0) }).ok()
}
