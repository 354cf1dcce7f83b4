//! The waiting list: who may get a place, and the machine that offers the freed ones.

use std::collections::HashMap;

use app::areas::gestion::preinscriptions::SilenceListe;
use domain::formation::calendrier::working_days_after;
use domain::formation::offres::{Silence, may_offer};
use domain::formation::{Cause, EtatPreinscription, EtatSessionFormation, Liberation, Seance};
use domain::instant::{Millis, at_hour, today};
use sea_orm::ConnectionTrait;

use super::places::{Mouvement, first_overlap};
use crate::backend::Backend;
use crate::clock::DAY;
use crate::error::BackendError;
use crate::persistence::journal::Acteur;
use crate::persistence::preinscriptions::{Model, Passage, Passe};
use crate::persistence::{pause, preinscriptions, presentations, sessions_formation, veille};

/// How many rows of the list are looked at in one go.
const LOT: u64 = 50;

/// How many rows one transaction of a job moves.
const BATCH: u64 = 200;

/// What waits for an avis this many working days after the last day ends.
const SANS_AVIS_JOURS: u32 = 2;

/// On the eve of the first séance, at this hour, nobody is left waiting in silence.
const VEILLE_A: u8 = 18;

impl Backend {
    /// The first `count` of the list who could take a place now, in the order of their rang; only those before the rang
    /// `before` if there is one. Stepped over, one keeps one's rang.
    pub(crate) async fn eligible(
        &self,
        db: &impl ConnectionTrait,
        session: &sessions_formation::Model,
        before: Option<i64>,
        count: usize,
    ) -> Result<Vec<Model>, BackendError> {
        let mut found = Vec::new();
        if session.attente == 0 || count == 0 {
            return Ok(found);
        }
        let mine = sessions_formation::seances(db, session.id).await?;
        let mut shares = match session.par_collectivite {
            Some(_) => preinscriptions::shares(db, session.id).await?,
            None => HashMap::new(),
        };
        let mut after = 0;
        loop {
            let waits = [EtatPreinscription::ListeAttente];
            let rows = preinscriptions::of_session(db, session.id, &waits, after, LOT).await?;
            let Some(last) = rows.last() else { return Ok(found) };
            after = last.rang;
            let whole = rows.len() as u64 == LOT;
            let accounts: Vec<i64> = rows.iter().map(|row| row.compte_id).collect();
            let busy = self.busy(db, session, &mine, &accounts).await?;
            let presented = match session.par_collectivite {
                Some(_) => presentations::collectivites(db, &accounts).await?,
                None => HashMap::new(),
            };
            for row in rows {
                if before.is_some_and(|before| row.rang >= before) {
                    return Ok(found);
                }
                if row.suspendue || row.non_remise || busy.contains(&row.compte_id) {
                    continue;
                }
                if let (Some(most), Some(collectivite)) = (session.par_collectivite, presented.get(&row.compte_id)) {
                    let held = shares.entry(*collectivite).or_default();
                    if i64::from(*held) >= most {
                        continue;
                    }
                    *held += 1;
                }
                found.push(row);
                if found.len() == count {
                    return Ok(found);
                }
            }
            if !whole {
                return Ok(found);
            }
        }
    }

    /// Of these accounts, those that hold a place elsewhere at the same time.
    async fn busy(
        &self,
        db: &impl ConnectionTrait,
        session: &sessions_formation::Model,
        mine: &[Seance],
        accounts: &[i64],
    ) -> Result<Vec<i64>, BackendError> {
        let holds = [EtatPreinscription::Retenue, EtatPreinscription::Proposee];
        let held = preinscriptions::held_at_the_same_time(db, session, accounts, &holds).await?;
        let seances = sessions_formation::seances_of(db, held.iter().map(|(_, id)| *id)).await?;
        let clashes = |id: &i64| seances.get(id).is_some_and(|theirs| first_overlap(theirs, mine).is_some());
        Ok(held.iter().filter(|(_, id)| clashes(id)).map(|(account, _)| *account).collect())
    }

    /// Offers the free places of a locked session to the first of its list. Called in every transaction that frees a
    /// place or adds some, and every minute. Returns how many offers it made.
    pub(crate) async fn call_list(
        &self,
        db: &impl ConnectionTrait,
        session: &mut sessions_formation::Model,
    ) -> Result<usize, BackendError> {
        if self.silence_of(session)?.is_some() {
            return Ok(0);
        }
        let free = usize::try_from(session.places - session.occupees).unwrap_or(0);
        let mut offered = 0;
        for row in self.eligible(db, session, None, free).await? {
            let mouvement = Mouvement::by(Acteur::Systeme, Passage::to(EtatPreinscription::Proposee));
            match self.pass(db, session, &row, &mouvement).await? {
                Passe::Fait(_) => offered += 1,
                Passe::PlusDePlace => break,
                Passe::Perimee => {}
            }
        }
        Ok(offered)
    }

    /// Why the machine offers nothing now. `None`: it offers what is free.
    pub(crate) fn silence_of(&self, session: &sessions_formation::Model) -> Result<Option<SilenceListe>, BackendError> {
        let now = self.now();
        if session.attente == 0 {
            return Ok(Some(SilenceListe::Personne));
        }
        if session.occupees >= session.places {
            return Ok(Some(SilenceListe::PasDePlace));
        }
        if sessions_formation::etat(session)? != EtatSessionFormation::Publiee {
            return Ok(Some(SilenceListe::NonPubliee));
        }
        if sessions_formation::liberation(session)? == Liberation::ALaMain {
            return Ok(Some(SilenceListe::ALaMain));
        }
        // A clock that is ahead finds every session begun; one that is behind, none published yet.
        if session.publiee_le.is_some_and(|published| now < published) {
            return Ok(Some(SilenceListe::Horloge));
        }
        if let Err(silence) = may_offer(now, session.debut) {
            return Ok(Some(match silence {
                Silence::Heure => SilenceListe::Heure,
                Silence::TropTard => SilenceListe::TropTard,
            }));
        }
        Ok(None)
    }

    /// What the pages of the session tell: `None` when nobody waits or no place is free. Also says when nobody in the list
    /// can take a place, or mails are paused.
    pub(crate) async fn silence_to_tell(
        &self,
        db: &impl ConnectionTrait,
        session: &sessions_formation::Model,
    ) -> Result<Option<SilenceListe>, BackendError> {
        if session.attente == 0 || session.occupees >= session.places {
            return Ok(None);
        }
        if let Some(silence) = self.silence_of(session)? {
            return Ok(Some(silence));
        }
        if self.eligible(db, session, None, 1).await?.is_empty() {
            return Ok(Some(SilenceListe::TousSautes));
        }
        let paused = pause::current(db, self.now()).await?.is_some();
        Ok(paused.then_some(SilenceListe::CourrielsEnPause))
    }

    /// Does what is due at this minute: ends offers, passes on those that could not be told, offers free places, ends what
    /// nobody decided. If the clock can't be trusted, nothing ends.
    ///
    /// # Errors
    /// When the database does not answer. What was done stays done.
    pub async fn turn_lists(&self) -> Result<(), BackendError> {
        let now = self.now();
        let may_end = veille::may_end(self.db.connection(), now).await?;
        if may_end {
            self.end_offers(now).await?;
        }
        self.pass_undelivered().await?;
        for id in preinscriptions::sessions_to_call(self.db.connection(), now).await? {
            let write = self.db.begin().await?;
            let Some(mut session) = sessions_formation::find_locked(&*write, id).await? else { continue };
            if self.call_list(&*write, &mut session).await? > 0 {
                self.commit(write).await?;
            }
        }
        if may_end {
            self.end_waiting(now).await?;
        }
        Ok(())
    }

    async fn end_offers(&self, now: Millis) -> Result<(), BackendError> {
        loop {
            let due = preinscriptions::lapsed(self.db.connection(), now, BATCH).await?;
            let ended = due.len();
            let still = |row: &Model| row.offre_remise_le.is_some() && row.offre_fin.is_some_and(|end| end <= now);
            let passage = Passage::ending(Cause::OffreSansReponse);
            self.move_each(due, EtatPreinscription::Proposee, &passage, still).await?;
            if (ended as u64) < BATCH {
                return Ok(());
            }
        }
    }

    /// Nobody loses a turn to a mailbox: who could not be told returns to the list, and is stepped over.
    async fn pass_undelivered(&self) -> Result<(), BackendError> {
        let due = preinscriptions::undelivered(self.db.connection(), BATCH).await?;
        let passage = Passage { non_remise: true, ..Passage::to(EtatPreinscription::ListeAttente) };
        self.move_each(due, EtatPreinscription::Proposee, &passage, |row| row.offre_remise_le.is_none()).await
    }

    /// Moves these rows, session by session, if they are still in `from` and due. Freed places are offered at once.
    async fn move_each(
        &self,
        due: Vec<(i64, i64)>,
        from: EtatPreinscription,
        passage: &Passage,
        is_due: impl Fn(&Model) -> bool,
    ) -> Result<(), BackendError> {
        let mut by_session: Vec<(i64, Vec<i64>)> = Vec::new();
        for (session_id, id) in due {
            match by_session.iter_mut().find(|(known, _)| *known == session_id) {
                Some((_, ids)) => ids.push(id),
                None => by_session.push((session_id, vec![id])),
            }
        }
        for (session_id, ids) in by_session {
            let write = self.db.begin().await?;
            let Some(mut session) = sessions_formation::find_locked(&*write, session_id).await? else { continue };
            for row in preinscriptions::find_locked(&*write, ids).await? {
                if row.etat == from.code() && is_due(&row) {
                    let mouvement = Mouvement::by(Acteur::Systeme, passage.clone());
                    self.pass(&*write, &mut session, &row, &mouvement).await?;
                }
            }
            self.call_list(&*write, &mut session).await?;
            self.commit(write).await?;
        }
        Ok(())
    }

    /// Ends what waits for an avis too long after the last day, and what nobody decided on the eve.
    async fn end_waiting(&self, now: Millis) -> Result<(), BackendError> {
        let db = self.db.connection();
        for session in preinscriptions::sessions_without_avis(db, now).await? {
            // The last day ends at midnight: the day before it is the last one.
            let last = today(session.cloture - 1);
            if now >= at_hour(working_days_after(last, SANS_AVIS_JOURS).next_day().unwrap_or(last), 0) {
                self.end_all(session.id, &[EtatPreinscription::AvisDemande], Cause::SansAvis).await?;
            }
        }
        for session in preinscriptions::sessions_with_undecided(db, now + 2 * DAY, now - 30 * DAY).await? {
            let eve = today(session.debut).previous_day().map(|day| at_hour(day, VEILLE_A));
            if eve.is_some_and(|eve| now >= eve) {
                let waiting =
                    [EtatPreinscription::AvisDemande, EtatPreinscription::Demandee, EtatPreinscription::ListeAttente];
                self.end_all(session.id, &waiting, Cause::SansPlace).await?;
            }
        }
        Ok(())
    }

    async fn end_all(&self, session_id: i64, etats: &[EtatPreinscription], cause: Cause) -> Result<(), BackendError> {
        loop {
            let write = self.db.begin().await?;
            let Some(mut session) = sessions_formation::find_locked(&*write, session_id).await? else { return Ok(()) };
            let rows = preinscriptions::of_session(&*write, session_id, etats, 0, BATCH).await?;
            if rows.is_empty() {
                return Ok(());
            }
            for row in rows {
                let mouvement = Mouvement::by(Acteur::Systeme, Passage::ending(cause));
                self.pass(&*write, &mut session, &row, &mouvement).await?;
            }
            self.commit(write).await?;
        }
    }
}
