//! Every way into a place, and out of one. All of them go through [`Backend::enter`] and [`Backend::pass`], under the lock
//! of the session: a place is a row of `preinscription` that the counter of the session knows.
//!
//! Locks are taken in one order: accounts, then sessions, then préinscriptions, each by id.

use app::areas::formations::{Empechement, Presse, Voeu};
use domain::compte::Statut;
use domain::formation::places::{Candidature, Etal, Issue, issue};
use domain::formation::{Attribution, Cause, EtatPreinscription, EtatSessionFormation, Origine, Seance};
use domain::instant::{Millis, jour, jour_et_mois, today};
use domain::motif::{Valeurs, render};
use domain::{Cas, ReferencePreinscription};
use sea_orm::ConnectionTrait;

use crate::backend::{Backend, plain_text};
use crate::error::BackendError;
use crate::persistence::courriels::{Genre, NouveauCourriel};
use crate::persistence::entities::compte;
use crate::persistence::journal::{Acteur, Action};
use crate::persistence::preinscriptions::{Nouvelle, Passage, Passe};
use crate::persistence::{comptes, journal, motifs, preinscriptions, presentations, sessions_formation};

/// The longest text of what a person expects, in characters.
const ATTENTES_MAX: usize = 500;

/// The longest reason that a gestionnaire gives, in characters.
const RAISON_MAX: usize = 200;

/// Who comes for a place, and through whom.
struct Entrant<'a> {
    /// Locked.
    compte: &'a compte::Model,
    origine: Origine,
    par: Acteur,
    voeu: &'a Voeu,
    raison: &'a str,
    /// When the request came in: it may have waited for its turn since.
    recue: Millis,
}

/// A move of a préinscription: where to, by whom, and when its mail leaves.
pub(crate) struct Mouvement {
    pub passage: Passage,
    pub par: Acteur,
    /// A decision that may be taken back holds its mail until then.
    pub part_le: Option<Millis>,
}

impl Mouvement {
    pub(crate) fn by(par: Acteur, passage: Passage) -> Self {
        Self { passage, par, part_le: None }
    }
}

impl Backend {
    /// Asks for a place for an account: one transaction, in the queue of the presses. `par` is who presses.
    pub(crate) async fn press_as(
        &self,
        compte_id: i64,
        session_id: i64,
        (origine, par, raison): (Origine, Acteur, &str),
        (voeu, recue): (&Voeu, Millis),
    ) -> Result<Presse, BackendError> {
        let pressed = || async {
            let write = self.db.begin_press().await?;
            let Some(compte) = comptes::find_locked(&*write, compte_id).await? else { return Ok(Presse::Absente) };
            let entrant = Entrant { compte: &compte, origine, par, voeu, raison, recue };
            let presse = self.enter(&*write, session_id, entrant).await?;
            if matches!(presse, Presse::Entree { .. }) {
                self.commit(write).await?;
            }
            Ok(presse)
        };
        match self.retried(pressed).await {
            Err(error) if error.is_wait_too_long() => Ok(Presse::Affluence),
            pressed => pressed,
        }
    }

    /// Asks for a place in a session, in the transaction that holds the lock of the account. Writes the row, its rang, its
    /// line of the journal and its mail, or nothing.
    async fn enter(
        &self,
        db: &impl ConnectionTrait,
        session_id: i64,
        entrant: Entrant<'_>,
    ) -> Result<Presse, BackendError> {
        let compte = entrant.compte;
        if comptes::statut(compte)? != Statut::Actif {
            return Ok(Presse::Impossible(Empechement::PasActif));
        }
        let Some(mut session) = sessions_formation::find_locked(db, session_id).await? else {
            return Ok(Presse::Absente);
        };
        if let Some(row) = preinscriptions::active_for(db, session_id, compte.id).await? {
            return Ok(Presse::Deja(preinscriptions::reference(&row)?));
        }
        if !is_shown(&session)? {
            return Ok(Presse::Absente);
        }
        if let Some(why) = self.hindrance(db, &session, compte, entrant.recue).await? {
            return Ok(Presse::Impossible(why));
        }
        let etat = match self.outcome(db, &session, &entrant).await? {
            Issue::Entre(etat) => etat,
            Issue::Rien => return Ok(Presse::Rien),
            Issue::Complete => return Ok(Presse::Complete),
        };
        let now = self.now();
        let reference = ReferencePreinscription::new(self.random.u64());
        let examined = sessions_formation::attribution(&session)? == Attribution::SurExamen;
        let new = Nouvelle {
            reference,
            session_id,
            compte_id: compte.id,
            etat,
            origine: entrant.origine,
            si_complet: entrant.voeu.si_complet,
            attentes: if examined { plain_text(&entrant.voeu.attentes, ATTENTES_MAX) } else { String::new() },
            contact_referent: entrant.voeu.contact_referent,
            raison: plain_text(entrant.raison, RAISON_MAX),
        };
        let Some(row) = preinscriptions::enter(db, &mut session, new, now).await? else {
            // The counter says so, whatever was thought before.
            return Ok(Presse::Complete);
        };
        let champs = [&format!("session:{session_id}"), &format!("preinscription:{}", row.id), etat.code()];
        journal::write(db, now, entrant.par, Some(compte.id), Action::Preinscription, &champs).await?;
        let genre = match entrant.origine {
            Origine::Personne => Genre::PreinscriptionRecue,
            Origine::ServiceFormation | Origine::Gestionnaire => Genre::PreinscritPar,
        };
        self.queue_for_preinscription(db, genre, &row, &compte.courriel_cle, None).await?;
        Ok(Presse::Entree { reference, etat })
    }

    /// Why this account can't ask for a place in this session, which is shown.
    pub(crate) async fn hindrance(
        &self,
        db: &impl ConnectionTrait,
        session: &sessions_formation::Model,
        compte: &compte::Model,
        recue: Millis,
    ) -> Result<Option<Empechement>, BackendError> {
        let phase = sessions_formation::reperes(session)?.phase(recue);
        if !phase.is_open() {
            return Ok(Some(Empechement::Fermee(phase)));
        }
        if comptes::statut(compte)? != Statut::Actif {
            return Ok(Some(Empechement::PasActif));
        }
        if comptes::cas(compte)? == Cas::ServiceRh && presentations::of_account(db, compte.id).await?.is_none() {
            return Ok(Some(Empechement::SansService));
        }
        let most = self.config.preinscription.en_cours_max;
        if preinscriptions::count_under_way(db, compte.id, recue).await? >= u64::from(most) {
            return Ok(Some(Empechement::EnCours(most)));
        }
        let held = [EtatPreinscription::Retenue, EtatPreinscription::Proposee];
        let clash = self.clash(db, session, compte.id, &held).await?;
        Ok(clash.map(|(jour, intitule)| Empechement::Place { jour, intitule }))
    }

    /// Another session of this account with a séance at the same time: its day and its title.
    pub(crate) async fn clash(
        &self,
        db: &impl ConnectionTrait,
        session: &sessions_formation::Model,
        compte_id: i64,
        etats: &[EtatPreinscription],
    ) -> Result<Option<(String, String)>, BackendError> {
        let held = preinscriptions::held_at_the_same_time(db, session, &[compte_id], etats).await?;
        if held.is_empty() {
            return Ok(None);
        }
        let others: Vec<i64> = held.iter().map(|(_, id)| *id).collect();
        let mut seances = sessions_formation::seances_of(db, others.iter().copied().chain([session.id])).await?;
        let mine = seances.remove(&session.id).unwrap_or_default();
        for id in others {
            let theirs = seances.get(&id).map(Vec::as_slice).unwrap_or_default();
            if let Some(seance) = first_overlap(theirs, &mine) {
                let title = sessions_formation::find(db, id).await?.map(|row| row.intitule).unwrap_or_default();
                return Ok(Some((jour_et_mois(seance.jour), title)));
            }
        }
        Ok(None)
    }

    /// What an entrant gets now.
    async fn outcome(
        &self,
        db: &impl ConnectionTrait,
        session: &sessions_formation::Model,
        entrant: &Entrant<'_>,
    ) -> Result<Issue, BackendError> {
        let asks_its_service =
            comptes::cas(entrant.compte)? == Cas::ServiceRh && entrant.origine != Origine::ServiceFormation;
        if asks_its_service {
            return Ok(Issue::Entre(EtatPreinscription::AvisDemande));
        }
        self.issue_for(db, session, entrant.compte.id, None, entrant.voeu.si_complet).await
    }

    /// What a candidature gets. `rang`: the one it has, or `None` for a newcomer, who comes after all others.
    pub(crate) async fn issue_for(
        &self,
        db: &impl ConnectionTrait,
        session: &sessions_formation::Model,
        compte_id: i64,
        rang: Option<i64>,
        si_complet: domain::formation::SiComplet,
    ) -> Result<Issue, BackendError> {
        let reperes = sessions_formation::reperes(session)?;
        let etal = Etal {
            attribution: reperes.attribution,
            attente: reperes.attente,
            places: reperes.places,
            occupees: reperes.occupees,
            en_attente: reperes.en_attente,
        };
        // Who comes to a full session is preceded or not, and gets the same: nothing more is asked.
        let free = etal.attribution == Attribution::ALArrivee && etal.has_a_place();
        let devance = free && !self.eligible(db, session, rang, 1).await?.is_empty();
        let part_atteinte = free && self.share_is_reached(db, session, compte_id).await?;
        Ok(issue(&etal, &Candidature { devance, part_atteinte, si_complet }))
    }

    /// Whether the collectivité that presents this account holds all the places that one may have.
    async fn share_is_reached(
        &self,
        db: &impl ConnectionTrait,
        session: &sessions_formation::Model,
        compte_id: i64,
    ) -> Result<bool, BackendError> {
        let Some(most) = session.par_collectivite else { return Ok(false) };
        let Some(collectivite) = presentations::collectivites(db, &[compte_id]).await?.remove(&compte_id) else {
            return Ok(false);
        };
        let held = preinscriptions::shares(db, session.id).await?.remove(&collectivite).unwrap_or(0);
        Ok(i64::from(held) >= most)
    }

    /// Moves a row, under the lock of its session, with its line of the journal and its mail.
    pub(crate) async fn pass(
        &self,
        db: &impl ConnectionTrait,
        session: &mut sessions_formation::Model,
        row: &preinscriptions::Model,
        mouvement: &Mouvement,
    ) -> Result<Passe, BackendError> {
        let now = self.now();
        let from = preinscriptions::etat(row)?;
        let passage = &mouvement.passage;
        let passed = preinscriptions::pass(db, session, row, passage, now).await?;
        let Passe::Fait(after) = &passed else { return Ok(passed) };
        let cause = passage.cause.map(Cause::code).unwrap_or_default();
        let name = format!("preinscription:{}", row.id);
        let mut champs = vec![name.as_str(), from.code(), passage.vers.code()];
        champs.extend(Some(cause).filter(|cause| !cause.is_empty()));
        let action = Action::PreinscriptionDeplacee;
        journal::write(db, now, mouvement.par, Some(row.compte_id), action, &champs).await?;
        if let Some(genre) = mail_of(from, passage.vers, passage.non_remise)
            && let Some(courriel_cle) = comptes::courriel_cle(db, row.compte_id).await?
        {
            self.queue_for_preinscription(db, genre, after, &courriel_cle, mouvement.part_le).await?;
        }
        Ok(passed)
    }

    /// Queues the mail of an offer again.
    pub(crate) async fn queue_offer(
        &self,
        db: &impl ConnectionTrait,
        row: &preinscriptions::Model,
    ) -> Result<(), BackendError> {
        match comptes::courriel_cle(db, row.compte_id).await? {
            Some(cle) => self.queue_for_preinscription(db, Genre::PlaceProposee, row, &cle, None).await,
            None => Ok(()),
        }
    }

    /// Queues the mail that tells of this version of a préinscription.
    async fn queue_for_preinscription(
        &self,
        db: &impl ConnectionTrait,
        genre: Genre,
        row: &preinscriptions::Model,
        courriel_cle: &str,
        part_le: Option<Millis>,
    ) -> Result<(), BackendError> {
        let mail = NouveauCourriel {
            compte_id: Some(row.compte_id),
            preinscription: Some((row.id, row.version)),
            part_le,
            ..self.mail(genre, self.hide(courriel_cle))
        };
        self.queue(db, mail).await?;
        Ok(())
    }
}

impl Backend {
    /// The text of the motive of a préinscription, filled in for its person. `None` when it has none.
    pub(crate) async fn motif_of(
        &self,
        db: &impl ConnectionTrait,
        compte: &compte::Model,
        row: &preinscriptions::Model,
    ) -> Result<Option<String>, BackendError> {
        let Some(id) = row.motif_id else { return Ok(None) };
        let Some(motif) = motifs::find(db, id).await? else { return Ok(None) };
        let date = jour(today(row.modifie_le));
        let reference = preinscriptions::reference(row)?.to_string();
        Ok(Some(render(&motif.texte, &Valeurs { prenom: &compte.prenom, reference: &reference, date: &date })))
    }
}

/// Whether persons see a session: a draft is the staff's.
pub(super) fn is_shown(session: &sessions_formation::Model) -> Result<bool, BackendError> {
    Ok(sessions_formation::etat(session)? != EtatSessionFormation::Brouillon)
}

/// The mail that tells a person of a move.
fn mail_of(from: EtatPreinscription, to: EtatPreinscription, non_remise: bool) -> Option<Genre> {
    match (from, to) {
        (_, EtatPreinscription::Retenue) => Some(Genre::PlaceRetenue),
        (_, EtatPreinscription::Proposee) => Some(Genre::PlaceProposee),
        (_, EtatPreinscription::Refusee) => Some(Genre::NonRetenue),
        (_, EtatPreinscription::Annulee) => Some(Genre::PreinscriptionAnnulee),
        // The mailbox takes no mail.
        (EtatPreinscription::Proposee, EtatPreinscription::ListeAttente) if non_remise => None,
        (EtatPreinscription::AvisDemande | EtatPreinscription::Demandee, EtatPreinscription::ListeAttente) => {
            Some(Genre::EnListeAttente)
        }
        (_, EtatPreinscription::Demandee | EtatPreinscription::ListeAttente) => Some(Genre::PreinscriptionRecue),
        (_, EtatPreinscription::AvisDemande) => None,
    }
}

/// The first séance of `theirs` that shares time with one of `mine`.
pub(crate) fn first_overlap<'a>(theirs: &'a [Seance], mine: &[Seance]) -> Option<&'a Seance> {
    theirs.iter().find(|seance| mine.iter().any(|other| other.overlaps(seance)))
}
