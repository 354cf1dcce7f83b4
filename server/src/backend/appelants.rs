//! Tells whom a connexion proves: reads it from the database, each time.

use app::base::appelants::{Appelants, Connecte, EnAttente, Formateur, Gestionnaire, ServiceFormation, Titulaire};
use app::base::exchange::ConnexionToken;
use app::base::port::Reply;
use async_trait::async_trait;
use domain::compte::Statut;

use super::Backend;
use crate::persistence::{comptes, connexions, gestionnaires, services_formation};

#[async_trait]
impl Appelants for Backend {
    async fn connected(&self, connexion: &ConnexionToken) -> Reply<Option<Connecte>> {
        // Each function also checks the right: a suspended or disabled person has no connexions to see.
        let titulaire = if let Some(who) = self.formateur(connexion).await? {
            Titulaire::Formateur(who.compte_id)
        } else if let Some(who) = self.service_formation(connexion).await? {
            Titulaire::ServiceFormation(who.id)
        } else if let Some(who) = self.gestionnaire(connexion).await? {
            Titulaire::Gestionnaire(who.id)
        } else {
            return Ok(None);
        };
        Ok(Some(Connecte { titulaire, connexion: connexion.clone() }))
    }

    async fn formateur(&self, connexion: &ConnexionToken) -> Reply<Option<Formateur>> {
        let db = self.db.connection();
        let genre = connexions::Genre::Formateur;
        let Some(id) = connexions::subject(db, connexion, genre, self.now()).await? else { return Ok(None) };
        let Some(compte) = comptes::find(db, id).await? else { return Ok(None) };
        Ok(may_enter(comptes::statut(&compte)?).then_some(Formateur { compte_id: compte.id }))
    }

    async fn service_formation(&self, connexion: &ConnexionToken) -> Reply<Option<ServiceFormation>> {
        let db = self.db.connection();
        let genre = connexions::Genre::ServiceFormation;
        let Some(id) = connexions::subject(db, connexion, genre, self.now()).await? else { return Ok(None) };
        let row = services_formation::find(db, id).await?.filter(services_formation::is_active);
        Ok(row.map(|row| ServiceFormation { id: row.id, collectivite_id: row.collectivite_id }))
    }

    async fn gestionnaire(&self, connexion: &ConnexionToken) -> Reply<Option<Gestionnaire>> {
        let db = self.db.connection();
        let genre = connexions::Genre::Gestion;
        let Some(id) = connexions::subject(db, connexion, genre, self.now()).await? else { return Ok(None) };
        let row = gestionnaires::find(db, id).await?.filter(|row| row.desactive_le.is_none());
        let Some(row) = row.filter(|row| row.mot_de_passe.is_some()) else { return Ok(None) };
        let suspension = self.current_pause().await?;
        Ok(Some(Gestionnaire { id: row.id, role: gestionnaires::role(&row)?, nom: row.nom, suspension }))
    }

    async fn pending(&self, connexion: &ConnexionToken) -> Reply<Option<EnAttente>> {
        let genre = connexions::Genre::GestionEnAttente;
        let id = connexions::subject(self.db.connection(), connexion, genre, self.now()).await?;
        Ok(id.map(|gestionnaire_id| EnAttente { gestionnaire_id, connexion: connexion.clone() }))
    }
}

/// Whether a right password opens a connexion. Before `Actif` it opens the status page; a suspended account opens
/// nothing.
pub(crate) fn may_enter(statut: Statut) -> bool {
    statut.is_activated() && statut != Statut::Suspendu
}
