//! Random sequences of all that can happen to the places of two sessions on one day, beside a plain model in memory. After
//! each step the rows, the counters, the mails and the journal are those of the model.
//!
//! `IEL_SEQUENCES`, when the tests are compiled, says how many sequences each engine runs.

use std::collections::BTreeMap;

use app::areas::formations::{Empechement, Preinscriptions, Presse, Reponse, Voeu};
use app::areas::gestion::dossiers::Statuts;
use app::areas::gestion::preinscriptions::{Deliberation, Geste, Inscrits, Lot};
use app::base::appelants::{Formateur, Gestionnaire};
use domain::ReferencePreinscription;
use domain::formation::EtatPreinscription::{
    self, Annulee, AvisDemande, Demandee, ListeAttente, Proposee, Refusee, Retenue,
};
use domain::formation::SiComplet;
use domain::formation::lecture::SessionSaisie;
use domain::formation::offres::{end_of_offer, may_offer};
use domain::instant::{Millis, today};
use sea_orm::{ConnectionTrait, Statement};
use server::clock::{DAY, HOUR, MINUTE};
use server::persistence::entities::session_formation;

use crate::support::Monde;
use crate::support::formations::saisie;

/// How many sequences, unless the environment says otherwise.
const SEQUENCES: usize = 120;
const STEPS: usize = 14;
const ACCOUNTS: usize = 6;
/// The first accounts are of cas 1.
const AGENTS: usize = 2;

/// A small generator: a sequence is told by its seed.
struct Hasard(u64);

impl Hasard {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.next() % most as u64).unwrap()
    }
}

#[derive(Clone, Debug)]
struct Ligne {
    compte: usize,
    etat: EtatPreinscription,
    si_complet: SiComplet,
    /// The end of the offer, once its mail was handed over.
    fin: Option<Millis>,
    suspendue: bool,
    reference: ReferencePreinscription,
}

#[derive(Clone, Debug)]
struct Salle {
    places: usize,
    examen: bool,
    limite: Option<usize>,
    a_la_main: bool,
    debut: Millis,
    /// By rang, from 1.
    lignes: Vec<Ligne>,
}

/// What the program should do, written again as plainly as can be.
struct Modele {
    salles: Vec<Salle>,
    suspendus: [bool; ACCOUNTS],
    courriels: i64,
    journal: i64,
}

impl Salle {
    fn held(&self) -> usize {
        self.lignes.iter().filter(|row| row.etat.holds_a_place()).count()
    }

    fn waiting(&self) -> usize {
        self.lignes.iter().filter(|row| row.etat == ListeAttente).count()
    }

    fn active_of(&self, compte: usize) -> Option<usize> {
        self.lignes.iter().position(|row| row.compte == compte && row.etat.is_active())
    }
}

impl Modele {
    /// Whether the account holds a place in the other session: both are on one day.
    fn busy(&self, salle: usize, compte: usize, holds: fn(EtatPreinscription) -> bool) -> bool {
        self.salles[1 - salle].lignes.iter().any(|row| row.compte == compte && holds(row.etat))
    }

    fn eligible(&self, salle: usize, before: usize) -> Vec<usize> {
        let rows = self.salles[salle].lignes.iter().enumerate().take(before);
        let can = |row: &Ligne| {
            row.etat == ListeAttente
                && !row.suspendue
                && !self.busy(salle, row.compte, EtatPreinscription::holds_a_place)
        };
        rows.filter(|(_, row)| can(row)).map(|(at, _)| at).collect()
    }

    fn moved(&mut self, salle: usize, at: usize, to: EtatPreinscription) {
        let row = &mut self.salles[salle].lignes[at];
        (row.etat, row.fin) = (to, None);
        self.courriels += 1;
        self.journal += 1;
    }

    fn call(&mut self, salle: usize, now: Millis) {
        let room = &self.salles[salle];
        if room.a_la_main || may_offer(now, room.debut).is_err() {
            return;
        }
        let free = room.places.saturating_sub(room.held());
        let last = room.lignes.len();
        for at in self.eligible(salle, last).into_iter().take(free) {
            self.moved(salle, at, Proposee);
        }
    }

    /// What comes to the row at this rang, or to a newcomer after all rows.
    fn issue(&self, salle: usize, at: usize, si_complet: SiComplet) -> Option<EtatPreinscription> {
        let room = &self.salles[salle];
        if room.examen {
            return Some(Demandee);
        }
        if room.held() < room.places && self.eligible(salle, at).is_empty() {
            return Some(Retenue);
        }
        let room_in_list = room.limite.is_none_or(|most| room.waiting() < most);
        (si_complet == SiComplet::Attente && room_in_list).then_some(ListeAttente)
    }

    fn press(
        &mut self,
        salle: usize,
        compte: usize,
        si_complet: SiComplet,
        reference: Option<ReferencePreinscription>,
    ) -> Attendu {
        if self.suspendus[compte] {
            return Attendu::Refuse;
        }
        if self.salles[salle].active_of(compte).is_some() {
            return Attendu::Deja;
        }
        if self.busy(salle, compte, EtatPreinscription::holds_a_place) {
            return Attendu::Refuse;
        }
        let last = self.salles[salle].lignes.len();
        let etat = if compte < AGENTS { Some(AvisDemande) } else { self.issue(salle, last, si_complet) };
        let Some(etat) = etat else { return Attendu::Rien };
        if let Some(reference) = reference {
            let row = Ligne { compte, etat, si_complet, fin: None, suspendue: false, reference };
            self.salles[salle].lignes.push(row);
            self.courriels += 1;
            self.journal += 1;
        }
        Attendu::Entre(etat)
    }
}

/// What a press should answer.
#[derive(Debug, PartialEq)]
enum Attendu {
    Entre(EtatPreinscription),
    Deja,
    Rien,
    Refuse,
}

fn answered(press: &Presse) -> Attendu {
    match press {
        Presse::Entree { etat, .. } => Attendu::Entre(*etat),
        Presse::Deja(_) => Attendu::Deja,
        Presse::Rien | Presse::Complete => Attendu::Rien,
        Presse::Impossible(Empechement::PasActif | Empechement::Place { .. }) => Attendu::Refuse,
        other => panic!("{other:?}"),
    }
}

/// A world, its model, and the hand that plays.
struct Partie<'a> {
    monde: &'a Monde,
    by: &'a Gestionnaire,
    who: &'a [Formateur],
    sessions: Vec<session_formation::Model>,
    modele: Modele,
    hasard: Hasard,
    /// The last mail and the last line that were there before.
    avant: (i64, i64),
}

/// How many mails and lines about préinscriptions were written after these.
async fn written(monde: &Monde, (mail, line): (i64, i64)) -> (i64, i64) {
    let mails = format!("SELECT count(*) FROM courriel WHERE id > {mail} AND preinscription_id IS NOT NULL");
    let lines = format!(
        "SELECT count(*) FROM journal WHERE id > {line} AND action IN ('preinscription', 'preinscription_deplacee')"
    );
    (monde.number(&mails).await, monde.number(&lines).await)
}

/// The last mail and the last line.
async fn last(monde: &Monde) -> (i64, i64) {
    let of = |table: &str| format!("SELECT COALESCE(max(id), 0) FROM {table}");
    (monde.number(&of("courriel")).await, monde.number(&of("journal")).await)
}

impl<'a> Partie<'a> {
    async fn begin(monde: &'a Monde, by: &'a Gestionnaire, who: &'a [Formateur], seed: u64) -> Self {
        let mut hasard = Hasard(seed);
        let now = monde.clock_now();
        let day = (today(now) + time::Duration::days(12)).to_string();
        let (mut sessions, mut salles) = (Vec::new(), Vec::new());
        for salle in 0..2 {
            let places = 1 + hasard.below(3);
            let examen = hasard.below(4) == 0;
            let limite = [None, Some(1), Some(2), Some(0), None][hasard.below(5)];
            let a_la_main = hasard.below(5) == 0;
            let (attente, attente_max) = match limite {
                None => ("libre", String::new()),
                Some(0) => ("aucune", String::new()),
                Some(most) => ("limitee", most.to_string()),
            };
            let typed = SessionSaisie {
                code: format!("M{seed}-{salle}"),
                places: places.to_string(),
                attribution: if examen { "examen" } else { "arrivee" }.to_owned(),
                attente: attente.to_owned(),
                attente_max,
                liberation: if a_la_main { "main" } else { "proposees" }.to_owned(),
                limite: day.clone(),
                ..saisie(&day)
            };
            let session = monde.publiee(&typed).await;
            salles.push(Salle { places, examen, limite, a_la_main, debut: session.debut, lignes: Vec::new() });
            sessions.push(session);
        }
        let modele = Modele { salles, suspendus: [false; ACCOUNTS], courriels: 0, journal: 0 };
        Self { monde, by, who, sessions, modele, hasard, avant: last(monde).await }
    }

    /// One of the rows in these states.
    fn a_row(&mut self, etats: &[EtatPreinscription]) -> Option<(usize, usize)> {
        let mut all = Vec::new();
        for (salle, room) in self.modele.salles.iter().enumerate() {
            let found = room.lignes.iter().enumerate().filter(|(_, row)| etats.contains(&row.etat));
            all.extend(found.map(|(at, _)| (salle, at)));
        }
        (!all.is_empty()).then(|| all[self.hasard.below(all.len())])
    }

    async fn step(&mut self) -> String {
        // The presses of an account are counted by the minute.
        self.monde.passes(MINUTE).await;
        let now = self.monde.clock_now();
        match self.hasard.below(16) {
            0..=4 => self.press(now).await,
            5 => self.decide(&[AvisDemande], Geste::AvisFavorable, now).await,
            6 => self.decide(&[AvisDemande, Demandee], Geste::AvisDefavorable, now).await,
            7 => self.decide(&[Demandee, ListeAttente, AvisDemande], Geste::Retenir, now).await,
            8 => self.decide(&[Demandee, ListeAttente], Geste::MettreEnAttente, now).await,
            9 => self.decide(&[Demandee, ListeAttente, Retenue], Geste::Refuser, now).await,
            10 => {
                let geste = [Geste::Annuler, Geste::Reprendre][self.hasard.below(2)];
                self.decide(&[Refusee, Retenue, ListeAttente, Proposee], geste, now).await
            }
            11 => self.withdraw(now).await,
            12 => self.answer(now).await,
            13 => self.change_places(now).await,
            14 => self.suspend(now).await,
            _ => self.wait().await,
        }
    }

    async fn press(&mut self, now: Millis) -> String {
        let (salle, compte) = (self.hasard.below(2), self.hasard.below(ACCOUNTS));
        let si_complet = [SiComplet::Attente, SiComplet::Attente, SiComplet::Rien][self.hasard.below(3)];
        let session = &self.sessions[salle];
        let voeu = Voeu { si_complet, ..Voeu::default() };
        let press =
            self.monde.backend.press(&self.who[compte], now, &session.code, session.numero, &voeu).await.unwrap();
        let reference = match &press {
            Presse::Entree { reference, .. } => Some(*reference),
            _ => None,
        };
        let expected = self.modele.press(salle, compte, si_complet, reference);
        assert_eq!(answered(&press), expected);
        format!("press {salle} {compte} {si_complet:?}: {expected:?}")
    }

    /// Where a decision takes a row. `None`: nowhere.
    fn target(&self, salle: usize, at: usize, geste: Geste) -> Option<EtatPreinscription> {
        let room = &self.modele.salles[salle];
        let row = &room.lignes[at];
        let to = match (geste, row.etat) {
            (Geste::Retenir, Demandee | ListeAttente) => Retenue,
            (Geste::MettreEnAttente, Demandee) => ListeAttente,
            (Geste::Refuser, Demandee | ListeAttente) | (Geste::AvisDefavorable, AvisDemande) => Refusee,
            (Geste::Annuler, etat) if etat.is_active() => Annulee,
            (Geste::Reprendre, Refusee) if room.active_of(row.compte).is_none() => {
                if room.examen {
                    Demandee
                } else {
                    ListeAttente
                }
            }
            (Geste::AvisFavorable, AvisDemande) => self.modele.issue(salle, at, row.si_complet).unwrap_or(Annulee),
            _ => return None,
        };
        let busy = self.modele.busy(salle, row.compte, EtatPreinscription::holds_a_place);
        let may = to != Retenue || (!row.suspendue && !busy && room.held() < room.places);
        may.then_some(to)
    }

    async fn decide(&mut self, etats: &[EtatPreinscription], geste: Geste, now: Millis) -> String {
        let Some((salle, at)) = self.a_row(etats) else { return "nobody to decide".to_owned() };
        let expected = self.target(salle, at, geste);
        let reference = self.modele.salles[salle].lignes[at].reference;
        let sql = |column: &str| format!("SELECT {column} FROM preinscription WHERE reference = '{reference}'");
        let row = (self.monde.number(&sql("id")).await, self.monde.number(&sql("version")).await);
        let what =
            Deliberation { geste, lignes: vec![row], motif: Some(1), observation: "Non.".to_owned(), accord: true };
        let done = self.monde.backend.deliberate(self.by, self.sessions[salle].id, &what).await.unwrap();
        let Lot::Fait { faites, .. } = done else { panic!("{done:?}") };
        assert_eq!(faites == 1, expected.is_some(), "{geste:?} of {salle}.{at}: {done:?} {expected:?}");
        if let Some(to) = expected {
            self.modele.moved(salle, at, to);
            self.modele.call(salle, now);
        }
        format!("{geste:?} {salle}.{}: {expected:?}", at + 1)
    }

    async fn withdraw(&mut self, now: Millis) -> String {
        let Some((salle, at)) = self.a_row(&EtatPreinscription::ACTIFS) else { return "nobody to leave".to_owned() };
        let Ligne { compte, reference, .. } = self.modele.salles[salle].lignes[at];
        let left = self.monde.backend.withdraw(&self.who[compte], reference).await.unwrap();
        assert_eq!(left, Reponse::Faite);
        self.modele.moved(salle, at, Annulee);
        self.modele.call(salle, now);
        format!("withdraw {salle}.{}", at + 1)
    }

    async fn answer(&mut self, now: Millis) -> String {
        let Some((salle, at)) = self.a_row(&[Proposee]) else { return "no offer to answer".to_owned() };
        let Ligne { compte, reference, fin, .. } = self.modele.salles[salle].lignes[at];
        if self.hasard.below(2) == 0 {
            let declined = self.monde.backend.decline(&self.who[compte], reference).await.unwrap();
            assert_eq!(declined, Reponse::Faite);
            self.modele.moved(salle, at, Annulee);
            self.modele.call(salle, now);
            return format!("decline {salle}.{}", at + 1);
        }
        let accepted = self.monde.backend.accept(&self.who[compte], reference).await.unwrap();
        let over = fin.is_some_and(|fin| fin <= now);
        let busy = self.modele.busy(salle, compte, |etat| etat == Retenue);
        match &accepted {
            Reponse::Faite => assert!(!over && !busy),
            Reponse::Passee { .. } => assert!(over),
            Reponse::Chevauche { .. } => assert!(busy && !over),
            other => panic!("{other:?}"),
        }
        if accepted == Reponse::Faite {
            self.modele.moved(salle, at, Retenue);
        }
        format!("accept {salle}.{}: {accepted:?}", at + 1)
    }

    async fn change_places(&mut self, now: Millis) -> String {
        let salle = self.hasard.below(2);
        let room = &mut self.modele.salles[salle];
        let wanted = if self.hasard.below(2) == 0 { room.places + 1 } else { room.places.saturating_sub(1).max(1) };
        let saved = self.monde.set_places(self.by, self.sessions[salle].id, wanted).await;
        assert_eq!(saved, wanted >= room.held(), "{wanted} places");
        if saved {
            let more = wanted > room.places;
            room.places = wanted;
            if more {
                self.modele.call(salle, now);
            }
        }
        format!("{wanted} places in {salle}: {saved}")
    }

    async fn suspend(&mut self, now: Millis) -> String {
        let compte = self.hasard.below(ACCOUNTS);
        let id = self.who[compte].compte_id;
        let version = self.monde.number(&format!("SELECT version FROM compte WHERE id = {id}")).await;
        let suspended = !self.modele.suspendus[compte];
        match suspended {
            true => self.monde.backend.suspend(self.by, id, version, "Un message", false).await.unwrap(),
            false => self.monde.backend.resume(self.by, id, version).await.unwrap(),
        };
        self.modele.suspendus[compte] = suspended;
        for salle in 0..2 {
            let rows = self.modele.salles[salle].lignes.iter_mut();
            let mut had = false;
            for row in rows.filter(|row| row.compte == compte && row.etat.is_active()) {
                row.suspendue = suspended;
                had = true;
            }
            if had && !suspended {
                self.modele.call(salle, now);
            }
        }
        format!("suspend {compte}: {suspended}")
    }

    /// Mails leave, some time passes, and the lists turn.
    async fn wait(&mut self) -> String {
        self.monde.send_mails().await;
        let now = self.monde.clock_now();
        for room in &mut self.modele.salles {
            let debut = room.debut;
            for row in room.lignes.iter_mut().filter(|row| row.etat == Proposee && row.fin.is_none()) {
                row.fin = (!self.modele.suspendus[row.compte]).then(|| end_of_offer(now, debut)).flatten();
            }
        }
        let by = [HOUR, 9 * HOUR, DAY, 2 * DAY][self.hasard.below(4)];
        let by = by.min(self.modele.salles[0].debut - 2 * DAY - now).max(0);
        self.monde.passes(by).await;
        self.monde.backend.turn_lists().await.unwrap();
        let now = self.monde.clock_now();
        for salle in 0..2 {
            let lapsed: Vec<usize> = self.modele.salles[salle]
                .lignes
                .iter()
                .enumerate()
                .filter(|(_, row)| row.etat == Proposee && row.fin.is_some_and(|fin| fin <= now))
                .map(|(at, _)| at)
                .collect();
            for at in lapsed {
                self.modele.moved(salle, at, Annulee);
            }
        }
        for salle in 0..2 {
            self.modele.call(salle, now);
        }
        format!("{} hours pass", by / HOUR)
    }

    /// The rows of both sessions are those of the model, and so is what was written.
    async fn compare(&self, told: &[String]) {
        let db = self.monde.backend.db();
        for (session, room) in self.sessions.iter().zip(&self.modele.salles) {
            let sql = format!(
                "SELECT rang, etat, compte_id FROM preinscription WHERE session_id = {} ORDER BY rang",
                session.id
            );
            let rows = db.connection().query_all_raw(Statement::from_string(db.backend(), sql)).await.unwrap();
            let kept: Vec<(i64, String, i64)> = rows
                .iter()
                .map(|row| {
                    let of = |name| row.try_get::<i64>("", name).unwrap();
                    (of("rang"), row.try_get("", "etat").unwrap(), of("compte_id"))
                })
                .collect();
            let expected: Vec<(i64, String, i64)> = room
                .lignes
                .iter()
                .enumerate()
                .map(|(at, row)| (at as i64 + 1, row.etat.code().to_owned(), self.who[row.compte].compte_id))
                .collect();
            assert_eq!(kept, expected, "{told:#?}");
            self.monde.assert_counted(session).await;
        }
        let added = written(self.monde, self.avant).await;
        assert_eq!(added, (self.modele.courriels, self.modele.journal), "one mail and one line a change: {told:#?}");
    }

    /// At the end, what each person and the staff read says the same.
    async fn end(self) {
        let mut read: BTreeMap<String, EtatPreinscription> = BTreeMap::new();
        for who in self.who {
            for mine in self.monde.backend.mine(who).await.unwrap() {
                read.insert(mine.reference.to_string(), mine.etat);
            }
        }
        for (session, room) in self.sessions.iter().zip(&self.modele.salles) {
            let list = self.monde.backend.list(self.by, session.id, &[], 0).await.unwrap().unwrap();
            let listed: Vec<EtatPreinscription> = list.lignes.iter().map(|line| line.etat).collect();
            let expected: Vec<EtatPreinscription> = room.lignes.iter().map(|row| row.etat).collect();
            assert_eq!(listed, expected);
            for row in &room.lignes {
                assert_eq!(read.get(&row.reference.to_string()), Some(&row.etat));
            }
            // The next sequence finds nobody taken on its day, and everybody active.
            self.monde
                .execute(&format!(
                    "UPDATE preinscription SET etat = 'Annulee' WHERE session_id = {}; \
                     UPDATE session_formation SET avis = 0, examen = 0, attente = 0, proposees = 0, occupees = 0 \
                     WHERE id = {}",
                    session.id, session.id
                ))
                .await;
        }
        self.monde.execute("UPDATE compte SET statut = 'Actif' WHERE statut = 'Suspendu'").await;
    }
}

on_both_engines! {
    async fn whatever_happens_the_places_are_those_of_the_model(monde: Monde) {
        let by = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let who = monde.formateurs(ACCOUNTS).await;
        for agent in &who[..AGENTS] {
            monde.presented(agent).await;
        }
        let count = option_env!("IEL_SEQUENCES").and_then(|count| count.parse().ok()).unwrap_or(SEQUENCES);
        for seed in 0..count {
            let mut partie = Partie::begin(&monde, &by, &who, seed as u64).await;
            let mut told = vec![format!("seed {seed}: {:?}", partie.modele.salles)];
            for _ in 0..STEPS {
                told.push(partie.step().await);
                partie.compare(&told).await;
            }
            partie.end().await;
        }
    }
}
