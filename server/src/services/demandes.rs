use async_trait::async_trait;
use domain::compte::Statut;
use domain::correction::Remarque;
use domain::ports::{
    Decision, Demandes, Dossier, Evenement, FiltreDemandes, Gestionnaire, LigneDemande, Motif, PageDemandes, Reply,
};
use sea_orm::ConnectionTrait;

use super::{Backend, plain_text};
use crate::error::BackendError;
use crate::persistence::comptes::{self, Column, Step};
use crate::persistence::courriels::Genre;
use crate::persistence::entities::compte;
use crate::persistence::journal::{self, Acteur, Action};
use crate::persistence::{demandes, gestionnaires, motifs};

/// The longest message to a person, in characters.
const MESSAGE_MAX: usize = 2_000;

#[async_trait]
impl Demandes for Backend {
    async fn list(&self, _: &Gestionnaire, filtre: &FiltreDemandes) -> Reply<PageDemandes> {
        let outcome = async {
            let (rows, suivante) = demandes::page(self.db.connection(), filtre).await?;
            let lignes = rows.iter().map(ligne).collect::<Result<_, _>>()?;
            Ok(PageDemandes { lignes, suivante, maintenant: self.now() })
        };
        self.reply("demandes.list", outcome.await)
    }

    async fn dossier(&self, _: &Gestionnaire, id: i64) -> Reply<Option<Dossier>> {
        let outcome = async {
            let db = self.db.connection();
            let Some(row) = comptes::find(db, id).await? else { return Ok(None) };
            Ok(Some(Dossier {
                ligne: ligne(&row)?,
                version: row.version,
                employeur: self.employeur(db, &row).await?,
                donnees: self.donnees(&row)?,
                corrections: self.past_corrections(db, &row).await?,
                historique: self.historique(db, id).await?,
                maintenant: self.now(),
                courriel: row.courriel,
            }))
        };
        self.reply("demandes.dossier", outcome.await)
    }

    async fn motifs(&self, _: &Gestionnaire) -> Reply<Vec<Motif>> {
        self.reply("demandes.motifs", motifs::active(self.db.connection()).await)
    }

    async fn validate(&self, by: &Gestionnaire, id: i64, version: i64) -> Reply<Decision> {
        self.reply("demandes.validate", self.decide(by, id, version, Statut::Actif, None).await)
    }

    async fn refuse(
        &self,
        by: &Gestionnaire,
        id: i64,
        version: i64,
        motif: Option<i64>,
        message: &str,
    ) -> Reply<Decision> {
        let outcome = async {
            let Some(motif) = motif else { return Ok(Decision::MotifManquant) };
            let refusal = (motif, plain_text(message, MESSAGE_MAX));
            self.decide(by, id, version, Statut::Refuse, Some(refusal)).await
        };
        self.reply("demandes.refuse", outcome.await)
    }

    async fn request_corrections(
        &self,
        by: &Gestionnaire,
        id: i64,
        version: i64,
        remarques: &[Remarque],
        message: &str,
    ) -> Reply<Decision> {
        let message = plain_text(message, MESSAGE_MAX);
        self.reply("demandes.request_corrections", self.ask_corrections(by, id, version, remarques, message).await)
    }
}

impl Backend {
    /// One conditional update with its journal line and its mail: of two decisions at once, one finds the account
    /// already gone from `AValider`.
    async fn decide(
        &self,
        by: &Gestionnaire,
        id: i64,
        version: i64,
        to: Statut,
        refusal: Option<(i64, String)>,
    ) -> Result<Decision, BackendError> {
        let now = self.now();
        let write = self.db.begin().await?;
        let (motif, message) = match refusal {
            Some((motif, message)) => match motifs::find_active(&*write, motif).await? {
                Some(motif) => (Some(motif.id), Some(message)),
                None => return Ok(Decision::MotifManquant),
            },
            None => (None, None),
        };
        let step = Step {
            from: Statut::AValider,
            to,
            version: Some(version),
            also: vec![
                (Column::DecideeLe, now.into()),
                (Column::DecideePar, by.id.into()),
                (Column::MotifId, motif.into()),
                (Column::Message, message.into()),
            ],
        };
        let taken = comptes::step(&*write, id, step, now).await?;
        let Some(row) = comptes::find(&*write, id).await? else { return Ok(Decision::Introuvable) };
        if !taken {
            return self.too_late(&*write, &row).await;
        }
        let (action, genre, champs): (_, _, &[&str]) = if to == Statut::Actif {
            (Action::Validation, Genre::Valide, &["statut"])
        } else {
            (Action::Refus, Genre::Refuse, &["statut", "motif_id", "message"])
        };
        journal::write(&*write, now, Acteur::Gestionnaire(by.id), Some(id), action, champs).await?;
        self.queue_for_compte(&*write, genre, &row, None).await?;
        write.commit().await?;
        self.outbox.notify_one();
        Ok(Decision::Prise)
    }

    /// What the second of two deciders is told.
    pub(super) async fn too_late(
        &self,
        db: &impl ConnectionTrait,
        row: &compte::Model,
    ) -> Result<Decision, BackendError> {
        let par = self.last_actor(db, row).await?;
        Ok(Decision::DejaPrise { par, statut: comptes::statut(row)?, le: row.statut_depuis })
    }

    async fn last_actor(&self, db: &impl ConnectionTrait, row: &compte::Model) -> Result<String, BackendError> {
        let last = journal::of_account(db, row.id).await?.into_iter().next();
        match last {
            Some(last) => self.actor(db, &last.acteur).await,
            None => Ok(String::new()),
        }
    }

    async fn historique(&self, db: &impl ConnectionTrait, id: i64) -> Result<Vec<Evenement>, BackendError> {
        let mut evenements = Vec::new();
        for line in journal::of_account(db, id).await? {
            let action =
                Action::from_code(&line.action).ok_or(BackendError::Corrupt { table: "journal", column: "action" })?;
            let par = self.actor(db, &line.acteur).await?;
            evenements.push(Evenement { le: line.le, quoi: action.label().to_owned(), par });
        }
        Ok(evenements)
    }

    async fn actor(&self, db: &impl ConnectionTrait, code: &str) -> Result<String, BackendError> {
        let acteur = Acteur::from_code(code).ok_or(BackendError::Corrupt { table: "journal", column: "acteur" })?;
        Ok(match acteur {
            Acteur::Personne => "la personne".to_owned(),
            Acteur::Systeme => "le service".to_owned(),
            Acteur::LigneDeCommande => "l’exploitant".to_owned(),
            Acteur::Gestionnaire(id) => self.staff_name(db, Some(id)).await?,
        })
    }

    pub(super) async fn staff_name(&self, db: &impl ConnectionTrait, id: Option<i64>) -> Result<String, BackendError> {
        let row = match id {
            Some(id) => gestionnaires::find(db, id).await?,
            None => None,
        };
        Ok(row.map_or_else(|| "un gestionnaire".to_owned(), |row| row.nom))
    }
}

fn ligne(row: &compte::Model) -> Result<LigneDemande, BackendError> {
    Ok(LigneDemande {
        id: row.id,
        reference: comptes::reference(row)?,
        nom: row.nom.clone(),
        prenom: row.prenom.clone(),
        cas: comptes::cas(row)?,
        statut: comptes::statut(row)?,
        depuis: row.statut_depuis,
    })
}
