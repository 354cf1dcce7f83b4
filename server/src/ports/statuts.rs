//! Changes of a decided account: a refusal is reopened, an account is suspended or resumed.

use domain::compte::Statut;
use domain::ports::{Decision, Gestionnaire};

use super::Backend;
use super::dossiers::reopened_until;
use crate::error::BackendError;
use crate::persistence::comptes::{self, Column, Step};
use crate::persistence::connexions;
use crate::persistence::courriels::Genre;
use crate::persistence::journal::{self, Acteur, Action};

impl Backend {
    /// Puts a refused request back into the queue, and its waiting time starts again. The person gets no mail before
    /// the next decision.
    pub(super) async fn reopen_refusal(
        &self,
        by: &Gestionnaire,
        id: i64,
        version: i64,
    ) -> Result<Decision, BackendError> {
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
        if now >= reopened_until(&row) || !comptes::step(&*write, id, step, now).await? {
            return self.too_late(&*write, &row).await;
        }
        let acteur = Acteur::Gestionnaire(by.id);
        journal::write(&*write, now, acteur, Some(id), Action::Reouverture, &["statut"]).await?;
        write.commit().await?;
        Ok(Decision::Prise)
    }

    /// E8. The commit also ends the account's connexions.
    pub(super) async fn suspend_account(
        &self,
        by: &Gestionnaire,
        id: i64,
        version: i64,
        message: String,
    ) -> Result<Decision, BackendError> {
        if message.is_empty() {
            return Ok(Decision::MessageManquant);
        }
        let also = vec![(Column::Message, message.into())];
        let step = Step { from: Statut::Actif, to: Statut::Suspendu, version: Some(version), also };
        self.move_account(by, id, step, Action::Suspension, Genre::Suspension).await
    }

    /// E8 again.
    pub(super) async fn resume_account(
        &self,
        by: &Gestionnaire,
        id: i64,
        version: i64,
    ) -> Result<Decision, BackendError> {
        let also = vec![(Column::Message, None::<String>.into())];
        let step = Step { from: Statut::Suspendu, to: Statut::Actif, version: Some(version), also };
        self.move_account(by, id, step, Action::Retablissement, Genre::Retablissement).await
    }

    async fn move_account(
        &self,
        by: &Gestionnaire,
        id: i64,
        step: Step,
        action: Action,
        genre: Genre,
    ) -> Result<Decision, BackendError> {
        let now = self.now();
        let write = self.db.begin().await?;
        let Some(row) = comptes::find_locked(&*write, id).await? else { return Ok(Decision::Introuvable) };
        if !comptes::step(&*write, id, step, now).await? {
            return self.too_late(&*write, &row).await;
        }
        connexions::close_all(&*write, connexions::Genre::Formateur, id).await?;
        journal::write(&*write, now, Acteur::Gestionnaire(by.id), Some(id), action, &["statut", "message"]).await?;
        self.queue_for_compte(&*write, genre, &row, None).await?;
        self.commit(write).await?;
        Ok(Decision::Prise)
    }
}
