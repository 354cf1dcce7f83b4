//! What a person reads of their own préinscriptions.

use app::areas::formations::{Formulaire, MaPreinscription, Possible};
use app::base::appelants::Formateur;
use domain::Cas;
use domain::formation::seance::hide_links;
use domain::formation::{CodeFormation, EtatPreinscription, Origine, Seance};

use super::places::is_shown;
use crate::backend::Backend;
use crate::error::BackendError;
use crate::persistence::preinscriptions::Model;
use crate::persistence::{comptes, preinscriptions, sessions_formation};

impl Backend {
    pub(super) async fn possible_for(
        &self,
        who: &Formateur,
        code: &str,
        numero: i64,
    ) -> Result<Option<Possible>, BackendError> {
        let db = self.db.connection();
        let Some(code) = CodeFormation::read(code) else { return Ok(None) };
        let Some(session) = sessions_formation::by_address(db, &code, numero).await? else { return Ok(None) };
        let Some(compte) = comptes::find(db, who.compte_id).await? else { return Ok(None) };
        if let Some(row) = preinscriptions::active_for(db, session.id, compte.id).await? {
            let (reference, etat) = (preinscriptions::reference(&row)?, preinscriptions::etat(&row)?);
            return Ok(Some(Possible::Deja { reference, etat }));
        }
        if !is_shown(&session)? {
            return Ok(None);
        }
        if let Some(why) = self.hindrance(db, &session, &compte, self.now()).await? {
            return Ok(Some(Possible::Impossible(why)));
        }
        let wishes = [EtatPreinscription::AvisDemande, EtatPreinscription::Demandee, EtatPreinscription::ListeAttente];
        let chevauche = self.clash(db, &session, compte.id, &wishes).await?.map(|(_, title)| title);
        let par_le_service = comptes::cas(&compte)? == Cas::ServiceRh;
        Ok(Some(Possible::Ouverte(Formulaire { par_le_service, chevauche })))
    }

    /// To come in the order of their dates, then the past, the newest first.
    pub(super) async fn preinscriptions_of(&self, who: &Formateur) -> Result<Vec<MaPreinscription>, BackendError> {
        let rows = preinscriptions::of_account(self.db.connection(), who.compte_id).await?;
        let mut all = self.mes_preinscriptions(&rows).await?;
        let begins = |mine: &MaPreinscription| mine.seances.iter().map(Seance::commence).min().unwrap_or_default();
        all.sort_by_key(|mine| if mine.passee { (1, -begins(mine)) } else { (0, begins(mine)) });
        Ok(all)
    }

    /// These rows of one account, as their person reads them. Their sessions are read at once.
    pub(super) async fn mes_preinscriptions(&self, rows: &[Model]) -> Result<Vec<MaPreinscription>, BackendError> {
        const ORPHAN: BackendError = BackendError::Corrupt { table: "preinscription", column: "session_id" };
        let db = self.db.connection();
        let ids = || rows.iter().map(|row| row.session_id);
        let sessions = sessions_formation::find_all(db, ids()).await?;
        let seances = sessions_formation::seances_of(db, ids()).await?;
        let mut mine = Vec::new();
        for row in rows {
            let session = sessions.get(&row.session_id).ok_or(ORPHAN)?;
            // An account may have several rows of one session.
            let seances = seances.get(&session.id).cloned().unwrap_or_default();
            mine.push(self.ma_preinscription(row, session, seances).await?);
        }
        Ok(mine)
    }

    async fn ma_preinscription(
        &self,
        row: &Model,
        session: &sessions_formation::Model,
        mut seances: Vec<Seance>,
    ) -> Result<MaPreinscription, BackendError> {
        let (db, now) = (self.db.connection(), self.now());
        let etat = preinscriptions::etat(row)?;
        if etat != EtatPreinscription::Retenue {
            hide_links(&mut seances);
        }
        let devant = match etat {
            EtatPreinscription::ListeAttente => Some(preinscriptions::count_before(db, session.id, row.rang).await?),
            _ => None,
        };
        // Most rows have no motive, and need nothing of the account.
        let motif = match row.motif_id {
            Some(_) => match comptes::find(db, row.compte_id).await? {
                Some(compte) => self.motif_of(db, &compte, row).await?,
                None => None,
            },
            None => None,
        };
        let par = match preinscriptions::origine(row)? {
            Origine::Personne => None,
            Origine::ServiceFormation => Some("Votre service formation"),
            Origine::Gestionnaire => Some("Le CNFPT"),
        };
        let seances_passees = seances.iter().filter(|seance| seance.finit() <= now).count();
        Ok(MaPreinscription {
            reference: preinscriptions::reference(row)?,
            etat,
            cause: preinscriptions::cause(row)?,
            adresse: sessions_formation::address(session),
            intitule: session.intitule.clone(),
            seances,
            phase: sessions_formation::reperes(session)?.phase(now),
            creee_le: row.cree_le,
            devant,
            offre_fin: row.offre_fin.filter(|_| row.offre_remise_le.is_some()),
            motif,
            observation: row.observation.clone(),
            attentes: row.attentes.clone(),
            contact_referent: row.contact_referent,
            seances_passees,
            par,
            commencee: now >= session.debut,
            passee: now >= session.fin,
        })
    }
}
