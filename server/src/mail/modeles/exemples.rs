//! Every mail, with invented values. A new mail is added here: the tests of all the mails then read it too.

use domain::Reference;
use domain::ports::Exploitant;
use time::{Date, Month};

use super::{acces, adresse, decision, demande, effacement, equipe};
use crate::mail::Courrier;

pub(crate) const LINK: &str = "https://iel.exemple.fr/activation/ab12.00ff.c2VjcmV0";

/// The words that a person typed.
#[derive(Clone, Copy)]
pub(crate) struct Mots<'a> {
    pub prenom: &'a str,
    pub employeur: &'a str,
    pub champ: &'a str,
    pub raison: &'a str,
    pub motif: &'a str,
    pub message: &'a str,
    pub recours: &'a str,
    pub silence: &'a str,
}

pub(crate) const ORDINAIRES: Mots<'_> = Mots {
    prenom: "Anne-Zoé",
    employeur: "Toulouse Métropole",
    champ: "Adresses, Code postal",
    raison: "Ce code n’est pas celui de Toulouse.",
    motif: "Votre activité est hors du périmètre.",
    message: "Merci de joindre une pièce lisible.\nBien à vous.",
    recours: "Vous pouvez contester cette décision dans les deux mois.",
    silence: "Sans réponse de notre part le 1er mai 2026, votre demande est refusée.",
};

impl<'a> Mots<'a> {
    /// The same words everywhere.
    pub fn all(typed: &'a str) -> Self {
        Self {
            prenom: typed,
            employeur: typed,
            champ: typed,
            raison: typed,
            motif: typed,
            message: typed,
            recours: typed,
            silence: typed,
        }
    }
}

/// The name of its snapshot, and the mail.
type Exemple = (&'static str, Courrier);

pub(crate) fn every_mail(mots: Mots<'_>) -> Vec<Exemple> {
    [of_demande(mots), of_decision(mots), of_compte(mots), of_equipe()].concat()
}

pub(crate) fn reference() -> Reference {
    Reference::new(42)
}

pub(crate) fn day() -> Date {
    Date::from_calendar_date(2026, Month::March, 1).unwrap()
}

pub(crate) fn exploitant() -> Exploitant {
    Exploitant {
        nom: "Délégation Occitanie".to_owned(),
        adresse: "9 rue Alex Coutet, Toulouse".to_owned(),
        courriel: "iel@exemple.fr".to_owned(),
        telephone: "05 00 00 00 00".to_owned(),
        ..Exploitant::default()
    }
}

pub(crate) fn activation(prenom: &str, hours: u32) -> Courrier {
    demande::Activation { prenom, reference: reference(), link: LINK, hours }.courrier()
}

pub(crate) fn accuse_reception(prenom: &str, exploitant: &Exploitant, silence: &str) -> Courrier {
    demande::AccuseReception { prenom, reference: reference(), recue_le: day(), exploitant, silence, link: LINK }
        .courrier()
}

fn corrections_recues(prenom: &str, exploitant: &Exploitant) -> Courrier {
    demande::CorrectionsRecues { prenom, reference: reference(), recues_le: day(), exploitant, link: LINK }.courrier()
}

fn of_demande(mots: Mots<'_>) -> Vec<Exemple> {
    let Mots { prenom, employeur, .. } = mots;
    let (reference, fin, link) = (reference(), day(), LINK);
    vec![
        ("activation", activation(prenom, 72)),
        ("activation_une_heure", activation(prenom, 1)),
        ("presentation", demande::Presentation { prenom, employeur, reference, link, hours: 72 }.courrier()),
        ("rappel", demande::Rappel { prenom, reference, fin: "1er mars 2026 à 9 h 00", link }.courrier()),
        ("reprise", demande::Reprise { fin: "1er mars", link }.courrier()),
        ("relecture_attendue", demande::RelectureAttendue { prenom, reference, employeur, fin, link }.courrier()),
        ("accuse_reception", accuse_reception(prenom, &exploitant(), mots.silence)),
        ("accuse_reception_sans_exploitant", accuse_reception(prenom, &Exploitant::default(), " ")),
        ("corrections_recues", corrections_recues(prenom, &exploitant())),
        ("corrections_recues_sans_exploitant", corrections_recues(prenom, &Exploitant::default())),
    ]
}

pub(crate) fn demandees(mots: Mots<'_>) -> [(String, String); 2] {
    [(mots.champ, mots.raison), ("Identité, Nom", "Écrivez-le en entier. ")]
        .map(|(champ, raison)| (champ.to_owned(), raison.to_owned()))
}

pub(crate) fn corrections_demandees<'a>(
    mots: Mots<'a>,
    demandees: &'a [(String, String)],
) -> decision::CorrectionsDemandees<'a> {
    let Mots { prenom, message, .. } = mots;
    let (reference, fin, link) = (reference(), day(), LINK);
    decision::CorrectionsDemandees { prenom, reference, demandees, message, fin, rappel: false, link }
}

pub(crate) fn refus(mots: Mots<'_>) -> Courrier {
    let Mots { prenom, motif, message, recours, .. } = mots;
    decision::Refus { prenom, reference: reference(), motif, message, recours, link: LINK }.courrier()
}

fn suspension(mots: Mots<'_>) -> Courrier {
    let Mots { prenom, message, recours, .. } = mots;
    decision::Suspension { prenom, reference: reference(), message, recours, link: LINK }.courrier()
}

fn of_decision(mots: Mots<'_>) -> Vec<Exemple> {
    let (prenom, link) = (mots.prenom, LINK);
    let demandees = demandees(mots);
    let bare = Mots { message: " ", recours: "", ..mots };
    vec![
        ("corrections_demandees", corrections_demandees(mots, &demandees).courrier()),
        ("corrections_demandees_sans_message", corrections_demandees(bare, &demandees[..1]).courrier()),
        (
            "corrections_demandees_rappel",
            decision::CorrectionsDemandees { rappel: true, ..corrections_demandees(mots, &demandees) }.courrier(),
        ),
        ("validation", decision::Validation { prenom, link }.courrier()),
        ("refus", refus(mots)),
        ("refus_sans_message", refus(bare)),
        ("suspension", suspension(mots)),
        ("suspension_sans_recours", suspension(Mots { recours: "", ..mots })),
        ("retablissement", decision::Retablissement { prenom, link }.courrier()),
    ]
}

fn of_compte(mots: Mots<'_>) -> Vec<Exemple> {
    let (prenom, link) = (mots.prenom, LINK);
    let invitation = acces::InvitationServiceFormation { collectivite: mots.employeur, link, hours: 168 };
    vec![
        ("invitation_service_formation", invitation.courrier()),
        ("mot_de_passe_perdu", acces::MotDePassePerdu { prenom, link, minutes: 30 }.courrier()),
        ("mot_de_passe_perdu_sans_prenom", acces::MotDePassePerdu { prenom: "", link, minutes: 30 }.courrier()),
        ("mot_de_passe_change", acces::MotDePasseChange { prenom, link }.courrier()),
        ("mot_de_passe_change_sans_prenom", acces::MotDePasseChange { prenom: "", link }.courrier()),
        ("deja_compte", acces::DejaCompte { link }.courrier()),
        ("adresse_a_confirmer", adresse::AdresseAConfirmer { link, minutes: 30 }.courrier()),
        ("adresse_changee", adresse::AdresseChangee { prenom, link, days: 7 }.courrier()),
        ("inactivite", effacement::Inactivite { prenom, fin: day(), link }.courrier()),
        ("fin_inactivite", effacement::FinInactivite { link }.courrier()),
        ("effacement", effacement::Effacement { link }.courrier()),
    ]
}

fn of_equipe() -> Vec<Exemple> {
    let (when, link) = ("15 juin 2026 à 14 h 00", LINK);
    vec![
        ("equipe_demande_a_valider", equipe::DemandeAValider { reference: reference(), link }.courrier()),
        ("equipe_resume_du_jour_une", equipe::ResumeDuJour { waiting: 1, link }.courrier()),
        ("equipe_resume_du_jour", equipe::ResumeDuJour { waiting: 12, link }.courrier()),
        ("equipe_invitation", equipe::Invitation { link, hours: 72 }.courrier()),
        ("equipe_code_secours", equipe::CodeSecours { when, left: 9, link }.courrier()),
        ("equipe_code_secours_avant_dernier", equipe::CodeSecours { when, left: 1, link }.courrier()),
        ("equipe_code_secours_dernier", equipe::CodeSecours { when, left: 0, link }.courrier()),
        ("equipe_facteur_enrole", equipe::FacteurEnrole { link }.courrier()),
        ("equipe_codes_renouveles", equipe::CodesRenouveles { link }.courrier()),
        ("equipe_second_facteur_reinitialise", equipe::SecondFacteurReinitialise { link }.courrier()),
        ("equipe_mot_de_passe_change", equipe::MotDePasseChange { link }.courrier()),
    ]
}
