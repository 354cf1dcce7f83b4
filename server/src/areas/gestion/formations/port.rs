use app::areas::gestion::formations::{
    EditionFormation, FicheGestion, FormationEnregistree, LigneFormation, ListeFormations, Publication, SeanceGeree,
    SessionsFormation,
};
use app::base::appelants::Gestionnaire;
use app::base::port::Reply;
use async_trait::async_trait;
use domain::formation::catalogue::CleCatalogue;
use domain::formation::lecture::SessionSaisie;
use domain::formation::seance::{dates, modalite};
use domain::formation::{Attente, EtatSessionFormation, FiltreFormations, Lieu, Seance, SessionFormation};
use domain::instant::{en_clair, jour};
use sea_orm::ConnectionTrait;

use super::ecriture::numbered;
use super::saisies::Gardee;
use super::{liste, saisies};
use crate::backend::Backend;
use crate::error::BackendError;
use crate::persistence::{delegations, sessions_formation};

#[async_trait]
impl SessionsFormation for Backend {
    async fn formations(&self, _: &Gestionnaire, filtre: &FiltreFormations) -> Reply<ListeFormations> {
        let (db, now) = (self.db.connection(), self.now());
        let mut rows = liste::page(db, filtre, now).await?;
        let more = rows.len() > usize::try_from(liste::PAR_PAGE).unwrap_or(usize::MAX);
        if more {
            rows.pop();
        }
        let suivante = rows.last().filter(|_| more).map(|row| CleCatalogue { debut: row.debut, id: row.id });
        let delegations = names(db).await?;
        let mut seances = sessions_formation::seances_of(db, rows.iter().map(|row| row.id)).await?;
        let name = |id: i64| delegations.iter().find(|(known, _)| *known == id).map(|(_, nom)| nom.clone());
        let mut lignes = Vec::new();
        for row in &rows {
            lignes.push(LigneFormation {
                id: row.id,
                adresse: sessions_formation::address(row),
                intitule: row.intitule.clone(),
                dates: dates(&seances.remove(&row.id).unwrap_or_default()),
                delegation: name(row.delegation_id).unwrap_or_default(),
                places: count(row.places),
                a_examiner: count(row.examen),
                phase: sessions_formation::reperes(row)?.phase(now),
            });
        }
        Ok(ListeFormations { lignes, suivante, delegations })
    }

    async fn fiche(&self, _: &Gestionnaire, id: i64) -> Reply<Option<FicheGestion>> {
        let db = self.db.connection();
        let Some(row) = sessions_formation::find(db, id).await? else { return Ok(None) };
        let session = sessions_formation::value(&row, sessions_formation::seances(db, id).await?)?;
        let delegation = delegations::find(db, row.delegation_id).await?;
        let named = delegation.map(|known| match known.active {
            true => known.nom,
            false => format!("{} (désactivée)", known.nom),
        });
        Ok(Some(FicheGestion {
            id,
            version: row.version,
            adresse: sessions_formation::address(&row),
            intitule: row.intitule.clone(),
            etat: sessions_formation::etat(&row)?,
            phase: sessions_formation::reperes(&row)?.phase(self.now()),
            fermee_le: row.fermee_le,
            places: count(row.places),
            occupees: count(row.occupees),
            proposees: count(row.proposees),
            en_attente: count(row.attente),
            a_examiner: count(row.examen),
            avis: count(row.avis),
            silence: self.silence_to_tell(db, &row).await?,
            textes: textes(&session, named.unwrap_or_default()),
            seances: session.seances.iter().map(said).collect(),
        }))
    }

    async fn edit_formation(&self, by: &Gestionnaire, id: Option<i64>) -> Reply<Option<EditionFormation>> {
        let db = self.db.connection();
        let row = match id {
            Some(id) => match sessions_formation::find(db, id).await? {
                Some(row) if sessions_formation::etat(&row)? != EtatSessionFormation::Annulee => Some(row),
                _ => return Ok(None),
            },
            None => None,
        };
        let kept = saisies::find(db, by.id, id).await?;
        let brouillon = kept.is_some();
        let Gardee { version, saisie } = match (kept, &row) {
            (Some(kept), _) => kept,
            (None, Some(row)) => {
                let seances = sessions_formation::seances(db, row.id).await?;
                let saisie = SessionSaisie::of(&sessions_formation::value(row, seances)?);
                Gardee { version: row.version, saisie }
            }
            (None, None) => Gardee { version: 0, saisie: SessionSaisie::nouvelle() },
        };
        let fautes = match self.check_formation(db, row.as_ref(), &saisie).await? {
            Err(fautes) if brouillon => fautes,
            _ => Vec::new(),
        };
        let all = delegations::all(db).await?;
        let own = row.as_ref().map(|row| row.delegation_id);
        let offered = all.into_iter().filter(|known| known.active || Some(known.id) == own);
        let publiee = match &row {
            Some(row) => sessions_formation::etat(row)? == EtatSessionFormation::Publiee,
            None => false,
        };
        Ok(Some(EditionFormation {
            id,
            version,
            adresse: row.as_ref().map(sessions_formation::address).unwrap_or_default(),
            publiee,
            saisie,
            brouillon,
            fautes,
            delegations: offered.map(|known| (known.id, known.nom)).collect(),
        }))
    }

    async fn keep_formation(
        &self,
        by: &Gestionnaire,
        id: Option<i64>,
        version: i64,
        saisie: &SessionSaisie,
    ) -> Reply<()> {
        let db = self.db.connection();
        if let Some(id) = id
            && sessions_formation::find(db, id).await?.is_none()
        {
            return Ok(());
        }
        let gardee = Gardee { version, saisie: saisie.clone() };
        Ok(saisies::put(db, by.id, id, &gardee, self.now()).await?)
    }

    async fn forget_formation(&self, by: &Gestionnaire, id: Option<i64>) -> Reply<()> {
        Ok(saisies::delete(self.db.connection(), by.id, id).await?)
    }

    async fn write_formation(
        &self,
        by: &Gestionnaire,
        id: Option<i64>,
        version: i64,
        saisie: &SessionSaisie,
    ) -> Reply<FormationEnregistree> {
        Ok(match id {
            Some(id) => numbered(|| self.save_formation(by, id, version, saisie)).await?,
            None => numbered(|| self.add_formation(by, saisie)).await?,
        })
    }

    async fn publish_formation(&self, by: &Gestionnaire, id: i64, version: i64) -> Reply<Publication> {
        Ok(self.publish(by, id, version).await?)
    }

    async fn close_formation(&self, by: &Gestionnaire, id: i64, version: i64, fermee: bool) -> Reply<bool> {
        Ok(self.close(by, id, version, fermee).await?)
    }

    async fn duplicate_formation(&self, by: &Gestionnaire, id: i64) -> Reply<Option<i64>> {
        Ok(numbered(|| self.duplicate(by, id)).await?)
    }
}

/// Every délégation: id and name.
async fn names(db: &impl ConnectionTrait) -> Result<Vec<(i64, String)>, BackendError> {
    Ok(delegations::all(db).await?.into_iter().map(|known| (known.id, known.nom)).collect())
}

/// A counter of the table, which refuses a negative one.
fn count(n: i64) -> u32 {
    u32::try_from(n).unwrap_or_default()
}

fn said(seance: &Seance) -> SeanceGeree {
    let lien = match &seance.lieu {
        Lieu::ADistance { lien } => lien.clone(),
        Lieu::Presentiel { .. } => String::new(),
    };
    SeanceGeree { date: seance.date(), heures: seance.heures(), lieu: seance.lieu.en_clair(), lien }
}

/// The texts and the rules of a session, without those that are empty.
fn textes(session: &SessionFormation, delegation: String) -> Vec<(String, String)> {
    let attente = match session.attente {
        Attente::Aucune => "Pas de liste d’attente".to_owned(),
        Attente::AuPlus(most) => format!("{most} personnes au plus"),
        Attente::SansLimite => "Sans limite".to_owned(),
    };
    let ouverture = session.ouverture.map_or("À la publication".to_owned(), en_clair);
    let pairs = [
        ("Délégation organisatrice", delegation),
        ("Modalité", modalite(&session.seances).label().to_owned()),
        ("Attribution", session.attribution.label().to_owned()),
        ("Liste d’attente", attente),
        ("Places libérées", session.liberation.label().to_owned()),
        ("Places par collectivité, au plus", session.par_collectivite.map(|most| most.to_string()).unwrap_or_default()),
        ("Ouverture", ouverture),
        ("Date limite", jour(session.limite)),
        ("Objectifs", session.objectifs.clone()),
        ("Public", session.public.clone()),
        ("Prérequis", session.prerequis.clone()),
        ("Accessibilité du lieu", session.accessibilite.clone()),
    ];
    pairs.into_iter().filter(|(_, text)| !text.is_empty()).map(|(name, text)| (name.to_owned(), text)).collect()
}
