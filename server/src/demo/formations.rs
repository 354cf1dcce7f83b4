//! Invented sessions of training, and who asks for a place. Every session could have come about by the rules: its counters
//! agree with its rows, its rangs have no gap, and nobody waits beside a free place.

mod cours;

use std::collections::HashMap;

use domain::compte::Statut;
use domain::formation::offres::end_of_offer;
use domain::formation::{
    Attribution, Cause, EtatPreinscription, EtatSessionFormation, Liberation, Origine, SessionFormation, SiComplet,
};
use domain::instant::Millis;
use domain::{Cas, ReferencePreinscription};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, NotSet, QueryFilter, QueryOrder, QuerySelect, Set,
};

use super::personnes::DOMAINE;
use super::{STRIDE, fill};
use crate::clock::{DAY, HOUR, Random};
use crate::error::BackendError;
use crate::persistence::engine::Db;
use crate::persistence::entities::{compte, delegation, preinscription, seance, session_formation};
use crate::persistence::{delegations, sessions_formation};
use crate::security::tokens::SecretKey;

/// How many rows one statement inserts, and how many sessions one transaction has.
const BATCH: usize = 500;
const SESSIONS: usize = 2_000;

/// How many préinscriptions an account has under way, at most.
const EN_COURS_MAX: usize = 8;

/// Adds `sessions` sessions and `preinscriptions` préinscriptions on active invented accounts, which are added when there
/// are too few. `progress` receives how many sessions were added so far.
///
/// # Errors
/// When the database does not answer. What was added so far stays.
pub async fn fill_formations(
    db: &Db,
    random: &dyn Random,
    key: &SecretKey,
    now: Millis,
    (sessions, preinscriptions): (usize, usize),
    mut progress: impl FnMut(usize),
) -> Result<(), BackendError> {
    let organisers = organisers(db.connection()).await?;
    let mut numbers = last_numbers(db.connection()).await?;
    let mut planned: Vec<Prevue> =
        (0..sessions).map(|_| Prevue::draw(random, now, &organisers, &mut numbers)).collect();
    let quotas = quotas(random, &planned, preinscriptions, now);
    let most = quotas.iter().copied().max().unwrap_or_default();
    let accounts = accounts(db, random, key, now, most.max(preinscriptions.div_ceil(4))).await?;
    let mut people = Personnes::new(accounts, random.u64());
    for (session, quota) in planned.iter_mut().zip(quotas) {
        session.ask(random, now, quota, &mut people);
    }
    let mut done = 0;
    for some in planned.chunks(SESSIONS) {
        insert(db, random, some).await?;
        done += some.len();
        progress(done);
    }
    Ok(())
}

/// The ids of the délégations, in the order of [`cours::DELEGATIONS`].
async fn organisers(db: &impl ConnectionTrait) -> Result<Vec<i64>, BackendError> {
    let known = delegations::all(db).await?;
    let mut ids = Vec::new();
    for (at, nom) in cours::DELEGATIONS.iter().enumerate() {
        if let Some(row) = known.iter().find(|row| row.nom == *nom) {
            ids.push(row.id);
            continue;
        }
        let row = delegation::ActiveModel {
            id: NotSet,
            nom: Set((*nom).to_owned()),
            courriel: Set(format!("formation.{at}{DOMAINE}")),
            // A range that is given to nobody (ARCEP, decision 2018-0881).
            telephone: Set(format!("+3319900{at:04}")),
            // Some have no référent.
            referent_nom: Set(if at % 4 == 3 { "" } else { "Référent handicap" }.to_owned()),
            referent_courriel: Set(if at % 4 == 3 { String::new() } else { format!("handicap.{at}{DOMAINE}") }),
            active: Set(true),
            version: Set(1),
        };
        ids.push(row.insert(db).await?.id);
    }
    Ok(ids)
}

/// The last number of each code.
async fn last_numbers(db: &impl ConnectionTrait) -> Result<HashMap<String, i64>, BackendError> {
    use session_formation::{Column, Entity};
    let last = Entity::find()
        .select_only()
        .column(Column::Code)
        .column_as(Column::Numero.max(), "last")
        .group_by(Column::Code)
        .into_tuple::<(String, i64)>();
    Ok(last.all(db).await?.into_iter().collect())
}

/// So many active invented accounts: the id and the case of each.
async fn accounts(
    db: &Db,
    random: &dyn Random,
    key: &SecretKey,
    now: Millis,
    count: usize,
) -> Result<Vec<(i64, Cas)>, BackendError> {
    loop {
        let rows = compte::Entity::find()
            .select_only()
            .columns([compte::Column::Id, compte::Column::Cas])
            .filter(compte::Column::Statut.eq(Statut::Actif.code()))
            .filter(compte::Column::CourrielCle.like(format!("%{DOMAINE}")))
            .order_by_asc(compte::Column::Id)
            .limit(u64::try_from(count).unwrap_or(u64::MAX))
            .into_tuple::<(i64, String)>();
        let rows = rows.all(db.connection()).await?;
        if rows.len() == count {
            let read = |(id, cas): (i64, String)| Ok((id, Cas::from_code(&cas).ok_or(CAS)?));
            return rows.into_iter().map(read).collect();
        }
        // Six accounts in ten are active.
        let missing = u64::try_from((count - rows.len()) * 2).unwrap_or(u64::MAX);
        fill(db, random, key, now, missing, |_| ()).await?;
    }
}

const CAS: BackendError = BackendError::Corrupt { table: "compte", column: "cas" };

/// How many ask for each session. They add up to `total` if some session takes them.
fn quotas(random: &dyn Random, planned: &[Prevue], total: usize, now: Millis) -> Vec<usize> {
    let mut quotas = vec![0; planned.len()];
    let mut left = total;
    let takes: Vec<usize> = (0..planned.len()).filter(|at| planned[*at].has_opened(now)).collect();
    while left > 0 && !takes.is_empty() {
        for at in &takes {
            let places = usize::try_from(planned[*at].session.places).unwrap_or(0);
            let wanted = match random.u64() % 10 {
                0..4 => 0,
                4..7 => places / 3,
                7..9 => places,
                _ => places * 2,
            };
            quotas[*at] += wanted.min(left);
            left -= wanted.min(left);
        }
    }
    quotas
}

/// The invented accounts, and what each has already.
struct Personnes {
    accounts: Vec<(i64, Cas)>,
    at: usize,
    /// The times of the places that they hold, and how many préinscriptions they have under way.
    held: HashMap<i64, Vec<(Millis, Millis)>>,
    en_cours: HashMap<i64, usize>,
}

impl Personnes {
    fn new(accounts: Vec<(i64, Cas)>, start: u64) -> Self {
        let at = usize::try_from(start % (accounts.len().max(1) as u64)).unwrap_or(0);
        Self { accounts, at, held: HashMap::new(), en_cours: HashMap::new() }
    }

    /// The next one. No session meets one twice: it asks for fewer than there are.
    fn next(&mut self) -> (i64, Cas) {
        self.at = (self.at + 1) % self.accounts.len();
        self.accounts[self.at]
    }

    fn is_free(&self, id: i64, from: Millis, to: Millis) -> bool {
        self.held.get(&id).is_none_or(|held| held.iter().all(|(start, end)| *end <= from || to <= *start))
            && self.en_cours.get(&id).is_none_or(|count| *count < EN_COURS_MAX)
    }
}

/// Who asks for a place, and where that stands.
struct Demandeur {
    compte_id: i64,
    etat: EtatPreinscription,
    cause: Option<Cause>,
    offre: Option<(Millis, Millis)>,
    cree_le: Millis,
}

/// A session, before it is written.
struct Prevue {
    session: SessionFormation,
    numero: i64,
    etat: EtatSessionFormation,
    publiee_le: Option<Millis>,
    /// In the order of their rangs.
    demandeurs: Vec<Demandeur>,
}

impl Prevue {
    fn draw(random: &dyn Random, now: Millis, organisers: &[i64], numbers: &mut HashMap<String, i64>) -> Self {
        let session = cours::draw(random, now, organisers);
        let numero = numbers.entry(session.code.as_str().to_owned()).or_default();
        *numero += 1;
        // Three months before, or some days ago.
        let published = (session.commence() - 90 * DAY).min(now - 5 * DAY);
        let (etat, publiee_le) = match random.u64() % 25 {
            0 => (EtatSessionFormation::Brouillon, None),
            1 => (EtatSessionFormation::Annulee, Some(published)),
            _ => (EtatSessionFormation::Publiee, Some(published)),
        };
        Self { numero: *numero, session, etat, publiee_le, demandeurs: Vec::new() }
    }

    fn opens(&self) -> Millis {
        self.session.ouverture.or(self.publiee_le).unwrap_or(Millis::MAX)
    }

    fn has_opened(&self, now: Millis) -> bool {
        self.etat == EtatSessionFormation::Publiee && self.opens() < now
    }

    /// So many people ask for a place, one after the other.
    fn ask(&mut self, random: &dyn Random, now: Millis, count: usize, people: &mut Personnes) {
        let (start, end) = (self.session.commence(), self.session.finit());
        // On the eve, nobody waits any more.
        let settled = start - DAY < now;
        let asked = (now.min(self.session.closes()) - self.opens()).max(1);
        for at in 0..count {
            let (compte_id, cas) = people.next();
            let share = Millis::try_from(at + 1).unwrap_or(1) * asked / (Millis::try_from(count).unwrap_or(1) + 1);
            let (mut etat, mut cause) = self.outcome(random.u64(), cas, settled);
            if etat.is_active() && !people.is_free(compte_id, start, end) {
                (etat, cause) = (EtatPreinscription::Annulee, Some(Cause::Desistement));
            }
            if etat.holds_a_place() {
                people.held.entry(compte_id).or_default().push((start, end));
            }
            if etat.is_active() && !settled {
                *people.en_cours.entry(compte_id).or_default() += 1;
            }
            let cree_le = self.opens() + share;
            self.demandeurs.push(Demandeur { compte_id, etat, cause, offre: None, cree_le });
        }
        if !settled {
            self.offer(now);
        }
    }

    /// What the next one gets.
    fn outcome(&self, chance: u64, cas: Cas, settled: bool) -> (EtatPreinscription, Option<Cause>) {
        use EtatPreinscription::{Annulee, AvisDemande, Demandee, ListeAttente, Refusee, Retenue};
        let free = self.count(EtatPreinscription::holds_a_place) < self.session.places;
        let waiting = self.count(|etat| etat == ListeAttente);
        let room = self.session.attente.limit().is_none_or(|most| waiting < most);
        match (self.session.attribution, chance % 20) {
            (_, 0) => (Annulee, Some(Cause::Desistement)),
            (_, 1..4) if cas == Cas::ServiceRh && !settled => (AvisDemande, None),
            (Attribution::ALArrivee, _) if free => (Retenue, None),
            (Attribution::ALArrivee, _) if room && !settled => (ListeAttente, None),
            (Attribution::SurExamen, 1..10) if !settled => (Demandee, None),
            (Attribution::SurExamen, 10..16) if free => (Retenue, None),
            (Attribution::SurExamen, 16..18) if room && !settled => (ListeAttente, None),
            (Attribution::SurExamen, 18..) => (Refusee, None),
            _ => (Annulee, Some(Cause::SansPlace)),
        }
    }

    /// Offers the last place that is held, if people wait: its person has it in their mail.
    fn offer(&mut self, now: Millis) {
        let handed = now - HOUR;
        let Some(end) = end_of_offer(handed, self.session.commence()).filter(|end| *end > now) else { return };
        if self.session.attribution == Attribution::SurExamen
            || self.session.liberation == Liberation::ALaMain
            || self.count(|etat| etat == EtatPreinscription::ListeAttente) == 0
        {
            return;
        }
        let held = self.demandeurs.iter_mut().rev().find(|row| row.etat == EtatPreinscription::Retenue);
        if let Some(row) = held {
            (row.etat, row.offre) = (EtatPreinscription::Proposee, Some((handed, end)));
        }
    }

    fn count(&self, which: impl Fn(EtatPreinscription) -> bool) -> u32 {
        u32::try_from(self.demandeurs.iter().filter(|row| which(row.etat)).count()).unwrap_or(u32::MAX)
    }

    fn row(&self, now_annulee: Option<Millis>) -> session_formation::ActiveModel {
        let of = |etat: EtatPreinscription| Set(i64::from(self.count(|other| other == etat)));
        session_formation::ActiveModel {
            numero: Set(self.numero),
            etat: Set(self.etat.code().to_owned()),
            publiee_le: Set(self.publiee_le),
            fermee_le: Set(None),
            annulee_le: Set(now_annulee),
            version: Set(1),
            dernier_rang: Set(i64::try_from(self.demandeurs.len()).unwrap_or(i64::MAX)),
            avis: of(EtatPreinscription::AvisDemande),
            examen: of(EtatPreinscription::Demandee),
            attente: of(EtatPreinscription::ListeAttente),
            proposees: of(EtatPreinscription::Proposee),
            occupees: Set(i64::from(self.count(EtatPreinscription::holds_a_place))),
            ..sessions_formation::columns(&self.session)
        }
    }
}

/// Writes sessions, their séances and who asks for them.
async fn insert(db: &Db, random: &dyn Random, planned: &[Prevue]) -> Result<(), BackendError> {
    let write = db.begin().await?;
    let before = session_formation::Entity::find()
        .select_only()
        .column_as(session_formation::Column::Id.max(), "last")
        .into_tuple::<Option<i64>>()
        .one(&*write)
        .await?;
    for some in planned.chunks(BATCH) {
        let cancelled = |one: &Prevue| {
            let since = one.publiee_le.map(|published| published + 2 * DAY);
            since.filter(|_| one.etat == EtatSessionFormation::Annulee)
        };
        let rows = some.iter().map(|one| one.row(cancelled(one)));
        session_formation::Entity::insert_many(rows).exec_without_returning(&*write).await?;
    }
    let ids: HashMap<(String, i64), i64> = session_formation::Entity::find()
        .select_only()
        .columns([session_formation::Column::Code, session_formation::Column::Numero, session_formation::Column::Id])
        .filter(session_formation::Column::Id.gt(before.flatten().unwrap_or(0)))
        .into_tuple::<(String, i64, i64)>()
        .all(&*write)
        .await?
        .into_iter()
        .map(|(code, numero, id)| ((code, numero), id))
        .collect();
    let id = |one: &Prevue| ids.get(&(one.session.code.as_str().to_owned(), one.numero)).copied();
    let mut seances = Vec::new();
    let mut demandeurs = Vec::new();
    // References chosen at random would collide, see `fill`.
    let mut reference = random.u64();
    for one in planned {
        let session_id = id(one).ok_or(BackendError::Corrupt { table: "session_formation", column: "numero" })?;
        seances.extend(sessions_formation::seance_rows(session_id, &one.session.seances, random));
        for (at, demandeur) in one.demandeurs.iter().enumerate() {
            reference = reference.wrapping_add(STRIDE);
            demandeurs.push(demandeur.row(session_id, at, ReferencePreinscription::new(reference)));
        }
    }
    for some in seances.chunks(BATCH) {
        seance::Entity::insert_many(some.to_vec()).exec_without_returning(&*write).await?;
    }
    for some in demandeurs.chunks(BATCH) {
        preinscription::Entity::insert_many(some.to_vec()).exec_without_returning(&*write).await?;
    }
    write.commit().await
}

impl Demandeur {
    fn row(&self, session_id: i64, at: usize, reference: ReferencePreinscription) -> preinscription::ActiveModel {
        let moved = !matches!(
            self.etat,
            EtatPreinscription::AvisDemande | EtatPreinscription::Demandee | EtatPreinscription::ListeAttente
        );
        let offre = self.offre;
        preinscription::ActiveModel {
            id: NotSet,
            reference: Set(reference.to_string()),
            session_id: Set(session_id),
            compte_id: Set(self.compte_id),
            rang: Set(i64::try_from(at).unwrap_or(0) + 1),
            etat: Set(self.etat.code().to_owned()),
            version: Set(if moved { 2 } else { 1 }),
            origine: Set(Origine::Personne.code().to_owned()),
            si_complet: Set(SiComplet::Attente.code().to_owned()),
            attentes: Set(String::new()),
            contact_referent: Set(at % 40 == 7),
            raison: Set(String::new()),
            observation: Set(String::new()),
            motif_id: Set(None),
            cause: Set(self.cause.map(|cause| cause.code().to_owned())),
            offre_fin: Set(offre.map(|(_, end)| end)),
            offre_remise_le: Set(offre.map(|(handed, _)| handed)),
            non_remise: Set(false),
            suspendue: Set(false),
            cree_le: Set(self.cree_le),
            modifie_le: Set(offre.map_or(self.cree_le, |(handed, _)| handed)),
        }
    }
}
