use async_trait::async_trait;
use domain::Etape;
use domain::compte::Statut;
use domain::ports::{Comptes, Formateur, MonCompte, Reply};

use super::Backend;
use crate::error::BackendError;
use crate::persistence::entities::compte;
use crate::persistence::{comptes, motifs};

/// Tab by tab, (label, value).
pub(super) type Donnees = Vec<(Etape, Vec<(String, String)>)>;

#[async_trait]
impl Comptes for Backend {
    async fn mine(&self, who: &Formateur) -> Reply<MonCompte> {
        self.reply("comptes.mine", self.mon_compte(who).await)
    }
}

impl Backend {
    async fn mon_compte(&self, who: &Formateur) -> Result<MonCompte, BackendError> {
        let db = self.db.connection();
        let row = comptes::find(db, who.compte_id).await?;
        // The account was there when the session was read, an instant ago.
        let row = row.ok_or(BackendError::Corrupt { table: "session", column: "sujet_id" })?;
        let statut = comptes::statut(&row)?;
        let motif = match row.motif_id.filter(|_| statut == Statut::Refuse) {
            Some(id) => motifs::find(db, id).await?.map(|motif| motif.texte),
            None => None,
        };
        Ok(MonCompte {
            reference: comptes::reference(&row)?,
            cas: comptes::cas(&row)?,
            employeur: self.employeur(db, &row).await?,
            donnees: if statut == Statut::Actif { self.donnees(&row)? } else { Vec::new() },
            motif,
            message: row.message.filter(|message| statut == Statut::Refuse && !message.is_empty()),
            prenom: row.prenom,
            nom: row.nom,
            courriel: row.courriel,
            statut,
            envoyee_le: row.envoyee_le,
            activee_le: row.activee_le,
            decidee_le: row.decidee_le,
        })
    }

    /// Tab by tab, as people read it back. The last tab is only boxes to tick.
    pub(super) fn donnees(&self, row: &compte::Model) -> Result<Donnees, BackendError> {
        let contexte = self.contexte(comptes::cas(row)?);
        let brouillon = comptes::brouillon(row);
        let shown = Etape::ALL.into_iter().filter(|etape| *etape != Etape::Validation);
        Ok(shown.map(|etape| (etape, brouillon.recap(etape, &contexte))).collect())
    }
}
