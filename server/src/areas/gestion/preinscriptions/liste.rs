//! The list of a session: 50 rows a page, by rang.

use std::collections::HashMap;

use app::areas::gestion::preinscriptions::{EnTeteSession, LignePreinscription, ListePreinscriptions};
use domain::collectivite::fold;
use domain::formation::EtatPreinscription;
use sea_orm::ConnectionTrait;

use crate::backend::Backend;
use crate::error::BackendError;
use crate::persistence::preinscriptions::Model;
use crate::persistence::{comptes, preinscriptions, sessions_formation};

const PAGE: usize = 50;

impl Backend {
    pub(super) async fn preinscriptions_page(
        &self,
        session_id: i64,
        etats: &[EtatPreinscription],
        after: i64,
    ) -> Result<Option<ListePreinscriptions>, BackendError> {
        let db = self.db.connection();
        let Some(session) = sessions_formation::find(db, session_id).await? else { return Ok(None) };
        let all = EtatPreinscription::ALL;
        let etats = if etats.is_empty() { all.as_slice() } else { etats };
        let mut rows = preinscriptions::of_session(db, session_id, etats, after, PAGE as u64 + 1).await?;
        let more = rows.len() > PAGE;
        rows.truncate(PAGE);
        let suivante = rows.last().filter(|_| more).map(|row| row.rang);
        let lignes = self.preinscription_lines(db, &rows).await?;
        let maintenant = self.now();
        Ok(Some(ListePreinscriptions {
            session: self.session_header(db, &session).await?,
            lignes,
            suivante,
            maintenant,
        }))
    }

    /// The figures of a session, from its counters.
    async fn session_header(
        &self,
        db: &impl ConnectionTrait,
        session: &sessions_formation::Model,
    ) -> Result<EnTeteSession, BackendError> {
        Ok(EnTeteSession {
            id: session.id,
            adresse: sessions_formation::address(session),
            intitule: session.intitule.clone(),
            etat: sessions_formation::reperes(session)?.phase(self.now()).label(),
            places: session.places,
            retenues: session.occupees - session.proposees,
            proposees: session.proposees,
            attente: session.attente,
            examen: session.examen,
            avis: session.avis,
            silence: self.silence_to_tell(db, session).await?,
        })
    }

    /// The lines of these rows of one session, in their order.
    pub(super) async fn preinscription_lines(
        &self,
        db: &impl ConnectionTrait,
        rows: &[Model],
    ) -> Result<Vec<LignePreinscription>, BackendError> {
        let Some(session_id) = rows.first().map(|row| row.session_id) else { return Ok(Vec::new()) };
        let names = comptes::names(db, rows.iter().map(|row| row.compte_id)).await?;
        let twins = self.twins(db, session_id, &names).await?;
        let mut lines = Vec::new();
        for row in rows {
            // Between the two queries, the account may have been erased with its row.
            let Some(name) = names.get(&row.compte_id) else { continue };
            lines.push(LignePreinscription {
                id: row.id,
                version: row.version,
                reference: preinscriptions::reference(row)?,
                rang: row.rang,
                compte_id: row.compte_id,
                nom: format!("{} {}", name.prenom, name.nom),
                cas: name.cas,
                etat: preinscriptions::etat(row)?,
                cause: preinscriptions::cause(row)?,
                creee_le: row.cree_le,
                attentes: row.attentes.clone(),
                offre_fin: row.offre_fin.filter(|_| row.offre_remise_le.is_some()),
                meme_personne: keys(name).iter().any(|key| twins.contains(key)),
                non_remise: row.non_remise,
                suspendue: row.suspendue,
            });
        }
        Ok(lines)
    }

    /// The persons who have two active rows in the session, of those who are shown: one person may hold several accounts.
    async fn twins(
        &self,
        db: &impl ConnectionTrait,
        session_id: i64,
        shown: &HashMap<i64, comptes::Name>,
    ) -> Result<Vec<(String, String)>, BackendError> {
        let births = shown.values().map(|name| name.date_naissance.clone());
        let mut seen: HashMap<(String, String), usize> = HashMap::new();
        for name in comptes::active_in_session(db, session_id, births).await? {
            for key in keys(&name) {
                *seen.entry(key).or_default() += 1;
            }
        }
        Ok(seen.into_iter().filter(|(_, count)| *count > 1).map(|(key, _)| key).collect())
    }
}

/// What tells a person: the first name with either name, folded, and the birth date.
fn keys(name: &comptes::Name) -> Vec<(String, String)> {
    let key = |nom: &str| (fold(&format!("{} {nom}", name.prenom)), name.date_naissance.clone());
    let mut keys = vec![key(&name.nom), key(&name.nom_naissance)];
    keys.dedup();
    keys
}
