//! The validation queue: pages by key, the longest waiting first.

use domain::Reference;
use domain::collectivite::fold;
use domain::ports::{FiltreDemandes, Millis};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::entities::compte::{Column, Entity, Model};
use crate::error::BackendError;
use crate::services::read_courriel;

const PAGE: usize = 50;

/// Longer texts name nobody.
const TEXT_MAX: usize = 254;

/// A page, and the key of the next one.
pub async fn page(
    db: &impl ConnectionTrait,
    filtre: &FiltreDemandes,
) -> Result<(Vec<Model>, Option<String>), BackendError> {
    let mut found = Entity::find();
    if let Some(statut) = filtre.statut {
        found = found.filter(Column::Statut.eq(statut.code()));
    }
    if let Some(named) = named(&filtre.recherche) {
        found = found.filter(named);
    }
    if let Some((depuis, id)) = filtre.apres.as_deref().and_then(read_key) {
        let later = Column::StatutDepuis.gt(depuis);
        let same = Condition::all().add(Column::StatutDepuis.eq(depuis)).add(Column::Id.gt(id));
        found = found.filter(Condition::any().add(later).add(same));
    }
    let found = found.order_by_asc(Column::StatutDepuis).order_by_asc(Column::Id).limit(PAGE as u64 + 1);
    let mut rows = found.all(db).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| more).map(|last| format!("{}.{}", last.statut_depuis, last.id));
    Ok((rows, next))
}

/// What a text typed in the search field names. A name of eight letters may also read as a reference: both are tried.
fn named(text: &str) -> Option<Condition> {
    let text: String = text.trim().chars().take(TEXT_MAX).collect();
    if text.is_empty() {
        return None;
    }
    if let Some(courriel) = read_courriel(&text) {
        return Some(Condition::all().add(Column::CourrielCle.eq(courriel.cle())));
    }
    let folded = fold(&text);
    let mut by_name = Condition::all();
    for word in folded.split_whitespace() {
        // A folded word is made of letters and digits: no wildcard reaches the pattern.
        by_name = by_name.add(Column::NomCle.like(format!("% {word}%")));
    }
    let mut named = Condition::any();
    if !folded.is_empty() {
        named = named.add(by_name);
    }
    match text.parse::<Reference>() {
        Ok(reference) => named = named.add(Column::Reference.eq(reference.to_string())),
        // Only signs: names nobody.
        Err(_) if folded.is_empty() => named = named.add(Column::Id.is_null()),
        Err(_) => {}
    }
    Some(named)
}

fn read_key(key: &str) -> Option<(Millis, i64)> {
    let (depuis, id) = key.split_once('.')?;
    Some((depuis.parse().ok()?, id.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_reads_back_and_anything_else_is_the_first_page() {
        assert_eq!(read_key("12.7"), Some((12, 7)));
        for wrong in ["", "12", "a.b", "12.7.3", "12."] {
            assert_eq!(read_key(wrong), None, "{wrong}");
        }
    }
}
