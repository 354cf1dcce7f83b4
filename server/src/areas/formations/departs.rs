//! What becomes of the places of an account that is suspended, erased, or let go by its service formation. The caller holds
//! the lock of the account; sessions are then locked in the order of their ids.

use domain::formation::seance::dates;
use domain::formation::{Cause, EtatPreinscription};
use sea_orm::ConnectionTrait;

use super::places::Mouvement;
use crate::backend::Backend;
use crate::error::BackendError;
use crate::persistence::journal::Acteur;
use crate::persistence::preinscriptions::Passage;
use crate::persistence::sessions_formation::Model;
use crate::persistence::{preinscriptions, sessions_formation};

impl Backend {
    /// Erases the préinscriptions of an account. The places that it held are offered to the lists.
    pub(crate) async fn leave_sessions(&self, db: &impl ConnectionTrait, compte_id: i64) -> Result<(), BackendError> {
        for row in preinscriptions::active_of_account(db, compte_id).await? {
            let Some(mut session) = sessions_formation::find_locked(db, row.session_id).await? else { continue };
            preinscriptions::delete_of_session(db, &mut session, compte_id).await?;
            self.call_list(db, &mut session).await?;
        }
        Ok(())
    }

    /// Lets the machine step over a suspended account, or not any more. It keeps its places.
    pub(crate) async fn step_over(
        &self,
        db: &impl ConnectionTrait,
        compte_id: i64,
        suspended: bool,
    ) -> Result<(), BackendError> {
        let mut sessions = Vec::new();
        for row in preinscriptions::active_of_account(db, compte_id).await? {
            sessions.extend(sessions_formation::find_locked(db, row.session_id).await?);
        }
        preinscriptions::set_suspended(db, compte_id, suspended).await?;
        if !suspended {
            for session in &mut sessions {
                self.call_list(db, session).await?;
            }
        }
        Ok(())
    }

    /// The sessions in which an account holds a place, in words.
    pub(crate) async fn held_places(
        &self,
        db: &impl ConnectionTrait,
        compte_id: i64,
    ) -> Result<Vec<String>, BackendError> {
        let mut said = Vec::new();
        for row in preinscriptions::active_of_account(db, compte_id).await? {
            if !preinscriptions::etat(&row)?.holds_a_place() {
                continue;
            }
            let Some(session) = sessions_formation::find(db, row.session_id).await? else { continue };
            if session.fin > self.now() {
                let dates = dates(&sessions_formation::seances(db, session.id).await?);
                said.push(format!("{}, {dates}", session.intitule));
            }
        }
        Ok(said)
    }

    /// Ends what holds a place of sessions that have not begun. The places are offered to the lists.
    pub(crate) async fn free_places(
        &self,
        db: &impl ConnectionTrait,
        compte_id: i64,
        by: Acteur,
    ) -> Result<(), BackendError> {
        let now = self.now();
        let due = |etat: EtatPreinscription, session: &Model| etat.holds_a_place() && now < session.debut;
        self.end_each(db, compte_id, (by, Cause::Gestion), due).await
    }

    /// Ends what waits for the avis of a service formation that presents the agent no more. Held places stay.
    pub(crate) async fn end_avis(
        &self,
        db: &impl ConnectionTrait,
        compte_id: i64,
        by: Acteur,
    ) -> Result<(), BackendError> {
        let due = |etat, _: &Model| etat == EtatPreinscription::AvisDemande;
        self.end_each(db, compte_id, (by, Cause::SansAvis), due).await
    }

    /// Ends the active rows of an account that are due. The places that they held are offered.
    async fn end_each(
        &self,
        db: &impl ConnectionTrait,
        compte_id: i64,
        (by, cause): (Acteur, Cause),
        is_due: impl Fn(EtatPreinscription, &Model) -> bool,
    ) -> Result<(), BackendError> {
        for found in preinscriptions::active_of_account(db, compte_id).await? {
            let Some(mut session) = sessions_formation::find_locked(db, found.session_id).await? else { continue };
            for row in preinscriptions::find_locked(db, [found.id]).await? {
                let etat = preinscriptions::etat(&row)?;
                if is_due(etat, &session) {
                    let mouvement = Mouvement::by(by, Passage::ending(cause));
                    self.pass(db, &mut session, &row, &mouvement).await?;
                    if etat.holds_a_place() {
                        self.call_list(db, &mut session).await?;
                    }
                }
            }
        }
        Ok(())
    }
}
