use app::areas::compte::{DonneesPersonnelles, Effacement, IssueEffacement, MesDonnees};
use app::base::appelants::{Formateur, Gestionnaire};
use app::base::exchange::Client;
use app::base::port::Reply;
use async_trait::async_trait;
use domain::compte::Statut;
use domain::instant::Millis;
use sea_orm::ConnectionTrait;

use crate::areas::acces::Preuve;
use crate::backend::Backend;
use crate::clock::HOUR;
use crate::error::BackendError;
use crate::persistence::compteurs::{Fenetre, Table};
use crate::persistence::courriels::Genre;
use crate::persistence::entities::compte;
use crate::persistence::journal::{Acteur, Action};
use crate::persistence::{changements_adresse, comptes, compteurs, identifiants, journal};
use crate::security::tokens::Usage;

/// The journal gets at most one line for each gestionnaire and file in this time.
const LOOKED_AT: Fenetre = Fenetre { max: 1, length: HOUR };

/// How many consultations and exports a page lists.
const TOLD: u64 = 100;

#[async_trait]
impl DonneesPersonnelles for Backend {
    async fn about_me(&self, who: &Formateur) -> Reply<MesDonnees> {
        Ok(self.about(who).await?)
    }

    async fn erase_account(&self, client: &Client, who: &Formateur, password: &str) -> Reply<IssueEffacement> {
        Ok(self.retried(|| self.erase_own(client, who, password)).await?)
    }
}

impl Backend {
    async fn about(&self, who: &Formateur) -> Result<MesDonnees, BackendError> {
        let db = self.db.connection();
        let row = self.own_row(db, who).await?;
        Ok(MesDonnees {
            reference: comptes::reference(&row)?,
            consultations: instants(journal::looks(db, row.id, TOLD).await?),
            exports: instants(journal::done_since(db, Action::Export, row.envoyee_le, TOLD).await?),
            effacement: self.may_erase(db, &row).await?,
        })
    }

    async fn may_erase(&self, db: &impl ConnectionTrait, row: &compte::Model) -> Result<Effacement, BackendError> {
        let now = self.now();
        Ok(match comptes::statut(row)? {
            Statut::Refuse | Statut::Suspendu => Effacement::RefusConserve { jusqu_a: comptes::reopened_until(row) },
            Statut::Actif => {
                let validity = self.validity(Usage::AdresseAnnulation);
                match changements_adresse::undoable_until(db, row.id, validity, now).await? {
                    Some(jusqu_a) => Effacement::AdresseRecente { jusqu_a },
                    None => Effacement::Compte,
                }
            }
            _ => Effacement::Demande,
        })
    }

    async fn erase_own(
        &self,
        client: &Client,
        who: &Formateur,
        password: &str,
    ) -> Result<IssueEffacement, BackendError> {
        let row = self.own_row(self.db.connection(), who).await?;
        let proved = match self.prove_again(client, &row, password).await? {
            Preuve::Faite(proved) => proved,
            Preuve::Fausse => return Ok(IssueEffacement::MotDePasseFaux),
            Preuve::Retardee { minutes } => return Ok(IssueEffacement::Retarde { minutes }),
        };
        let write = self.db.begin().await?;
        let Some(row) = comptes::find_locked(&*write, who.compte_id).await? else { return Ok(IssueEffacement::Efface) };
        if !identifiants::confirm(&*write, &row.courriel_cle, &proved, &proved).await? {
            return Ok(IssueEffacement::MotDePasseFaux);
        }
        let allowed = match self.may_erase(&*write, &row).await? {
            Effacement::Compte => true,
            Effacement::Demande => self.take_back(&*write, &row, Acteur::Personne).await?,
            Effacement::RefusConserve { .. } | Effacement::AdresseRecente { .. } => false,
        };
        if !allowed {
            return Ok(IssueEffacement::Conserve);
        }
        self.erase_and_tell(&*write, &row, Acteur::Personne, Action::Effacement, Genre::Effacement).await?;
        self.commit(write).await?;
        Ok(IssueEffacement::Efface)
    }

    /// Writes into the journal that a gestionnaire opened these files: at most once an hour for each file.
    pub(crate) async fn looked_at(&self, by: &Gestionnaire, ids: &[i64]) -> Result<(), BackendError> {
        let now = self.now();
        for id in ids {
            let write = self.db.begin().await?;
            let cle = format!("consultation:{}:{id}", by.id);
            match compteurs::count(&*write, Table::Durable, &cle, now, LOOKED_AT).await {
                Err(BackendError::TooMany { .. }) => continue,
                counted => counted?,
            }
            journal::write(&*write, now, Acteur::Gestionnaire(by.id), Some(*id), Action::Consultation, &[]).await?;
            write.commit().await?;
        }
        Ok(())
    }
}

fn instants(lines: Vec<journal::Model>) -> Vec<Millis> {
    lines.into_iter().map(|line| line.le).collect()
}
