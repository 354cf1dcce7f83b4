//! The counters of a session, and every move that changes them: a row and its counters move together.

use domain::ReferencePreinscription;
use domain::formation::{Cause, EtatPreinscription, Origine, SiComplet};
use domain::instant::Millis;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, NotSet, QueryFilter, Set, Statement};

use super::{Column, Model, active_for, etat};
use crate::error::BackendError;
use crate::persistence::entities::preinscription::{ActiveModel, Entity};
use crate::persistence::sessions_formation::{self, Model as SessionFormationRow};

/// A préinscription to write.
#[derive(Clone, Debug)]
pub struct Nouvelle {
    pub reference: ReferencePreinscription,
    pub session_id: i64,
    pub compte_id: i64,
    pub etat: EtatPreinscription,
    pub origine: Origine,
    pub si_complet: SiComplet,
    pub attentes: String,
    pub contact_referent: bool,
    pub raison: String,
}

/// Gives a préinscription its rang, and its place if it holds one. `None` when no place is left: nothing is written then.
pub async fn enter(
    db: &impl ConnectionTrait,
    session: &mut SessionFormationRow,
    new: Nouvelle,
    now: Millis,
) -> Result<Option<Model>, BackendError> {
    let mut variation = Variation { rang: 1, ..Variation::default() };
    variation.add(new.etat, 1);
    if !count(db, session, variation).await? {
        return Ok(None);
    }
    let row = ActiveModel {
        id: NotSet,
        reference: Set(new.reference.to_string()),
        session_id: Set(new.session_id),
        compte_id: Set(new.compte_id),
        rang: Set(session.dernier_rang),
        etat: Set(new.etat.code().to_owned()),
        version: Set(1),
        origine: Set(new.origine.code().to_owned()),
        si_complet: Set(new.si_complet.code().to_owned()),
        attentes: Set(new.attentes),
        contact_referent: Set(new.contact_referent),
        raison: Set(new.raison),
        observation: Set(String::new()),
        motif_id: Set(None),
        cause: Set(None),
        offre_fin: Set(None),
        offre_remise_le: Set(None),
        non_remise: Set(false),
        suspendue: Set(false),
        cree_le: Set(now),
        modifie_le: Set(now),
    };
    Ok(Some(Entity::insert(row).exec_with_returning(db).await?))
}

/// A change of state.
#[derive(Clone, Debug)]
pub struct Passage {
    pub vers: EtatPreinscription,
    pub cause: Option<Cause>,
    pub motif_id: Option<i64>,
    pub observation: String,
    /// The mail of its offer was refused for good.
    pub non_remise: bool,
}

impl Passage {
    pub fn to(vers: EtatPreinscription) -> Self {
        Self { vers, cause: None, motif_id: None, observation: String::new(), non_remise: false }
    }

    pub fn ending(cause: Cause) -> Self {
        Self { cause: Some(cause), ..Self::to(EtatPreinscription::Annulee) }
    }
}

/// How a change of state ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Passe {
    Fait(Box<Model>),
    /// No place is left: nothing is written.
    PlusDePlace,
    /// The row has moved, or may not go there.
    Perimee,
}

/// Moves a row from its state to another, with the counters of its session.
pub async fn pass(
    db: &impl ConnectionTrait,
    session: &mut SessionFormationRow,
    row: &Model,
    passage: &Passage,
    now: Millis,
) -> Result<Passe, BackendError> {
    if !etat(row)?.may_become(passage.vers) {
        return Ok(Passe::Perimee);
    }
    moved(db, session, row, passage, now).await
}

/// Takes a decision back: the row returns to the state that it had.
pub async fn take_back(
    db: &impl ConnectionTrait,
    session: &mut SessionFormationRow,
    row: &Model,
    before: EtatPreinscription,
    now: Millis,
) -> Result<Passe, BackendError> {
    moved(db, session, row, &Passage::to(before), now).await
}

async fn moved(
    db: &impl ConnectionTrait,
    session: &mut SessionFormationRow,
    row: &Model,
    passage: &Passage,
    now: Millis,
) -> Result<Passe, BackendError> {
    let from = etat(row)?;
    let mut variation = Variation::default();
    variation.add(from, -1);
    variation.add(passage.vers, 1);
    if !count(db, session, variation).await? {
        return Ok(Passe::PlusDePlace);
    }
    let after = Model {
        etat: passage.vers.code().to_owned(),
        version: row.version + 1,
        cause: passage.cause.map(|cause| cause.code().to_owned()),
        motif_id: passage.motif_id,
        observation: passage.observation.clone(),
        offre_fin: None,
        offre_remise_le: None,
        non_remise: passage.non_remise,
        modifie_le: now,
        ..row.clone()
    };
    let update = Entity::update_many()
        .col_expr(Column::Etat, Expr::value(after.etat.clone()))
        .col_expr(Column::Version, Expr::value(after.version))
        .col_expr(Column::Cause, Expr::value(after.cause.clone()))
        .col_expr(Column::MotifId, Expr::value(after.motif_id))
        .col_expr(Column::Observation, Expr::value(after.observation.clone()))
        .col_expr(Column::OffreFin, Expr::value(None::<i64>))
        .col_expr(Column::OffreRemiseLe, Expr::value(None::<i64>))
        .col_expr(Column::NonRemise, Expr::value(after.non_remise))
        .col_expr(Column::ModifieLe, Expr::value(now))
        .filter(Column::Id.eq(row.id))
        .filter(Column::Version.eq(row.version));
    if update.exec(db).await?.rows_affected == 1 {
        return Ok(Passe::Fait(Box::new(after)));
    }
    // The counters go back: nobody else has moved them since, under this lock.
    count(db, session, variation.undone()).await?;
    Ok(Passe::Perimee)
}

/// How the counters of a session move.
#[derive(Clone, Copy, Debug, Default)]
struct Variation {
    rang: i64,
    avis: i64,
    examen: i64,
    attente: i64,
    proposees: i64,
    occupees: i64,
}

impl Variation {
    fn add(&mut self, etat: EtatPreinscription, n: i64) {
        match etat {
            EtatPreinscription::AvisDemande => self.avis += n,
            EtatPreinscription::Demandee => self.examen += n,
            EtatPreinscription::ListeAttente => self.attente += n,
            EtatPreinscription::Proposee => self.proposees += n,
            EtatPreinscription::Retenue | EtatPreinscription::Refusee | EtatPreinscription::Annulee => {}
        }
        if etat.holds_a_place() {
            self.occupees += n;
        }
    }

    fn undone(self) -> Self {
        Self {
            rang: -self.rang,
            avis: -self.avis,
            examen: -self.examen,
            attente: -self.attente,
            proposees: -self.proposees,
            occupees: -self.occupees,
        }
    }
}

/// Moves the counters, and `session` with them. `false` when a place was to be taken and none is left.
async fn count(
    db: &impl ConnectionTrait,
    session: &mut SessionFormationRow,
    by: Variation,
) -> Result<bool, BackendError> {
    use sessions_formation::Column as C;
    let mut update = sessions_formation::Entity::update_many().filter(C::Id.eq(session.id));
    for (column, n) in [
        (C::DernierRang, by.rang),
        (C::Avis, by.avis),
        (C::Examen, by.examen),
        (C::Attente, by.attente),
        (C::Proposees, by.proposees),
        (C::Occupees, by.occupees),
    ] {
        if n != 0 {
            update = update.col_expr(column, Expr::col(column).add(n));
        }
    }
    if by.occupees > 0 {
        update = update.filter(Expr::col(C::Occupees).lt(Expr::col(C::Places)));
    }
    if update.exec(db).await?.rows_affected != 1 {
        return Ok(false);
    }
    session.dernier_rang += by.rang;
    session.avis += by.avis;
    session.examen += by.examen;
    session.attente += by.attente;
    session.proposees += by.proposees;
    session.occupees += by.occupees;
    Ok(true)
}

/// The sessions whose counters are not those of their rows, by their address. There should be none.
pub async fn miscounted(db: &impl ConnectionTrait) -> Result<Vec<String>, BackendError> {
    let of = |etats: &str| {
        format!("(SELECT count(*) FROM preinscription p WHERE p.session_id = s.id AND p.etat IN ({etats}))")
    };
    let wrong = [
        ("avis", "'AvisDemande'"),
        ("examen", "'Demandee'"),
        ("attente", "'ListeAttente'"),
        ("proposees", "'Proposee'"),
        ("occupees", "'Proposee', 'Retenue'"),
    ];
    let wrong = wrong.map(|(counter, etats)| format!("s.{counter} <> {}", of(etats))).join(" OR ");
    let sql = format!("SELECT s.code, s.numero FROM session_formation s WHERE {wrong} ORDER BY s.id LIMIT 20");
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    let said = |row: &sea_orm::QueryResult| -> Result<String, BackendError> {
        Ok(format!("{}/{:03}", row.try_get::<String>("", "code")?, row.try_get::<i64>("", "numero")?))
    };
    rows.iter().map(said).collect()
}

/// Takes the rows of an account that is being erased out of the counters of their session, and deletes them.
pub async fn delete_of_session(
    db: &impl ConnectionTrait,
    session: &mut SessionFormationRow,
    compte_id: i64,
) -> Result<(), BackendError> {
    if let Some(row) = active_for(db, session.id, compte_id).await? {
        let mut variation = Variation::default();
        variation.add(etat(&row)?, -1);
        count(db, session, variation).await?;
    }
    let mine = Entity::delete_many().filter(Column::SessionId.eq(session.id)).filter(Column::CompteId.eq(compte_id));
    mine.exec(db).await?;
    Ok(())
}

/// Deletes the retained préinscriptions of a locked session, and frees their places.
pub async fn delete_retained(db: &impl ConnectionTrait, session: &SessionFormationRow) -> Result<(), BackendError> {
    let retained = Entity::delete_many()
        .filter(Column::SessionId.eq(session.id))
        .filter(Column::Etat.eq(EtatPreinscription::Retenue.code()));
    let deleted = i64::try_from(retained.exec(db).await?.rows_affected).unwrap_or(0);
    count(db, &mut session.clone(), Variation { occupees: -deleted, ..Variation::default() }).await?;
    Ok(())
}
