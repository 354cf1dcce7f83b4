use std::collections::HashMap;
use std::collections::hash_map::Entry;

use async_trait::async_trait;
use domain::collectivite::{CleCollectivite, TypeCollectivite};
use domain::ports::{
    AjoutRepertoire, EntreeRepertoire, EntreeSaisie, Gestionnaire, ImportRepertoire, RapportImport, Repertoire, Reply,
};
use domain::valeurs::siren;
use sea_orm::ConnectionTrait;

use super::{Backend, plain_text};
use crate::clock::HOUR;
use crate::error::BackendError;
use crate::persistence::annuaire;
use crate::persistence::entities::import_repertoire;
use crate::persistence::journal::{self, Acteur, Action};
use crate::persistence::repertoire::{self, Fiche};
use crate::security::secrets::public_id;
use crate::tableur;

/// A file waits so long to be written.
const STAGED: i64 = HOUR;

const NOM_MAX: usize = 120;
const CODE_MAX: usize = 20;
const POPULATION_MAX: i64 = 100_000_000;

/// Former names kept, the newest first.
const FORMER_MAX: usize = 10;

/// Lines shown of each kind.
const SHOWN: usize = 20;

#[async_trait]
impl Repertoire for Backend {
    async fn entries(&self, _: &Gestionnaire, texte: &str) -> Reply<Vec<EntreeRepertoire>> {
        self.reply("repertoire.entries", annuaire::search_all(self.db.connection(), texte).await)
    }

    async fn entry(&self, _: &Gestionnaire, id: i64) -> Reply<Option<EntreeRepertoire>> {
        self.reply("repertoire.entry", repertoire::find(self.db.connection(), id).await)
    }

    async fn add_entry(&self, by: &Gestionnaire, saisie: &EntreeSaisie) -> Reply<AjoutRepertoire> {
        self.reply("repertoire.add", self.add_to_directory(by, saisie).await)
    }

    async fn rename_entry(&self, by: &Gestionnaire, id: i64, nom: &str) -> Reply<bool> {
        let outcome = async {
            let Some(nom) = name(nom) else { return Ok(false) };
            let write = self.db.begin().await?;
            let Some(known) = repertoire::find(&*write, id).await? else { return Ok(false) };
            if known.nom == nom {
                return Ok(true);
            }
            let former = former_names(&known, &nom);
            let EntreeRepertoire { cle, siren, departement, codes_postaux, population, .. } = known;
            let fiche = Fiche { cle, nom, siren, departement, codes_postaux, population };
            repertoire::put(&*write, vec![(fiche, former)]).await?;
            self.note_directory(&*write, by, Action::CollectiviteRenommee, &["nom", &format!("collectivite:{id}")])
                .await?;
            write.commit().await?;
            Ok(true)
        };
        self.reply("repertoire.rename", outcome.await)
    }

    async fn archive_entry(&self, by: &Gestionnaire, id: i64, archivee: bool) -> Reply<()> {
        let outcome = async {
            let write = self.db.begin().await?;
            if repertoire::archive(&*write, id, archivee.then(|| self.now())).await? {
                let action = if archivee { Action::CollectiviteArchivee } else { Action::CollectiviteRetablie };
                self.note_directory(&*write, by, action, &["archivee_le", &format!("collectivite:{id}")]).await?;
                write.commit().await?;
            }
            Ok(())
        };
        self.reply("repertoire.archive", outcome.await)
    }

    async fn stage(&self, by: &Gestionnaire, file: &[u8]) -> Reply<String> {
        let outcome = async {
            let id = public_id(&*self.random);
            let (contenu, windows) = tableur::decode(file);
            // PostgreSQL refuses a NUL, and no line has one.
            let contenu = contenu.replace('\0', "");
            let expire_le = self.now() + STAGED;
            let row = import_repertoire::Model { id: id.clone(), gestionnaire_id: by.id, expire_le, windows, contenu };
            repertoire::stage(self.db.connection(), row).await?;
            Ok(id)
        };
        self.reply("repertoire.stage", outcome.await)
    }

    async fn import_report(&self, by: &Gestionnaire, id: &str) -> Reply<Option<RapportImport>> {
        let outcome = async {
            let db = self.db.connection();
            let Some(file) = repertoire::staged(db, id, by.id, self.now()).await? else { return Ok(None) };
            let (mut report, _) = plan(db, &file.contenu).await?;
            report.windows = file.windows;
            report.expire_le = file.expire_le;
            Ok(Some(report))
        };
        self.reply("repertoire.report", outcome.await)
    }

    async fn import(&self, by: &Gestionnaire, id: &str) -> Reply<ImportRepertoire> {
        let outcome = async {
            let Some(file) = repertoire::staged(self.db.connection(), id, by.id, self.now()).await? else {
                return Ok(ImportRepertoire::Expire);
            };
            let write = self.db.begin().await?;
            if !repertoire::unstage(&*write, id).await? {
                return Ok(ImportRepertoire::Expire);
            }
            // Compared again: what is compared is what is replaced.
            let (report, fiches) = plan(&*write, &file.contenu).await?;
            if report.refusees > 0 {
                return Ok(ImportRepertoire::Refuse);
            }
            repertoire::put(&*write, fiches).await?;
            self.note_directory(&*write, by, Action::ImportRepertoire, &[]).await?;
            write.commit().await?;
            Ok(ImportRepertoire::Ecrit(report))
        };
        self.reply("repertoire.import", outcome.await)
    }
}

impl Backend {
    async fn add_to_directory(
        &self,
        by: &Gestionnaire,
        saisie: &EntreeSaisie,
    ) -> Result<AjoutRepertoire, BackendError> {
        let fiche = match read(saisie) {
            Ok(fiche) => fiche,
            Err(wrong) => return Ok(AjoutRepertoire::Refusee(wrong.into_iter().map(|(champ, _)| champ).collect())),
        };
        let cle = fiche.cle.clone();
        let write = self.db.begin().await?;
        if repertoire::by_key(&*write, &cle).await?.is_some() {
            return Ok(AjoutRepertoire::Refusee(vec!["connue"]));
        }
        repertoire::put(&*write, vec![(fiche, Vec::new())]).await?;
        let id = repertoire::by_key(&*write, &cle).await?.map_or(0, |found| found.id);
        let place = format!("collectivite:{id}");
        self.note_directory(&*write, by, Action::CollectiviteAjoutee, &[&place]).await?;
        write.commit().await?;
        Ok(AjoutRepertoire::Ajoutee(id))
    }

    async fn note_directory(
        &self,
        db: &impl ConnectionTrait,
        by: &Gestionnaire,
        action: Action,
        champs: &[&str],
    ) -> Result<(), BackendError> {
        journal::write(db, self.now(), Acteur::Gestionnaire(by.id), None, action, champs).await
    }
}

/// What a file would do, and what to write for it.
async fn plan(
    db: &impl ConnectionTrait,
    file: &str,
) -> Result<(RapportImport, Vec<(Fiche, Vec<String>)>), BackendError> {
    let known = repertoire::all(db).await?;
    let known: HashMap<CleCollectivite, EntreeRepertoire> =
        known.into_iter().map(|entry| (entry.cle.clone(), entry)).collect();
    let mut report = RapportImport::default();
    let mut seen: HashMap<CleCollectivite, u64> = HashMap::new();
    let mut to_write = Vec::new();
    for (line, read) in lines(file) {
        report.lues += 1;
        let read = read.and_then(|fiche| match seen.entry(fiche.cle.clone()) {
            Entry::Occupied(before) => Err(format!("{} est déjà à la ligne {}.", fiche.cle, before.get())),
            Entry::Vacant(free) => {
                free.insert(line);
                Ok(fiche)
            }
        });
        let fiche = match read {
            Ok(fiche) => fiche,
            Err(why) => {
                count(&mut report.refusees, &mut report.exemples_refusees, line, why);
                continue;
            }
        };
        match known.get(&fiche.cle) {
            None => {
                let said = format!("{} ({})", fiche.nom, fiche.cle);
                count(&mut report.ajoutees, &mut report.exemples_ajoutees, line, said);
                to_write.push((fiche, Vec::new()));
            }
            Some(before) if before.nom != fiche.nom => {
                let said = format!("{} → {} ({})", before.nom, fiche.nom, fiche.cle);
                count(&mut report.renommees, &mut report.exemples_renommees, line, said);
                let former = former_names(before, &fiche.nom);
                to_write.push((fiche, former));
            }
            Some(before) if fiche.same_but_name(before) => report.inchangees += 1,
            Some(before) => {
                let said = format!("{} ({})", fiche.nom, fiche.cle);
                count(&mut report.changees, &mut report.exemples_changees, line, said);
                to_write.push((fiche, before.anciens_noms.clone()));
            }
        }
    }
    Ok((report, to_write))
}

fn count(counter: &mut u64, shown: &mut Vec<(u64, String)>, line: u64, said: String) {
    *counter += 1;
    if shown.len() < SHOWN {
        shown.push((line, said));
    }
}

const COLUMNS: [&str; 7] = ["type", "code", "nom", "siren", "departement", "codes_postaux", "population"];

/// A line's number, and what it says or why it can't be.
fn lines(file: &str) -> Vec<(u64, Result<Fiche, String>)> {
    let mut reader = tableur::reader(file);
    let headers = reader.headers().cloned().unwrap_or_default();
    if COLUMNS.iter().any(|column| !headers.iter().any(|header| header == *column)) {
        let why = format!(
            "les colonnes {} sont attendues, séparées par des virgules ou des points-virgules.",
            COLUMNS.join(", ")
        );
        return vec![(1, Err(why))];
    }
    let line = |position: Option<&csv::Position>| position.map_or(0, csv::Position::line);
    let mut found = Vec::new();
    for record in reader.records() {
        found.push(match record {
            Ok(record) => {
                let saisie = record.deserialize::<EntreeSaisie>(Some(&headers));
                let saisie = saisie.map_err(|_| "cette ligne est illisible.".to_owned());
                let words = |wrong: Vec<(&str, &str)>| wrong.iter().map(|(_, why)| *why).collect::<Vec<_>>().join(" ");
                (line(record.position()), saisie.and_then(|saisie| read(&saisie).map_err(words)))
            }
            Err(error) => (line(error.position()), Err("cette ligne n’a pas ses sept colonnes.".to_owned())),
        });
    }
    found
}

/// Each wrong field, and why.
fn read(saisie: &EntreeSaisie) -> Result<Fiche, Vec<(&'static str, &'static str)>> {
    let mut wrong = Vec::new();
    let mut check = |right: bool, champ, why| {
        if !right {
            wrong.push((champ, why));
        }
    };
    let genre = TypeCollectivite::from_code(saisie.genre.trim());
    check(genre.is_some(), "type", "Le type n’est pas celui d’une collectivité.");
    let code = saisie.code.trim();
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let code_right = !code.is_empty() && code.len() <= CODE_MAX && code.chars().all(plain);
    check(code_right, "code", "Le code a de 1 à 20 lettres, chiffres ou tirets.");
    let nom = name(&saisie.nom);
    check(nom.is_some(), "nom", "Le nom a de 1 à 120 caractères, sur une ligne.");
    let siren = if saisie.siren.trim().is_empty() { Some(String::new()) } else { siren(&saisie.siren) };
    check(siren.is_some(), "siren", "Le SIREN n’est pas valable : vérifiez ses 9 chiffres.");
    let departement = saisie.departement.trim();
    let right = departement.len() <= 3 && departement.chars().all(|c| c.is_ascii_alphanumeric());
    check(right, "departement", "Le département a deux ou trois caractères, par exemple 31, 2A ou 974.");
    let codes: Vec<&str> = saisie.codes_postaux.split_whitespace().collect();
    let right = codes.iter().all(|code| code.len() == 5 && code.bytes().all(|byte| byte.is_ascii_digit()));
    check(
        right && codes.len() <= 100,
        "codes_postaux",
        "Chaque code postal comporte 5 chiffres, avec un espace entre deux.",
    );
    let population: String = saisie.population.chars().filter(|c| !c.is_whitespace()).collect();
    let population = if population.is_empty() { Some(0) } else { population.parse::<i64>().ok() };
    let population = population.filter(|n| (0..=POPULATION_MAX).contains(n));
    check(population.is_some(), "population", "La population est un nombre entier.");
    match (genre, nom, siren, population) {
        (Some(genre), Some(nom), Some(siren), Some(population)) if wrong.is_empty() => Ok(Fiche {
            cle: CleCollectivite { genre, code: code.to_owned() },
            nom,
            siren,
            departement: departement.to_owned(),
            codes_postaux: codes.join(" "),
            population,
        }),
        _ => Err(wrong),
    }
}

/// A name of one line.
fn name(raw: &str) -> Option<String> {
    let nom = raw.trim();
    let right = !nom.is_empty() && !nom.contains('\n') && plain_text(nom, NOM_MAX) == nom;
    right.then(|| nom.to_owned())
}

/// The names before this one, the newest first, each once.
fn former_names(known: &EntreeRepertoire, nom: &str) -> Vec<String> {
    let mut former = vec![known.nom.clone()];
    former.extend(known.anciens_noms.iter().filter(|old| **old != known.nom && *old != nom).cloned());
    former.truncate(FORMER_MAX);
    former
}
