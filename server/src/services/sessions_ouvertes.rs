use async_trait::async_trait;
use domain::ports::{
    Administrateur, Connecte, EssaisManques, Millis, Reply, SessionOuverte, SessionToken, Sessions, SessionsDe,
    Titulaire,
};

use sea_orm::ConnectionTrait;

use super::Backend;
use crate::error::BackendError;
use crate::persistence::journal::{self, Acteur, Action};
use crate::persistence::sessions::{self, Genre};
use crate::persistence::{comptes, gestionnaires, services_formation};
use crate::security::secrets::at_rest;

#[async_trait]
impl Sessions for Backend {
    async fn connected(&self, session: &SessionToken) -> Reply<Option<Connecte>> {
        let outcome = async {
            // Through each proof: who was suspended or disabled has no sessions to look at.
            let titulaire = if let Some(who) = self.formateur_of(session).await? {
                Titulaire::Formateur(who.compte_id)
            } else if let Some(who) = self.service_of(session).await? {
                Titulaire::ServiceFormation(who.id)
            } else if let Some(who) = self.gestionnaire_of(session).await? {
                Titulaire::Gestionnaire(who.id)
            } else {
                return Ok(None);
            };
            Ok(Some(Connecte { titulaire, session: session.clone() }))
        };
        self.reply("sessions.connected", outcome.await)
    }

    async fn open_sessions(&self, who: &Connecte) -> Reply<Vec<SessionOuverte>> {
        let outcome = async {
            let (genre, sujet) = of(who);
            let here = at_rest(&who.session.secret);
            let rows = sessions::alive(self.db.connection(), genre, sujet, self.now()).await?;
            let seen = |row: sessions::Model| SessionOuverte {
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
        self.reply("sessions.open_sessions", outcome.await)
    }

    async fn close_session(&self, who: &Connecte, id: &str) -> Reply<()> {
        let (genre, sujet) = of(who);
        let closed = sessions::close_named(self.db.connection(), genre, sujet, id).await;
        self.reply("sessions.close_session", closed)
    }

    async fn close_other_sessions(&self, who: &Connecte) -> Reply<()> {
        let (genre, sujet) = of(who);
        let here = at_rest(&who.session.secret);
        let closed = sessions::close_others(self.db.connection(), genre, sujet, &here).await;
        self.reply("sessions.close_other_sessions", closed)
    }

    async fn sessions_of(&self, _: &Administrateur, whose: Titulaire) -> Reply<Option<SessionsDe>> {
        let outcome = async {
            let db = self.db.connection();
            let Some(nom) = self.name_of(db, whose).await? else { return Ok(None) };
            let (genre, sujet) = subject(whose);
            let ouvertes = sessions::alive(db, genre, sujet, self.now()).await?.len();
            Ok(Some(SessionsDe { nom, ouvertes }))
        };
        self.reply("sessions.sessions_of", outcome.await)
    }

    async fn end_sessions(&self, by: &Administrateur, whose: Titulaire) -> Reply<bool> {
        let outcome = async {
            let write = self.db.begin().await?;
            let allowed = whose != Titulaire::Gestionnaire(by.id) && self.others_left(&*write, by, 0).await?.is_some();
            if !allowed || self.name_of(&*write, whose).await?.is_none() {
                return Ok(false);
            }
            let (genre, sujet) = subject(whose);
            sessions::close_all(&*write, genre, sujet).await?;
            let (compte_id, whose) = match whose {
                Titulaire::Formateur(id) => (Some(id), String::new()),
                Titulaire::ServiceFormation(id) => (None, Acteur::ServiceFormation(id).code()),
                Titulaire::Gestionnaire(id) => (None, Acteur::Gestionnaire(id).code()),
            };
            let champs: &[&str] = if whose.is_empty() { &["sessions"] } else { &["sessions", &whose] };
            let acteur = Acteur::Gestionnaire(by.id);
            journal::write(&*write, self.now(), acteur, compte_id, Action::SessionsFermees, champs).await?;
            write.commit().await?;
            Ok(true)
        };
        self.reply("sessions.end", outcome.await)
    }

    async fn failures_seen(&self, who: &Connecte) -> Reply<()> {
        let seen = sessions::set_failures(self.db.connection(), &at_rest(&who.session.secret), None, None).await;
        self.reply("sessions.failures_seen", seen)
    }

    async fn arrive(&self, session: &SessionToken, before: Option<&SessionToken>, navigateur: &str) -> Reply<()> {
        let outcome = async {
            let write = self.db.begin().await?;
            if let Some(before) = before {
                sessions::close(&*write, &at_rest(&before.secret)).await?;
            }
            sessions::name_browser(&*write, &at_rest(&session.secret), navigateur).await?;
            Ok(write.commit().await?)
        };
        self.reply("sessions.arrive", outcome.await)
    }
}

impl Backend {
    /// Whether somebody is signed in by this session; nobody is when the database does not answer.
    pub(crate) async fn is_signed_in(&self, session: &SessionToken) -> bool {
        sessions::is_alive(self.db.connection(), session, self.now()).await.unwrap_or(false)
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
