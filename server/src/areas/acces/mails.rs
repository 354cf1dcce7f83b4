//! To the holder of an account or of a service formation, about the way in.

use crate::backend::redaction::{Lettre, Redaction};
use crate::error::BackendError;
use crate::mail::Courrier;
#[cfg(test)]
use crate::mail::exemples::{Exemple, LINK, Mots};
use crate::mail::formules::{NOT_YOU, action, hello, plural};
use crate::persistence::courriels::Genre;
use crate::persistence::{annuaire, gestionnaires, invitations, services_formation};
use crate::security::tokens::Usage;

/// The mails that this area writes.
pub(crate) const GENRES: &[Genre] =
    &[Genre::Reinitialisation, Genre::MotDePasseChange, Genre::InvitationServiceFormation];

/// Writes a mail of [`GENRES`]. `None` when there is nothing left to say.
pub(crate) async fn write(mail: &Redaction<'_>) -> Result<Option<Lettre>, BackendError> {
    match mail.genre {
        Genre::Reinitialisation => lost_password(mail).await,
        Genre::MotDePasseChange => password_changed(mail).await,
        _ => invitation_of_service(mail).await,
    }
}

async fn lost_password(mail: &Redaction<'_>) -> Result<Option<Lettre>, BackendError> {
    let usage = if mail.compte.is_some() { Usage::Reinitialisation } else { Usage::ReinitialisationService };
    let minutes = mail.minutes(usage);
    let recipient = match &mail.compte {
        Some(compte) => Some((compte.courriel_cle.clone(), compte.prenom.clone())),
        None => service_formation(mail).await?.map(|courriel| (courriel, String::new())),
    };
    let Some((recipient, prenom)) = recipient else { return Ok(None) };
    let link = mail.living_link(usage).await?;
    Ok(link.map(|link| (recipient, MotDePassePerdu { prenom: &prenom, link: &link, minutes }.courrier())))
}

/// To a person, to a service formation, or to a member of the team: each has its own link.
async fn password_changed(mail: &Redaction<'_>) -> Result<Option<Lettre>, BackendError> {
    if let Some(id) = mail.row.gestionnaire_id {
        let member = gestionnaires::find(mail.db(), id).await?.filter(|row| row.desactive_le.is_none());
        let link = &mail.backend.url("/gestion/connexion");
        return Ok(member.map(|row| (row.courriel_cle, MotDePasseChangeEquipe { link }.courrier())));
    }
    let (recipient, prenom) = match &mail.compte {
        Some(compte) => (Some(compte.courriel_cle.clone()), compte.prenom.as_str()),
        None => (service_formation(mail).await?, ""),
    };
    let link = &mail.backend.url("/mot-de-passe-perdu");
    Ok(recipient.map(|recipient| (recipient, MotDePasseChange { prenom, link }.courrier())))
}

/// The key of an address that has only a service formation. The link of the mail gives it.
async fn service_formation(mail: &Redaction<'_>) -> Result<Option<String>, BackendError> {
    let Some(jeton) = mail.jeton().await?.filter(|jeton| jeton.usage == Usage::ReinitialisationService.code()) else {
        return Ok(None);
    };
    let service = services_formation::find(mail.db(), jeton.sujet_id).await?.filter(services_formation::is_active);
    Ok(service.map(|service| service.courriel_cle))
}

/// The invitation of a service formation, if its link is still valid.
async fn invitation_of_service(mail: &Redaction<'_>) -> Result<Option<Lettre>, BackendError> {
    let usage = Usage::InvitationServiceFormation;
    let Some(link) = &mail.living_link(usage).await? else { return Ok(None) };
    let jeton = mail.jeton().await?.filter(|jeton| jeton.usage == usage.code());
    let Some(jeton) = jeton else { return Ok(None) };
    let service = services_formation::find(mail.db(), jeton.sujet_id).await?;
    let Some(service) = service.filter(|service| !service.courriel.is_empty()) else { return Ok(None) };
    let invited = invitations::find(mail.db(), &jeton.id).await?.and_then(|invited| invited.collectivite_id);
    let collectivite = &annuaire::find(mail.db(), invited.unwrap_or(service.collectivite_id))
        .await?
        .map(|found| found.line())
        .unwrap_or_default();
    let hours = mail.hours(usage);
    let courrier = InvitationServiceFormation { collectivite, link, hours }.courrier();
    Ok(Some((service.courriel_cle, courrier)))
}

/// To the future service formation of a collectivité.
pub struct InvitationServiceFormation<'a> {
    /// Its name and place, on one line.
    pub collectivite: &'a str,
    pub link: &'a str,
    pub hours: u32,
}

impl InvitationServiceFormation<'_> {
    pub fn courrier(self) -> Courrier {
        let Self { collectivite, link, hours } = self;
        Courrier {
            subject: "Votre accès de service formation".to_owned(),
            greeting: hello(""),
            paragraphs: vec![
                format!("Vous êtes invité à inscrire les agents de votre collectivité\u{a0}: {collectivite}."),
                format!("Le lien est valable {} et ne sert qu’une fois.", plural(hours, "heure")),
            ],
            action: action("Ouvrir mon accès", link),
            closing: vec![NOT_YOU.to_owned()],
        }
    }
}

/// E11.
pub struct MotDePassePerdu<'a> {
    /// Empty for a service formation.
    pub prenom: &'a str,
    pub link: &'a str,
    pub minutes: u32,
}

impl MotDePassePerdu<'_> {
    pub fn courrier(self) -> Courrier {
        let Self { prenom, link, minutes } = self;
        Courrier {
            subject: "Choisissez un nouveau mot de passe".to_owned(),
            greeting: hello(prenom),
            paragraphs: vec![
                "Vous avez demandé à changer de mot de passe.".to_owned(),
                format!("Le lien est valable {} et ne sert qu’une fois.", plural(minutes, "minute")),
            ],
            action: action("Choisir un nouveau mot de passe", link),
            closing: vec![
                "Si vous n’avez rien demandé, ignorez ce courriel\u{a0}: votre mot de passe reste le même.".to_owned(),
            ],
        }
    }
}

/// E12. The link leads to the page for a lost password: a person who did not change it needs this page at once.
pub struct MotDePasseChange<'a> {
    /// Empty for a service formation.
    pub prenom: &'a str,
    pub link: &'a str,
}

impl MotDePasseChange<'_> {
    pub fn courrier(self) -> Courrier {
        let Self { prenom, link } = self;
        Courrier {
            subject: "Votre mot de passe a changé".to_owned(),
            greeting: hello(prenom),
            paragraphs: vec![
                "Le mot de passe de votre compte vient d’être changé, et vos autres connexions sont fermées."
                    .to_owned(),
                "Si c’est vous, vous n’avez rien à faire. Sinon, reprenez la main sur votre compte sans attendre."
                    .to_owned(),
            ],
            action: action("Ce n’était pas moi", link),
            closing: vec![],
        }
    }
}

/// After a member's password was changed, in a connexion or by an invitation.
pub struct MotDePasseChangeEquipe<'a> {
    pub link: &'a str,
}

impl MotDePasseChangeEquipe<'_> {
    pub fn courrier(self) -> Courrier {
        let Self { link } = self;
        Courrier {
            subject: "Votre mot de passe a changé".to_owned(),
            greeting: hello(""),
            paragraphs: vec![
                "Le mot de passe de votre accès à la gestion des demandes vient d’être changé, et vos autres \
                 connexions sont fermées."
                    .to_owned(),
                "Si c’est vous, vous n’avez rien à faire.".to_owned(),
            ],
            action: action("Me connecter", link),
            closing: vec![
                "Si ce n’est pas vous, prévenez tout de suite un administrateur\u{a0}: quelqu’un est entré à votre \
                 place."
                    .to_owned(),
            ],
        }
    }
}

#[cfg(test)]
pub(crate) fn exemples(mots: Mots<'_>) -> Vec<Exemple> {
    let (prenom, link) = (mots.prenom, LINK);
    let invitation = InvitationServiceFormation { collectivite: mots.employeur, link, hours: 168 };
    vec![
        ("invitation_service_formation", invitation.courrier()),
        ("mot_de_passe_perdu", MotDePassePerdu { prenom, link, minutes: 30 }.courrier()),
        ("mot_de_passe_perdu_sans_prenom", MotDePassePerdu { prenom: "", link, minutes: 30 }.courrier()),
        ("mot_de_passe_change", MotDePasseChange { prenom, link }.courrier()),
        ("mot_de_passe_change_sans_prenom", MotDePasseChange { prenom: "", link }.courrier()),
        ("equipe_mot_de_passe_change", MotDePasseChangeEquipe { link }.courrier()),
    ]
}
