//! Imports a file of sessions. It is read and numbered outside any transaction; one short transaction writes all its
//! sessions as drafts, or none.

mod fichier;

use app::areas::gestion::formations::{ImportFormations, ImportsFormations, RapportFormations};
use app::base::appelants::Gestionnaire;
use app::base::port::Reply;
use async_trait::async_trait;
use domain::formation::SessionFormation;
use sea_orm::ConnectionTrait;

use self::fichier::Fichier;
use crate::backend::Backend;
use crate::error::BackendError;
use crate::persistence::fichiers::Genre;
use crate::persistence::journal::{Acteur, Action};
use crate::persistence::{delegations, fichiers, imports_formations, journal};
use crate::security::secrets::public_id;

/// How often the sessions are numbered, if others take their numbers.
const TRIES: usize = 5;

#[async_trait]
impl ImportsFormations for Backend {
    async fn stage_formations(&self, by: &Gestionnaire, file: &[u8]) -> Reply<Option<String>> {
        let id = public_id(&*self.random);
        let Ok(row) = fichiers::read(file, Genre::Formations, id.clone(), by.id, self.now()) else { return Ok(None) };
        let write = self.db.begin().await?;
        fichiers::stage(&*write, row).await?;
        write.commit().await?;
        Ok(Some(id))
    }

    async fn formations_report(&self, by: &Gestionnaire, id: &str) -> Reply<Option<RapportFormations>> {
        let db = self.db.connection();
        let Some(file) = fichiers::staged(db, Genre::Formations, id, by.id, self.now()).await? else {
            return Ok(None);
        };
        let mut report = self.read_formations(file.contenu).await?.report;
        report.windows = file.windows;
        report.expire_le = file.expire_le;
        Ok(Some(report))
    }

    async fn import_formations(&self, by: &Gestionnaire, id: &str) -> Reply<ImportFormations> {
        let db = self.db.connection();
        let Some(file) = fichiers::staged(db, Genre::Formations, id, by.id, self.now()).await? else {
            return Ok(ImportFormations::Expire);
        };
        let read = self.read_formations(file.contenu).await?;
        if read.report.refusees > 0 || read.sessions.is_empty() {
            return Ok(ImportFormations::Refuse);
        }
        for _ in 0..TRIES {
            match self.try_to_import(by, id, &read.sessions).await {
                Ok(Some(outcome)) => return Ok(outcome),
                Ok(None) => {}
                Err(error) if error.is_unique_violation() => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(BackendError::Busy.into())
    }
}

impl Backend {
    /// Reads a file apart from the requests: twenty thousand lines take a while.
    async fn read_formations(&self, contenu: String) -> Result<Fichier, BackendError> {
        let all = delegations::all(self.db.connection()).await?;
        let active = all.into_iter().filter(|known| known.active).map(|known| (known.nom, known.id)).collect();
        tokio::task::spawn_blocking(move || Fichier::read(&contenu, &active)).await.map_err(|_| BackendError::Task)
    }

    /// Tries to write the sessions once. `None` when somebody took a number meanwhile.
    async fn try_to_import(
        &self,
        by: &Gestionnaire,
        id: &str,
        sessions: &[SessionFormation],
    ) -> Result<Option<ImportFormations>, BackendError> {
        let mut codes: Vec<&str> = sessions.iter().map(|session| session.code.as_str()).collect();
        codes.sort_unstable();
        codes.dedup();
        let before = imports_formations::last_numbers(self.db.connection(), &codes).await?;
        let mut last = before.clone();
        let numbered: Vec<(SessionFormation, i64)> = sessions
            .iter()
            .map(|session| {
                let numero = last.entry(session.code.as_str().to_owned()).or_default();
                *numero += 1;
                (session.clone(), *numero)
            })
            .collect();
        let (engine, random) = (self.db.backend(), self.random.clone());
        let made = tokio::task::spawn_blocking(move || imports_formations::statements(engine, &numbered, &*random));
        let statements = made.await.map_err(|_| BackendError::Task)?;
        let write = self.db.begin().await?;
        if !fichiers::unstage(&*write, id).await? {
            return Ok(Some(ImportFormations::Expire));
        }
        if imports_formations::last_numbers(&*write, &codes).await? != before {
            return Ok(None);
        }
        for statement in statements {
            write.execute_raw(statement).await?;
        }
        let count = sessions.len() as u64;
        let acteur = Acteur::Gestionnaire(by.id);
        journal::write(&*write, self.now(), acteur, None, Action::ImportFormations, &[&format!("sessions:{count}")])
            .await?;
        write.commit().await?;
        Ok(Some(ImportFormations::Ecrit(count)))
    }
}
