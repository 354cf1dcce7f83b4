use app::areas::acces::{ActivationVue, Activations, ChoixMotDePasse, Lien};
use app::base::exchange::Client;
use app::base::port::Reply;
use async_trait::async_trait;
use domain::collectivite::fold;
use domain::compte::Statut;
use domain::valeurs::{AdresseCourriel, MotDePasse, MotDePasseRefuse};
use sea_orm::ConnectionTrait;

use crate::backend::Backend;
use crate::clock::DAY;
use crate::error::BackendError;
use crate::persistence::comptes::{Column, Step};
use crate::persistence::compteurs::{Fenetre, Table};
use crate::persistence::courriels::Genre;
use crate::persistence::entities::compte;
use crate::persistence::journal::{Acteur, Action};
use crate::persistence::{
    annuaire, brouillons, comptes, compteurs, connexions, corrections, courriels, essais, identifiants, jetons,
    journal, presentations,
};
use crate::security::limits;
use crate::security::tokens::Usage;

/// The texts of the activation page; a test compares them with the page. It also has words that robots type when a form
/// gives them none.
const PAGE: &str = "Lorem ipsum dolor sit amet, consectetur adipiscing elit. Bonjour. Choisissez votre mot de passe. Préinscription IEL. Formateurs et intervenants. \
    Aide. Plan du site. Accessibilité : non conforme. Données personnelles. Mentions légales. Aller au contenu. \
    Un mot de passe, et votre demande part au gestionnaire qui la validera. Employeur. Référence. \
    12 caractères au moins. Collez-le si vous utilisez un gestionnaire de mots de passe. Afficher le mot de passe. \
    Un mot de passe, et vous relirez votre demande avant qu’elle ne parte. \
    J’ai lu l’information sur l’usage de mes données (nouvel onglet). \
    Le service formation de votre collectivité a rempli votre demande. Lire. Cochez cette case pour continuer. \
    Enregistrer mon mot de passe. Ce n’est pas vous ? Fermez cette page : rien n’est enregistré, et le lien s’éteindra \
    de lui-même.";

#[async_trait]
impl Activations for Backend {
    async fn open(&self, token: &str) -> Reply<Lien<ActivationVue>> {
        let db = self.db.connection();
        Ok(match self.activation_link(db, token).await? {
            Lien::Vivant((_, compte)) => Lien::Vivant(ActivationVue {
                employeur: self.employeur(db, &compte).await?,
                reference: comptes::reference(&compte)?,
                a_relire: compte.presentee_par.is_some(),
                prenom: compte.prenom,
            }),
            Lien::Expire => Lien::Expire,
            Lien::Utilise => Lien::Utilise,
            Lien::Inconnu => Lien::Inconnu,
        })
    }

    async fn activate(&self, client: &Client, token: &str, password: &str, informed: bool) -> Reply<ChoixMotDePasse> {
        let outcome = self.retried(|| self.activate_account(client, token, password, informed)).await;
        // Two requests for one address were activated at once. The unique index let the other one succeed.
        let outcome = match outcome {
            Err(error) if error.is_unique_violation() => Ok(ChoixMotDePasse::LienMort),
            outcome => outcome,
        };
        Ok(outcome?)
    }

    async fn renew(&self, client: &Client, token: &str) -> Reply<()> {
        self.limits.count(&self.db, self.now(), limits::Action::Token, client).await?;
        match self.jeton(self.db.connection(), Usage::Activation, token).await? {
            Some(jeton) => Ok(self.renew_activation(jeton.sujet_id, client).await?),
            None => Ok(()),
        }
    }
}

impl Backend {
    async fn activate_account(
        &self,
        client: &Client,
        token: &str,
        password: &str,
        informed: bool,
    ) -> Result<ChoixMotDePasse, BackendError> {
        let now = self.now();
        self.limits.count(&self.db, now, limits::Action::Token, client).await?;
        let Lien::Vivant((_, compte)) = self.activation_link(self.db.connection(), token).await? else {
            return Ok(ChoixMotDePasse::LienMort);
        };
        if self.is_a_robots(&compte, token, password).await? {
            return Ok(ChoixMotDePasse::Refuse(MotDePasseRefuse::TropFaible));
        }
        let presented = compte.presentee_par.is_some();
        // The box of the sign-up: here a service formation filled in the sign-up, so the person ticks the box now.
        if presented && !informed {
            return Ok(ChoixMotDePasse::ACocher);
        }
        let hash = match self.passwords.choose(client, password, MotDePasse::MIN, own_data(&compte)).await? {
            Ok(hash) => hash,
            Err(why) => return Ok(ChoixMotDePasse::Refuse(why)),
        };

        let write = self.db.begin().await?;
        // Hashing took time. So all conditions are read again, now under locks.
        let waiting = comptes::pending_locked(&*write, &compte.courriel_cle).await?;
        let Lien::Vivant((jeton, compte)) = self.activation_link(&*write, token).await? else {
            return Ok(ChoixMotDePasse::LienMort);
        };
        // A person answers only for what they have read. So a request typed by a service formation waits until its
        // agent has reviewed it.
        let (to, waits_since) = match presented {
            true => (Statut::ACompleter, None),
            false => (Statut::AValider, Some(now)),
        };
        let activated = Step {
            from: Statut::EnAttenteActivation,
            to,
            version: None,
            also: vec![(Column::ActiveeLe, now.into()), (Column::AttendDepuis, waits_since.into())],
        };
        identifiants::lock(&*write, &compte.courriel_cle).await?;
        if !jetons::consume(&*write, &jeton.id, now).await?
            || !comptes::step(&*write, compte.id, activated, now).await?
        {
            return Ok(ChoixMotDePasse::LienMort);
        }
        // If the address had no password, earlier failures are nobody's attempts: their count is deleted.
        if identifiants::by_courriel(&*write, &compte.courriel_cle).await?.is_none() {
            essais::forget(&*write, &self.hide(&compte.courriel_cle)).await?;
        }
        identifiants::set(&*write, &compte.courriel_cle, &hash, now).await?;
        jetons::revoke(&*write, Usage::Activation, compte.id, now).await?;
        // An address has one password. So this new password, chosen by a mailed link, also opens the service formation
        // of this address.
        self.end_uses(&*write, &compte.courriel_cle, "").await?;
        let champs: &[&str] = if presented { &["mot_de_passe", "information"] } else { &["mot_de_passe"] };
        journal::write(&*write, now, Acteur::Personne, Some(compte.id), Action::Activation, champs).await?;
        // A request that a service formation presented expires by itself. To end it now would tell the service
        // formation about this activation.
        for other in waiting.iter().filter(|other| other.id != compte.id && other.presentee_par.is_none()) {
            self.expire(&*write, other.id).await?;
        }
        match presented {
            true => corrections::open_review(&*write, &compte, now).await?,
            false => self.announce(&*write, &compte).await?,
        }
        let connexion = self.open_connexion(&*write, connexions::Genre::Formateur, compte.id).await?;
        self.commit(write).await?;
        Ok(ChoixMotDePasse::Enregistre(connexion))
    }

    /// Whether a mail filter typed this password. Filters fill in forms with words of the page, or with an address.
    /// Such a password must not activate an account.
    async fn is_a_robots(&self, compte: &compte::Model, token: &str, password: &str) -> Result<bool, BackendError> {
        if password.chars().count() < MotDePasse::MIN {
            return Ok(false);
        }
        let employeur = self.employeur(self.db.connection(), compte).await?;
        let address = self.url(&format!("/activation/{token}"));
        let page = fold(&format!("{PAGE} {employeur} {} {} {address}", compte.reference, compte.prenom));
        let words: Vec<&str> = page.split(' ').collect();
        let typed = fold(password);
        let only_of_the_page = !typed.is_empty() && typed.split(' ').all(|word| words.contains(&word));
        Ok(only_of_the_page || AdresseCourriel::parse(password).is_some())
    }

    /// Expires a request that nobody activated, and revokes its links.
    pub(crate) async fn expire(&self, db: &impl ConnectionTrait, compte_id: i64) -> Result<bool, BackendError> {
        let now = self.now();
        let step = Step { from: Statut::EnAttenteActivation, to: Statut::Expiree, version: None, also: Vec::new() };
        if !comptes::step(db, compte_id, step, now).await? {
            return Ok(false);
        }
        jetons::revoke(db, Usage::Activation, compte_id, now).await?;
        journal::write(db, now, Acteur::Systeme, Some(compte_id), Action::Expiration, &["statut"]).await?;
        Ok(true)
    }

    /// Queues one more activation mail if the request waits for its activation. The answer is always the same.
    pub(crate) async fn renew_activation(&self, compte_id: i64, client: &Client) -> Result<(), BackendError> {
        match self.queue_renewal(compte_id, Acteur::Personne, &client.0).await {
            // The person asked too often today. The answer must not show it.
            Err(BackendError::TooMany { .. }) => Ok(()),
            outcome => outcome,
        }
    }

    /// The same for `asker`: a network, or a gestionnaire. A mail asked by a gestionnaire always leaves.
    ///
    /// # Errors
    /// `TooMany` when this asker used up the mails of one day for this request.
    pub(crate) async fn queue_renewal(&self, compte_id: i64, by: Acteur, asker: &str) -> Result<(), BackendError> {
        let now = self.now();
        let fenetre = Fenetre { max: self.limits.quotas.mails_per_day, length: DAY };
        let write = self.db.begin().await?;
        let Some(compte) = comptes::find_locked(&*write, compte_id).await? else { return Ok(()) };
        let compte = match comptes::statut(&compte)? {
            Statut::EnAttenteActivation => {
                journal::write(&*write, now, by, Some(compte.id), Action::Renvoi, &[]).await?;
                compte
            }
            Statut::Expiree => self.begin_again(&*write, compte, by).await?,
            _ => return Ok(()),
        };
        // The person pressed the button several times. The mail about to leave is enough.
        if courriels::is_waiting(&*write, compte.id, Genre::Activation).await? {
            return Ok(());
        }
        compteurs::count(&*write, Table::Durable, &format!("relance:{compte_id}:{asker}"), now, fenetre).await?;
        let retenu = by == Acteur::Personne
            && !compteurs::may_send(&*write, "courriel", &self.hide(&compte.courriel_cle), asker, now, fenetre).await?;
        self.queue_activation(&*write, &compte, retenu).await?;
        self.commit(write).await?;
        Ok(())
    }

    /// Makes a new request with the answers of an expired one. If the same request already waits, returns that one.
    async fn begin_again(
        &self,
        db: &impl ConnectionTrait,
        expired: compte::Model,
        by: Acteur,
    ) -> Result<compte::Model, BackendError> {
        let waiting = comptes::pending_locked(db, &expired.courriel_cle).await?;
        // Both requests must have the same origin: a service formation must not learn that another request waits under
        // this name.
        let same =
            |other: &compte::Model| other.nom_cle == expired.nom_cle && other.presentee_par == expired.presentee_par;
        if let Some(same) = waiting.into_iter().find(same) {
            return Ok(same);
        }
        let (former, now) = (expired.id, self.now());
        let reference = self.free_reference(db).await?;
        let compte = comptes::again(db, expired, reference, now).await?;
        brouillons::follow(db, former, compte.id).await?;
        presentations::follow(db, former, compte.id).await?;
        journal::write(db, now, by, Some(compte.id), Action::Renouvellement, &[]).await?;
        Ok(compte)
    }

    pub(crate) async fn employeur(
        &self,
        db: &impl ConnectionTrait,
        compte: &compte::Model,
    ) -> Result<String, BackendError> {
        let collectivite = annuaire::find(db, compte.collectivite_id).await?;
        Ok(collectivite.map(|collectivite| collectivite.line()).unwrap_or_default())
    }
}

/// The personal data that a password must not contain.
pub(crate) fn own_data(compte: &compte::Model) -> Vec<String> {
    let mut data = vec![
        compte.nom.clone(),
        compte.nom_naissance.clone(),
        compte.prenom.clone(),
        compte.commune.clone(),
        compte.fonction.clone(),
        compte.courriel.clone(),
        compte.reference.clone(),
        compte.date_naissance.clone(),
        compte.date_naissance.chars().filter(char::is_ascii_digit).collect(),
        "iel".to_owned(),
        "cnfpt".to_owned(),
        "préinscription".to_owned(),
    ];
    data.extend(compte.courriel.split(['@', '.', '-', '_', '+']).map(str::to_owned));
    data
}
