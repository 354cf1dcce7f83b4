use app::areas::acces::{ConnexionOuverte, Connexions, ConnexionsDe, EssaisManques};
use app::base::appelants::{Administrateur, Connecte, Titulaire};
use app::base::exchange::ConnexionToken;
use app::base::port::Reply;
use async_trait::async_trait;
use domain::instant::Millis;
use sea_orm::ConnectionTrait;

use crate::backend::Backend;
use crate::error::BackendError;
use crate::persistence::connexions::Genre;
use crate::persistence::journal::{Acteur, Action};
use crate::persistence::{comptes, connexions, gestionnaires, journal, services_formation};
use crate::security::secrets::at_rest;

#[async_trait]
impl Connexions for Backend {
    async fn open_connexions(&self, who: &Connecte) -> Reply<Vec<ConnexionOuverte>> {
        let (genre, sujet) = of(who);
        let here = at_rest(&who.connexion.secret);
        let rows = connexions::alive(self.db.connection(), genre, sujet, self.now()).await?;
        let seen = |row: connexions::Model| ConnexionOuverte {
            celle_ci: row.token_hash == here,
            id: row.id_public,
            ouverte_le: row.cree_le,
            vue_le: row.vue_le,
            navigateur: row.navigateur,
            essais: failures(row.essais, row.essai_le),
            codes: failures(row.codes, row.code_le),
        };
        Ok(rows.into_iter().map(seen).collect())
    }

    async fn close_connexion(&self, who: &Connecte, id: &str) -> Reply<()> {
        let (genre, sujet) = of(who);
        let closed = connexions::close_named(self.db.connection(), genre, sujet, id).await;
        Ok(closed?)
    }

    async fn close_other_connexions(&self, who: &Connecte) -> Reply<()> {
        let (genre, sujet) = of(who);
        let here = at_rest(&who.connexion.secret);
        let closed = connexions::close_others(self.db.connection(), genre, sujet, &here).await;
        Ok(closed?)
    }

    async fn connexions_of(&self, _: &Administrateur, whose: Titulaire) -> Reply<Option<ConnexionsDe>> {
        let db = self.db.connection();
        let Some(nom) = self.name_of(db, whose).await? else { return Ok(None) };
        let (genre, sujet) = subject(whose);
        let ouvertes = connexions::alive(db, genre, sujet, self.now()).await?.len();
        Ok(Some(ConnexionsDe { nom, ouvertes }))
    }

    async fn end_connexions(&self, by: &Administrateur, whose: Titulaire) -> Reply<bool> {
        let write = self.db.begin().await?;
        let allowed = whose != Titulaire::Gestionnaire(by.id) && self.others_left(&*write, by, 0).await?.is_some();
        if !allowed || self.name_of(&*write, whose).await?.is_none() {
            return Ok(false);
        }
        let (genre, sujet) = subject(whose);
        connexions::close_all(&*write, genre, sujet).await?;
        let (compte_id, whose) = match whose {
            Titulaire::Formateur(id) => (Some(id), String::new()),
            Titulaire::ServiceFormation(id) => (None, Acteur::ServiceFormation(id).code()),
            Titulaire::Gestionnaire(id) => (None, Acteur::Gestionnaire(id).code()),
        };
        let champs: &[&str] = if whose.is_empty() { &["sessions"] } else { &["sessions", &whose] };
        let acteur = Acteur::Gestionnaire(by.id);
        journal::write(&*write, self.now(), acteur, compte_id, Action::ConnexionsFermees, champs).await?;
        write.commit().await?;
        Ok(true)
    }

    async fn failures_seen(&self, who: &Connecte) -> Reply<()> {
        let seen = connexions::set_failures(self.db.connection(), &at_rest(&who.connexion.secret), None, None).await;
        Ok(seen?)
    }

    async fn arrive(&self, connexion: &ConnexionToken, before: Option<&ConnexionToken>, navigateur: &str) -> Reply<()> {
        let write = self.db.begin().await?;
        if let Some(before) = before {
            connexions::close(&*write, &at_rest(&before.secret)).await?;
        }
        connexions::name_browser(&*write, &at_rest(&connexion.secret), navigateur).await?;
        Ok(write.commit().await?)
    }
}

impl Backend {
    /// Whether a person is signed in with this connexion. `false` when the database does not answer.
    pub(crate) async fn is_signed_in(&self, connexion: &ConnexionToken) -> bool {
        connexions::is_alive(self.db.connection(), connexion, self.now()).await.unwrap_or(false)
    }

    async fn name_of(&self, db: &impl ConnectionTrait, who: Titulaire) -> Result<Option<String>, BackendError> {
        Ok(match who {
            Titulaire::Formateur(id) => comptes::find(db, id).await?.map(|row| format!("{} {}", row.prenom, row.nom)),
            Titulaire::ServiceFormation(id) => services_formation::find(db, id).await?.map(|row| row.courriel),
            Titulaire::Gestionnaire(id) => {
                let row = gestionnaires::find(db, id).await?;
                row.map(|row| if row.nom.is_empty() { row.courriel } else { row.nom })
            }
        })
    }
}

fn failures(n: i64, le: Option<Millis>) -> Option<EssaisManques> {
    let nombre = u32::try_from(n).ok().filter(|nombre| *nombre > 0)?;
    Some(EssaisManques { nombre, dernier_le: le? })
}

fn of(who: &Connecte) -> (Genre, i64) {
    subject(who.titulaire)
}

fn subject(who: Titulaire) -> (Genre, i64) {
    match who {
        Titulaire::Formateur(id) => (Genre::Formateur, id),
        Titulaire::ServiceFormation(id) => (Genre::ServiceFormation, id),
        Titulaire::Gestionnaire(id) => (Genre::Gestion, id),
    }
}
