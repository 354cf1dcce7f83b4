//! Corrections: a gestionnaire asks, the person answers, and the request goes back to the queue. An agent presented by
//! a service formation does it once before the queue, as a relecture.

use app::areas::compte::{ARevoir, CorrectionEnCours, Corrections, OuvertureRelecture, RetourCorrection};
use app::areas::gestion::dossiers::CorrectionPassee;
use app::areas::gestion::equipe::Annonces;
use app::base::appelants::Formateur;
use app::base::port::Reply;
use async_trait::async_trait;
use domain::Etape;
use domain::compte::Statut;
use domain::correction::{Remarque, changes, correctable};
use domain::onglet::Read;
use domain::valeurs::DateNaissance;
use sea_orm::ConnectionTrait;

use crate::areas::inscription::cut;
use crate::backend::Backend;
use crate::error::BackendError;
use crate::persistence::comptes::{Column, Step};
use crate::persistence::corrections::Model;
use crate::persistence::courriels::Genre;
use crate::persistence::entities::compte;
use crate::persistence::journal::{Acteur, Action};
use crate::persistence::{brouillons, comptes, corrections, gestionnaires, journal};

#[async_trait]
impl Corrections for Backend {
    async fn correction(&self, who: &Formateur) -> Reply<Option<ARevoir>> {
        Ok(self.current_correction(self.db.connection(), who).await?)
    }

    async fn open_review(&self, who: &Formateur, date_naissance: &str) -> Reply<OuvertureRelecture> {
        let write = self.db.begin().await?;
        let Some(row) = waiting_account(&*write, who).await? else { return Ok(OuvertureRelecture::Ouverte) };
        // The row is locked: many guesses at once get no more tries than guesses one after another.
        let closed = corrections::current_locked(&*write, row.id).await?.filter(Model::is_closed);
        let Some(correction) = closed else { return Ok(OuvertureRelecture::Ouverte) };
        let contexte = self.contexte(comptes::cas(&row)?);
        let Ok(date_naissance) = DateNaissance::read(date_naissance, &contexte) else {
            return Ok(OuvertureRelecture::Illisible);
        };
        let restants = correction.restants();
        if restants == 0 {
            return Ok(OuvertureRelecture::Fausse { restants });
        }
        let right = DateNaissance::read(&row.date_naissance, &contexte).is_ok_and(|known| known == date_naissance);
        corrections::keep_try(&*write, correction.id, right, self.now()).await?;
        write.commit().await?;
        Ok(match right {
            true => OuvertureRelecture::Ouverte,
            false => OuvertureRelecture::Fausse { restants: restants - 1 },
        })
    }

    async fn save_correction(
        &self,
        who: &Formateur,
        etape: Etape,
        fields: &[(String, String)],
    ) -> Reply<Option<CorrectionEnCours>> {
        Ok(self.keep_correction(who, etape, fields).await?)
    }

    async fn send_back(&self, who: &Formateur) -> Reply<RetourCorrection> {
        let now = self.now();
        let write = self.db.begin().await?;
        let Some(row) = comptes::find_locked(&*write, who.compte_id).await? else {
            return Ok(RetourCorrection::SansObjet);
        };
        let open = corrections::current_locked(&*write, row.id).await?.filter(|correction| !correction.is_closed());
        let Some(correction) = open else { return Ok(RetourCorrection::SansObjet) };
        let relecture = correction.relecture;
        let en_cours = self.en_correction(&*write, &row, correction.clone()).await?;
        let unseen = en_cours.etapes().into_iter().find(|etape| !en_cours.brouillon.visites.contains(etape));
        // A relecture shows all answers on one page, so no tab can be unread.
        if let Some(left) = unseen.filter(|_| !relecture) {
            return Ok(RetourCorrection::Incomplete(left));
        }
        let contexte = self.contexte(en_cours.cas);
        let demande = match en_cours.brouillon.parse(&contexte) {
            Ok(demande) => demande,
            Err((etape, _)) => return Ok(RetourCorrection::Incomplete(etape)),
        };
        let waits_since = row.attend_depuis.map_or(now, |since| since + (now - correction.demandee_le).max(0));
        let step = Step {
            from: Statut::ACompleter,
            to: Statut::AValider,
            version: Some(row.version),
            also: vec![(Column::AttendDepuis, waits_since.into())],
        };
        if !corrections::close(&*write, correction.id, now).await? || !comptes::step(&*write, row.id, step, now).await?
        {
            return Ok(RetourCorrection::SansObjet);
        }
        let changed = changes(&en_cours.avant, &en_cours.brouillon, &contexte);
        let champs: Vec<&str> = changed.iter().map(|change| change.champ.as_str()).collect();
        let row = comptes::correct(&*write, row.id, demande).await?;
        let (action, outcome) = match relecture {
            true => (Action::Certification, RetourCorrection::Certifiee),
            false => (Action::Correction, RetourCorrection::Renvoyee),
        };
        journal::write(&*write, now, Acteur::Personne, Some(row.id), action, &champs).await?;
        match relecture {
            true => self.announce(&*write, &row).await?,
            false => self.queue_for_compte(&*write, Genre::CorrectionRecue, &row, None).await?,
        }
        self.commit(write).await?;
        Ok(outcome)
    }
}

impl Backend {
    pub(crate) async fn current_correction(
        &self,
        db: &impl ConnectionTrait,
        who: &Formateur,
    ) -> Result<Option<ARevoir>, BackendError> {
        let Some(row) = waiting_account(db, who).await? else { return Ok(None) };
        let Some(correction) = corrections::current(db, row.id).await? else { return Ok(None) };
        if correction.is_closed() {
            let fin = correction.demandee_le + corrections::KEPT;
            return Ok(Some(ARevoir::Fermee { restants: correction.restants(), fin }));
        }
        Ok(Some(ARevoir::Ouverte(Box::new(self.en_correction(db, &row, correction).await?))))
    }

    pub(crate) async fn keep_correction(
        &self,
        who: &Formateur,
        etape: Etape,
        fields: &[(String, String)],
    ) -> Result<Option<CorrectionEnCours>, BackendError> {
        let write = self.db.begin().await?;
        let Some(row) = waiting_account(&*write, who).await? else { return Ok(None) };
        let open = corrections::current_locked(&*write, row.id).await?.filter(|correction| !correction.is_closed());
        let Some(correction) = open else { return Ok(None) };
        let mut en_cours = self.en_correction(&*write, &row, correction.clone()).await?;
        if en_cours.etapes().contains(&etape) {
            let contexte = self.contexte(en_cours.cas);
            let onglet = en_cours.brouillon.onglet_mut(etape);
            for (name, raw) in fields.iter().filter(|(name, _)| correctable(etape, name, &contexte)) {
                if let Some(at) = onglet.position(name) {
                    onglet.set(at, cut(raw));
                }
            }
            en_cours.brouillon.visites.insert(etape);
            corrections::keep(&*write, correction.id, brouillons::write(&en_cours.brouillon)?).await?;
        }
        write.commit().await?;
        Ok(Some(en_cours))
    }

    /// Queues the mails of a request that enters the queue: the receipt for the person, and the mails for gestionnaires
    /// who want each request.
    pub(crate) async fn announce(&self, db: &impl ConnectionTrait, compte: &compte::Model) -> Result<(), BackendError> {
        self.queue_for_compte(db, Genre::Recu, compte, None).await?;
        for gestionnaire in gestionnaires::announced(db, Annonces::Chaque).await? {
            self.queue_for_gestionnaire(db, Genre::AValider, &gestionnaire, Some(compte.id)).await?;
        }
        Ok(())
    }

    /// The past corrections of a request, newest first.
    pub(crate) async fn past_corrections(
        &self,
        db: &impl ConnectionTrait,
        row: &compte::Model,
    ) -> Result<Vec<CorrectionPassee>, BackendError> {
        let contexte = self.contexte(comptes::cas(row)?);
        let mut past = Vec::new();
        for correction in corrections::of_account(db, row.id).await?.into_iter().rev() {
            let changements = match correction.renvoyee_le {
                Some(_) => changes(
                    &brouillons::read_text(&correction.avant)?,
                    &brouillons::read_text(&correction.contenu)?,
                    &contexte,
                ),
                None => Vec::new(),
            };
            let par = match correction.relecture {
                true => None,
                false => Some(self.staff_name(db, correction.demandee_par).await?),
            };
            past.push(CorrectionPassee {
                par,
                remarques: corrections::remarques(db, correction.id).await?,
                demandee_le: correction.demandee_le,
                renvoyee_le: correction.renvoyee_le,
                message: correction.message,
                changements,
            });
        }
        Ok(past)
    }

    /// The remarques for a mail, as (« Adresses, Code postal », text).
    pub(crate) async fn demandees(
        &self,
        db: &impl ConnectionTrait,
        correction: &Model,
    ) -> Result<Vec<(String, String)>, BackendError> {
        let brouillon = brouillons::read_text(&correction.avant)?;
        let named = |remarque: Remarque| {
            let onglet = brouillon.onglet(remarque.etape);
            let label = onglet.position(&remarque.champ).map(|at| onglet.specs()[at].full_label()).unwrap_or_default();
            (format!("{}, {label}", remarque.etape.label()), remarque.texte)
        };
        Ok(corrections::remarques(db, correction.id).await?.into_iter().map(named).collect())
    }

    async fn en_correction(
        &self,
        db: &impl ConnectionTrait,
        row: &compte::Model,
        correction: Model,
    ) -> Result<CorrectionEnCours, BackendError> {
        let mut brouillon = brouillons::read_text(&correction.contenu)?;
        // A correction never changes the address, so it is always taken from the account.
        brouillon.coordonnees.courriel.clone_from(&row.courriel);
        brouillon.coordonnees.confirmation.clone_from(&row.courriel);
        Ok(CorrectionEnCours {
            cas: comptes::cas(row)?,
            today: self.today(),
            demandee_le: correction.demandee_le,
            fin: correction.demandee_le + corrections::KEPT,
            relecture: correction.relecture,
            remarques: corrections::remarques(db, correction.id).await?,
            avant: brouillons::read_text(&correction.avant)?,
            message: correction.message,
            brouillon,
        })
    }
}

async fn waiting_account(db: &impl ConnectionTrait, who: &Formateur) -> Result<Option<compte::Model>, BackendError> {
    let row = comptes::find(db, who.compte_id).await?;
    Ok(row.filter(|row| row.statut == Statut::ACompleter.code()))
}
