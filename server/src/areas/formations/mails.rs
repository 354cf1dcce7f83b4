//! To a person, about their préinscriptions. A mail tells of one version of a row: if the row has moved since, it has
//! nothing left to say. The receipt of a request alone is always due (CRPA, R112-11-1).

use domain::compte::Statut;
use domain::exploitant::Exploitant;
use domain::formation::offres::end_of_offer;
use domain::formation::{Attribution, Cause, EtatPreinscription, Origine, Seance};
use domain::instant::{Millis, jour, jour_et_heure, today};
use domain::{Cas, ReferencePreinscription};
use time::Date;

use crate::backend::redaction::{Lettre, Redaction, service};
use crate::error::BackendError;
use crate::mail::Courrier;
#[cfg(test)]
use crate::mail::exemples::{Exemple, LINK, Mots, day, exploitant};
use crate::mail::formules::{action, hello, plural};
use crate::persistence::courriels::Genre;
use crate::persistence::entities::compte;
use crate::persistence::preinscriptions::Model;
use crate::persistence::{comptes, preinscriptions, sessions_formation};

/// The mails that this area writes.
pub(crate) const GENRES: &[Genre] = &[
    Genre::PreinscriptionRecue,
    Genre::PlaceRetenue,
    Genre::EnListeAttente,
    Genre::PlaceProposee,
    Genre::NonRetenue,
    Genre::PreinscriptionAnnulee,
    Genre::PreinscritPar,
];

/// Writes a mail of [`GENRES`]. `None` when there is nothing left to say.
pub(crate) async fn write(mail: &Redaction<'_>) -> Result<Option<Lettre>, BackendError> {
    let (Some(compte), Some(id), Some(version)) =
        (&mail.compte, mail.row.preinscription_id, mail.row.preinscription_version)
    else {
        return Ok(None);
    };
    let Some(row) = preinscriptions::find(mail.db(), id).await? else { return Ok(None) };
    let Some(session) = sessions_formation::find(mail.db(), row.session_id).await? else { return Ok(None) };
    let examined = sessions_formation::attribution(&session)? == Attribution::SurExamen;
    let etat = if row.version == version {
        preinscriptions::etat(&row)?
    } else {
        match first_state(&row, compte, examined)?.filter(|_| version == 1) {
            Some(etat) => etat,
            None => return Ok(None),
        }
    };
    let seances = sessions_formation::seances(mail.db(), session.id).await?;
    let link = match mail.genre {
        Genre::NonRetenue | Genre::PreinscriptionAnnulee => {
            format!("/formations/{}", sessions_formation::address(&session))
        }
        _ => format!("/mon-compte/preinscriptions/{}", row.reference),
    };
    let said = Dite {
        prenom: &compte.prenom,
        reference: preinscriptions::reference(&row)?,
        intitule: &session.intitule,
        seances: said_of(&seances),
        link: &mail.backend.url(&link),
    };
    let courrier = of_row(mail, compte, &row, (etat, session.debut), said).await?;
    Ok(courrier.map(|courrier| (compte.courriel_cle.clone(), courrier)))
}

/// The state in which a row began, if it was a request that somebody answers later.
fn first_state(
    row: &Model,
    compte: &compte::Model,
    examined: bool,
) -> Result<Option<EtatPreinscription>, BackendError> {
    let asked_service =
        comptes::cas(compte)? == Cas::ServiceRh && preinscriptions::origine(row)? != Origine::ServiceFormation;
    Ok(match (asked_service, examined) {
        (true, _) => Some(EtatPreinscription::AvisDemande),
        (false, true) => Some(EtatPreinscription::Demandee),
        (false, false) => None,
    })
}

async fn of_row(
    mail: &Redaction<'_>,
    compte: &compte::Model,
    row: &Model,
    (etat, debut): (EtatPreinscription, Millis),
    said: Dite<'_>,
) -> Result<Option<Courrier>, BackendError> {
    let (db, now) = (mail.db(), mail.backend.now());
    let config = mail.backend.config();
    Ok(match mail.genre {
        Genre::PreinscriptionRecue | Genre::PreinscritPar => {
            let par = match preinscriptions::origine(row)? {
                Origine::Personne => None,
                Origine::ServiceFormation => Some("Votre service formation vous a préinscrit"),
                Origine::Gestionnaire => Some("Le CNFPT vous a préinscrit"),
            };
            let devant = preinscriptions::count_before(db, row.session_id, row.rang).await?;
            let recue_le = today(row.cree_le);
            let silence = &config.decisions.silence_on(recue_le);
            let exploitant = &config.exploitant;
            Recue { said, etat, par, devant, recue_le, exploitant, silence }.courrier()
        }
        Genre::PlaceRetenue => Some(Retenue { said }.courrier()),
        Genre::EnListeAttente => {
            let devant = preinscriptions::count_before(db, row.session_id, row.rang).await?;
            Some(EnAttente { said, devant }.courrier())
        }
        Genre::PlaceProposee => {
            if comptes::statut(compte)? != Statut::Actif {
                return Ok(None);
            }
            let Some(fin) = end_of_offer(now, debut) else { return Ok(None) };
            // Each writing says its own end; the one that SMTP takes is the last that was noted.
            if !preinscriptions::offer_said(db, row, fin).await? {
                return Ok(None);
            }
            Some(Proposee { said, fin }.courrier())
        }
        Genre::NonRetenue => {
            let motif = mail.backend.motif_of(db, compte, row).await?.unwrap_or_default();
            let (observation, recours) = (&row.observation, &config.decisions.recours);
            Some(NonRetenue { said, motif: &motif, observation, recours }.courrier())
        }
        Genre::PreinscriptionAnnulee => {
            let motif = mail.backend.motif_of(db, compte, row).await?.unwrap_or_default();
            preinscriptions::cause(row)?.map(|cause| Annulee { said, cause, motif: &motif }.courrier())
        }
        _ => None,
    })
}

/// The séances in words, one a line: the agenda file of a mail is an extra.
fn said_of(seances: &[Seance]) -> Vec<String> {
    let said = |seance: &Seance| format!("– {}, {}, {}", seance.date(), seance.heures(), seance.lieu.en_clair());
    seances.iter().map(said).collect()
}

/// What every mail about a préinscription says.
pub struct Dite<'a> {
    pub prenom: &'a str,
    pub reference: ReferencePreinscription,
    pub intitule: &'a str,
    /// One line a séance.
    pub seances: Vec<String>,
    pub link: &'a str,
}

impl Dite<'_> {
    fn dates(&self) -> String {
        format!("Séances\u{a0}:\n{}", self.seances.join("\n"))
    }

    fn courrier(&self, subject: &str, paragraphs: Vec<String>, label: &str) -> Courrier {
        Courrier {
            subject: subject.to_owned(),
            greeting: hello(self.prenom),
            paragraphs,
            action: action(label, self.link),
            closing: vec![format!("Référence de votre préinscription\u{a0}: {}.", self.reference)],
        }
    }
}

/// E14, and E25 when a service pressed. It has one of four texts, and they share no sentence.
pub struct Recue<'a> {
    pub said: Dite<'a>,
    pub etat: EtatPreinscription,
    /// Who pressed, if it was not the person.
    pub par: Option<&'a str>,
    /// How many are before, at most.
    pub devant: u32,
    pub recue_le: Date,
    pub exploitant: &'a Exploitant,
    /// The operator's words on what silence means; may be empty.
    pub silence: &'a str,
}

impl Recue<'_> {
    pub fn courrier(self) -> Option<Courrier> {
        let Self { said, etat, par, devant, recue_le, exploitant, silence } = self;
        let (title, day) = (said.intitule, jour(recue_le));
        let (subject, mut paragraphs, label) = match etat {
            EtatPreinscription::Demandee => {
                let mut paragraphs = vec![
                    format!("Votre préinscription à «\u{a0}{title}\u{a0}» nous est parvenue le {day}."),
                    "Les demandes sont examinées par le CNFPT\u{a0}: une réponse vous sera envoyée, quelle qu’elle soit."
                        .to_owned(),
                ];
                paragraphs.extend(service(exploitant));
                paragraphs.extend(Some(silence.trim().to_owned()).filter(|silence| !silence.is_empty()));
                ("Votre préinscription sera examinée", paragraphs, "Suivre ma préinscription")
            }
            EtatPreinscription::AvisDemande => {
                let mut paragraphs = vec![
                    format!("Le {day}, vous avez demandé une place pour «\u{a0}{title}\u{a0}»."),
                    "Votre service formation est prié de donner son avis. Votre rang est pris\u{a0}: l’attente de cet avis ne \
                     vous le fait pas perdre."
                        .to_owned(),
                ];
                paragraphs.extend(service(exploitant));
                paragraphs.extend(Some(silence.trim().to_owned()).filter(|silence| !silence.is_empty()));
                ("Votre service formation est consulté", paragraphs, "Voir où en est ma demande")
            }
            EtatPreinscription::ListeAttente => (
                "Vous êtes en liste d’attente",
                vec![
                    format!("Toutes les places de «\u{a0}{title}\u{a0}» sont prises ou promises."),
                    list_words(devant),
                    "Si une place vous revient, un courriel vous le dira, avec le délai pour répondre.".to_owned(),
                ],
                "Voir mon attente",
            ),
            EtatPreinscription::Retenue => (
                "Votre place est retenue",
                vec![
                    format!("Vous avez une place retenue pour «\u{a0}{title}\u{a0}»."),
                    said.dates(),
                    "Une convocation suivra. En cas d’empêchement, annulez au plus tôt\u{a0}: quelqu’un attend peut-être."
                        .to_owned(),
                ],
                "Voir ma place",
            ),
            _ => return None,
        };
        if let Some(par) = par {
            paragraphs.insert(1, format!("{par} à cette session. Vous pouvez annuler à tout moment."));
        }
        let subject = par.unwrap_or(subject);
        Some(said.courrier(subject, paragraphs, label))
    }
}

/// Where somebody stands in the list.
fn list_words(devant: u32) -> String {
    match devant {
        0 => "Vous êtes en tête de la liste d’attente.".to_owned(),
        devant => format!("Au plus {} avant vous dans la liste d’attente.", plural(devant, "personne")),
    }
}

/// E15.
pub struct Retenue<'a> {
    pub said: Dite<'a>,
}

impl Retenue<'_> {
    pub fn courrier(self) -> Courrier {
        let Self { said } = self;
        let paragraphs = vec![
            format!("Une place vous est attribuée pour «\u{a0}{}\u{a0}».", said.intitule),
            said.dates(),
            "Une convocation vous sera envoyée avant la première séance. Si vous ne pouvez pas venir, annulez votre \
             préinscription\u{a0}: la place ira à une autre personne."
                .to_owned(),
        ];
        said.courrier("Votre place est retenue", paragraphs, "Voir ma préinscription")
    }
}

/// E16.
pub struct EnAttente<'a> {
    pub said: Dite<'a>,
    pub devant: u32,
}

impl EnAttente<'_> {
    pub fn courrier(self) -> Courrier {
        let Self { said, devant } = self;
        let paragraphs = vec![
            format!(
                "Votre préinscription à «\u{a0}{}\u{a0}» est en liste d’attente\u{a0}: il n’y a pas de place pour l’instant.",
                said.intitule
            ),
            list_words(devant),
            "Si une place se libère, elle vous sera proposée à votre tour.".to_owned(),
        ];
        said.courrier("Vous passez en liste d’attente", paragraphs, "Voir ma préinscription")
    }
}

/// E17.
pub struct Proposee<'a> {
    pub said: Dite<'a>,
    pub fin: Millis,
}

impl Proposee<'_> {
    pub fn courrier(self) -> Courrier {
        let Self { said, fin } = self;
        let paragraphs = vec![
            format!("Une place se libère pour «\u{a0}{}\u{a0}», et c’est votre tour.", said.intitule),
            said.dates(),
            format!(
                "Elle vous est gardée jusqu’au {}. Acceptez-la ou déclinez-la sur votre page\u{a0}: sans réponse, elle passera \
                 à la personne suivante.",
                jour_et_heure(fin)
            ),
        ];
        said.courrier("Une place se libère", paragraphs, "Répondre")
    }
}

/// E18.
pub struct NonRetenue<'a> {
    pub said: Dite<'a>,
    /// The wording of the motive; may be empty.
    pub motif: &'a str,
    /// What the service formation said; may be empty.
    pub observation: &'a str,
    /// The operator's text about appeals; may be empty.
    pub recours: &'a str,
}

impl NonRetenue<'_> {
    pub fn courrier(self) -> Courrier {
        let Self { said, motif, observation, recours } = self;
        let mut paragraphs = vec![format!("Votre préinscription à «\u{a0}{}\u{a0}» n’est pas retenue.", said.intitule)];
        if !motif.trim().is_empty() {
            paragraphs.push(format!("Motif\u{a0}: {}", motif.trim()));
        }
        if !observation.trim().is_empty() {
            paragraphs.push(format!("Observation de votre service formation\u{a0}:\n{}", observation.trim()));
        }
        if !recours.trim().is_empty() {
            paragraphs.push(recours.trim().to_owned());
        }
        paragraphs.push("Les autres sessions de cette formation sont sur sa page.".to_owned());
        said.courrier("Votre préinscription n’est pas retenue", paragraphs, "Voir les autres sessions")
    }
}

/// E19.
pub struct Annulee<'a> {
    pub said: Dite<'a>,
    pub cause: Cause,
    /// The wording of the motive, when the staff cancelled; may be empty.
    pub motif: &'a str,
}

impl Annulee<'_> {
    pub fn courrier(self) -> Courrier {
        let Self { said, cause, motif } = self;
        let title = said.intitule;
        let what = match cause {
            Cause::SansAvis => format!(
                "Votre demande pour «\u{a0}{title}\u{a0}» prend fin\u{a0}: votre service formation n’a pas donné son avis à temps."
            ),
            Cause::OffreDeclinee => {
                format!(
                    "Vous avez décliné la place proposée pour «\u{a0}{title}\u{a0}». Elle passe à la personne suivante."
                )
            }
            Cause::OffreSansReponse => format!(
                "La place proposée pour «\u{a0}{title}\u{a0}» est restée sans réponse de votre part. Elle passe à la personne \
                 suivante."
            ),
            Cause::Desistement => format!("Votre préinscription à «\u{a0}{title}\u{a0}» est annulée, comme demandé."),
            Cause::Gestion => format!("Le CNFPT a annulé votre préinscription à «\u{a0}{title}\u{a0}»."),
            Cause::SessionAnnulee => format!("La session «\u{a0}{title}\u{a0}» est annulée."),
            Cause::SansPlace => format!(
                "Aucune place ne s’est libérée pour «\u{a0}{title}\u{a0}»\u{a0}: votre préinscription prend fin."
            ),
        };
        let mut paragraphs = vec![what];
        if !motif.trim().is_empty() {
            paragraphs.push(format!("Motif\u{a0}: {}", motif.trim()));
        }
        paragraphs.push("Vous pouvez vous préinscrire à une autre session.".to_owned());
        said.courrier("Votre préinscription est terminée", paragraphs, "Voir cette formation")
    }
}

#[cfg(test)]
pub(crate) fn exemples(mots: Mots<'_>) -> Vec<Exemple> {
    let said = || Dite {
        prenom: mots.prenom,
        reference: ReferencePreinscription::new(42),
        intitule: mots.employeur,
        seances: vec!["– jeudi 11 mars 2027, de 9\u{a0}h à 12\u{a0}h, INSET, 31000 Toulouse".to_owned()],
        link: LINK,
    };
    let operator = exploitant();
    let received = |etat, par| {
        let (recue_le, exploitant, silence) = (day(), &operator, mots.silence);
        Recue { said: said(), etat, par, devant: 3, recue_le, exploitant, silence }.courrier().unwrap()
    };
    // 9 March 2027, 20:00 in Paris.
    let fin = 1_804_618_800_000;
    let mut all = vec![
        ("preinscription_a_examiner", received(EtatPreinscription::Demandee, None)),
        ("preinscription_avis_demande", received(EtatPreinscription::AvisDemande, None)),
        ("preinscription_en_liste", received(EtatPreinscription::ListeAttente, None)),
        ("preinscription_retenue", received(EtatPreinscription::Retenue, None)),
        ("preinscrit_par_le_cnfpt", received(EtatPreinscription::Retenue, Some("Le CNFPT vous a préinscrit"))),
        ("place_retenue", Retenue { said: said() }.courrier()),
        ("en_liste_attente", EnAttente { said: said(), devant: 0 }.courrier()),
        ("place_proposee", Proposee { said: said(), fin }.courrier()),
        (
            "non_retenue",
            NonRetenue { said: said(), motif: mots.motif, observation: mots.raison, recours: mots.recours }.courrier(),
        ),
    ];
    let ended = |cause, motif| Annulee { said: said(), cause, motif }.courrier();
    all.extend([
        ("preinscription_sans_avis", ended(Cause::SansAvis, "")),
        ("preinscription_declinee", ended(Cause::OffreDeclinee, "")),
        ("preinscription_sans_reponse", ended(Cause::OffreSansReponse, "")),
        ("preinscription_desistement", ended(Cause::Desistement, "")),
        ("preinscription_annulee_par_le_cnfpt", ended(Cause::Gestion, mots.motif)),
        ("preinscription_session_annulee", ended(Cause::SessionAnnulee, "")),
        ("preinscription_sans_place", ended(Cause::SansPlace, "")),
    ]);
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::exemples::ORDINAIRES;

    /// Who is put on the list never gets what looks like a confirmation.
    #[test]
    fn the_four_receipts_share_no_sentence_and_one_alone_says_that_a_place_is_kept() {
        let four = ["a_examiner", "avis_demande", "en_liste", "retenue"].map(|end| format!("preinscription_{end}"));
        let all = exemples(ORDINAIRES);
        let texts: Vec<&Courrier> =
            four.iter().map(|name| &all.iter().find(|(known, _)| known == name).unwrap().1).collect();
        for (at, one) in texts.iter().enumerate() {
            for other in &texts[at + 1..] {
                assert_ne!(one.subject, other.subject);
                let own =
                    |paragraph: &&String| !paragraph.contains("service chargé") && **paragraph != ORDINAIRES.silence;
                for paragraph in one.paragraphs.iter().filter(own) {
                    assert!(!other.paragraphs.contains(paragraph), "{paragraph}");
                }
            }
            let kept = one.text().unwrap().contains("place retenue");
            assert_eq!(kept, at == 3, "{one:?}");
        }
    }
}
