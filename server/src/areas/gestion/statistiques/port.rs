use app::areas::gestion::statistiques::{Mesures, Semaine, Statistiques};
use app::base::appelants::Gestionnaire;
use app::base::port::Reply;
use async_trait::async_trait;
use domain::compte::Statut;
use domain::instant::{at_hour, today};

use super::mesures;
use super::mesures::WEEK;
use crate::backend::Backend;
use crate::clock::DAY;
use crate::error::BackendError;
use crate::persistence::journal::Action;
use crate::persistence::mouvements;

const WEEKS: i64 = 26;

/// How far back delays and motifs count as recent.
const RECENT: i64 = 90 * DAY;

#[async_trait]
impl Mesures for Backend {
    async fn statistics(&self, _: &Gestionnaire) -> Reply<Statistiques> {
        let db = self.db.connection();
        let now = self.now();
        let counts = mouvements::counts(db).await?;
        let en_attente = counts.iter().find(|(statut, _)| *statut == Statut::AValider).map_or(0, |(_, n)| *n);
        let (decidees, [mediane, p90]) = mesures::delays(db, now - RECENT, [500, 900]).await?;
        Ok(Statistiques {
            en_attente,
            plus_ancienne: mesures::oldest(db).await?.map(|since| now - since),
            mediane,
            p90,
            decidees,
            semaines: self.weeks().await?,
            motifs: mesures::by_motive(db, now - RECENT).await?,
            collectivites: mesures::by_collectivite(db).await?,
        })
    }
}

impl Backend {
    /// Weeks of 168 hours that start on a Monday in France. After a change to or from summer time, the weeks before it
    /// start one hour off.
    async fn weeks(&self) -> Result<Vec<Semaine>, BackendError> {
        let today = today(self.now());
        let days = i64::from(today.weekday().number_days_from_monday());
        let monday = today.checked_sub(time::Duration::days(days)).unwrap_or(today);
        let start = at_hour(monday, 0) - (WEEKS - 1) * WEEK;
        let mut weeks: Vec<Semaine> = (0..WEEKS)
            .map(|week| Semaine { debut: start + week * WEEK, validations: 0, refus: 0, corrections: 0 })
            .collect();
        let actions = [Action::Validation, Action::Refus, Action::CorrectionsDemandees];
        for (week, action, n) in mesures::weeks(self.db.connection(), start, actions).await? {
            let Some(week) = usize::try_from(week).ok().and_then(|at| weeks.get_mut(at)) else { continue };
            match Action::from_code(&action) {
                Some(Action::Validation) => week.validations = n,
                Some(Action::Refus) => week.refus = n,
                _ => week.corrections = n,
            }
        }
        Ok(weeks)
    }
}
