//! Decisions on several requests together. First a preview, then each decision in its own transaction.

use app::areas::gestion::dossiers::{BilanLot, Decision, Exception, LOT_MAX, LigneDemande, Lots, Simulation, Verdict};
use app::base::appelants::Gestionnaire;
use app::base::port::Reply;
use async_trait::async_trait;
use domain::compte::Statut;
use sea_orm::ConnectionTrait;

use super::decisions::{Choix, MESSAGE_MAX};
use super::demandes;
use crate::backend::{Backend, plain_text};
use crate::error::BackendError;
use crate::persistence::entities::compte;
use crate::persistence::{comptes, decisions, motifs};
use crate::security::secrets::public_id;

#[async_trait]
impl Lots for Backend {
    async fn dry_run(&self, by: &Gestionnaire, verdict: Verdict, ids: &[i64]) -> Reply<Vec<Simulation>> {
        let db = self.db.connection();
        let mut seen = Vec::new();
        let mut simulations = Vec::new();
        for id in ids.iter().take(LOT_MAX) {
            if seen.contains(id) {
                continue;
            }
            seen.push(*id);
            let Some(row) = comptes::find(db, *id).await? else { continue };
            let Some(ligne) = self.lignes(db, by, std::slice::from_ref(&row)).await?.pop() else { continue };
            let exception = self.exception(db, by, verdict, &row, &ligne).await?;
            simulations.push(Simulation { ligne, exception });
        }
        Ok(simulations)
    }

    async fn bulk(
        &self,
        by: &Gestionnaire,
        files: &[(i64, i64)],
        refusal: Option<(Option<i64>, &str)>,
    ) -> Reply<Option<BilanLot>> {
        Ok(self.decide_lot(by, files, refusal).await?)
    }

    async fn cancel_bulk(&self, by: &Gestionnaire, lot: &str) -> Reply<u32> {
        let mut cancelled = 0;
        for held in decisions::held_of_bulk(self.db.connection(), lot, by.id).await? {
            let write = self.db.begin().await?;
            cancelled += u32::from(self.cancel_held(&*write, by, held.compte_id).await?);
            write.commit().await?;
        }
        Ok(cancelled)
    }
}

impl Backend {
    /// Why a request cannot be decided in a bulk, or should be decided alone.
    async fn exception(
        &self,
        db: &impl ConnectionTrait,
        by: &Gestionnaire,
        verdict: Verdict,
        row: &compte::Model,
        ligne: &LigneDemande,
    ) -> Result<Option<Exception>, BackendError> {
        if ligne.statut != Statut::AValider {
            return Ok(Some(Exception::PasAValider(ligne.statut)));
        }
        if let Some(held) = &ligne.decision {
            return Ok(Some(Exception::DejaDecidee { par: held.par.clone() }));
        }
        if let Some(prise) = ligne.prise.as_ref().filter(|prise| !prise.par_moi) {
            return Ok(Some(Exception::PriseEnCharge { par: prise.par.clone() }));
        }
        if demandes::is_undelivered(db, row.id).await? {
            return Ok(Some(Exception::CourrielNonRemis));
        }
        if verdict == Verdict::Valider {
            let doubles = self.doubles(db, by, row).await?.len();
            if doubles > 0 {
                return Ok(Some(Exception::Doublon(doubles)));
            }
        }
        Ok(None)
    }

    pub(crate) async fn decide_lot(
        &self,
        by: &Gestionnaire,
        files: &[(i64, i64)],
        refusal: Option<(Option<i64>, &str)>,
    ) -> Result<Option<BilanLot>, BackendError> {
        let choix = match refusal {
            None => Choix::Valider,
            Some((motif, message)) => {
                let known = match motif {
                    Some(motif) => motifs::find_active(self.db.connection(), motif).await?,
                    None => None,
                };
                if known.is_none() {
                    return Ok(None);
                }
                Choix::Refuser { motif, message: plain_text(message, MESSAGE_MAX) }
            }
        };
        let lot = public_id(&*self.random);
        let mut bilan = BilanLot::default();
        for (id, version) in files.iter().take(LOT_MAX) {
            match self.decide(by, *id, *version, choix.clone(), Some(lot.clone())).await? {
                Decision::Prise => bilan.prises += 1,
                Decision::EnAttente { .. } => {
                    bilan.prises += 1;
                    bilan.lot = Some(lot.clone());
                }
                _ => bilan.ecartees += 1,
            }
        }
        Ok(Some(bilan))
    }
}
