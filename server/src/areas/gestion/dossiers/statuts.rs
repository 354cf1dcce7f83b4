//! Changes of a decided account: a refusal is reopened, an account is suspended or resumed.

use super::decisions::MESSAGE_MAX;
use crate::backend::plain_text;
use app::areas::gestion::dossiers::{Decision, Statuts};
use app::base::appelants::Gestionnaire;
use app::base::port::Reply;
use async_trait::async_trait;
use domain::compte::Statut;

use crate::backend::Backend;
use crate::error::BackendError;
use crate::persistence::comptes::{Column, Step};
use crate::persistence::courriels::Genre;
use crate::persistence::journal::{Acteur, Action};
use crate::persistence::{comptes, connexions, journal};

#[async_trait]
impl Statuts for Backend {
    async fn reopen(&self, by: &Gestionnaire, id: i64, version: i64) -> Reply<Decision> {
        let now = self.now();
        let write = self.db.begin().await?;
        let Some(row) = comptes::find_locked(&*write, id).await? else { return Ok(Decision::Introuvable) };
        let also = vec![
            (Column::AttendDepuis, now.into()),
            (Column::DecideeLe, None::<i64>.into()),
            (Column::DecideePar, None::<i64>.into()),
            (Column::MotifId, None::<i64>.into()),
            (Column::Message, None::<String>.into()),
        ];
        let step = Step { from: Statut::Refuse, to: Statut::AValider, version: Some(version), also };
        if now >= comptes::reopened_until(&row) || !comptes::step(&*write, id, step, now).await? {
            return Ok(self.too_late(&*write, &row).await?);
        }
        let acteur = Acteur::Gestionnaire(by.id);
        journal::write(&*write, now, acteur, Some(id), Action::Reouverture, &["statut"]).await?;
        write.commit().await?;
        Ok(Decision::Prise)
    }

    async fn suspend(&self, by: &Gestionnaire, id: i64, version: i64, message: &str, liberer: bool) -> Reply<Decision> {
        let message = plain_text(message, MESSAGE_MAX);
        Ok(self.retried(|| self.suspend_account(by, id, version, message.clone(), liberer)).await?)
    }

    async fn resume(&self, by: &Gestionnaire, id: i64, version: i64) -> Reply<Decision> {
        let also = vec![(Column::Message, None::<String>.into())];
        let step = Step { from: Statut::Suspendu, to: Statut::Actif, version: Some(version), also };
        let effects = (Action::Retablissement, Genre::Retablissement, false);
        Ok(self.move_account(by, id, step, effects).await?)
    }
}

impl Backend {
    /// E8. The commit also ends the account's connexions.
    pub(crate) async fn suspend_account(
        &self,
        by: &Gestionnaire,
        id: i64,
        version: i64,
        message: String,
        liberer: bool,
    ) -> Result<Decision, BackendError> {
        if message.is_empty() {
            return Ok(Decision::MessageManquant);
        }
        let also = vec![(Column::Message, message.into())];
        let step = Step { from: Statut::Actif, to: Statut::Suspendu, version: Some(version), also };
        self.move_account(by, id, step, (Action::Suspension, Genre::Suspension, liberer)).await
    }

    async fn move_account(
        &self,
        by: &Gestionnaire,
        id: i64,
        step: Step,
        (action, genre, liberer): (Action, Genre, bool),
    ) -> Result<Decision, BackendError> {
        let now = self.now();
        let write = self.db.begin().await?;
        let Some(row) = comptes::find_locked(&*write, id).await? else { return Ok(Decision::Introuvable) };
        let suspended = step.to == Statut::Suspendu;
        if !comptes::step(&*write, id, step, now).await? {
            return self.too_late(&*write, &row).await;
        }
        self.step_over(&*write, id, suspended).await?;
        if liberer {
            self.free_places(&*write, id, Acteur::Gestionnaire(by.id)).await?;
        }
        connexions::close_all(&*write, connexions::Genre::Formateur, id).await?;
        journal::write(&*write, now, Acteur::Gestionnaire(by.id), Some(id), action, &["statut", "message"]).await?;
        self.queue_for_compte(&*write, genre, &row, None).await?;
        self.commit(write).await?;
        Ok(Decision::Prise)
    }
}
