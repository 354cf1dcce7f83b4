//! What a person reads of their own préinscriptions.

use app::areas::formations::{Formulaire, MaPreinscription, Possible};
use app::base::appelants::Formateur;
use domain::Cas;
use domain::formation::{CodeFormation, EtatPreinscription, Lieu, Origine};
use domain::instant::Millis;

use crate::backend::Backend;
use crate::error::BackendError;
use crate::persistence::preinscriptions::Model;
use crate::persistence::{comptes, motifs, preinscriptions, sessions_formation};

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
        match self.hindrance(db, &session, &compte, self.now()).await? {
            Some(None) => return Ok(None),
            Some(Some(why)) => return Ok(Some(Possible::Impossible(why))),
            None => {}
        }
        let wishes = [EtatPreinscription::AvisDemande, EtatPreinscription::Demandee, EtatPreinscription::ListeAttente];
        let chevauche = self.clash(db, &session, compte.id, &wishes).await?.map(|(_, title)| title);
        let par_le_service = comptes::cas(&compte)? == Cas::ServiceRh;
        Ok(Some(Possible::Ouverte(Formulaire { par_le_service, chevauche })))
    }

    /// To come in the order of their dates, then the past, the newest first.
    pub(super) async fn preinscriptions_of(&self, who: &Formateur) -> Result<Vec<MaPreinscription>, BackendError> {
        let mut all: Vec<(Millis, MaPreinscription)> = Vec::new();
        for row in preinscriptions::of_account(self.db.connection(), who.compte_id).await? {
            let mine = self.ma_preinscription(&row).await?;
            let debut = mine.seances.iter().map(domain::formation::Seance::commence).min().unwrap_or_default();
            all.push((debut, mine));
        }
        all.sort_by_key(|(debut, mine)| if mine.passee { (1, -debut) } else { (0, *debut) });
        Ok(all.into_iter().map(|(_, mine)| mine).collect())
    }

    pub(super) async fn ma_preinscription(&self, row: &Model) -> Result<MaPreinscription, BackendError> {
        const ORPHAN: BackendError = BackendError::Corrupt { table: "preinscription", column: "session_id" };
        let (db, now) = (self.db.connection(), self.now());
        let session = sessions_formation::find(db, row.session_id).await?.ok_or(ORPHAN)?;
        let mut seances = sessions_formation::seances(db, session.id).await?;
        let etat = preinscriptions::etat(row)?;
        if etat != EtatPreinscription::Retenue {
            for seance in &mut seances {
                if let Lieu::ADistance { lien } = &mut seance.lieu {
                    lien.clear();
                }
            }
        }
        let devant = match etat {
            EtatPreinscription::ListeAttente => {
                let ahead = preinscriptions::count_before(db, session.id, row.rang).await?;
                Some(u32::try_from(ahead).unwrap_or(u32::MAX))
            }
            _ => None,
        };
        let motif = match row.motif_id {
            Some(id) => match (motifs::find(db, id).await?, comptes::find(db, row.compte_id).await?) {
                (Some(motif), Some(compte)) => Some(self.motif_said(&motif.texte, &compte, row)?),
                _ => None,
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
            adresse: sessions_formation::address(&session),
            intitule: session.intitule.clone(),
            seances,
            phase: sessions_formation::reperes(&session)?.phase(now),
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
