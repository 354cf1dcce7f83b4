use app::areas::compte::{AccuseReception, Comptes, MonCompte};
use app::base::appelants::Formateur;
use app::base::port::Reply;
use async_trait::async_trait;
use domain::compte::Statut;
use domain::instant::Millis;
use domain::{Rubrique, correction, instant};
use sea_orm::ConnectionTrait;

use crate::areas::gestion::motifs::said_to;
use crate::backend::Backend;
use crate::error::BackendError;
use crate::persistence::comptes::Step;
use crate::persistence::entities::compte;
use crate::persistence::journal::{Acteur, Action};
use crate::persistence::{comptes, connexions, corrections, decisions, identifiants, journal, motifs, reponses};

#[async_trait]
impl Comptes for Backend {
    async fn mine(&self, who: &Formateur) -> Reply<MonCompte> {
        Ok(self.mon_compte(who).await?)
    }

    async fn receipt(&self, who: &Formateur) -> Reply<Option<AccuseReception>> {
        let db = self.db.connection();
        let row = self.own_row(db, who).await?;
        let Some(recue_le) = self.received_on(db, &row).await? else { return Ok(None) };
        Ok(Some(AccuseReception {
            reference: comptes::reference(&row)?,
            silence: self.config.decisions.silence_on(instant::today(recue_le)),
            prenom: row.prenom,
            nom: row.nom,
            recue_le,
        }))
    }

    async fn withdraw(&self, who: &Formateur) -> Reply<Option<String>> {
        let outcome = || async {
            let write = self.db.begin().await?;
            let Some(row) = comptes::find_locked(&*write, who.compte_id).await? else { return Ok(None) };
            if !self.take_back(&*write, &row, Acteur::Personne).await? {
                return Ok(None);
            }
            write.commit().await?;
            Ok(Some(self.follow_up_token(comptes::reference(&row)?)))
        };
        Ok(self.retried(outcome).await?)
    }
}

impl Backend {
    async fn mon_compte(&self, who: &Formateur) -> Result<MonCompte, BackendError> {
        let db = self.db.connection();
        let row = self.own_row(db, who).await?;
        let statut = comptes::statut(&row)?;
        let motif = match row.motif_id.filter(|_| statut == Statut::Refuse) {
            Some(id) => match motifs::find(db, id).await? {
                Some(motif) => Some(said_to(&motif.texte, &row)?),
                None => None,
            },
            None => None,
        };
        Ok(MonCompte {
            cas: comptes::cas(&row)?,
            employeur: self.employeur(db, &row).await?,
            donnees: if statut == Statut::Actif { self.donnees(&row)? } else { Vec::new() },
            suivi: self.suivi(db, &row).await?,
            motif,
            message: row.message.filter(|message| statut == Statut::Refuse && !message.is_empty()),
            prenom: row.prenom,
            nom: row.nom,
            courriel: row.courriel,
        })
    }

    /// When the person made the request their own: at the activation, or when they finished the relecture.
    pub(crate) async fn received_on(
        &self,
        db: &impl ConnectionTrait,
        row: &compte::Model,
    ) -> Result<Option<Millis>, BackendError> {
        let review = corrections::review(db, row.id).await?;
        Ok(review.map_or(row.activee_le, |review| review.renvoyee_le))
    }

    pub(crate) async fn own_row(
        &self,
        db: &impl ConnectionTrait,
        who: &Formateur,
    ) -> Result<compte::Model, BackendError> {
        let row = comptes::find(db, who.compte_id).await?;
        // The account was there when the connexion was read, an instant ago.
        row.ok_or(BackendError::Corrupt { table: "session", column: "sujet_id" })
    }

    /// Withdraws a request before its decision. Its address is free again, and its connexions close.
    pub(crate) async fn take_back(
        &self,
        db: &impl ConnectionTrait,
        row: &compte::Model,
        by: Acteur,
    ) -> Result<bool, BackendError> {
        let now = self.now();
        let from = comptes::statut(row)?;
        let step = Step { from, to: Statut::Retiree, version: Some(row.version), also: Vec::new() };
        if !comptes::step(db, row.id, step, now).await? {
            return Ok(false);
        }
        decisions::cancel_on(db, row.id, now).await?;
        connexions::close_all(db, connexions::Genre::Formateur, row.id).await?;
        identifiants::delete(db, &row.courriel_cle).await?;
        journal::write(db, now, by, Some(row.id), Action::Retrait, &["statut"]).await?;
        Ok(true)
    }

    /// The answers, tab by tab, as the person reads them.
    pub(crate) fn donnees(&self, row: &compte::Model) -> Result<Vec<Rubrique>, BackendError> {
        let contexte = self.contexte(comptes::cas(row)?);
        let brouillon = reponses::brouillon(row);
        let rubrique = |etape| Rubrique { etape, lignes: brouillon.recap(etape, &contexte) };
        Ok(correction::etapes().map(rubrique).collect())
    }
}
