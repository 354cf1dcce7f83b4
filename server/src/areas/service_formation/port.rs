//! The work of a service formation for its agents. The service must not learn whether another person has an account
//! under an address it types. So the answer and the later states are the same in both cases. Only the mail tells, to
//! the reader of that mailbox.

use app::areas::service_formation::{
    AgentPresente, BrouillonAgent, EnvoiAgent, FiltreAgents, ListeAgents, ServicesFormation,
};
use app::base::appelants::ServiceFormation;
use app::base::exchange::Client;
use app::base::port::Reply;
use async_trait::async_trait;
use domain::{BrouillonEnCours, Cas, Demande, Etape, Reference, instant};
use sea_orm::ConnectionTrait;

use super::brouillon_agent::Model;
use super::brouillons_agents;
use crate::areas::inscription::cut;
use crate::backend::Backend;
use crate::clock::DAY;
use crate::error::BackendError;
use crate::persistence::compteurs::{Fenetre, Table};
use crate::persistence::journal::{Acteur, Action};
use crate::persistence::{annuaire, brouillons, comptes, compteurs, journal, presentations};
use crate::security::limits;
use crate::security::secrets::public_id;

/// How often a collectivité may present one address. Each time its person gets a mail.
const PRESENTATIONS: Fenetre = Fenetre { max: 3, length: DAY };

#[async_trait]
impl ServicesFormation for Backend {
    async fn agents(&self, by: &ServiceFormation, filtre: &FiltreAgents) -> Reply<ListeAgents> {
        let db = self.db.connection();
        let since = self.now() - self.draft_kept();
        let mut drafts = Vec::new();
        for row in brouillons_agents::open(db, by.collectivite_id, since).await? {
            let brouillon = brouillons::read_text(&row.contenu)?;
            drafts.push(BrouillonAgent {
                fin: instant::jour_et_mois(instant::today(row.modifie_le + self.draft_kept())),
                etape: brouillon.first_incomplete(&self.contexte(Cas::ServiceRh)).unwrap_or(Etape::Validation),
                nom: brouillon.identite.nom,
                prenom: brouillon.identite.prenom,
                id: row.id,
            });
        }
        let (agents, suivante) = presentations::page(db, by.collectivite_id, filtre).await?;
        let collectivite = annuaire::find(db, by.collectivite_id).await?;
        Ok(ListeAgents {
            collectivite: collectivite.map(|collectivite| collectivite.line()).unwrap_or_default(),
            brouillons: drafts,
            agents,
            suivante,
        })
    }

    async fn agent(&self, by: &ServiceFormation, reference: Reference) -> Reply<Option<AgentPresente>> {
        let found = presentations::find(self.db.connection(), by.collectivite_id, reference).await;
        Ok(found.map(|found| found.map(|(_, agent)| agent))?)
    }

    async fn let_go(&self, by: &ServiceFormation, reference: Reference) -> Reply<bool> {
        let write = self.db.begin().await?;
        let Some((compte_id, _)) = presentations::find(&*write, by.collectivite_id, reference).await? else {
            return Ok(false);
        };
        comptes::find_locked(&*write, compte_id).await?;
        if !presentations::delete(&*write, by.collectivite_id, compte_id).await? {
            return Ok(false);
        }
        let acteur = Acteur::ServiceFormation(by.id);
        journal::write(&*write, self.now(), acteur, Some(compte_id), Action::FinPresentation, &[]).await?;
        self.end_avis(&*write, compte_id, acteur).await?;
        // A request that was not activated yet expires. An activated one belongs to the person, and stays.
        self.expire(&*write, compte_id).await?;
        write.commit().await?;
        Ok(true)
    }

    async fn start(&self, by: &ServiceFormation) -> Reply<Option<String>> {
        let (now, id) = (self.now(), public_id(&*self.random));
        let write = self.db.begin().await?;
        // The lock makes two requests wait for each other, so both are counted.
        crate::persistence::services_formation::find_locked(&*write, by.id).await?;
        if brouillons_agents::count(&*write, by.collectivite_id).await? >= brouillons_agents::OPEN_MAX {
            return Ok(None);
        }
        brouillons_agents::insert(&*write, id.clone(), by.collectivite_id, now).await?;
        write.commit().await?;
        Ok(Some(id))
    }

    async fn draft(&self, by: &ServiceFormation, id: &str) -> Reply<Option<BrouillonEnCours>> {
        let db = self.db.connection();
        let row = brouillons_agents::find(db, by.collectivite_id, id).await?;
        match row.filter(|row| self.agent_draft_is_open(row)) {
            Some(row) => Ok(Some(self.agent_draft(db, &row).await?)),
            None => Ok(None),
        }
    }

    async fn save(
        &self,
        by: &ServiceFormation,
        id: &str,
        etape: Etape,
        fields: &[(String, String)],
    ) -> Reply<Option<BrouillonEnCours>> {
        Ok(self.save_agent_draft(by, id, etape, fields).await?)
    }

    async fn erase(&self, by: &ServiceFormation, id: &str) -> Reply<bool> {
        let outcome = brouillons_agents::delete(self.db.connection(), by.collectivite_id, id).await;
        Ok(outcome?)
    }

    async fn present(&self, client: &Client, by: &ServiceFormation, id: &str) -> Reply<EnvoiAgent> {
        // A first read, outside the transaction: a draft that cannot be sent, or was sent, is not counted.
        let db = self.db.connection();
        let row = brouillons_agents::find(db, by.collectivite_id, id).await?;
        if let Err(envoi) = self.presentable(db, row.as_ref()).await? {
            return Ok(envoi);
        }
        let now = self.now();
        self.limits.count(&self.db, now, limits::Action::Signup, client).await?;

        let write = self.db.begin().await?;
        let row = brouillons_agents::find_locked(&*write, by.collectivite_id, id).await?;
        let demande = match self.presentable(&*write, row.as_ref()).await? {
            Ok(read) => read,
            Err(envoi) => return Ok(envoi),
        };
        let Some(row) = row else { return Ok(EnvoiAgent::BrouillonAbsent) };
        let adresse = self.hide(demande.coordonnees.courriel.cle());
        let cle = compteurs::presentations_key(by.collectivite_id, &adresse);
        match compteurs::count(&*write, Table::Durable, &cle, now, PRESENTATIONS).await {
            Err(BackendError::TooMany { .. }) => return Ok(EnvoiAgent::TropDeFois),
            counted => counted?,
        }
        let reference = self.free_reference(&*write).await?;
        let typed = demande.clone();
        let compte = comptes::insert(&*write, demande, reference, by.collectivite_id, Some(by.id), now).await?;
        presentations::insert(&*write, compte.id, by.collectivite_id, &typed, now).await?;
        let acteur = Acteur::ServiceFormation(by.id);
        journal::write(&*write, now, acteur, Some(compte.id), Action::Presentation, &[]).await?;
        self.queue_activation(&*write, &compte, false).await?;
        brouillons_agents::sent(&*write, row, compte.id, now).await?;
        self.commit(write).await?;
        Ok(EnvoiAgent::Presente(reference))
    }
}

impl Backend {
    async fn save_agent_draft(
        &self,
        by: &ServiceFormation,
        id: &str,
        etape: Etape,
        fields: &[(String, String)],
    ) -> Result<Option<BrouillonEnCours>, BackendError> {
        let write = self.db.begin().await?;
        let row = brouillons_agents::find_locked(&*write, by.collectivite_id, id).await?;
        let Some(row) = row.filter(|row| self.agent_draft_is_open(row)) else { return Ok(None) };
        let mut brouillon = brouillons::read_text(&row.contenu)?;
        let onglet = brouillon.onglet_mut(etape);
        for (name, raw) in fields {
            if let Some(at) = onglet.position(name) {
                onglet.set(at, cut(raw));
            }
        }
        brouillon.visites.insert(etape);
        let row = brouillons_agents::keep(&*write, row, &brouillon, self.now()).await?;
        let en_cours = self.agent_draft(&*write, &row).await?;
        write.commit().await?;
        Ok(Some(en_cours))
    }

    /// Parses every tab of a draft. Otherwise returns the answer to give.
    async fn presentable(
        &self,
        db: &impl ConnectionTrait,
        row: Option<&Model>,
    ) -> Result<Result<Demande, EnvoiAgent>, BackendError> {
        let Some(row) = row else { return Ok(Err(EnvoiAgent::BrouillonAbsent)) };
        if let Some(id) = row.compte_id {
            let sent = comptes::find(db, id).await?;
            return Ok(Err(match sent {
                Some(compte) => EnvoiAgent::Presente(comptes::reference(&compte)?),
                None => EnvoiAgent::BrouillonAbsent,
            }));
        }
        if !self.agent_draft_is_open(row) {
            return Ok(Err(EnvoiAgent::BrouillonAbsent));
        }
        let read = brouillons::read_text(&row.contenu)?.parse(&self.contexte(Cas::ServiceRh));
        Ok(read.map_err(|(etape, _)| EnvoiAgent::Incomplet(etape)))
    }

    /// Whether the draft is neither sent nor too old.
    fn agent_draft_is_open(&self, row: &Model) -> bool {
        row.compte_id.is_none() && self.now() < row.modifie_le + self.draft_kept()
    }

    async fn agent_draft(&self, db: &impl ConnectionTrait, row: &Model) -> Result<BrouillonEnCours, BackendError> {
        Ok(BrouillonEnCours {
            cas: Cas::ServiceRh,
            collectivite: annuaire::find(db, row.collectivite_id).await?,
            brouillon: brouillons::read_text(&row.contenu)?,
            today: self.today(),
            fin: instant::jour_et_mois(instant::today(row.modifie_le + self.draft_kept())),
        })
    }

    /// The name of the service that presented an agent, as the team reads it.
    pub(crate) async fn service_name(&self, db: &impl ConnectionTrait, id: i64) -> Result<String, BackendError> {
        let Some(row) = crate::persistence::services_formation::find(db, id).await? else {
            return Ok("un service formation".to_owned());
        };
        let collectivite = annuaire::find(db, row.collectivite_id).await?;
        let line = collectivite.map(|collectivite| collectivite.line()).unwrap_or_default();
        Ok(match row.courriel.as_str() {
            "" => format!("un ancien service formation de {line}"),
            courriel => format!("{courriel}, service formation de {line}"),
        })
    }
}
