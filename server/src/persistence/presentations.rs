//! The agents that a collectivité presented, as it typed them. Of an agent's account, a collectivité may see only the
//! reference and the state. So every query made for a collectivité names it and selects no other column of the account.

use std::collections::HashMap;

use app::areas::service_formation::{AgentPresente, FiltreAgents};
use domain::collectivite::fold;
use domain::compte::Statut;
use domain::instant::Millis;
use domain::{Demande, Reference};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select, Set,
};

use super::mots;
use crate::error::BackendError;
use crate::persistence::entities::compte;
pub use crate::persistence::entities::presentation::Model;
use crate::persistence::entities::presentation::{ActiveModel, Column, Entity};

const PAGE: usize = 50;

/// A text is cut at this length: no name is longer.
const TEXT_MAX: usize = 254;

pub async fn insert(
    db: &impl ConnectionTrait,
    compte_id: i64,
    collectivite_id: i64,
    demande: &Demande,
    now: Millis,
) -> Result<(), BackendError> {
    let (nom, prenom) = (demande.identite.nom.to_string(), demande.identite.prenom.to_string());
    let row = ActiveModel {
        compte_id: Set(compte_id),
        collectivite_id: Set(collectivite_id),
        nom_cle: Set(nom_cle(&nom, &prenom)),
        nom: Set(nom),
        prenom: Set(prenom),
        courriel: Set(demande.coordonnees.courriel.to_string()),
        presente_le: Set(now),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The text in which a search looks for an agent.
pub fn nom_cle(nom: &str, prenom: &str) -> String {
    let (nom, prenom) = (fold(nom), fold(prenom));
    let glued = [mots::glued(&nom), mots::glued(&prenom)].concat().join(" ");
    format!(" {nom} {prenom} {glued} ")
}

/// The address under which the account was presented. `None` when nobody presented it.
pub async fn courriel(db: &impl ConnectionTrait, compte_id: i64) -> Result<Option<String>, BackendError> {
    let query = Entity::find_by_id(compte_id).select_only().column(Column::Courriel);
    Ok(query.into_tuple().one(db).await?)
}

/// The collectivités that present these accounts: account to collectivité.
pub async fn collectivites(db: &impl ConnectionTrait, comptes: &[i64]) -> Result<HashMap<i64, i64>, BackendError> {
    let query = Entity::find()
        .select_only()
        .columns([Column::CompteId, Column::CollectiviteId])
        .filter(Column::CompteId.is_in(comptes.iter().copied()));
    let rows: Vec<(i64, i64)> = query.into_tuple().all(db).await?;
    Ok(rows.into_iter().collect())
}

/// A page of agents, the newest first, and the key of the next page.
pub async fn page(
    db: &impl ConnectionTrait,
    collectivite_id: i64,
    filtre: &FiltreAgents,
) -> Result<(Vec<AgentPresente>, Option<String>), BackendError> {
    let mut found = of_collectivite(collectivite_id);
    let text: String = filtre.recherche.trim().chars().take(TEXT_MAX).collect();
    if !text.is_empty() {
        found = found.filter(named(db, &text).await?);
    }
    let after = filtre.apres.as_deref().and_then(read_key);
    if let Some((presente_le, _)) = after {
        found = found.filter(Column::PresenteLe.lte(presente_le));
    }
    let newest = found.order_by_desc(Column::PresenteLe).order_by_desc(Column::CompteId);
    let mut rows = newest.offset(after.map(|(_, seen)| seen)).limit(PAGE as u64 + 1).all(db).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    // The key does not contain the id of an account: ids show how many accounts there are in all.
    let next = rows.last().filter(|_| more).map(|last| {
        let before = after.filter(|(presente_le, _)| *presente_le == last.presente_le).map_or(0, |(_, seen)| seen);
        let same = rows.iter().filter(|row| row.presente_le == last.presente_le).count() as u64;
        format!("{}.{}", last.presente_le, before + same)
    });
    Ok((with_state(db, rows).await?, next))
}

pub async fn find(
    db: &impl ConnectionTrait,
    collectivite_id: i64,
    reference: Reference,
) -> Result<Option<(i64, AgentPresente)>, BackendError> {
    let Some(compte_id) = id_of(db, reference).await? else { return Ok(None) };
    let Some(row) = of_collectivite(collectivite_id).filter(Column::CompteId.eq(compte_id)).one(db).await? else {
        return Ok(None);
    };
    Ok(with_state(db, vec![row]).await?.pop().map(|agent| (compte_id, agent)))
}

/// What the service formation typed about the person of an account. Only this person may read it.
pub async fn of_account(db: &impl ConnectionTrait, compte_id: i64) -> Result<Option<Model>, BackendError> {
    Ok(Entity::find_by_id(compte_id).one(db).await?)
}

/// Deletes a presentation. `false` when another request deleted it first.
pub async fn delete(db: &impl ConnectionTrait, collectivite_id: i64, compte_id: i64) -> Result<bool, BackendError> {
    let gone = Entity::delete_many()
        .filter(Column::CollectiviteId.eq(collectivite_id))
        .filter(Column::CompteId.eq(compte_id))
        .exec(db)
        .await?;
    Ok(gone.rows_affected == 1)
}

/// Makes the presentation of an expired request point to the request that replaces it.
pub async fn follow(db: &impl ConnectionTrait, from: i64, to: i64) -> Result<(), BackendError> {
    Entity::update_many()
        .col_expr(Column::CompteId, Expr::value(to))
        .filter(Column::CompteId.eq(from))
        .exec(db)
        .await?;
    Ok(())
}

fn of_collectivite(collectivite_id: i64) -> Select<Entity> {
    Entity::find().filter(Column::CollectiviteId.eq(collectivite_id))
}

/// Reads a text of the search field as words of the typed name, or as a reference.
async fn named(db: &impl ConnectionTrait, text: &str) -> Result<Condition, BackendError> {
    let folded = fold(text);
    let mut named = Condition::any();
    if !folded.is_empty() {
        let words: Vec<&str> = folded.split_whitespace().collect();
        named = named.add(mots::each_begins(Column::NomCle, &words));
    }
    let id = match text.parse() {
        Ok(reference) => id_of(db, reference).await?,
        Err(_) => None,
    };
    Ok(named.add(Column::CompteId.eq(id.unwrap_or_default())))
}

async fn id_of(db: &impl ConnectionTrait, reference: Reference) -> Result<Option<i64>, BackendError> {
    let id = compte::Entity::find()
        .select_only()
        .column(compte::Column::Id)
        .filter(compte::Column::Reference.eq(reference.to_string()));
    Ok(id.into_tuple().one(db).await?)
}

async fn with_state(db: &impl ConnectionTrait, rows: Vec<Model>) -> Result<Vec<AgentPresente>, BackendError> {
    let states: Vec<(i64, String, String)> = compte::Entity::find()
        .select_only()
        .columns([compte::Column::Id, compte::Column::Reference, compte::Column::Statut])
        .filter(compte::Column::Id.is_in(rows.iter().map(|row| row.compte_id)))
        .into_tuple()
        .all(db)
        .await?;
    let mut agents = Vec::with_capacity(rows.len());
    for row in rows {
        let Some((_, reference, statut)) = states.iter().find(|(id, ..)| *id == row.compte_id) else { continue };
        let corrupt = |column| BackendError::Corrupt { table: "compte", column };
        agents.push(AgentPresente {
            reference: reference.parse().map_err(|_| corrupt("reference"))?,
            statut: Statut::from_code(statut).ok_or(corrupt("statut"))?,
            nom: row.nom,
            prenom: row.prenom,
            courriel: row.courriel,
            presente_le: row.presente_le,
        });
    }
    Ok(agents)
}

/// Reads the key of a page: an instant, and how many agents of this instant were already shown.
fn read_key(key: &str) -> Option<(Millis, u64)> {
    let (presente_le, seen) = key.split_once('.')?;
    let seen = seen.parse().ok().filter(|seen| *seen <= i64::MAX as u64)?;
    Some((presente_le.parse().ok()?, seen))
}
