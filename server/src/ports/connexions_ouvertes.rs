use async_trait::async_trait;
use domain::ports::{
    Administrateur, Connecte, ConnexionOuverte, ConnexionToken, Connexions, ConnexionsDe, EssaisManques, Millis, Reply,
    Titulaire,
};

use sea_orm::ConnectionTrait;

use super::Backend;
use crate::error::BackendError;
use crate::persistence::connexions::{self, Genre};
use crate::persistence::journal::{self, Acteur, Action};
use crate::persistence::{comptes, gestionnaires, services_formation};
use crate::security::secrets::at_rest;

#[async_trait]
impl Connexions for Backend {
    async fn connected(&self, connexion: &ConnexionToken) -> Reply<Option<Connecte>> {
        let outcome = async {
            // Each function also checks the right: a suspended or disabled person has no connexions to see.
            let titulaire = if let Some(who) = self.formateur_of(connexion).await? {
                Titulaire::Formateur(who.compte_id)
            } else if let Some(who) = self.service_of(connexion).await? {
                Titulaire::ServiceFormation(who.id)
            } else if let Some(who) = self.gestionnaire_of(connexion).await? {
                Titulaire::Gestionnaire(who.id)
            } else {
                return Ok(None);
            };
            Ok(Some(Connecte { titulaire, connexion: connexion.clone() }))
        };
        self.reply("connexions.connected", outcome.await)
    }

    async fn open_connexions(&self, who: &Connecte) -> Reply<Vec<ConnexionOuverte>> {
        let outcome = async {
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
        };
        self.reply("connexions.open_connexions", outcome.await)
    }

    async fn close_connexion(&self, who: &Connecte, id: &str) -> Reply<()> {
        let (genre, sujet) = of(who);
        let closed = connexions::close_named(self.db.connection(), genre, sujet, id).await;
        self.reply("connexions.close_connexion", closed)
    }

    async fn close_other_connexions(&self, who: &Connecte) -> Reply<()> {
        let (genre, sujet) = of(who);
        let here = at_rest(&who.connexion.secret);
        let closed = connexions::close_others(self.db.connection(), genre, sujet, &here).await;
        self.reply("connexions.close_other_connexions", closed)
    }

    async fn connexions_of(&self, _: &Administrateur, whose: Titulaire) -> Reply<Option<ConnexionsDe>> {
        let outcome = async {
            let db = self.db.connection();
            let Some(nom) = self.name_of(db, whose).await? else { return Ok(None) };
            let (genre, sujet) = subject(whose);
            let ouvertes = connexions::alive(db, genre, sujet, self.now()).await?.len();
            Ok(Some(ConnexionsDe { nom, ouvertes }))
        };
        self.reply("connexions.connexions_of", outcome.await)
    }

    async fn end_connexions(&self, by: &Administrateur, whose: Titulaire) -> Reply<bool> {
        let outcome = async {
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
        };
        self.reply("connexions.end", outcome.await)
    }

    async fn failures_seen(&self, who: &Connecte) -> Reply<()> {
        let seen = connexions::set_failures(self.db.connection(), &at_rest(&who.connexion.secret), None, None).await;
        self.reply("connexions.failures_seen", seen)
    }

    async fn arrive(&self, connexion: &ConnexionToken, before: Option<&ConnexionToken>, navigateur: &str) -> Reply<()> {
        let outcome = async {
            let write = self.db.begin().await?;
            if let Some(before) = before {
                connexions::close(&*write, &at_rest(&before.secret)).await?;
            }
            connexions::name_browser(&*write, &at_rest(&connexion.secret), navigateur).await?;
            Ok(write.commit().await?)
        };
        self.reply("connexions.arrive", outcome.await)
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
