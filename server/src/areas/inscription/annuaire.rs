use app::base::exchange::Client;
use app::base::port::Reply;
use app::onglet::annuaire::Annuaire;
use async_trait::async_trait;
use domain::collectivite::{CleCollectivite, Collectivite, ContactFormation};

use crate::backend::Backend;
use crate::persistence::{annuaire, contacts};
use crate::security::limits::Action;

#[async_trait]
impl Annuaire for Backend {
    async fn search(&self, client: &Client, text: &str) -> Reply<Vec<Collectivite>> {
        self.limits.count(&self.db, self.now(), Action::Search, client).await?;
        Ok(annuaire::search(self.db.connection(), text).await?)
    }

    async fn generic(&self) -> Reply<Vec<Collectivite>> {
        Ok(annuaire::generic(self.db.connection()).await?)
    }

    async fn named(&self, client: Option<&Client>, text: &str) -> Reply<Vec<Collectivite>> {
        let db = self.db.connection();
        let named = annuaire::named(db, text).await?;
        if !named.is_empty() || CleCollectivite::parse(text).is_some() {
            return Ok(named);
        }
        if let Some(client) = client {
            self.limits.count(&self.db, self.now(), Action::Search, client).await?;
        }
        Ok(annuaire::search(db, text).await?)
    }

    async fn contact(&self, cle: &CleCollectivite) -> Reply<Option<ContactFormation>> {
        match annuaire::id_of(self.db.connection(), cle).await? {
            Some(id) => Ok(contacts::of(self.db.connection(), id).await?),
            None => Ok(None),
        }
    }

    async fn communes(&self, client: &Client, code_postal: &str) -> Reply<Vec<String>> {
        self.limits.count(&self.db, self.now(), Action::Search, client).await?;
        Ok(annuaire::communes(self.db.connection(), code_postal).await?)
    }
}
