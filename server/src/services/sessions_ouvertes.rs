use async_trait::async_trait;
use domain::ports::{Connecte, Reply, SessionOuverte, SessionToken, Sessions, Titulaire};

use super::Backend;
use crate::persistence::sessions::{self, Genre};
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

fn of(who: &Connecte) -> (Genre, i64) {
    match who.titulaire {
        Titulaire::Formateur(id) => (Genre::Formateur, id),
        Titulaire::ServiceFormation(id) => (Genre::ServiceFormation, id),
        Titulaire::Gestionnaire(id) => (Genre::Gestion, id),
    }
}
