//! A service formation, and the agents it presents.

use app::areas::acces::{ChoixMotDePasse, Invitations};
use app::areas::compte::{Corrections, OuvertureRelecture, RetourCorrection};
use app::areas::service_formation::{EnvoiAgent, ServicesFormation};
use app::base::appelants::{Appelants, ServiceFormation};
use app::base::exchange::{Client, ConnexionToken};
use domain::Reference;
use domain::collectivite::CleCollectivite;
use domain::valeurs::AdresseCourriel;
use server::persistence::journal::Acteur;

use super::Monde;
use super::donnees::{MOT_DE_PASSE, agent};

impl Monde {
    /// An agent activates by this link, reads the answers of their service formation and certifies them.
    pub async fn certified(&self, token: &str) -> ConnexionToken {
        let ChoixMotDePasse::Enregistre(connexion) = self.activate(token).await else { panic!("activated") };
        let who = self.backend.formateur(&connexion).await.unwrap().expect("an agent");
        let opened = Corrections::open_review(&self.backend, &who, "07/03/1980").await.unwrap();
        assert_eq!(opened, OuvertureRelecture::Ouverte);
        assert_eq!(self.backend.send_back(&who).await.unwrap(), RetourCorrection::Certifiee);
        connexion
    }

    /// The token of an invitation that the command line made.
    pub async fn invited_service(&self, courriel: &str, collectivite: &str) -> String {
        let cle = CleCollectivite::parse(collectivite).unwrap();
        let courriel = AdresseCourriel::parse(courriel).unwrap();
        let link = self.backend.invite_service(Acteur::LigneDeCommande, &courriel, &cle).await.unwrap();
        link.expect("a collectivité of the directory").rsplit('/').next().unwrap().to_owned()
    }

    /// A service formation that has accepted its invitation, and its connexion.
    pub async fn service_formation(&self, courriel: &str, collectivite: &str) -> (ServiceFormation, ConnexionToken) {
        let token = self.invited_service(courriel, collectivite).await;
        let client = Client(format!("net of {courriel}"));
        let accepted = Invitations::accept(&self.backend, &client, &token, "", MOT_DE_PASSE).await.unwrap();
        let ChoixMotDePasse::Enregistre(connexion) = accepted else { panic!("{accepted:?}") };
        let service = Appelants::service_formation(&self.backend, &connexion).await.unwrap();
        (service.expect("a connexion of a service formation"), connexion)
    }

    /// A draft with every tab filled in, except for `changes`.
    pub async fn agent_draft(&self, by: &ServiceFormation, courriel: &str, changes: &[(&str, &str)]) -> String {
        let id = ServicesFormation::start(&self.backend, by).await.unwrap().expect("room for one more");
        for (etape, fields) in agent(courriel) {
            let fields: Vec<_> = fields
                .into_iter()
                .map(|(name, raw)| {
                    let changed = changes.iter().find(|(changed, _)| *changed == name);
                    (name.to_owned(), changed.map_or(raw, |(_, raw)| (*raw).to_owned()))
                })
                .collect();
            let saved = ServicesFormation::save(&self.backend, by, &id, etape, &fields).await.unwrap();
            saved.expect("the draft lives");
        }
        id
    }

    pub async fn present(&self, by: &ServiceFormation, courriel: &str, changes: &[(&str, &str)]) -> Reference {
        let id = self.agent_draft(by, courriel, changes).await;
        let client = Client(format!("net of {courriel} {id}"));
        match self.backend.present(&client, by, &id).await.unwrap() {
            EnvoiAgent::Presente(reference) => reference,
            other => panic!("{other:?}"),
        }
    }
}
