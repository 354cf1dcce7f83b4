use async_trait::async_trait;
use domain::collectivite::{CleCollectivite, Collectivite, ContactFormation};
use domain::ports::{Annuaire, Client, Reply};

use super::Backend;
use crate::persistence::{annuaire, contacts};
use crate::security::limits::Action;

#[async_trait]
impl Annuaire for Backend {
    async fn search(&self, client: &Client, text: &str) -> Reply<Vec<Collectivite>> {
        let outcome = async {
            self.limits.count(&self.db, self.now(), Action::Search, client).await?;
            annuaire::search(self.db.connection(), text).await
        };
        self.reply("annuaire.search", outcome.await)
    }

    async fn generic(&self) -> Reply<Vec<Collectivite>> {
        self.reply("annuaire.generic", annuaire::generic(self.db.connection()).await)
    }

    async fn named(&self, client: Option<&Client>, text: &str) -> Reply<Vec<Collectivite>> {
        let outcome = async {
            let db = self.db.connection();
            let named = annuaire::named(db, text).await?;
            if !named.is_empty() || CleCollectivite::parse(text).is_some() {
                return Ok(named);
            }
            if let Some(client) = client {
                self.limits.count(&self.db, self.now(), Action::Search, client).await?;
            }
            annuaire::search(db, text).await
        };
        self.reply("annuaire.named", outcome.await)
    }

    async fn contact(&self, cle: &CleCollectivite) -> Reply<Option<ContactFormation>> {
        let outcome = async {
            match annuaire::id_of(self.db.connection(), cle).await? {
                Some(id) => contacts::of(self.db.connection(), id).await,
                None => Ok(None),
            }
        };
        self.reply("annuaire.contact", outcome.await)
    }

    async fn communes(&self, client: &Client, code_postal: &str) -> Reply<Vec<String>> {
        let outcome = async {
            self.limits.count(&self.db, self.now(), Action::Search, client).await?;
            annuaire::communes(self.db.connection(), code_postal).await
        };
        self.reply("annuaire.communes", outcome.await)
    }
}
