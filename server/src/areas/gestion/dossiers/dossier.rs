//! A dossier: the request as a gestionnaire sees it.

use app::areas::gestion::dossiers::{
    Comparaison, CourrielDossier, Dossier, Doublon, EtatCourriel, Evenement, Note, RangCompare, Voisines,
};
use app::base::appelants::Gestionnaire;
use domain::brouillon::Rubrique;
use domain::collectivite::fold;
use domain::compte::Statut;
use domain::filtre::{Depart, FiltreDemandes};
use sea_orm::ConnectionTrait;

use super::demandes;
use super::demandes::Selection;
use super::port::named;
use crate::backend::Backend;
use crate::error::BackendError;
use crate::persistence::courriels::{Etat, Genre};
use crate::persistence::entities::{compte, courriel};
use crate::persistence::journal::{Acteur, Action};
use crate::persistence::{comptes, courriels, gestionnaires, journal, mots, notes};

impl Backend {
    pub(crate) async fn file(
        &self,
        by: &Gestionnaire,
        id: i64,
        filtre: &FiltreDemandes,
    ) -> Result<Option<Dossier>, BackendError> {
        let db = self.db.connection();
        let Some(row) = comptes::find(db, id).await? else { return Ok(None) };
        let Some(ligne) = self.lignes(db, by, std::slice::from_ref(&row)).await?.pop() else { return Ok(None) };
        let refused = ligne.statut == Statut::Refuse;
        Ok(Some(Dossier {
            employeur: self.employeur(db, &row).await?,
            presentee_par: match row.presentee_par {
                Some(id) => Some(self.service_name(db, id).await?),
                None => None,
            },
            donnees: self.donnees(&row)?,
            voisines: self.neighbours(db, by, &row, filtre).await?,
            doublons: self.doubles(db, by, &row).await?,
            courriels: mails(db, id).await?,
            notes: self.notes(db, id).await?,
            corrections: self.past_corrections(db, &row).await?,
            historique: self.historique(db, id).await?,
            places: self.held_places(db, id).await?,
            rouvrable_jusqu_a: refused.then(|| comptes::reopened_until(&row)).filter(|until| self.now() < *until),
            message: row.message.clone().filter(|message| !message.is_empty()),
            maintenant: self.now(),
            courriel: row.courriel,
            ligne,
        }))
    }

    /// The requests before and after this one, in the list that the gestionnaire comes from.
    async fn neighbours(
        &self,
        db: &impl ConnectionTrait,
        by: &Gestionnaire,
        row: &compte::Model,
        filtre: &FiltreDemandes,
    ) -> Result<Voisines, BackendError> {
        let selection = Selection::new(db, filtre, self.regard(by)).await?;
        let key = selection.key_of(row);
        let beside = |rows: Vec<compte::Model>| rows.first().map(|row| row.id);
        Ok(Voisines {
            precedente: beside(selection.rows(db, &Depart::Avant(key.clone()), 1).await?),
            suivante: beside(selection.rows(db, &Depart::Apres(key), 1).await?),
        })
    }

    /// Accounts that may belong to the same person. They have the same birth date and a same or similar name, or a
    /// telephone number in common.
    pub(crate) async fn doubles(
        &self,
        db: &impl ConnectionTrait,
        by: &Gestionnaire,
        row: &compte::Model,
    ) -> Result<Vec<Doublon>, BackendError> {
        let mut alike = Vec::new();
        for other in demandes::resembling(db, row).await? {
            let born = other.date_naissance == row.date_naissance;
            let identite = born && same_name(&other, row, fold);
            let proche = born && !identite && same_name(&other, row, |name| mots::joined(&fold(name)));
            let telephone = phones(&other).any(|number| phones(row).any(|own| own == number));
            if identite || proche || telephone {
                alike.push((other, identite, proche, telephone));
            }
        }
        let rows: Vec<compte::Model> = alike.iter().map(|(row, ..)| row.clone()).collect();
        let lignes = self.lignes(db, by, &rows).await?;
        let doubles = lignes.into_iter().zip(alike);
        let double = |(ligne, (_, identite, proche, telephone))| Doublon { ligne, identite, proche, telephone };
        Ok(doubles.map(double).collect())
    }

    pub(crate) async fn side_by_side(
        &self,
        by: &Gestionnaire,
        gauche: i64,
        droite: i64,
    ) -> Result<Option<Comparaison>, BackendError> {
        let db = self.db.connection();
        let (Some(left), Some(right)) = (comptes::find(db, gauche).await?, comptes::find(db, droite).await?) else {
            return Ok(None);
        };
        let mut rangs = vec![
            rang("Employeur", self.employeur(db, &left).await?, self.employeur(db, &right).await?),
            rang("Adresse de messagerie", left.courriel.clone(), right.courriel.clone()),
        ];
        let (left_answers, right_answers) = (self.donnees(&left)?, self.donnees(&right)?);
        for line in labelled(&left_answers) {
            let other = labelled(&right_answers).find(|other| other.0 == line.0 && other.1 == line.1);
            rangs.push(rang(&line.2, line.3.clone(), other.map(|other| other.3).unwrap_or_default()));
        }
        // Adds the answers that only the other account's cas asks for.
        for line in labelled(&right_answers) {
            if !labelled(&left_answers).any(|other| other.0 == line.0 && other.1 == line.1) {
                rangs.push(rang(&line.2, String::new(), line.3));
            }
        }
        let mut lignes = self.lignes(db, by, &[left, right]).await?.into_iter();
        let (Some(gauche), Some(droite)) = (lignes.next(), lignes.next()) else { return Ok(None) };
        Ok(Some(Comparaison { gauche, droite, rangs }))
    }

    async fn notes(&self, db: &impl ConnectionTrait, id: i64) -> Result<Vec<Note>, BackendError> {
        let rows = notes::of_account(db, id).await?;
        let staff: Vec<i64> = rows.iter().map(|row| row.gestionnaire_id).collect();
        let names = gestionnaires::names(db, &staff).await?;
        let note = |row: crate::persistence::entities::note::Model| Note {
            le: row.le,
            par: named(&names, row.gestionnaire_id),
            texte: row.texte,
        };
        Ok(rows.into_iter().map(note).collect())
    }

    async fn historique(&self, db: &impl ConnectionTrait, id: i64) -> Result<Vec<Evenement>, BackendError> {
        let mut evenements = Vec::new();
        for line in journal::of_account(db, id).await? {
            // A newer version of the program may have written an action that this one does not know.
            let action = Action::from_code(&line.action);
            // Consultations are left out: they are shown in the journal.
            if action == Some(Action::Consultation) {
                continue;
            }
            let par = self.actor(db, &line.acteur).await?;
            let change_etat = action.is_some_and(Action::changes_state);
            let quoi = action.map_or(line.action, |action| action.label().to_owned());
            evenements.push(Evenement { le: line.le, quoi, par, change_etat });
        }
        Ok(evenements)
    }

    /// The name of who brought the account to its present state.
    pub(crate) async fn last_actor(
        &self,
        db: &impl ConnectionTrait,
        row: &compte::Model,
    ) -> Result<String, BackendError> {
        let moved = |line: &journal::Model| Action::from_code(&line.action).is_some_and(Action::changes_state);
        match journal::of_account(db, row.id).await?.into_iter().find(moved) {
            Some(last) => self.actor(db, &last.acteur).await,
            None => Ok(String::new()),
        }
    }

    async fn actor(&self, db: &impl ConnectionTrait, code: &str) -> Result<String, BackendError> {
        let Some(acteur) = Acteur::from_code(code) else { return Ok(code.to_owned()) };
        Ok(match acteur {
            Acteur::Personne => "la personne".to_owned(),
            Acteur::Systeme => "le service".to_owned(),
            Acteur::LigneDeCommande => "l’exploitant".to_owned(),
            Acteur::Gestionnaire(id) => self.staff_name(db, Some(id)).await?,
            Acteur::ServiceFormation(id) => self.service_name(db, id).await?,
        })
    }

    pub(crate) async fn staff_name(&self, db: &impl ConnectionTrait, id: Option<i64>) -> Result<String, BackendError> {
        let row = match id {
            Some(id) => gestionnaires::find(db, id).await?,
            None => None,
        };
        Ok(row.map_or_else(|| "un gestionnaire".to_owned(), |row| row.nom))
    }
}

fn rang(label: &str, gauche: String, droite: String) -> RangCompare {
    RangCompare { label: label.to_owned(), gauche, droite }
}

/// Whether both accounts have the same first name and share a family name, compared by `key`.
fn same_name(one: &compte::Model, other: &compte::Model, key: impl Fn(&str) -> String) -> bool {
    let names = |row: &compte::Model| [key(&row.nom), key(&row.nom_naissance)];
    key(&one.prenom) == key(&other.prenom) && names(one).iter().any(|name| names(other).contains(name))
}

fn phones(row: &compte::Model) -> impl Iterator<Item = &String> {
    row.mobile.iter().chain(&row.fixe)
}

/// Each answer as (tab, field, label, value).
fn labelled(rubriques: &[Rubrique]) -> impl Iterator<Item = (domain::Etape, String, String, String)> {
    rubriques.iter().flat_map(|rubrique| {
        rubrique.lignes.iter().map(|line| (rubrique.etape, line.champ.clone(), line.label.clone(), line.valeur.clone()))
    })
}

/// The label of a mail for the staff. Only the staff may see that a mail was held back.
pub(crate) fn said_to_staff(genre: &str, retenu: bool) -> String {
    let label = Genre::from_code(genre).map_or_else(|| genre.to_owned(), |genre| genre.label().to_owned());
    if retenu { format!("{label} (retenu\u{a0}: trop de demandes pour cette adresse)") } else { label }
}

/// The mails to the person, newest first. Mails to former addresses are included.
async fn mails(db: &impl ConnectionTrait, id: i64) -> Result<Vec<CourrielDossier>, BackendError> {
    courriels::to_person(db, id).await?.iter().map(mail).collect()
}

fn mail(row: &courriel::Model) -> Result<CourrielDossier, BackendError> {
    let genre = Genre::from_code(&row.genre);
    let etat = Etat::from_code(&row.etat).ok_or(BackendError::Corrupt { table: "courriel", column: "etat" })?;
    let why = || row.derniere_erreur.clone().unwrap_or_else(|| "sans explication".to_owned());
    Ok(CourrielDossier {
        id: row.id,
        quoi: said_to_staff(&row.genre, row.retenu),
        renvoyable: genre.is_some_and(Genre::may_go_again),
        le: row.envoye_le.unwrap_or(row.cree_le),
        etat: match etat {
            Etat::Queued if row.derniere_erreur.is_some() => {
                EtatCourriel::Differe { pourquoi: why(), prochain_envoi_le: row.prochain_envoi_le }
            }
            Etat::Queued | Etat::Moot => EtatCourriel::EnFile,
            Etat::Sent => EtatCourriel::Remis,
            Etat::Dead => EtatCourriel::Abandonne { pourquoi: why() },
        },
    })
}
