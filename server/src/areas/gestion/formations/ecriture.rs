//! Writes sessions: new ones, changes, copies, publications. Each is one transaction with its line of the journal.

use app::areas::gestion::formations::{FormationEnregistree, Publication};
use app::base::appelants::Gestionnaire;
use domain::formation::lecture::{Faute, SessionSaisie};
use domain::formation::{EtatSessionFormation, SessionFormation};
use sea_orm::ConnectionTrait;

use super::saisies;
use super::saisies::Gardee;
use crate::backend::Backend;
use crate::error::BackendError;
use crate::persistence::journal::{Acteur, Action};
use crate::persistence::sessions_formation::Model;
use crate::persistence::{delegations, journal, sessions_formation};

/// How often a session is written, if others take its number.
const TRIES: usize = 5;

/// Writes a session again when somebody else took its number meanwhile.
pub(super) async fn numbered<T, F>(write: impl Fn() -> F + Send) -> Result<T, BackendError>
where
    F: Future<Output = Result<T, BackendError>> + Send,
{
    let mut tries = 0;
    loop {
        match write().await {
            Err(error) if error.is_unique_violation() && tries < TRIES => tries += 1,
            outcome => return outcome,
        }
    }
}

impl Backend {
    /// What the typed texts mean, for a new session or for this one.
    ///
    /// # Errors
    /// The inner one: every fault, in the order of the form, then those that only the database knows.
    pub(super) async fn check_formation(
        &self,
        db: &impl ConnectionTrait,
        row: Option<&Model>,
        saisie: &SessionSaisie,
    ) -> Result<Result<SessionFormation, Vec<Faute>>, BackendError> {
        let mut saisie = saisie.clone();
        let published = match row {
            Some(row) => sessions_formation::etat(row)? == EtatSessionFormation::Publiee,
            None => false,
        };
        if let Some(row) = row.filter(|_| published) {
            saisie.code.clone_from(&row.code);
        }
        let session = match saisie.read() {
            Ok(session) => session,
            Err(fautes) => return Ok(Err(fautes)),
        };
        let mut fautes = Vec::new();
        let mut add = |champ: &str, message: String| fautes.push(Faute { champ: champ.to_owned(), message });
        // A session keeps its own délégation, even when it is not active any more.
        let own = row.is_some_and(|row| row.delegation_id == session.delegation_id);
        if !own && !delegations::is_active(db, session.delegation_id).await? {
            add("delegation", "Choisissez la délégation organisatrice.".to_owned());
        }
        if let Some(row) = row {
            if i64::from(session.places) < row.occupees {
                let held = match row.occupees {
                    1 => "1 place est prise ou proposée".to_owned(),
                    count => format!("{count} places sont prises ou proposées"),
                };
                add("places", format!("{held}\u{a0}: le nombre de places ne peut pas descendre en dessous."));
            }
            let active = row.avis + row.examen + row.attente + row.occupees > 0;
            if published && active && sessions_formation::seances(db, row.id).await? != session.seances {
                add(
                    "seances",
                    "Des personnes sont préinscrites\u{a0}: les séances de cette session ne se modifient pas ici."
                        .to_owned(),
                );
            }
        }
        Ok(if fautes.is_empty() { Ok(session) } else { Err(fautes) })
    }

    /// Adds a session as a draft.
    pub(super) async fn add_formation(
        &self,
        by: &Gestionnaire,
        saisie: &SessionSaisie,
    ) -> Result<FormationEnregistree, BackendError> {
        let write = self.db.begin().await?;
        let Ok(session) = self.check_formation(&*write, None, saisie).await? else {
            let gardee = Gardee { version: 0, saisie: saisie.clone() };
            saisies::put(&*write, by.id, None, &gardee, self.now()).await?;
            write.commit().await?;
            return Ok(FormationEnregistree::ARevoir);
        };
        let row = sessions_formation::insert(&*write, &session, &*self.random).await?;
        saisies::delete(&*write, by.id, None).await?;
        self.note_formation(&*write, by, Action::SessionCreee, &[], row.id).await?;
        write.commit().await?;
        Ok(FormationEnregistree::Faite(row.id))
    }

    /// Changes a session, if it still has this version: the row is locked, checked, then replaced, in one transaction.
    /// A change that is refused is kept as it was typed.
    pub(crate) async fn save_formation(
        &self,
        by: &Gestionnaire,
        id: i64,
        version: i64,
        saisie: &SessionSaisie,
    ) -> Result<FormationEnregistree, BackendError> {
        let write = self.db.begin().await?;
        let Some(row) = sessions_formation::find_locked(&*write, id).await? else {
            return Ok(FormationEnregistree::Absente);
        };
        if sessions_formation::etat(&row)? == EtatSessionFormation::Annulee {
            return Ok(FormationEnregistree::Absente);
        }
        let checked = self.check_formation(&*write, Some(&row), saisie).await?;
        let refused = match checked {
            // From here on, the writing goes on from the session as it is now.
            _ if row.version != version => Some(FormationEnregistree::Perimee),
            Err(_) => Some(FormationEnregistree::ARevoir),
            Ok(_) => None,
        };
        if let Some(refused) = refused {
            let gardee = Gardee { version: row.version, saisie: saisie.clone() };
            saisies::put(&*write, by.id, Some(id), &gardee, self.now()).await?;
            write.commit().await?;
            return Ok(refused);
        }
        let Ok(session) = checked else { return Ok(FormationEnregistree::ARevoir) };
        let before = sessions_formation::value(&row, sessions_formation::seances(&*write, id).await?)?;
        saisies::delete(&*write, by.id, Some(id)).await?;
        let changed = changed(&before, &session);
        if !changed.is_empty() {
            if !sessions_formation::replace(&*write, &row, &session, &*self.random).await? {
                return Ok(FormationEnregistree::Perimee);
            }
            self.note_formation(&*write, by, Action::SessionModifiee, &changed, id).await?;
        }
        // Places that were added go to who waits, in this transaction.
        if let Some(mut after) = sessions_formation::find_locked(&*write, id).await? {
            self.call_list(&*write, &mut after).await?;
        }
        self.commit(write).await?;
        Ok(FormationEnregistree::Faite(id))
    }

    pub(super) async fn publish(&self, by: &Gestionnaire, id: i64, version: i64) -> Result<Publication, BackendError> {
        let write = self.db.begin().await?;
        let Some(row) = sessions_formation::find_locked(&*write, id).await? else { return Ok(Publication::Perimee) };
        if !delegations::is_active(&*write, row.delegation_id).await? {
            return Ok(Publication::SansDelegation);
        }
        if !sessions_formation::publish(&*write, id, version, self.now()).await? {
            return Ok(Publication::Perimee);
        }
        self.note_formation(&*write, by, Action::SessionPubliee, &["etat"], id).await?;
        write.commit().await?;
        Ok(Publication::Faite)
    }

    pub(super) async fn close(
        &self,
        by: &Gestionnaire,
        id: i64,
        version: i64,
        fermee: bool,
    ) -> Result<bool, BackendError> {
        let write = self.db.begin().await?;
        if !sessions_formation::close(&*write, id, version, fermee.then(|| self.now())).await? {
            return Ok(false);
        }
        let action = if fermee { Action::SessionFermee } else { Action::SessionRouverte };
        self.note_formation(&*write, by, action, &["fermee_le"], id).await?;
        write.commit().await?;
        Ok(true)
    }

    pub(super) async fn duplicate(&self, by: &Gestionnaire, id: i64) -> Result<Option<i64>, BackendError> {
        let write = self.db.begin().await?;
        let Some(row) = sessions_formation::find(&*write, id).await? else { return Ok(None) };
        let session = sessions_formation::value(&row, sessions_formation::seances(&*write, id).await?)?;
        let copy = sessions_formation::insert(&*write, &session, &*self.random).await?;
        self.note_formation(&*write, by, Action::SessionCreee, &[], copy.id).await?;
        write.commit().await?;
        Ok(Some(copy.id))
    }

    async fn note_formation(
        &self,
        db: &impl ConnectionTrait,
        by: &Gestionnaire,
        action: Action,
        champs: &[&str],
        id: i64,
    ) -> Result<(), BackendError> {
        let place = format!("session:{id}");
        let champs: Vec<&str> = champs.iter().copied().chain([place.as_str()]).collect();
        journal::write(db, self.now(), Acteur::Gestionnaire(by.id), None, action, &champs).await
    }
}

/// The names of the fields that differ.
fn changed(before: &SessionFormation, after: &SessionFormation) -> Vec<&'static str> {
    let fields = [
        ("code", before.code != after.code),
        ("intitule", before.intitule != after.intitule),
        ("objectifs", before.objectifs != after.objectifs),
        ("public", before.public != after.public),
        ("prerequis", before.prerequis != after.prerequis),
        ("accessibilite", before.accessibilite != after.accessibilite),
        ("delegation", before.delegation_id != after.delegation_id),
        ("places", before.places != after.places),
        ("attribution", before.attribution != after.attribution),
        ("attente", before.attente != after.attente),
        ("liberation", before.liberation != after.liberation),
        ("par_collectivite", before.par_collectivite != after.par_collectivite),
        ("ouverture", before.ouverture != after.ouverture),
        ("limite", before.limite != after.limite),
        ("seances", before.seances != after.seances),
    ];
    fields.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect()
}
