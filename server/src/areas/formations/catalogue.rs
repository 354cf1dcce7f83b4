use app::areas::formations::{Catalogue, Delegation, FicheFormation, LigneCatalogue, PageDuCatalogue};
use app::base::port::Reply;
use async_trait::async_trait;
use domain::formation::catalogue::{CleCatalogue, PAR_PAGE};
use domain::formation::seance::{dates, hide_links};
use domain::formation::{Attente, Attribution, CodeFormation, EtatSessionFormation, FiltreCatalogue, Modalite, Seance};
use domain::instant::Millis;
use sea_orm::ConnectionTrait;

use crate::backend::Backend;
use crate::error::BackendError;
use crate::persistence::sessions_formation::Model;
use crate::persistence::{catalogue_formations, delegations, sessions_formation};

#[async_trait]
impl Catalogue for Backend {
    async fn catalogue(&self, filtre: &FiltreCatalogue) -> Reply<PageDuCatalogue> {
        let (db, now) = (self.db.connection(), self.now());
        let mut rows = catalogue_formations::list(db, filtre, now).await?;
        let page = usize::try_from(PAR_PAGE).unwrap_or(usize::MAX);
        let more = rows.len() > page;
        rows.truncate(page);
        let last = rows.last().map(|row| CleCatalogue { debut: row.debut, id: row.id });
        let delegations = delegations::all(db).await?.into_iter().filter(|row| row.active);
        Ok(PageDuCatalogue {
            lignes: lines(db, rows, now).await?,
            suivante: last.filter(|_| more),
            delegations: delegations.map(|row| (row.id, row.nom)).collect(),
        })
    }

    async fn formation(&self, code: &str, numero: i64) -> Reply<Option<FicheFormation>> {
        let Some(code) = CodeFormation::read(code) else { return Ok(None) };
        let (db, now) = (self.db.connection(), self.now());
        let row = sessions_formation::by_address(db, &code, numero).await?;
        // A session that was cancelled before anybody read it stays unknown.
        let Some(row) = row.filter(|row| row.publiee_le.is_some()) else { return Ok(None) };
        if sessions_formation::etat(&row)? == EtatSessionFormation::Brouillon {
            return Ok(None);
        }
        let seances = sessions_formation::seances(db, row.id).await?;
        let others = sessions_formation::others_of_code(db, &row, now).await?;
        let autres = lines(db, others, now).await?;
        Ok(Some(fiche(&row, seances, self.delegation_of(&row).await?, autres, now)?))
    }
}

impl Backend {
    async fn delegation_of(&self, row: &Model) -> Result<Delegation, BackendError> {
        let found = delegations::find(self.db.connection(), row.delegation_id).await?;
        let found = found.ok_or(BackendError::Corrupt { table: "session_formation", column: "delegation_id" })?;
        Ok(Delegation {
            nom: found.nom,
            courriel: found.courriel,
            telephone: found.telephone,
            referent_nom: found.referent_nom,
            referent_courriel: found.referent_courriel,
        })
    }
}

/// A session as its page shows it.
fn fiche(
    row: &Model,
    mut seances: Vec<Seance>,
    delegation: Delegation,
    autres: Vec<LigneCatalogue>,
    now: Millis,
) -> Result<FicheFormation, BackendError> {
    hide_links(&mut seances);
    Ok(FicheFormation {
        adresse: sessions_formation::address(row),
        intitule: row.intitule.clone(),
        objectifs: row.objectifs.clone(),
        public: row.public.clone(),
        prerequis: row.prerequis.clone(),
        accessibilite: row.accessibilite.clone(),
        delegation,
        modalite: modalite(row)?,
        sur_examen: sessions_formation::attribution(row)? == Attribution::SurExamen,
        a_une_liste: sessions_formation::attente(row)? != Attente::Aucune,
        phase: sessions_formation::reperes(row)?.phase(now),
        seances,
        autres,
    })
}

/// Sessions as the catalogue lists them.
async fn lines(db: &impl ConnectionTrait, rows: Vec<Model>, now: Millis) -> Result<Vec<LigneCatalogue>, BackendError> {
    let mut seances = sessions_formation::seances_of(db, rows.iter().map(|row| row.id)).await?;
    let line = |row: Model| {
        let seances = seances.remove(&row.id).unwrap_or_default();
        Ok(LigneCatalogue {
            adresse: sessions_formation::address(&row),
            dates: dates(&seances),
            lieux: places(&seances),
            modalite: modalite(&row)?,
            phase: sessions_formation::reperes(&row)?.phase(now),
            intitule: row.intitule,
        })
    };
    rows.into_iter().map(line).collect()
}

/// Where the séances are, each place once, in their order.
fn places(seances: &[Seance]) -> String {
    let mut places: Vec<&str> = Vec::new();
    for seance in seances {
        let place = seance.lieu.court();
        if !places.contains(&place) {
            places.push(place);
        }
    }
    places.join(", ")
}

fn modalite(row: &Model) -> Result<Modalite, BackendError> {
    let corrupt = BackendError::Corrupt { table: "session_formation", column: "modalite" };
    Modalite::from_code(&row.modalite).ok_or(corrupt)
}
