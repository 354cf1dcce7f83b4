//! Decisions. To take, apply and cancel a decision are conditional updates: if two run at once, one succeeds.

use app::areas::gestion::dossiers::{Annulation, Decision, Decisions, Motif, Verdict};
use app::base::appelants::{Administrateur, Gestionnaire, Role};
use app::base::port::Reply;
use async_trait::async_trait;
use domain::compte::Statut;
use domain::correction::{Remarque, correctable};
use sea_orm::ConnectionTrait;

use super::prises;
use crate::backend::{Backend, plain_text};
use crate::clock::SECOND;
use crate::error::BackendError;
use crate::persistence::comptes::{Column, Step};
use crate::persistence::courriels::Genre;
use crate::persistence::decisions::{Model, Nouvelle};
use crate::persistence::entities::compte;
use crate::persistence::journal::{Acteur, Action};
use crate::persistence::{comptes, corrections, decisions, gestionnaires, journal, motifs, reponses};

/// The longest message to a person, in characters.
pub(crate) const MESSAGE_MAX: usize = 2_000;

/// The longest remark on a field, in characters.
const REMARQUE_MAX: usize = 500;

/// What is decided.
#[derive(Clone, Debug)]
pub(crate) enum Choix {
    Valider,
    Refuser { motif: Option<i64>, message: String },
    Corriger { remarques: Vec<Remarque>, message: String },
}

impl Choix {
    fn verdict(&self) -> Verdict {
        match self {
            Self::Valider => Verdict::Valider,
            Self::Refuser { .. } => Verdict::Refuser,
            Self::Corriger { .. } => Verdict::Corriger,
        }
    }
}

#[async_trait]
impl Decisions for Backend {
    async fn motifs(&self, _: &Gestionnaire) -> Reply<Vec<Motif>> {
        Ok(motifs::active(self.db.connection()).await?)
    }

    async fn validate(&self, by: &Gestionnaire, id: i64, version: i64) -> Reply<Decision> {
        Ok(self.decide(by, id, version, Choix::Valider, None).await?)
    }

    async fn refuse(
        &self,
        by: &Gestionnaire,
        id: i64,
        version: i64,
        motif: Option<i64>,
        message: &str,
    ) -> Reply<Decision> {
        let choix = Choix::Refuser { motif, message: plain_text(message, MESSAGE_MAX) };
        Ok(self.decide(by, id, version, choix, None).await?)
    }

    async fn request_corrections(
        &self,
        by: &Gestionnaire,
        id: i64,
        version: i64,
        remarques: &[Remarque],
        message: &str,
    ) -> Reply<Decision> {
        let choix = Choix::Corriger { remarques: remarques.to_vec(), message: plain_text(message, MESSAGE_MAX) };
        Ok(self.decide(by, id, version, choix, None).await?)
    }

    async fn cancel(&self, by: &Gestionnaire, id: i64) -> Reply<Annulation> {
        let write = self.db.begin().await?;
        let cancelled = self.cancel_held(&*write, by, id).await?;
        write.commit().await?;
        Ok(if cancelled { Annulation::Annulee } else { Annulation::TropTard })
    }
}

impl Backend {
    /// Takes a decision: one for each version of an account. It applies at once, or after the hold.
    pub(crate) async fn decide(
        &self,
        by: &Gestionnaire,
        id: i64,
        version: i64,
        choix: Choix,
        lot: Option<String>,
    ) -> Result<Decision, BackendError> {
        let now = self.now();
        let write = self.db.begin().await?;
        let Some(row) = comptes::find_locked(&*write, id).await? else { return Ok(Decision::Introuvable) };
        if row.statut != Statut::AValider.code() || row.version != version {
            return self.too_late(&*write, &row).await;
        }
        if let Some(held) = decisions::of_version(&*write, id, version).await? {
            let par = self.staff_name(&*write, Some(held.par)).await?;
            return Ok(Decision::DejaPrise { par, statut: Statut::AValider, le: held.prise_le });
        }
        if let Some(prise) = self.claim_of_another(&*write, by, id).await? {
            return Ok(Decision::PriseEnCharge(prise));
        }
        let verdict = choix.verdict();
        let (motif_id, message, remarques) = match choix {
            Choix::Valider => (None, String::new(), Vec::new()),
            Choix::Refuser { motif, message } => {
                let known = match motif {
                    Some(motif) => motifs::find_active(&*write, motif).await?,
                    None => None,
                };
                let Some(known) = known else { return Ok(Decision::MotifManquant) };
                (Some(known.id), message, Vec::new())
            }
            Choix::Corriger { remarques, message } => {
                let asked = self.asked(&row, &remarques)?;
                if asked.is_empty() {
                    return Ok(Decision::RemarqueManquante);
                }
                (None, message, asked)
            }
        };
        let hold = i64::from(self.config.decisions.hold_seconds) * SECOND;
        let effet_le = now + hold;
        let decision =
            Nouvelle { compte_id: id, version, verdict, motif_id, message, remarques, lot, par: by.id, effet_le };
        let decision = decisions::take(&*write, decision, now).await?;
        prises::release(&*write, id, by.id).await?;
        if hold > 0 {
            let acteur = Acteur::Gestionnaire(by.id);
            journal::write(&*write, now, acteur, Some(id), Action::DecisionTenue, &["decision"]).await?;
            write.commit().await?;
            return Ok(Decision::EnAttente { effet_le });
        }
        let applied = self.apply(&*write, &decision).await?;
        write.commit().await?;
        if applied {
            self.metrics.decided(verdict);
        }
        self.outbox.notify_one();
        Ok(Decision::Prise)
    }

    /// Applies a decision: changes the account, writes the journal line, queues the mail. `false` when it was applied
    /// or cancelled meanwhile. Also `false` when its author lost the right or the account changed state: the decision
    /// is then cancelled.
    pub(crate) async fn apply(&self, db: &impl ConnectionTrait, decision: &Model) -> Result<bool, BackendError> {
        let now = self.now();
        let id = decision.compte_id;
        // Locks the account first, in the same order as a withdrawal. Otherwise the two transactions could block each
        // other.
        comptes::find_locked(db, id).await?;
        // The right is checked now: the author may have lost it since the decision.
        if !gestionnaires::is_active(db, decision.par).await? {
            if decisions::cancel(db, decision.id, now).await? {
                journal::write(db, now, Acteur::Systeme, Some(id), Action::DecisionAnnulee, &["decision"]).await?;
            }
            return Ok(false);
        }
        if !decisions::applied(db, decision.id, now).await? {
            return Ok(false);
        }
        let verdict = decisions::verdict(decision)?;
        let decided = vec![
            (Column::DecideeLe, now.into()),
            (Column::DecideePar, decision.par.into()),
            (Column::MotifId, decision.motif_id.into()),
        ];
        let (to, also, action, genre) = match verdict {
            Verdict::Valider => {
                let also = [decided, vec![(Column::Message, None::<String>.into())]].concat();
                (Statut::Actif, also, Action::Validation, Genre::Valide)
            }
            Verdict::Refuser => {
                let also = [decided, vec![(Column::Message, decision.message.clone().into())]].concat();
                (Statut::Refuse, also, Action::Refus, Genre::Refuse)
            }
            Verdict::Corriger => (Statut::ACompleter, Vec::new(), Action::CorrectionsDemandees, Genre::ACompleter),
        };
        let step = Step { from: Statut::AValider, to, version: Some(decision.version), also };
        if !comptes::step(db, id, step, now).await? {
            decisions::void(db, decision.id, now).await?;
            return Ok(false);
        }
        let Some(row) = comptes::find(db, id).await? else { return Ok(false) };
        let remarques = decisions::remarques(decision)?;
        let champs: Vec<&str> = match verdict {
            Verdict::Valider => vec!["statut"],
            Verdict::Refuser => vec!["statut", "motif_id", "message"],
            Verdict::Corriger => {
                corrections::open(db, &row, decision.par, decision.message.clone(), &remarques, now).await?;
                remarques.iter().map(|remarque| remarque.champ.as_str()).collect()
            }
        };
        journal::write(db, now, Acteur::Gestionnaire(decision.par), Some(id), action, &champs).await?;
        self.queue_for_compte(db, genre, &row, None).await?;
        Ok(true)
    }

    /// The remarques on fields that can be corrected, in the order of the form.
    fn asked(&self, row: &compte::Model, remarques: &[Remarque]) -> Result<Vec<Remarque>, BackendError> {
        let contexte = self.contexte(comptes::cas(row)?);
        let mut asked: Vec<Remarque> = remarques
            .iter()
            .filter(|remarque| correctable(remarque.etape, &remarque.champ, &contexte))
            .map(|remarque| Remarque { texte: plain_text(&remarque.texte, REMARQUE_MAX), ..remarque.clone() })
            .filter(|remarque| !remarque.texte.is_empty())
            .collect();
        let answers = reponses::brouillon(row);
        asked.sort_by_key(|remarque| (remarque.etape, answers.onglet(remarque.etape).position(&remarque.champ)));
        Ok(asked)
    }

    /// Cancels a held decision and writes its journal line. A gestionnaire may cancel only their own; an administrateur
    /// may cancel any.
    pub(crate) async fn cancel_held(
        &self,
        db: &impl ConnectionTrait,
        by: &Gestionnaire,
        id: i64,
    ) -> Result<bool, BackendError> {
        let now = self.now();
        let cancelled = match by.role {
            Role::Administrateur => decisions::cancel_on(db, id, now).await?,
            Role::Gestionnaire => decisions::cancel_own(db, id, by.id, now).await?,
        };
        if !cancelled {
            return Ok(false);
        }
        let acteur = Acteur::Gestionnaire(by.id);
        journal::write(db, now, acteur, Some(id), Action::DecisionAnnulee, &["decision"]).await?;
        Ok(true)
    }

    /// Cancels all held decisions of a member who loses their right. Writes one journal line for each.
    pub(crate) async fn cancel_all_of(
        &self,
        db: &impl ConnectionTrait,
        by: &Administrateur,
        member: i64,
    ) -> Result<(), BackendError> {
        let now = self.now();
        for held in decisions::held_by(db, member).await? {
            if decisions::cancel(db, held.id, now).await? {
                let (acteur, action) = (Acteur::Gestionnaire(by.id), Action::DecisionAnnulee);
                journal::write(db, now, acteur, Some(held.compte_id), action, &["decision"]).await?;
            }
        }
        Ok(())
    }

    /// The answer to the second of two gestionnaires who decide at once.
    pub(crate) async fn too_late(
        &self,
        db: &impl ConnectionTrait,
        row: &compte::Model,
    ) -> Result<Decision, BackendError> {
        let par = self.last_actor(db, row).await?;
        Ok(Decision::DejaPrise { par, statut: comptes::statut(row)?, le: row.statut_depuis })
    }
}
