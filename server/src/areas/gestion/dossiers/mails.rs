//! What a decision says to its person, and what a new request says to the staff.

use app::base::adresses::FORMATIONS;
use domain::Reference;
use domain::compte::Statut;
use domain::instant::{self, jour};
use time::Date;

use crate::areas::gestion::motifs::said_to;
use crate::backend::redaction::{Lettre, Redaction};
use crate::error::BackendError;
use crate::mail::Courrier;
#[cfg(test)]
use crate::mail::exemples::{Exemple, LINK, Mots, day, reference};
use crate::mail::formules::{action, hello};
use crate::persistence::courriels::Genre;
use crate::persistence::entities::compte;
use crate::persistence::{comptes, corrections, gestionnaires, motifs, mouvements};

/// The mails that this area writes.
pub(crate) const GENRES: &[Genre] = &[
    Genre::ACompleter,
    Genre::RappelCorrection,
    Genre::Valide,
    Genre::Refuse,
    Genre::Suspension,
    Genre::Retablissement,
    Genre::AValider,
    Genre::Resume,
];

/// Writes a mail of [`GENRES`]. `None` when there is nothing left to say.
pub(crate) async fn write(mail: &Redaction<'_>) -> Result<Option<Lettre>, BackendError> {
    if let Some(id) = mail.row.gestionnaire_id {
        return to_staff(mail, id).await;
    }
    let Some(compte) = &mail.compte else { return Ok(None) };
    let courrier = match mail.genre {
        Genre::ACompleter | Genre::RappelCorrection => to_correct(mail, compte).await?,
        Genre::Refuse => refusal(mail, compte).await?,
        _ => of_state(mail, compte)?,
    };
    Ok(courrier.map(|courrier| (compte.courriel_cle.clone(), courrier)))
}

/// No mail if nothing waits: somebody may have decided meanwhile.
async fn to_staff(mail: &Redaction<'_>, id: i64) -> Result<Option<Lettre>, BackendError> {
    let member = gestionnaires::find(mail.db(), id).await?.filter(|row| row.desactive_le.is_none());
    let Some(member) = member else { return Ok(None) };
    let courrier = match (mail.genre, &mail.compte) {
        (Genre::AValider, Some(compte)) if compte.statut == Statut::AValider.code() => {
            let reference = comptes::reference(compte)?;
            let link = &mail.backend.url(&format!("/gestion/demandes/{}", compte.id));
            Some(DemandeAValider { reference, link }.courrier())
        }
        (Genre::Resume, _) => {
            let counts = mouvements::counts(mail.db()).await?;
            let waiting = counts.into_iter().find(|(statut, _)| *statut == Statut::AValider).map(|(_, n)| n);
            let link = &mail.backend.url("/gestion/demandes");
            waiting.filter(|n| *n > 0).map(|waiting| ResumeDuJour { waiting, link }.courrier())
        }
        _ => None,
    };
    Ok(courrier.map(|courrier| (member.courriel_cle, courrier)))
}

async fn to_correct(mail: &Redaction<'_>, compte: &compte::Model) -> Result<Option<Courrier>, BackendError> {
    let (backend, db) = (mail.backend, mail.db());
    let Some(asked) = corrections::current(db, compte.id).await? else { return Ok(None) };
    if comptes::statut(compte)? != Statut::ACompleter {
        return Ok(None);
    }
    let (prenom, reference) = (&compte.prenom, comptes::reference(compte)?);
    let fin = instant::today(asked.demandee_le + corrections::KEPT);
    let link = &backend.url("/mon-compte/corrections");
    Ok(Some(if asked.relecture {
        let employeur = &backend.employeur(db, compte).await?;
        RelectureAttendue { prenom, reference, employeur, fin, link }.courrier()
    } else {
        let (demandees, message) = (&backend.demandees(db, &asked).await?, &asked.message);
        let rappel = mail.genre == Genre::RappelCorrection;
        CorrectionsDemandees { prenom, reference, demandees, message, fin, rappel, link }.courrier()
    }))
}

async fn refusal(mail: &Redaction<'_>, compte: &compte::Model) -> Result<Option<Courrier>, BackendError> {
    if comptes::statut(compte)? != Statut::Refuse {
        return Ok(None);
    }
    let motif = match compte.motif_id {
        Some(id) => motifs::find(mail.db(), id).await?,
        None => None,
    };
    let motif = motif.map(|motif| said_to(&motif.texte, compte)).transpose()?.unwrap_or_default();
    let (motif, message) = (&motif, compte.message.as_deref().unwrap_or_default());
    let (prenom, reference) = (&compte.prenom, comptes::reference(compte)?);
    let (recours, link) = (&mail.backend.config().decisions.recours, &mail.backend.url("/mon-compte"));
    Ok(Some(Refus { prenom, reference, motif, message, recours, link }.courrier()))
}

fn of_state(mail: &Redaction<'_>, compte: &compte::Model) -> Result<Option<Courrier>, BackendError> {
    let (prenom, link) = (&compte.prenom, &mail.backend.url("/mon-compte"));
    Ok(match (mail.genre, comptes::statut(compte)?) {
        (Genre::Valide, Statut::Actif) => {
            let formations = mail.backend.config().exploitant.preinscription_active;
            let link = if formations { &mail.backend.url(FORMATIONS) } else { link };
            Some(Validation { prenom, formations, link }.courrier())
        }
        (Genre::Retablissement, Statut::Actif) => Some(Retablissement { prenom, link }.courrier()),
        (Genre::Suspension, Statut::Suspendu) => {
            let (reference, message) = (comptes::reference(compte)?, compte.message.as_deref().unwrap_or_default());
            let (recours, link) = (&mail.backend.config().decisions.recours, &mail.backend.url("/aide"));
            Some(Suspension { prenom, reference, message, recours, link }.courrier())
        }
        _ => None,
    })
}

/// E5: what to correct.
pub struct CorrectionsDemandees<'a> {
    pub prenom: &'a str,
    pub reference: Reference,
    /// Each field to correct, and why, in the gestionnaire's words.
    pub demandees: &'a [(String, String)],
    /// The gestionnaire's own words, or nothing.
    pub message: &'a str,
    /// When the request is withdrawn without an answer.
    pub fin: Date,
    /// Whether the person was asked once and has not answered.
    pub rappel: bool,
    pub link: &'a str,
}

impl CorrectionsDemandees<'_> {
    pub fn courrier(self) -> Courrier {
        let Self { prenom, reference, demandees, message, fin, rappel, link } = self;
        let before = if rappel { "attend toujours vos corrections" } else { "est à compléter" };
        let mut paragraphs =
            vec![format!("Votre demande {reference} {before}. Un gestionnaire vous demande de revoir\u{a0}:")];
        paragraphs.push(
            demandees
                .iter()
                .map(|(field, why)| format!("– {field}\u{a0}: {}", why.trim()))
                .collect::<Vec<_>>()
                .join("\n"),
        );
        if !message.trim().is_empty() {
            paragraphs.push(format!("Message du gestionnaire\u{a0}:\n{}", message.trim()));
        }
        paragraphs.push("Le reste de vos réponses est gardé\u{a0}: vous n’avez que cela à reprendre.".to_owned());
        Courrier {
            subject: if rappel { "Votre demande attend vos corrections" } else { "Votre demande est à compléter" }
                .to_owned(),
            greeting: hello(prenom),
            paragraphs,
            action: action("Corriger ma demande", link),
            closing: vec![format!("Sans nouvelles de vous le {}, la demande sera retirée.", jour(fin))],
        }
    }
}

/// The reminder of a relecture. It contains none of the answers that the service formation typed.
pub struct RelectureAttendue<'a> {
    pub prenom: &'a str,
    pub reference: Reference,
    pub employeur: &'a str,
    /// When the request is withdrawn without an answer.
    pub fin: Date,
    pub link: &'a str,
}

impl RelectureAttendue<'_> {
    pub fn courrier(self) -> Courrier {
        let Self { prenom, reference, employeur, fin, link } = self;
        Courrier {
            subject: "Votre demande attend votre relecture".to_owned(),
            greeting: hello(prenom),
            paragraphs: vec![format!(
                "Votre mot de passe est enregistré, mais votre demande {reference} n’est pas encore partie. Relisez ce \
                 que le service formation de votre collectivité, {employeur}, a saisi\u{a0}: si tout est exact, un \
                 clic l’envoie\u{a0}; sinon, vous le corrigez."
            )],
            action: action("Relire ma demande", link),
            closing: vec![format!("Sans nouvelles de vous le {}, la demande sera retirée.", jour(fin))],
        }
    }
}

/// E6.
pub struct Validation<'a> {
    pub prenom: &'a str,
    /// Whether the person pre-registers on this service: the link leads to its sessions.
    pub formations: bool,
    pub link: &'a str,
}

impl Validation<'_> {
    pub fn courrier(self) -> Courrier {
        let Self { prenom, formations, link } = self;
        let (said, button) = match formations {
            true => (
                "Votre compte est validé\u{a0}: vous pouvez vous préinscrire aux formations de formateurs. Choisissez une \
                 session, puis connectez-vous avec votre adresse de messagerie et votre mot de passe.",
                "Voir les formations",
            ),
            false => (
                "Votre compte est validé. Connectez-vous avec votre adresse de messagerie et votre mot de passe.",
                "Me connecter",
            ),
        };
        Courrier {
            subject: "Votre compte est validé".to_owned(),
            greeting: hello(prenom),
            paragraphs: vec![said.to_owned()],
            action: action(button, link),
            closing: vec![],
        }
    }
}

/// E7.
pub struct Refus<'a> {
    pub prenom: &'a str,
    pub reference: Reference,
    /// The wording of the motif.
    pub motif: &'a str,
    /// The gestionnaire's own words, or nothing.
    pub message: &'a str,
    /// The operator's text about appeals, or nothing.
    pub recours: &'a str,
    pub link: &'a str,
}

impl Refus<'_> {
    pub fn courrier(self) -> Courrier {
        let Self { prenom, reference, motif, message, recours, link } = self;
        let mut paragraphs =
            vec![format!("Votre demande {reference} n’a pas été acceptée."), format!("Motif\u{a0}: {}", motif.trim())];
        if !message.trim().is_empty() {
            paragraphs.push(format!("Message du gestionnaire\u{a0}:\n{}", message.trim()));
        }
        if !recours.trim().is_empty() {
            paragraphs.push(recours.trim().to_owned());
        }
        Courrier {
            subject: "Votre demande n’a pas été acceptée".to_owned(),
            greeting: hello(prenom),
            paragraphs,
            action: action("Voir ma demande", link),
            closing: vec![],
        }
    }
}

/// E8.
pub struct Suspension<'a> {
    pub prenom: &'a str,
    pub reference: Reference,
    /// The gestionnaire's own words.
    pub message: &'a str,
    /// The operator's text about appeals, or nothing.
    pub recours: &'a str,
    pub link: &'a str,
}

impl Suspension<'_> {
    pub fn courrier(self) -> Courrier {
        let Self { prenom, reference, message, recours, link } = self;
        let mut paragraphs = vec![
            format!("Votre compte {reference} est suspendu\u{a0}: vous ne pouvez plus vous connecter."),
            format!("Message du gestionnaire\u{a0}:\n{}", message.trim()),
        ];
        if !recours.trim().is_empty() {
            paragraphs.push(recours.trim().to_owned());
        }
        Courrier {
            subject: "Votre compte est suspendu".to_owned(),
            greeting: hello(prenom),
            paragraphs,
            action: action("À qui m’adresser", link),
            closing: vec![],
        }
    }
}

/// E8, when the suspension ends.
pub struct Retablissement<'a> {
    pub prenom: &'a str,
    pub link: &'a str,
}

impl Retablissement<'_> {
    pub fn courrier(self) -> Courrier {
        let Self { prenom, link } = self;
        Courrier {
            subject: "Votre compte est rétabli".to_owned(),
            greeting: hello(prenom),
            paragraphs: vec!["Votre compte est rétabli\u{a0}: vous pouvez de nouveau vous connecter.".to_owned()],
            action: action("Me connecter", link),
            closing: vec![],
        }
    }
}

/// E4. It contains no name of a person: the request shows it.
pub struct DemandeAValider<'a> {
    pub reference: Reference,
    pub link: &'a str,
}

impl DemandeAValider<'_> {
    pub fn courrier(self) -> Courrier {
        let Self { reference, link } = self;
        Courrier {
            subject: "Une demande attend sa validation".to_owned(),
            greeting: hello(""),
            paragraphs: vec![format!("La demande {reference} attend sa validation.")],
            action: action("Ouvrir la demande", link),
            closing: vec![],
        }
    }
}

/// E4, once a day.
pub struct ResumeDuJour<'a> {
    /// How many requests wait for a decision.
    pub waiting: u64,
    pub link: &'a str,
}

impl ResumeDuJour<'_> {
    pub fn courrier(self) -> Courrier {
        let Self { waiting, link } = self;
        let (subject, said) = match waiting {
            0 | 1 => ("1\u{a0}demande attend sa validation".to_owned(), "Une demande attend sa validation.".to_owned()),
            n => {
                let said = format!("{n}\u{a0}demandes attendent leur validation");
                (said.clone(), format!("{said}."))
            }
        };
        Courrier {
            subject,
            greeting: hello(""),
            paragraphs: vec![said],
            action: action("Ouvrir les demandes", link),
            closing: vec!["Vous avez choisi un résumé par jour\u{a0}: cela se change dans vos réglages.".to_owned()],
        }
    }
}

#[cfg(test)]
pub(crate) fn exemples(mots: Mots<'_>) -> Vec<Exemple> {
    let Mots { prenom, employeur, .. } = mots;
    let (reference, fin, link) = (reference(), day(), LINK);
    let demandees = demandees(mots);
    let bare = Mots { message: " ", recours: "", ..mots };
    vec![
        ("relecture_attendue", RelectureAttendue { prenom, reference, employeur, fin, link }.courrier()),
        ("corrections_demandees", corrections_demandees(mots, &demandees).courrier()),
        ("corrections_demandees_sans_message", corrections_demandees(bare, &demandees[..1]).courrier()),
        (
            "corrections_demandees_rappel",
            CorrectionsDemandees { rappel: true, ..corrections_demandees(mots, &demandees) }.courrier(),
        ),
        ("validation", Validation { prenom, formations: false, link }.courrier()),
        ("validation_formations", Validation { prenom, formations: true, link }.courrier()),
        ("refus", refus(mots)),
        ("refus_sans_message", refus(bare)),
        ("suspension", suspension(mots)),
        ("suspension_sans_recours", suspension(Mots { recours: "", ..mots })),
        ("retablissement", Retablissement { prenom, link }.courrier()),
        ("equipe_demande_a_valider", DemandeAValider { reference, link }.courrier()),
        ("equipe_resume_du_jour_une", ResumeDuJour { waiting: 1, link }.courrier()),
        ("equipe_resume_du_jour", ResumeDuJour { waiting: 12, link }.courrier()),
    ]
}

#[cfg(test)]
pub(crate) fn demandees(mots: Mots<'_>) -> [(String, String); 2] {
    [(mots.champ, mots.raison), ("Identité, Nom", "Écrivez-le en entier. ")]
        .map(|(champ, raison)| (champ.to_owned(), raison.to_owned()))
}

#[cfg(test)]
pub(crate) fn corrections_demandees<'a>(mots: Mots<'a>, demandees: &'a [(String, String)]) -> CorrectionsDemandees<'a> {
    let Mots { prenom, message, .. } = mots;
    CorrectionsDemandees { prenom, reference: reference(), demandees, message, fin: day(), rappel: false, link: LINK }
}

#[cfg(test)]
pub(crate) fn refus(mots: Mots<'_>) -> Courrier {
    let Mots { prenom, motif, message, recours, .. } = mots;
    Refus { prenom, reference: reference(), motif, message, recours, link: LINK }.courrier()
}

#[cfg(test)]
fn suspension(mots: Mots<'_>) -> Courrier {
    let Mots { prenom, message, recours, .. } = mots;
    Suspension { prenom, reference: reference(), message, recours, link: LINK }.courrier()
}
