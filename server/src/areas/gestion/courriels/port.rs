use app::areas::gestion::courriels::{Expedition, LigneCourriel, ListeCourriels, VoletCourriels};
use app::areas::gestion::dossiers::EtatCourriel;
use app::base::appelants::{Administrateur, Gestionnaire, Pause};
use app::base::port::Reply;
use async_trait::async_trait;
use domain::valeurs::AdresseCourriel;

use super::expedition;
use crate::areas::gestion::dossiers::dossier::said_to_staff;
use crate::areas::gestion::dossiers::port::named;
use crate::backend::Backend;
use crate::error::BackendError;
use crate::persistence::courriels::{Etat, Genre};
use crate::persistence::entities::courriel;
use crate::persistence::journal::{Acteur, Action};
use crate::persistence::{comptes, courriels, gestionnaires, journal, pause};

const PAGE: u64 = 50;

#[async_trait]
impl Expedition for Backend {
    async fn outbox_page(&self, _: &Gestionnaire, volet: VoletCourriels, apres: Option<i64>) -> Reply<ListeCourriels> {
        Ok(self.mails(volet, apres).await?)
    }

    async fn requeue(&self, by: &Gestionnaire, id: i64) -> Reply<bool> {
        let now = self.now();
        let write = self.db.begin().await?;
        if !courriels::send_again(&*write, id, None, now).await? {
            return Ok(false);
        }
        let compte_id = courriels::find(&*write, id).await?.and_then(|row| row.compte_id);
        let acteur = Acteur::Gestionnaire(by.id);
        let which = format!("courriel:{id}");
        journal::write(&*write, now, acteur, compte_id, Action::CourrielRenvoye, &[&which]).await?;
        self.commit(write).await?;
        Ok(true)
    }

    async fn pause(&self, by: &Administrateur) -> Reply<()> {
        let now = self.now();
        let write = self.db.begin().await?;
        if self.others_left(&*write, by, by.id).await?.is_none() {
            return Ok(());
        }
        if pause::begin(&*write, by.id, now).await? {
            let acteur = Acteur::Gestionnaire(by.id);
            journal::write(&*write, now, acteur, None, Action::CourrielsSuspendus, &[]).await?;
            write.commit().await?;
        }
        Ok(())
    }

    async fn unpause(&self, by: &Gestionnaire) -> Reply<()> {
        let write = self.db.begin().await?;
        if pause::end(&*write).await? {
            let acteur = Acteur::Gestionnaire(by.id);
            journal::write(&*write, self.now(), acteur, None, Action::CourrielsRepris, &[]).await?;
            self.commit(write).await?;
        }
        Ok(())
    }
}

impl Backend {
    async fn mails(&self, volet: VoletCourriels, apres: Option<i64>) -> Result<ListeCourriels, BackendError> {
        let db = self.db.connection();
        let now = self.now();
        let mut rows = expedition::page(db, volet, apres, PAGE + 1, now).await?;
        let more = rows.len() as u64 > PAGE;
        rows.truncate(PAGE as usize);
        let suivante = rows.last().filter(|_| more).map(|row| row.id);
        let mut lignes = Vec::with_capacity(rows.len());
        for row in rows {
            lignes.push(self.mail_line(row).await?);
        }
        let pause = self.current_pause().await?;
        Ok(ListeCourriels { volet, compteurs: expedition::counts(db, now).await?, lignes, suivante, pause })
    }

    /// The running pause.
    pub(crate) async fn current_pause(&self) -> Result<Option<Pause>, BackendError> {
        let db = self.db.connection();
        let Some(row) = pause::current(db, self.now()).await? else { return Ok(None) };
        let names = gestionnaires::names(db, &[row.par]).await?;
        Ok(Some(Pause { par: named(&names, row.par), depuis: row.depuis, jusqu_a: row.depuis + pause::LASTS }))
    }

    async fn mail_line(&self, row: courriel::Model) -> Result<LigneCourriel, BackendError> {
        let db = self.db.connection();
        let corrupt = |column| BackendError::Corrupt { table: "courriel", column };
        let compte = match row.compte_id {
            Some(id) => comptes::find(db, id).await?,
            None => None,
        };
        let address = match row.gestionnaire_id {
            Some(id) => gestionnaires::find(db, id).await?.map(|row| (row.courriel_cle, row.courriel)),
            None => compte.as_ref().map(|row| (row.courriel_cle.clone(), row.courriel.clone())),
        };
        // A mail is only for the address it was queued for. If the address was corrected since, none is shown.
        let destinataire = address
            .filter(|(cle, _)| self.hides(&row.destinataire_cle, cle))
            .and_then(|(_, typed)| AdresseCourriel::parse(&typed))
            .map(|courriel| courriel.masked());
        let dossier = match &compte {
            Some(compte) => Some((compte.id, comptes::reference(compte)?)),
            None => None,
        };
        let pourquoi = row.derniere_erreur.clone();
        let etat = match (Etat::from_code(&row.etat).ok_or_else(|| corrupt("etat"))?, pourquoi) {
            (Etat::Queued, Some(pourquoi)) => {
                EtatCourriel::Differe { pourquoi, prochain_envoi_le: row.prochain_envoi_le }
            }
            (Etat::Queued | Etat::Moot, _) => EtatCourriel::EnFile,
            (Etat::Sent, _) => EtatCourriel::Remis,
            (Etat::Dead, pourquoi) => EtatCourriel::Abandonne { pourquoi: pourquoi.unwrap_or_default() },
        };
        Ok(LigneCourriel {
            id: row.id,
            quoi: said_to_staff(&row.genre, row.retenu),
            renvoyable: Genre::from_code(&row.genre).is_some_and(Genre::may_go_again),
            destinataire,
            dossier,
            le: row.envoye_le.unwrap_or(row.cree_le),
            etat,
            envois: row.envois,
        })
    }
}
