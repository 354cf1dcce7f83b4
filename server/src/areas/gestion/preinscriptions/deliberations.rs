//! Decisions on the rows of a session: one transaction for all of them, each row for itself. A row moves at once; its mail
//! waits, so that a decision can be taken back before anybody heard of it.

use app::areas::gestion::preinscriptions::{Deliberation, Essayee, Exclusion, Geste, Lot};
use app::base::appelants::Gestionnaire;
use domain::formation::places::Issue;
use domain::formation::{Attribution, Cause, EtatPreinscription, EtatSessionFormation};
use domain::instant::Millis;
use sea_orm::ConnectionTrait;

use crate::areas::formations::Mouvement;
use crate::backend::{Backend, plain_text};
use crate::clock::SECOND;
use crate::error::BackendError;
use crate::persistence::decisions_formation::Nouvelle;
use crate::persistence::journal::{Acteur, Action};
use crate::persistence::preinscriptions::{Model, Passage, Passe};
use crate::persistence::{comptes, decisions_formation, journal, motifs, preinscriptions, sessions_formation};
use crate::security::secrets::public_id;

/// The longest text of what a service formation said, in characters.
const OBSERVATION_MAX: usize = 300;

/// The rows of one bulk, at most: what a page can send.
const LOT_MAX: usize = 2_000;

impl Backend {
    pub(super) async fn deliberate_on(
        &self,
        by: &Gestionnaire,
        session_id: i64,
        what: &Deliberation,
    ) -> Result<Lot, BackendError> {
        let now = self.now();
        let write = self.db.begin().await?;
        let known = match what.motif {
            Some(motif) => motifs::find_active(&*write, motif).await?.map(|motif| motif.id),
            None => None,
        };
        if what.geste.needs_a_motive() && known.is_none() {
            return Ok(Lot::MotifManquant);
        }
        let motif = known.filter(|_| what.geste.needs_a_motive());
        let shown: Vec<(i64, i64)> = what.lignes.iter().take(LOT_MAX).copied().collect();
        let Some((mut session, rows)) = self.locked(&*write, session_id, shown.iter().map(|(id, _)| *id)).await? else {
            return Ok(Lot::Absente);
        };
        let waits = |row: &Model| row.etat == EtatPreinscription::ListeAttente.code();
        if what.geste == Geste::Retenir && !what.accord && rows.iter().any(waits) {
            return Ok(Lot::AccordManquant);
        }
        let effet_le = now + i64::from(self.config.decisions.hold_seconds) * SECOND;
        let lot = public_id(&*self.random);
        let observation = match what.geste {
            Geste::AvisDefavorable => plain_text(&what.observation, OBSERVATION_MAX),
            _ => String::new(),
        };
        let mut faites = 0;
        let mut exclues = Vec::new();
        for row in rows {
            let moved = shown.iter().all(|(id, version)| *id != row.id || *version != row.version);
            let outcome = match moved {
                true if row.etat == EtatPreinscription::Annulee.code() => Err(Exclusion::Annulee),
                true => Err(Exclusion::Change),
                false => self.passage(&*write, &session, &row, what.geste).await?,
            };
            let outcome = match outcome {
                Ok(passage) => {
                    let passage = Passage { motif_id: motif, observation: observation.clone(), ..passage };
                    self.decide_row(&*write, &mut session, (by, &lot, effet_le), &row, passage).await?
                }
                Err(why) => Err(why),
            };
            match outcome {
                Ok(()) => faites += 1,
                Err(why) => exclues.push((row.id, why)),
            }
        }
        if faites > 0 {
            self.call_list(&*write, &mut session).await?;
        }
        self.commit(write).await?;
        let lot = if effet_le > now { lot } else { String::new() };
        Ok(Lot::Fait { lot, faites, exclues })
    }

    /// Locks the accounts, the session and the rows, in this order. The rows come by rang.
    async fn locked(
        &self,
        db: &impl ConnectionTrait,
        session_id: i64,
        ids: impl Iterator<Item = i64>,
    ) -> Result<Option<(sessions_formation::Model, Vec<Model>)>, BackendError> {
        let ids: Vec<i64> = ids.collect();
        let accounts = preinscriptions::accounts_of(db, session_id, &ids).await?;
        comptes::lock(db, &accounts).await?;
        let Some(session) = sessions_formation::find_locked(db, session_id).await? else { return Ok(None) };
        let mut rows = preinscriptions::find_locked(db, ids).await?;
        rows.retain(|row| row.session_id == session_id);
        rows.sort_by_key(|row| row.rang);
        Ok(Some((session, rows)))
    }

    /// Where a gesture takes a row now, or why it does not.
    async fn passage(
        &self,
        db: &impl ConnectionTrait,
        session: &sessions_formation::Model,
        row: &Model,
        geste: Geste,
    ) -> Result<Result<Passage, Exclusion>, BackendError> {
        use EtatPreinscription::{AvisDemande, Demandee, ListeAttente, Refusee, Retenue};
        let etat = preinscriptions::etat(row)?;
        let examined = sessions_formation::attribution(session)? == Attribution::SurExamen;
        let passage = match (geste, etat) {
            (Geste::Retenir, Demandee | ListeAttente) => Passage::to(Retenue),
            (Geste::MettreEnAttente, Demandee) => Passage::to(ListeAttente),
            (Geste::Refuser, Demandee | ListeAttente) | (Geste::AvisDefavorable, AvisDemande) => Passage::to(Refusee),
            (Geste::Annuler, etat) if etat.is_active() => Passage::ending(Cause::Gestion),
            (Geste::Reprendre, Refusee) if self.now() < session.debut => {
                if preinscriptions::active_for(db, session.id, row.compte_id).await?.is_some() {
                    return Ok(Err(Exclusion::Autre));
                }
                Passage::to(if examined { Demandee } else { ListeAttente })
            }
            (Geste::AvisFavorable, AvisDemande) => {
                let wish = preinscriptions::si_complet(row)?;
                match self.issue_for(db, session, row.compte_id, Some(row.rang), wish).await? {
                    Issue::Entre(to) => Passage::to(to),
                    Issue::Rien | Issue::Complete => Passage::ending(Cause::SansPlace),
                }
            }
            _ => return Ok(Err(Exclusion::Etat)),
        };
        if passage.vers == Retenue {
            if row.suspendue {
                return Ok(Err(Exclusion::Suspendue));
            }
            let holds = [Retenue, EtatPreinscription::Proposee];
            if self.clash(db, session, row.compte_id, &holds).await?.is_some() {
                return Ok(Err(Exclusion::Chevauche));
            }
        }
        Ok(Ok(passage))
    }

    async fn decide_row(
        &self,
        db: &impl ConnectionTrait,
        session: &mut sessions_formation::Model,
        (by, lot, effet_le): (&Gestionnaire, &str, Millis),
        row: &Model,
        passage: Passage,
    ) -> Result<Result<(), Exclusion>, BackendError> {
        let (avant, apres) = (preinscriptions::etat(row)?, passage.vers);
        let mouvement = Mouvement { passage, par: Acteur::Gestionnaire(by.id), part_le: Some(effet_le) };
        Ok(match self.pass(db, session, row, &mouvement).await? {
            Passe::Fait(after) => {
                let (preinscription_id, version) = (after.id, after.version);
                let new = Nouvelle { preinscription_id, version, avant, apres, lot, par: by.id, effet_le };
                decisions_formation::note(db, new, self.now()).await?;
                Ok(())
            }
            Passe::PlusDePlace => Err(Exclusion::PlusDePlace),
            Passe::Perimee => Err(Exclusion::Change),
        })
    }

    /// What would become of these rows, in their order: a place that one takes is taken for the next.
    pub(super) async fn try_out(
        &self,
        session_id: i64,
        geste: Geste,
        ids: &[i64],
    ) -> Result<Vec<Essayee>, BackendError> {
        let db = self.db.connection();
        let Some(mut session) = sessions_formation::find(db, session_id).await? else { return Ok(Vec::new()) };
        let ids: Vec<i64> = ids.iter().take(LOT_MAX).copied().collect();
        let rows = preinscriptions::of_ids(db, session_id, &ids).await?;
        let mut tried = Vec::new();
        for (row, ligne) in rows.iter().zip(self.preinscription_lines(db, &rows).await?) {
            let exclusion = match self.passage(db, &session, row, geste).await? {
                Err(why) => Some(why),
                Ok(passage) if passage.vers == EtatPreinscription::Retenue => {
                    let full = session.occupees >= session.places;
                    session.occupees += i64::from(!full);
                    full.then_some(Exclusion::PlusDePlace)
                }
                Ok(_) => None,
            };
            tried.push(Essayee { ligne, exclusion });
        }
        Ok(tried)
    }

    /// Takes back the decisions of a lot whose rows have not moved since. The mails that waited are then about a version
    /// that is no more: they never leave.
    pub(super) async fn take_lot_back(&self, by: &Gestionnaire, lot: &str) -> Result<(u32, Vec<i64>), BackendError> {
        let now = self.now();
        let write = self.db.begin().await?;
        let held = decisions_formation::held_of_lot(&*write, lot, by.id, now).await?;
        let Some(first) = held.first() else { return Ok((0, Vec::new())) };
        let Some(one) = preinscriptions::find(&*write, first.preinscription_id).await? else {
            return Ok((0, Vec::new()));
        };
        let ids = held.iter().map(|decision| decision.preinscription_id);
        let Some((mut session, rows)) = self.locked(&*write, one.session_id, ids).await? else {
            return Ok((0, Vec::new()));
        };
        let (mut taken, mut left) = (0, Vec::new());
        for row in rows {
            let Some(decision) = held.iter().find(|decision| decision.preinscription_id == row.id) else { continue };
            if row.version == decision.version && self.undo(&*write, &mut session, &row, decision, by).await? {
                decisions_formation::taken_back(&*write, decision.id, now).await?;
                taken += 1;
            } else {
                left.push(row.id);
            }
        }
        self.call_list(&*write, &mut session).await?;
        self.commit(write).await?;
        Ok((taken, left))
    }

    async fn undo(
        &self,
        db: &impl ConnectionTrait,
        session: &mut sessions_formation::Model,
        row: &Model,
        decision: &decisions_formation::Model,
        by: &Gestionnaire,
    ) -> Result<bool, BackendError> {
        let before = decisions_formation::avant(decision)?;
        if sessions_formation::etat(session)? != EtatSessionFormation::Publiee {
            return Ok(false);
        }
        let ended = !preinscriptions::etat(row)?.is_active();
        if ended && preinscriptions::active_for(db, session.id, row.compte_id).await?.is_some() {
            return Ok(false);
        }
        let holds = [EtatPreinscription::Retenue, EtatPreinscription::Proposee];
        if before.holds_a_place() && self.clash(db, session, row.compte_id, &holds).await?.is_some() {
            return Ok(false);
        }
        let Passe::Fait(after) = preinscriptions::take_back(db, session, row, before, self.now()).await? else {
            return Ok(false);
        };
        let name = format!("preinscription:{}", row.id);
        let champs = [name.as_str(), row.etat.as_str(), before.code()];
        let (acteur, action) = (Acteur::Gestionnaire(by.id), Action::DecisionReprise);
        journal::write(db, self.now(), acteur, Some(row.compte_id), action, &champs).await?;
        if before == EtatPreinscription::Proposee {
            // The time of an offer begins with its mail: the former one told of a version that is no more.
            self.queue_offer(db, &after).await?;
        }
        Ok(true)
    }
}
