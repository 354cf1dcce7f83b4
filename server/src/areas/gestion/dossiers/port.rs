//! The queue: its pages, and the gestionnaires' work around a decision.

use std::collections::HashMap;

use app::areas::gestion::dossiers::{
    Comparaison, CorrectionAdresse, DecisionEnAttente, Demandes, Dossier, LigneDemande, ListeDemandes, Prise,
    PriseEnCharge, Total,
};
use app::base::appelants::Gestionnaire;
use app::base::port::Reply;
use async_trait::async_trait;
use domain::compte::Statut;
use domain::filtre::{Depart, FiltreDemandes};
use domain::instant::Millis;
use domain::valeurs::AdresseCourriel;
use sea_orm::ConnectionTrait;

use super::demandes::{PAGE, Regard, Selection};
use super::{prise, prises};
use crate::backend::{Backend, plain_text};
use crate::clock::{DAY, MINUTE};
use crate::error::BackendError;
use crate::persistence::compteurs::{Fenetre, Table};
use crate::persistence::entities::compte;
use crate::persistence::journal::{Acteur, Action};
use crate::persistence::{
    annuaire, comptes, compteurs, courriels, decisions, gestionnaires, jetons, journal, mouvements, notes,
};
use crate::security::tokens::Usage;

/// How long a claim lasts unless it is renewed.
const CLAIM: Millis = 15 * MINUTE;

/// The longest note, in characters.
const NOTE_MAX: usize = 2_000;

#[async_trait]
impl Demandes for Backend {
    async fn list(&self, by: &Gestionnaire, filtre: &FiltreDemandes) -> Reply<ListeDemandes> {
        Ok(self.page(by, filtre).await?)
    }

    async fn dossier(&self, by: &Gestionnaire, id: i64, filtre: &FiltreDemandes) -> Reply<Option<Dossier>> {
        let found = self.file(by, id, filtre).await?;
        if found.is_some() {
            self.looked_at(by, &[id]).await?;
        }
        Ok(found)
    }

    async fn compare(&self, by: &Gestionnaire, gauche: i64, droite: i64) -> Reply<Option<Comparaison>> {
        let found = self.side_by_side(by, gauche, droite).await?;
        if found.is_some() {
            self.looked_at(by, &[gauche, droite]).await?;
        }
        Ok(found)
    }

    async fn claim(&self, by: &Gestionnaire, id: i64, over: bool) -> Reply<PriseEnCharge> {
        let now = self.now();
        let write = self.db.begin().await?;
        if comptes::find(&*write, id).await?.is_none() {
            return Ok(PriseEnCharge::Introuvable);
        }
        if !prises::take(&*write, id, by.id, now + CLAIM, over, now).await? {
            return Ok(match self.claim_of_another(&*write, by, id).await? {
                Some(prise) => PriseEnCharge::DejaPrise(prise),
                None => PriseEnCharge::Introuvable,
            });
        }
        let acteur = Acteur::Gestionnaire(by.id);
        journal::write(&*write, now, acteur, Some(id), Action::PriseEnCharge, &[]).await?;
        write.commit().await?;
        Ok(PriseEnCharge::Prise)
    }

    async fn release(&self, by: &Gestionnaire, id: i64) -> Reply<()> {
        Ok(prises::release(self.db.connection(), id, by.id).await?)
    }

    async fn note(&self, by: &Gestionnaire, id: i64, texte: &str) -> Reply<bool> {
        let texte = plain_text(texte, NOTE_MAX);
        let write = self.db.begin().await?;
        if texte.is_empty() || comptes::find(&*write, id).await?.is_none() {
            return Ok(false);
        }
        let now = self.now();
        notes::add(&*write, id, by.id, texte, now).await?;
        journal::write(&*write, now, Acteur::Gestionnaire(by.id), Some(id), Action::Note, &[]).await?;
        write.commit().await?;
        Ok(true)
    }

    async fn send_again(&self, by: &Gestionnaire, id: i64, courriel: i64) -> Reply<bool> {
        let now = self.now();
        let write = self.db.begin().await?;
        if !courriels::send_again(&*write, courriel, Some(id), now).await? {
            return Ok(false);
        }
        let which = format!("courriel:{courriel}");
        let acteur = Acteur::Gestionnaire(by.id);
        journal::write(&*write, now, acteur, Some(id), Action::CourrielRenvoye, &[&which]).await?;
        self.commit(write).await?;
        Ok(true)
    }

    async fn renew_link(&self, by: &Gestionnaire, id: i64) -> Reply<bool> {
        let asker = format!("gestionnaire:{}", by.id);
        let outcome = match self.queue_renewal(id, Acteur::Gestionnaire(by.id), &asker).await {
            Err(BackendError::TooMany { .. }) => Ok(false),
            outcome => outcome.map(|()| true),
        };
        Ok(outcome?)
    }

    async fn correct_address(&self, by: &Gestionnaire, id: i64, courriel: &str) -> Reply<CorrectionAdresse> {
        let Some(courriel) = AdresseCourriel::parse(courriel) else { return Ok(CorrectionAdresse::Invalide) };
        let now = self.now();
        let write = self.db.begin().await?;
        let Some(mut row) = comptes::find_locked(&*write, id).await? else { return Ok(CorrectionAdresse::TropTard) };
        if courriel.cle() != row.courriel_cle {
            jetons::revoke(&*write, Usage::Activation, id, now).await?;
        }
        if !comptes::correct_address(&*write, id, &courriel).await? {
            return Ok(CorrectionAdresse::TropTard);
        }
        row.courriel_cle = courriel.cle().to_owned();
        // The gestionnaire may see this refusal, so the count is per gestionnaire and request.
        let own = Fenetre { max: self.limits.quotas.mails_per_day, length: DAY };
        match compteurs::count(&*write, Table::Durable, &format!("correction:{id}:{}", by.id), now, own).await {
            Err(BackendError::TooMany { .. }) => return Ok(CorrectionAdresse::TropDeCourriels),
            counted => counted?,
        }
        let acteur = Acteur::Gestionnaire(by.id);
        journal::write(&*write, now, acteur, Some(id), Action::CorrectionAdresse, &["courriel"]).await?;
        self.queue_activation(&*write, &row, false).await?;
        self.commit(write).await?;
        Ok(CorrectionAdresse::Envoyee)
    }
}

impl Backend {
    async fn page(&self, by: &Gestionnaire, filtre: &FiltreDemandes) -> Result<ListeDemandes, BackendError> {
        let db = self.db.connection();
        let now = self.now();
        let selection = Selection::new(db, filtre, self.regard(by)).await?;
        let mut rows = selection.rows(db, &filtre.depart, PAGE + 1).await?;
        let more = rows.len() as u64 > PAGE;
        let backwards = matches!(filtre.depart, Depart::Avant(_));
        if more {
            // The extra row shows that there is another page in the direction of reading.
            if backwards {
                rows.remove(0);
            } else {
                rows.pop();
            }
        }
        let first = rows.first().map(|row| selection.key_of(row));
        let last = rows.last().map(|row| selection.key_of(row));
        // In the other direction, there is the page that the gestionnaire comes from.
        let (precedente, suivante) = match &filtre.depart {
            Depart::Debut => (None, last.filter(|_| more)),
            Depart::Apres(_) => (first, last.filter(|_| more)),
            Depart::Avant(_) => (first.filter(|_| more), last),
        };
        let mut compteurs = mouvements::counts(db).await?;
        let held = decisions::count_held(db).await?;
        for (_, n) in compteurs.iter_mut().filter(|(statut, _)| *statut == Statut::AValider) {
            *n = n.saturating_sub(held);
        }
        let total = if filtre.is_only_a_state() {
            let counted =
                |(statut, n): &(Statut, u64)| filtre.statut.is_none_or(|wanted| wanted == *statut).then_some(*n);
            Total::Exact(compteurs.iter().filter_map(counted).sum())
        } else {
            selection.total(db).await?
        };
        let collectivite = match &filtre.collectivite {
            Some(cle) => annuaire::by_key(db, cle).await?.map(|found| found.line()),
            None => None,
        };
        let lignes = self.lignes(db, by, &rows).await?;
        Ok(ListeDemandes { lignes, precedente, suivante, total, compteurs, collectivite, maintenant: now })
    }

    pub(crate) fn regard(&self, by: &Gestionnaire) -> Regard {
        Regard { gestionnaire_id: by.id, now: self.now() }
    }

    /// The lines of a page: each row with its claim and its held decision.
    pub(crate) async fn lignes(
        &self,
        db: &impl ConnectionTrait,
        by: &Gestionnaire,
        rows: &[compte::Model],
    ) -> Result<Vec<LigneDemande>, BackendError> {
        let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
        let claims = prises::of_accounts(db, &ids, self.now()).await?;
        let held = decisions::held_on(db, &ids).await?;
        let staff: Vec<i64> =
            claims.iter().map(|claim| claim.gestionnaire_id).chain(held.iter().map(|row| row.par)).collect();
        let names = gestionnaires::names(db, &staff).await?;
        let mut lignes = Vec::with_capacity(rows.len());
        for row in rows {
            let claim = claims.iter().find(|claim| claim.compte_id == row.id);
            let decision = held.iter().find(|held| held.compte_id == row.id && held.version == row.version);
            lignes.push(LigneDemande {
                id: row.id,
                version: row.version,
                reference: comptes::reference(row)?,
                nom: row.nom.clone(),
                prenom: row.prenom.clone(),
                cas: comptes::cas(row)?,
                statut: comptes::statut(row)?,
                depuis: row.statut_depuis,
                attend_depuis: row.attend_depuis,
                prise: claim.map(|claim| prise(claim, by, &names)),
                decision: match decision {
                    Some(held) => Some(DecisionEnAttente {
                        verdict: decisions::verdict(held)?,
                        par: named(&names, held.par),
                        par_moi: held.par == by.id,
                        effet_le: held.effet_le,
                    }),
                    None => None,
                },
            });
        }
        Ok(lignes)
    }

    /// The running claim of a colleague.
    pub(crate) async fn claim_of_another(
        &self,
        db: &impl ConnectionTrait,
        by: &Gestionnaire,
        id: i64,
    ) -> Result<Option<Prise>, BackendError> {
        let Some(claim) = prises::find(db, id, self.now()).await?.filter(|claim| claim.gestionnaire_id != by.id) else {
            return Ok(None);
        };
        let names = gestionnaires::names(db, &[claim.gestionnaire_id]).await?;
        Ok(Some(prise(&claim, by, &names)))
    }
}

fn prise(claim: &prise::Model, by: &Gestionnaire, names: &HashMap<i64, String>) -> Prise {
    Prise { par: named(names, claim.gestionnaire_id), par_moi: claim.gestionnaire_id == by.id, jusqu_a: claim.jusqu_a }
}

pub(crate) fn named(names: &HashMap<i64, String>, id: i64) -> String {
    names.get(&id).cloned().unwrap_or_else(|| "un gestionnaire".to_owned())
}
