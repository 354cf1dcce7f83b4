//! Answers nothing, until the places have their engine.

use app::areas::formations::{MaPreinscription, Possible, Preinscriptions, Presse, Reponse, Voeu};
use app::base::appelants::Formateur;
use app::base::port::Reply;
use async_trait::async_trait;
use domain::ReferencePreinscription;
use domain::instant::Millis;

use crate::backend::Backend;

#[async_trait]
impl Preinscriptions for Backend {
    async fn possible(&self, _: &Formateur, _: &str, _: i64) -> Reply<Option<Possible>> {
        Ok(None)
    }

    async fn press(&self, _: &Formateur, _: Millis, _: &str, _: i64, _: &Voeu) -> Reply<Presse> {
        Ok(Presse::Absente)
    }

    async fn mine(&self, _: &Formateur) -> Reply<Vec<MaPreinscription>> {
        Ok(Vec::new())
    }

    async fn one(&self, _: &Formateur, _: ReferencePreinscription) -> Reply<Option<MaPreinscription>> {
        Ok(None)
    }

    async fn accept(&self, _: &Formateur, _: ReferencePreinscription) -> Reply<Reponse> {
        Ok(Reponse::Absente)
    }

    async fn decline(&self, _: &Formateur, _: ReferencePreinscription) -> Reply<Reponse> {
        Ok(Reponse::Absente)
    }

    async fn withdraw(&self, _: &Formateur, _: ReferencePreinscription) -> Reply<Reponse> {
        Ok(Reponse::Absente)
    }
}
