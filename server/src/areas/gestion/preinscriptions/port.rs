use app::areas::formations::{Presse, Voeu};
use app::areas::gestion::preinscriptions::{Deliberation, Essayee, Geste, Inscrits, ListePreinscriptions, Lot};
use app::base::appelants::Gestionnaire;
use app::base::port::Reply;
use async_trait::async_trait;
use domain::Reference;
use domain::formation::{EtatPreinscription, Origine};

use crate::backend::Backend;
use crate::persistence::journal::Acteur;
use crate::persistence::{comptes, preinscriptions};

#[async_trait]
impl Inscrits for Backend {
    async fn list(
        &self,
        _: &Gestionnaire,
        session_id: i64,
        etats: &[EtatPreinscription],
        after: i64,
    ) -> Reply<Option<ListePreinscriptions>> {
        Ok(self.preinscriptions_page(session_id, etats, after).await?)
    }

    async fn simulate(&self, _: &Gestionnaire, session_id: i64, geste: Geste, ids: &[i64]) -> Reply<Vec<Essayee>> {
        Ok(self.try_out(session_id, geste, ids).await?)
    }

    async fn first(&self, _: &Gestionnaire, session_id: i64, count: u32) -> Reply<Vec<i64>> {
        let db = self.db.connection();
        let mut first = Vec::new();
        for etat in [EtatPreinscription::Demandee, EtatPreinscription::ListeAttente] {
            let left = u64::from(count).saturating_sub(first.len() as u64);
            if left > 0 {
                let rows = preinscriptions::of_session(db, session_id, &[etat], 0, left).await?;
                first.extend(rows.into_iter().map(|row| row.id));
            }
        }
        Ok(first)
    }

    async fn named(&self, _: &Gestionnaire, session_id: i64, ids: &[i64]) -> Reply<Vec<(i64, String)>> {
        let db = self.db.connection();
        let rows = preinscriptions::of_ids(db, session_id, ids).await?;
        let lines = self.preinscription_lines(db, &rows).await?;
        Ok(lines.into_iter().map(|line| (line.id, line.nom)).collect())
    }

    async fn deliberate(&self, by: &Gestionnaire, session_id: i64, what: &Deliberation) -> Reply<Lot> {
        Ok(self.retried(|| self.deliberate_on(by, session_id, what)).await?)
    }

    async fn take_back(&self, by: &Gestionnaire, lot: &str) -> Reply<(u32, Vec<i64>)> {
        Ok(self.retried(|| self.take_lot_back(by, lot)).await?)
    }

    async fn press_for(&self, by: &Gestionnaire, session_id: i64, compte: &str, raison: &str) -> Reply<Presse> {
        let recue = self.now();
        let Ok(reference) = compte.parse::<Reference>() else { return Ok(Presse::Absente) };
        let Some(found) = comptes::by_reference(self.db.connection(), reference).await? else {
            return Ok(Presse::Absente);
        };
        let gestionnaire = (Origine::Gestionnaire, Acteur::Gestionnaire(by.id), raison);
        Ok(self.press_as(found.id, session_id, gestionnaire, (&Voeu::default(), recue)).await?)
    }
}
