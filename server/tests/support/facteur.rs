//! A telephone that makes codes.

use app::areas::acces::{Authentification, IssueAuthentification};
use app::areas::gestion::second_facteur::{FacteurAttendu, Preuve, SecondFacteur};
use app::base::appelants::{Appelants, EnAttente};
use app::base::exchange::ConnexionToken;
use domain::instant::Millis;
use server::clock::SECOND;
use server::security::tokens::SecretKey;
use totp_rs::{Builder, Secret};

use super::Monde;
use super::donnees::MOT_DE_PASSE_GESTION;

/// The code of an instant.
pub fn code(secret: Secret, at: Millis) -> String {
    let totp = Builder::new().with_secret(secret).build().unwrap();
    totp.generate(u64::try_from(at / SECOND).unwrap()).to_string()
}

impl Monde {
    /// The member of the staff whom this connexion waits for.
    pub async fn waits(&self, connexion: &ConnexionToken) -> EnAttente {
        self.backend.pending(connexion).await.unwrap().expect("a connexion that waits for the second factor")
    }

    /// The code that this person's telephone shows now.
    pub async fn code(&self, who: &EnAttente) -> String {
        match self.backend.asked(who).await.unwrap().expect("the connexion lives") {
            FacteurAttendu::Enrolement(shown) => {
                code(Secret::try_from_base32(&shown.secret).unwrap(), self.clock_now())
            }
            _ => self.code_of(who.gestionnaire_id).await,
        }
    }

    /// The code that the telephone of someone enrolled shows now.
    pub async fn code_of(&self, gestionnaire_id: i64) -> String {
        let id = self.text(&format!("SELECT facteur_id FROM gestionnaire WHERE id = {gestionnaire_id}")).await;
        code(SecretKey::from_bytes([7; 32]).factor(&id), self.clock_now())
    }

    /// Passes the second factor: enrols, or answers with the next code that has not served.
    pub async fn through(&self, waiting: &ConnexionToken) -> ConnexionToken {
        let who = self.waits(waiting).await;
        let step = self.clock_now() / (30 * SECOND);
        let used = format!("SELECT facteur_pas FROM gestionnaire WHERE id = {}", who.gestionnaire_id);
        if self.number(&used).await >= step {
            self.clock.advance(30 * SECOND);
        }
        match self.backend.prove(&who, &self.code(&who).await).await.unwrap() {
            Preuve::Prouvee { connexion, .. } => connexion,
            other => panic!("{other:?}"),
        }
    }

    /// A connexion opened with the right password, and no code yet.
    pub async fn half_signed_in(&self, courriel: &str) -> ConnexionToken {
        match self.backend.staff_login(&self.client, courriel, MOT_DE_PASSE_GESTION).await.unwrap() {
            IssueAuthentification::Ouverte { connexion, .. } => connexion,
            other => panic!("{other:?}"),
        }
    }
}
