//! Imports a file into the directory. It is compared with the entries it names and no others. All lines are written, or
//! none.
//!
//! The lines are read and compared outside any transaction. They are stored a few hundred at a time, so others can
//! write in between. Then one short transaction writes all the stored lines. It writes a line only if its entry is
//! still as it was when compared. If an entry changed, nothing is written and the file is compared again.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use app::areas::gestion::annuaire::{EntreeRepertoire, EntreeSaisie, ImportRepertoire, RapportImport};
use app::base::appelants::Gestionnaire;
use domain::collectivite::CleCollectivite;
use domain::instant::Millis;
use sea_orm::ConnectionTrait;

use super::fiches;
use super::fiches::Lue;
use super::port::former_names;
use crate::backend::Backend;
use crate::error::BackendError;
use crate::persistence::fiche::Fiche;
use crate::persistence::fichiers::Genre;
use crate::persistence::imports::Preparee;
use crate::persistence::journal::Action;
use crate::persistence::{fichiers, imports, repertoire};
use crate::security::secrets::public_id;
use crate::tableur;
use crate::tableur::Lignes;

/// How many lines are compared and stored at once.
const CHUNK: usize = 400;

/// How many lines the report shows of entries to add.
const SHOWN_ADDED: usize = 20;

/// How many lines the report shows of each other kind.
const SHOWN: usize = 500;

/// How often the file is compared, if entries keep changing.
const TRIES: usize = 5;

const COLUMNS: [&str; 7] = ["type", "code", "nom", "siren", "departement", "codes_postaux", "population"];

impl Backend {
    /// The report of what a file would change.
    pub(crate) async fn report_of(&self, contenu: &str) -> Result<RapportImport, BackendError> {
        let mut file = Fichier::new(contenu);
        while file.next(self.db.connection()).await?.is_some() {}
        Ok(file.report)
    }

    pub(crate) async fn write_import(&self, by: &Gestionnaire, id: &str) -> Result<ImportRepertoire, BackendError> {
        let Some(staged) = fichiers::staged(self.db.connection(), Genre::Repertoire, id, by.id, self.now()).await?
        else {
            return Ok(ImportRepertoire::Expire);
        };
        for _ in 0..TRIES {
            let lot = public_id(&*self.random);
            let outcome = self.try_import(by, id, &staged.contenu, &lot, staged.expire_le).await;
            imports::clear(&self.db, &lot).await?;
            if let Some(outcome) = outcome? {
                return Ok(outcome);
            }
        }
        Err(BackendError::Busy)
    }

    /// Tries to import the file once. `None` when an entry changed meanwhile.
    async fn try_import(
        &self,
        by: &Gestionnaire,
        id: &str,
        contenu: &str,
        lot: &str,
        expire_le: Millis,
    ) -> Result<Option<ImportRepertoire>, BackendError> {
        let mut file = Fichier::new(contenu);
        while let Some(rows) = file.next(self.db.connection()).await? {
            if file.report.refusees > 0 {
                return Ok(Some(ImportRepertoire::Refuse));
            }
            imports::add(&self.db, lot, expire_le, rows).await?;
        }
        if file.report.refusees > 0 {
            return Ok(Some(ImportRepertoire::Refuse));
        }
        let write = self.db.begin().await?;
        if !fichiers::unstage(&*write, id).await? {
            return Ok(Some(ImportRepertoire::Expire));
        }
        let report = file.report;
        let (changed, added) = imports::switch(&*write, lot).await?;
        if (changed, added) != (report.renommees + report.changees, report.ajoutees) {
            return Ok(None);
        }
        self.note_directory(&*write, by, Action::ImportRepertoire, &[]).await?;
        write.commit().await?;
        Ok(Some(ImportRepertoire::Ecrit(report)))
    }
}

/// A file while it is compared, with its report.
struct Fichier<'a> {
    /// `None` when the file does not have the columns.
    lignes: Option<Lignes<'a>>,
    /// The line where each key and each SIREN appeared first.
    cles: HashMap<CleCollectivite, u64>,
    sirens: HashMap<String, u64>,
    report: RapportImport,
}

impl<'a> Fichier<'a> {
    fn new(contenu: &'a str) -> Self {
        let mut report = RapportImport::default();
        let lignes = tableur::lignes(contenu, &COLUMNS);
        if lignes.is_none() {
            let columns = COLUMNS.join(", ");
            let why =
                format!("les colonnes {columns} sont attendues, séparées par des virgules ou des points-virgules.");
            report.lues = 1;
            count(&mut report.refusees, &mut report.exemples_refusees, SHOWN, 1, why);
        }
        Self { lignes, cles: HashMap::new(), sirens: HashMap::new(), report }
    }

    /// Compares the next lines and returns those to write. `None` at the end of the file.
    async fn next(&mut self, db: &impl ConnectionTrait) -> Result<Option<Vec<Preparee>>, BackendError> {
        let Some(lignes) = &mut self.lignes else { return Ok(None) };
        let lines: Vec<_> = lignes.by_ref().take(CHUNK).map(|(line, cells)| (line, read(cells))).collect();
        if lines.is_empty() {
            return Ok(None);
        }
        let fiches = || lines.iter().filter_map(|(_, read)| read.as_ref().ok().map(|read| &read.fiche));
        let known: HashMap<CleCollectivite, EntreeRepertoire> =
            repertoire::of_keys(db, fiches().map(|fiche| &fiche.cle)).await?;
        let holders = repertoire::of_sirens(db, fiches().map(|fiche| fiche.siren.as_str())).await?;
        let mut rows = Vec::new();
        for (line, read) in lines {
            self.report.lues += 1;
            match read.and_then(|read| self.alone(line, read, &holders)) {
                Ok(read) => rows.extend(self.compare(line, read, &known)),
                Err(why) => {
                    count(&mut self.report.refusees, &mut self.report.exemples_refusees, SHOWN, line, why);
                }
            }
        }
        Ok(Some(rows))
    }

    /// Refuses a key that another line has, and a SIREN that another line or another entry has.
    fn alone(&mut self, line: u64, read: Lue, holders: &HashMap<String, EntreeRepertoire>) -> Result<Lue, String> {
        let Fiche { cle, siren, .. } = &read.fiche;
        match self.cles.entry(cle.clone()) {
            Entry::Occupied(before) => return Err(format!("{cle} est déjà à la ligne {}.", before.get())),
            Entry::Vacant(free) => free.insert(line),
        };
        if siren.is_empty() {
            return Ok(read);
        }
        if let Some(holder) = holders.get(siren).filter(|holder| holder.cle != *cle) {
            return Err(format!("le SIREN {siren} est celui de {} ({}).", holder.nom, holder.cle));
        }
        match self.sirens.entry(siren.clone()) {
            Entry::Occupied(before) => Err(format!("le SIREN {siren} est déjà à la ligne {}.", before.get())),
            Entry::Vacant(free) => {
                free.insert(line);
                Ok(read)
            }
        }
    }

    fn compare(
        &mut self,
        line: u64,
        read: Lue,
        known: &HashMap<CleCollectivite, EntreeRepertoire>,
    ) -> Option<Preparee> {
        let report = &mut self.report;
        let Lue { fiche, rectifications } = read;
        let who = format!("{} ({})", fiche.nom, fiche.cle);
        if !rectifications.is_empty() {
            let said = said(&who, rectifications.iter().map(|(field, before, after)| (*field, before, after)));
            count(&mut report.rectifiees, &mut report.exemples_rectifiees, SHOWN, line, said);
        }
        let Some(before) = known.get(&fiche.cle) else {
            count(&mut report.ajoutees, &mut report.exemples_ajoutees, SHOWN_ADDED, line, who);
            return Some(Preparee { ligne: line, fiche, anciens_noms: Vec::new(), avant: None });
        };
        let populations = (before.population.to_string(), fiche.population.to_string());
        let fields = [
            ("SIREN", &before.siren, &fiche.siren),
            ("département", &before.departement, &fiche.departement),
            ("codes postaux", &before.codes_postaux, &fiche.codes_postaux),
            ("population", &populations.0, &populations.1),
        ];
        let changed: Vec<_> = fields.into_iter().filter(|(_, before, after)| before != after).collect();
        let anciens_noms = if before.nom != fiche.nom {
            let who = format!("{} → {} ({})", before.nom, fiche.nom, fiche.cle);
            let said = said(&who, changed.into_iter());
            count(&mut report.renommees, &mut report.exemples_renommees, SHOWN, line, said);
            former_names(before, &fiche.nom)
        } else if changed.is_empty() {
            report.inchangees += 1;
            return None;
        } else {
            count(&mut report.changees, &mut report.exemples_changees, SHOWN, line, said(&who, changed.into_iter()));
            before.anciens_noms.clone()
        };
        Some(Preparee { ligne: line, fiche, anciens_noms, avant: Some(before.clone()) })
    }
}

/// The fields of a line, before and after.
fn said<'a>(who: &str, fields: impl Iterator<Item = (&'a str, &'a String, &'a String)>) -> String {
    let shown = |text: &String| if text.is_empty() { "vide".to_owned() } else { text.clone() };
    let fields: Vec<String> =
        fields.map(|(field, before, after)| format!("{field} {} → {}", shown(before), shown(after))).collect();
    if fields.is_empty() { who.to_owned() } else { format!("{who}\u{a0}: {}", fields.join(", ")) }
}

fn count(counter: &mut u64, shown: &mut Vec<(u64, String)>, most: usize, line: u64, said: String) {
    *counter += 1;
    if shown.len() < most {
        shown.push((line, said));
    }
}

fn read(cells: Option<Vec<String>>) -> Result<Lue, String> {
    let cells = cells.and_then(|cells| <[String; 7]>::try_from(cells).ok());
    let [genre, code, nom, siren, departement, codes_postaux, population] =
        cells.ok_or("cette ligne n’a pas ses sept colonnes.")?;
    let saisie = EntreeSaisie { genre, code, nom, siren, departement, codes_postaux, population };
    fiches::read(&saisie).map_err(|wrong| wrong.iter().map(|(_, why)| *why).collect::<Vec<_>>().join(" "))
}
