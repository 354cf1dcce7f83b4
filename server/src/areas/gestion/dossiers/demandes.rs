//! The validation queue: pages by key, in three orders, fast with a thousand files and with a million.
//!
//! A page is found in one of two ways. If few accounts meet a condition, these accounts are read and sorted. Otherwise
//! the index of the order is read, and accounts that do not match are skipped. This is short, because many accounts
//! match every condition. To choose, each condition is asked for its first `RARE` accounts: database statistics are not
//! used.

use std::collections::BTreeSet;

use app::areas::gestion::dossiers::Total;
use domain::Reference;
use domain::collectivite::fold;
use domain::compte::Statut;
use domain::filtre::{Depart, FiltreDemandes, Suivie, Tri};
use domain::instant::Millis;
use domain::valeurs::{AdresseCourriel, bare};
use sea_orm::sea_query::{Expr, ExprTrait, IntoCondition, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, Select,
};

use super::prise;
use crate::clock::DAY;
use crate::error::BackendError;
use crate::persistence::courriels::Etat;
use crate::persistence::entities::compte::{Column, Entity, Model};
use crate::persistence::entities::{compte_mot, courriel};
use crate::persistence::{annuaire, decisions, mots};

pub const PAGE: u64 = 50;

/// A text is cut at this length: no name is longer.
const TEXT_MAX: usize = 254;

/// How many words a search takes.
const WORDS_MAX: usize = 6;

/// If fewer accounts than this meet a condition, they are read first.
const RARE: u64 = 10_000;

/// A total is exact up to this number.
pub const COUNTED: u64 = 1_000;

/// A prepared filter: its conditions, and the ids of the accounts when few accounts meet a condition.
pub struct Selection {
    all: Condition,
    few: Option<BTreeSet<i64>>,
    tri: Tri,
    rare: u64,
}

/// Which gestionnaire looks at the queue, and when.
#[derive(Clone, Copy, Debug)]
pub struct Regard {
    pub gestionnaire_id: i64,
    pub now: Millis,
}

impl Selection {
    pub async fn new(db: &impl ConnectionTrait, filtre: &FiltreDemandes, regard: Regard) -> Result<Self, BackendError> {
        Self::with(db, filtre, regard, RARE).await
    }

    /// The same, with another limit in place of `RARE`. The result does not depend on it.
    pub async fn with(
        db: &impl ConnectionTrait,
        filtre: &FiltreDemandes,
        regard: Regard,
        rare: u64,
    ) -> Result<Self, BackendError> {
        let mut selection = Self { all: Condition::all(), few: None, tri: filtre.tri, rare };
        if let Some(statut) = filtre.statut {
            selection.also(Column::Statut.eq(statut.code()));
            if statut == Statut::AValider {
                // A held decision takes the account out of the queue: there is nothing left to decide.
                selection.also(Column::Id.not_in_subquery(decisions::held_accounts()));
            }
        }
        if let Some(days) = filtre.jours {
            selection.also(age().lte(regard.now - Millis::from(days) * DAY));
        }
        if let Some(cle) = &filtre.collectivite {
            let id = annuaire::id_of(db, cle).await?.unwrap_or_default();
            let of = Column::CollectiviteId.eq(id);
            selection.narrow(db, accounts(of.clone()), of).await?;
        }
        if let Some(cas) = filtre.cas {
            let of = Column::Cas.eq(cas.code());
            selection.narrow(db, accounts(of.clone()), of).await?;
        }
        if let Some(suivie) = filtre.suivie {
            selection.claimed(db, suivie, regard).await?;
        }
        if filtre.non_remis {
            let undelivered = undelivered();
            selection.narrow(db, undelivered.clone(), Column::Id.in_subquery(undelivered)).await?;
        }
        selection.search(db, &filtre.recherche).await?;
        Ok(selection)
    }

    fn also(&mut self, condition: impl IntoCondition) {
        self.all = self.all.clone().add(condition.into_condition());
    }

    /// Adds a condition. `ids` selects the accounts that meet it: they are read at once if they are few.
    async fn narrow(
        &mut self,
        db: &impl ConnectionTrait,
        ids: SelectStatement,
        condition: impl IntoCondition,
    ) -> Result<(), BackendError> {
        match few(db, ids, self.rare).await? {
            Some(found) => {
                self.few = Some(match self.few.take() {
                    Some(before) => before.intersection(&found).copied().collect(),
                    None => found,
                });
            }
            None => self.also(condition),
        }
        Ok(())
    }

    async fn claimed(&mut self, db: &impl ConnectionTrait, suivie: Suivie, regard: Regard) -> Result<(), BackendError> {
        let claims = |whose: Option<Expr>| {
            let mut claims = Query::select();
            claims.column(prise::Column::CompteId).from(prise::Entity).and_where(prise::Column::JusquA.gt(regard.now));
            if let Some(whose) = whose {
                claims.and_where(whose);
            }
            claims
        };
        let mine = prise::Column::GestionnaireId.eq(regard.gestionnaire_id);
        let others = prise::Column::GestionnaireId.ne(regard.gestionnaire_id);
        match suivie {
            Suivie::ParMoi => {
                self.narrow(db, claims(Some(mine.clone())), Column::Id.in_subquery(claims(Some(mine)))).await
            }
            Suivie::ParUnAutre => {
                self.narrow(db, claims(Some(others.clone())), Column::Id.in_subquery(claims(Some(others)))).await
            }
            Suivie::ParPersonne => {
                self.also(Column::Id.not_in_subquery(claims(None)));
                Ok(())
            }
        }
    }

    /// Reads a text of the search field: an address, a reference, or the first letters of words of a name. A name of
    /// eight letters may look like a reference, so both are tried.
    async fn search(&mut self, db: &impl ConnectionTrait, text: &str) -> Result<(), BackendError> {
        let text: String = bare(text).chars().take(TEXT_MAX).collect();
        if text.is_empty() {
            return Ok(());
        }
        if let Some(courriel) = AdresseCourriel::parse(&text) {
            let of = Column::CourrielCle.eq(courriel.cle());
            return self.narrow(db, accounts(of.clone()), of).await;
        }
        if let Ok(reference) = text.parse::<Reference>() {
            let of = Column::Reference.eq(reference.to_string());
            if few(db, accounts(of.clone()), RARE).await?.is_some_and(|found| !found.is_empty()) {
                return self.narrow(db, accounts(of.clone()), of).await;
            }
        }
        let folded = fold(&text);
        if folded.is_empty() {
            // The text has only signs: it matches nobody.
            self.few = Some(BTreeSet::new());
        }
        let words: Vec<&str> = folded.split_whitespace().take(WORDS_MAX).collect();
        let mut words = mots::spellings(&words);
        // The longest word comes first: the fewest accounts have it.
        words.sort_by_key(|spellings| std::cmp::Reverse(spellings[0].len()));
        let Some((first, others)) = words.split_first() else { return Ok(()) };
        let mut named = begins(first);
        for spellings in others {
            named.and_where(Expr::exists(has_word(spellings, (compte_mot::Entity, compte_mot::Column::CompteId))));
        }
        let all = words
            .iter()
            .fold(Condition::all(), |all, spellings| all.add(Expr::exists(has_word(spellings, (Entity, Column::Id)))));
        self.narrow(db, named, all).await?;
        Ok(())
    }

    /// The filter matches no account. Callers return early: otherwise the engine may scan the whole table.
    fn is_empty(&self) -> bool {
        self.few.as_ref().is_some_and(BTreeSet::is_empty)
    }

    fn select(&self) -> Select<Entity> {
        match &self.few {
            // The CASE keeps the planner from using an index for the other conditions. So it reads only the few
            // accounts by their ids.
            Some(ids) => Entity::find()
                .filter(Column::Id.is_in(ids.iter().copied()))
                .filter(Expr::expr(Expr::case(self.all.clone(), 1).finally(0)).eq(1)),
            None => Entity::find().filter(self.all.clone()),
        }
    }

    /// At most `limit` rows after a key, or the last ones before a key, in the order of the filter.
    pub async fn rows(
        &self,
        db: &impl ConnectionTrait,
        depart: &Depart,
        limit: u64,
    ) -> Result<Vec<Model>, BackendError> {
        if self.is_empty() {
            return Ok(Vec::new());
        }
        let (key, backwards) = match depart {
            Depart::Debut => (None, false),
            Depart::Apres(key) => (Some(key), false),
            Depart::Avant(key) => (Some(key), true),
        };
        let rising = backwards == (self.tri == Tri::Activite);
        let mut found = self.select();
        if let Some((value, id)) = match key {
            Some(key) => self.key(db, key).await?,
            None => None,
        } {
            // The first comparison can use the index. The second one orders rows with equal values.
            let column = || self.order();
            let (from, past) = if rising {
                (column().gte(value.clone()), column().gt(value).or(Expr::col((Entity, Column::Id)).gt(id)))
            } else {
                (column().lte(value.clone()), column().lt(value).or(Expr::col((Entity, Column::Id)).lt(id)))
            };
            found = found.filter(from).filter(past);
        }
        let order = if rising { Order::Asc } else { Order::Desc };
        let found = found.order_by(self.order(), order.clone()).order_by(Column::Id, order).limit(limit);
        let mut rows = found.all(db).await?;
        if backwards {
            rows.reverse();
        }
        Ok(rows)
    }

    /// The next rows after the id `after`, ordered by id: this order does not change while a caller reads page after
    /// page.
    pub async fn rows_by_id(
        &self,
        db: &impl ConnectionTrait,
        after: i64,
        limit: u64,
    ) -> Result<Vec<Model>, BackendError> {
        if self.is_empty() {
            return Ok(Vec::new());
        }
        let found = self.select().filter(Column::Id.gt(after)).order_by_asc(Column::Id).limit(limit);
        Ok(found.all(db).await?)
    }

    /// Counts the accounts, exactly up to [`COUNTED`].
    pub async fn total(&self, db: &impl ConnectionTrait) -> Result<Total, BackendError> {
        if self.is_empty() {
            return Ok(Total::Exact(0));
        }
        let ids = self.select().select_only().column(Column::Id).limit(COUNTED + 1).into_tuple::<i64>().all(db).await?;
        let counted = ids.len() as u64;
        Ok(if counted > COUNTED { Total::PlusDe(COUNTED) } else { Total::Exact(counted) })
    }

    /// The expression that orders the queue.
    fn order(&self) -> Expr {
        match self.tri {
            Tri::Age => age(),
            Tri::Activite => Expr::col((Entity, Column::StatutDepuis)),
            Tri::Nom => Expr::col((Entity, Column::NomCle)),
        }
    }

    /// The position of a row in the order. A key is « value.id ». When the value is a name, it is « .id »: no name may
    /// appear in a URL. `None` when the row is gone.
    async fn key(&self, db: &impl ConnectionTrait, key: &str) -> Result<Option<(sea_orm::Value, i64)>, BackendError> {
        let Some((value, id)) = key.split_once('.') else { return Ok(None) };
        let Ok(id) = id.parse::<i64>() else { return Ok(None) };
        if self.tri != Tri::Nom {
            return Ok(value.parse::<i64>().ok().map(|value| (value.into(), id)));
        }
        let name = Entity::find_by_id(id).select_only().column(Column::NomCle).into_tuple::<String>().one(db).await?;
        Ok(name.map(|name| (name.into(), id)))
    }

    /// The key of a row's position.
    pub fn key_of(&self, row: &Model) -> String {
        match self.tri {
            Tri::Age => format!("{}.{}", row.attend_depuis.unwrap_or(row.envoyee_le), row.id),
            Tri::Activite => format!("{}.{}", row.statut_depuis, row.id),
            Tri::Nom => format!(".{}", row.id),
        }
    }
}

/// The same expression as in the index.
fn age() -> Expr {
    Expr::cust("COALESCE(attend_depuis, envoyee_le)")
}

fn accounts(of: Expr) -> SelectStatement {
    Query::select().column(Column::Id).from(Entity).and_where(of).to_owned()
}

/// Accounts that have a word beginning with one of these spellings.
fn begins(spellings: &[String]) -> SelectStatement {
    Query::select()
        .column((compte_mot::Entity, compte_mot::Column::CompteId))
        .from(compte_mot::Entity)
        .cond_where(any_begins(spellings, || Expr::col((compte_mot::Entity, compte_mot::Column::Mot))))
        .to_owned()
}

fn any_begins(spellings: &[String], word: impl Fn() -> Expr) -> Condition {
    let one = |begin: &String| Condition::all().add(word().gte(begin)).add(word().lt(mots::end_of(begin)));
    spellings.iter().map(one).fold(Condition::any(), Condition::add)
}

/// Whether the account in column `id` has a word beginning with one of these spellings.
fn has_word(spellings: &[String], id: impl sea_orm::sea_query::IntoColumnRef) -> SelectStatement {
    use compte_mot::Column as Word;
    let other = sea_orm::sea_query::Alias::new("autre_mot");
    Query::select()
        .expr(Expr::val(1))
        .from_as(compte_mot::Entity, other.clone())
        .and_where(Expr::col((other.clone(), Word::CompteId)).eq(Expr::col(id)))
        .cond_where(any_begins(spellings, || Expr::col((other.clone(), Word::Mot))))
        .to_owned()
}

/// Accounts with a dead mail to their person, and no later mail that was sent.
fn undelivered() -> SelectStatement {
    use courriel::Column as Mail;
    let later = sea_orm::sea_query::Alias::new("suivant");
    let since = Query::select()
        .expr(Expr::val(1))
        .from_as(courriel::Entity, later.clone())
        .and_where(Expr::col((later.clone(), Mail::CompteId)).equals((courriel::Entity, Mail::CompteId)))
        .and_where(Expr::col((later.clone(), Mail::GestionnaireId)).is_null())
        .and_where(Expr::col((later.clone(), Mail::Etat)).eq(Etat::Sent.code()))
        .and_where(Expr::col((later, Mail::Id)).gt(Expr::col((courriel::Entity, Mail::Id))))
        .to_owned();
    Query::select()
        .column((courriel::Entity, Mail::CompteId))
        .from(courriel::Entity)
        .and_where(Mail::Etat.eq(Etat::Dead.code()))
        .and_where(Mail::GestionnaireId.is_null())
        .and_where(Mail::CompteId.is_not_null())
        .and_where(Expr::exists(since).not())
        .to_owned()
}

/// The ids, if there are fewer than `rare`. Otherwise `None`.
async fn few(
    db: &impl ConnectionTrait,
    mut ids: SelectStatement,
    rare: u64,
) -> Result<Option<BTreeSet<i64>>, BackendError> {
    ids.limit(rare);
    let rows = db.query_all(&ids).await?;
    if rows.len() as u64 >= rare {
        return Ok(None);
    }
    Ok(Some(rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?))
}

/// Whether the last mail to the person was given up.
pub async fn is_undelivered(db: &impl ConnectionTrait, id: i64) -> Result<bool, BackendError> {
    let mut of_account = undelivered();
    of_account.and_where(Expr::col((courriel::Entity, courriel::Column::CompteId)).eq(id)).limit(1);
    Ok(db.query_one(&of_account).await?.is_some())
}

/// Other accounts, neither expired nor withdrawn, with the same birth date or a same telephone number.
pub async fn resembling(db: &impl ConnectionTrait, row: &Model) -> Result<Vec<Model>, BackendError> {
    let mut alike = Condition::any().add(Column::DateNaissance.eq(&row.date_naissance));
    for phone in row.mobile.iter().chain(&row.fixe) {
        alike = alike.add(Column::Mobile.eq(phone)).add(Column::Fixe.eq(phone));
    }
    let ended = [Statut::Expiree.code(), Statut::Retiree.code()];
    let found = Entity::find()
        .filter(alike)
        .filter(Column::Id.ne(row.id))
        .filter(Column::Statut.is_not_in(ended))
        .order_by_asc(Column::Id)
        .limit(500);
    Ok(found.all(db).await?)
}
