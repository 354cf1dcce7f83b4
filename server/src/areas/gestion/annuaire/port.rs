use app::areas::gestion::annuaire::{
    AjoutRepertoire, EntreeRepertoire, EntreeSaisie, ImportRepertoire, RapportImport, Repertoire,
};
use app::base::appelants::Gestionnaire;
use app::base::port::Reply;
use async_trait::async_trait;
use sea_orm::ConnectionTrait;

use super::fiches;
use crate::backend::Backend;
use crate::error::BackendError;
use crate::persistence::fichiers::Genre;
use crate::persistence::journal::{Acteur, Action};
use crate::persistence::{annuaire, fichiers, journal, repertoire};
use crate::security::secrets::public_id;

/// How many former names are kept, the newest first.
const FORMER_MAX: usize = 10;

#[async_trait]
impl Repertoire for Backend {
    async fn entries(&self, _: &Gestionnaire, texte: &str) -> Reply<Vec<EntreeRepertoire>> {
        Ok(annuaire::search_all(self.db.connection(), texte).await?)
    }

    async fn entry(&self, _: &Gestionnaire, id: i64) -> Reply<Option<EntreeRepertoire>> {
        Ok(repertoire::find(self.db.connection(), id).await?)
    }

    async fn add_entry(&self, by: &Gestionnaire, saisie: &EntreeSaisie) -> Reply<AjoutRepertoire> {
        let fiche = match fiches::read(saisie) {
            Ok(read) => read.fiche,
            Err(wrong) => return Ok(AjoutRepertoire::Refusee(wrong.into_iter().map(|(champ, _)| champ).collect())),
        };
        let cle = fiche.cle.clone();
        let write = self.db.begin().await?;
        if !repertoire::of_sirens(&*write, std::iter::once(fiche.siren.as_str())).await?.is_empty() {
            let known = repertoire::by_key(&*write, &cle).await?.is_some();
            return Ok(AjoutRepertoire::Refusee(vec![if known { "connue" } else { "siren_pris" }]));
        }
        if !repertoire::add(&*write, fiche).await? {
            return Ok(AjoutRepertoire::Refusee(vec!["connue"]));
        }
        let id = repertoire::by_key(&*write, &cle).await?.map_or(0, |found| found.id);
        let place = format!("collectivite:{id}");
        self.note_directory(&*write, by, Action::CollectiviteAjoutee, &[&place]).await?;
        write.commit().await?;
        Ok(AjoutRepertoire::Ajoutee(id))
    }

    async fn rename_entry(&self, by: &Gestionnaire, id: i64, nom: &str) -> Reply<bool> {
        let Some(nom) = fiches::name(nom) else { return Ok(false) };
        let write = self.db.begin().await?;
        let Some(known) = repertoire::find_locked(&*write, id).await? else { return Ok(false) };
        if known.nom == nom {
            return Ok(true);
        }
        let former = former_names(&known, &nom);
        repertoire::rename(&*write, &known, &nom, &former).await?;
        self.note_directory(&*write, by, Action::CollectiviteRenommee, &["nom", &format!("collectivite:{id}")]).await?;
        write.commit().await?;
        Ok(true)
    }

    async fn archive_entry(&self, by: &Gestionnaire, id: i64, archivee: bool) -> Reply<()> {
        let write = self.db.begin().await?;
        if repertoire::archive(&*write, id, archivee.then(|| self.now())).await? {
            let action = if archivee { Action::CollectiviteArchivee } else { Action::CollectiviteRetablie };
            self.note_directory(&*write, by, action, &["archivee_le", &format!("collectivite:{id}")]).await?;
            write.commit().await?;
        }
        Ok(())
    }

    async fn stage(&self, by: &Gestionnaire, file: &[u8]) -> Reply<Option<String>> {
        let id = public_id(&*self.random);
        let Ok(row) = fichiers::read(file, Genre::Repertoire, id.clone(), by.id, self.now()) else { return Ok(None) };
        let write = self.db.begin().await?;
        fichiers::stage(&*write, row).await?;
        write.commit().await?;
        Ok(Some(id))
    }

    async fn import_report(&self, by: &Gestionnaire, id: &str) -> Reply<Option<RapportImport>> {
        let db = self.db.connection();
        let Some(file) = fichiers::staged(db, Genre::Repertoire, id, by.id, self.now()).await? else { return Ok(None) };
        let mut report = self.report_of(&file.contenu).await?;
        report.windows = file.windows;
        report.expire_le = file.expire_le;
        Ok(Some(report))
    }

    async fn import(&self, by: &Gestionnaire, id: &str) -> Reply<ImportRepertoire> {
        Ok(self.write_import(by, id).await?)
    }
}

impl Backend {
    pub(crate) async fn note_directory(
        &self,
        db: &impl ConnectionTrait,
        by: &Gestionnaire,
        action: Action,
        champs: &[&str],
    ) -> Result<(), BackendError> {
        journal::write(db, self.now(), Acteur::Gestionnaire(by.id), None, action, champs).await
    }
}

/// The former names of an entry after a change of name: the newest first, each once.
pub(crate) fn former_names(known: &EntreeRepertoire, nom: &str) -> Vec<String> {
    let mut former = vec![known.nom.clone()];
    former.extend(known.anciens_noms.iter().filter(|old| **old != known.nom && *old != nom).cloned());
    former.truncate(FORMER_MAX);
    former
}
