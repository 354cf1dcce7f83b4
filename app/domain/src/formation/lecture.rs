//! A session as it is typed, on its page or in a file, and what is wrong with it.

use serde::{Deserialize, Serialize};
use time::Date;

use super::seance::modalite;
use super::{Attente, Attribution, CodeFormation, Fuseau, Heure, Liberation, Lieu, Modalite, Seance, SessionFormation};
use crate::instant::{Millis, at_hour, read_day, today};
use crate::onglet::FieldError;
use crate::valeurs::CodePostal;
use crate::valeurs::texte::{line, lines};

pub const PLACES_MAX: u32 = 2_000;
pub const SEANCES_MAX: usize = 30;

/// A séance is between these hours, and from 15 minutes to 12 hours long.
const MATIN: u16 = 6 * 60;
const SOIR: u16 = 22 * 60;
const DUREE_MIN: u16 = 15;
const DUREE_MAX: u16 = 12 * 60;

/// A session as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SessionSaisie {
    pub code: String,
    pub intitule: String,
    pub objectifs: String,
    pub public: String,
    pub prerequis: String,
    pub accessibilite: String,
    /// The id of a délégation.
    pub delegation: String,
    pub places: String,
    pub attribution: String,
    /// `aucune`, `limitee` or `libre`.
    pub attente: String,
    pub attente_max: String,
    pub liberation: String,
    pub par_collectivite: String,
    pub ouverture_jour: String,
    pub ouverture_heure: String,
    pub limite: String,
    pub seances: Vec<SeanceSaisie>,
}

/// A séance as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SeanceSaisie {
    pub jour: String,
    pub debut: String,
    pub fin: String,
    pub fuseau: String,
    pub modalite: String,
    pub lieu: String,
    pub voie: String,
    pub complement: String,
    pub code_postal: String,
    pub commune: String,
    pub salle: String,
    pub lien: String,
}

/// A field that is wrong, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Faute {
    /// `code`, or `seances-0-jour` for the first séance.
    pub champ: String,
    pub message: String,
}

pub const ATTENTES: [(&str, &str); 3] =
    [("libre", "Sans limite"), ("limitee", "Limitée"), ("aucune", "Pas de liste d’attente")];

/// Collects what is wrong, in the order of the form.
struct Fautes {
    avant: String,
    fautes: Vec<Faute>,
}

impl Fautes {
    fn add(&mut self, champ: &str, message: impl Into<String>) {
        self.fautes.push(Faute { champ: format!("{}{champ}", self.avant), message: message.into() });
    }

    /// The value, or its fault noted.
    fn keep<T>(&mut self, champ: &str, read: Result<T, String>) -> Option<T> {
        match read {
            Ok(value) => Some(value),
            Err(message) => {
                self.add(champ, message);
                None
            }
        }
    }
}

/// A text of one line, at most so long; empty only if it may be.
fn one_line(raw: &str, max: usize, missing: Option<&str>) -> Result<String, String> {
    required(line(raw, max), missing)
}

/// A text of several lines, with its blank lines: they make paragraphs.
fn paragraphs(raw: &str, max: usize, missing: Option<&str>) -> Result<String, String> {
    let raw = raw.replace("\r\n", "\n").replace('\r', "\n");
    let mut kept: Vec<String> = Vec::new();
    for part in raw.split("\n\n") {
        match lines(part, max) {
            Ok(part) if part.is_empty() => {}
            Ok(part) => kept.push(part),
            Err(error) => return Err(words(&error)),
        }
    }
    let text = kept.join("\n\n");
    if text.chars().count() > max {
        return Err(words(&FieldError::TooLong { max }));
    }
    required(Ok(text), missing)
}

fn required(read: Result<String, FieldError>, missing: Option<&str>) -> Result<String, String> {
    match (read, missing) {
        (Err(error), _) => Err(words(&error)),
        (Ok(text), Some(missing)) if text.is_empty() => Err(missing.to_owned()),
        (Ok(text), _) => Ok(text),
    }
}

fn words(error: &FieldError) -> String {
    error.to_string()
}

/// A day, as a browser's field has it or as people write it: 2027-03-12, 12/03/2027.
pub fn read_date(raw: &str) -> Option<Date> {
    let raw = raw.trim();
    read_day(raw).or_else(|| {
        let parts: Vec<&str> = raw.split(['/', '.', '-', ' ']).collect();
        let [day, month, year] = parts.as_slice() else { return None };
        read_day(&format!("{year}-{month}-{day}"))
    })
}

fn number(raw: &str, most: u32) -> Option<u32> {
    let digits: String = raw.chars().filter(|c| !c.is_whitespace()).collect();
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|count| plain && (1..=most).contains(count))
}

impl SessionSaisie {
    /// A new session, as its page first shows it.
    pub fn nouvelle() -> Self {
        Self {
            attribution: Attribution::default().code().to_owned(),
            attente: "libre".to_owned(),
            liberation: Liberation::default().code().to_owned(),
            seances: vec![SeanceSaisie::nouvelle()],
            ..Self::default()
        }
    }

    /// The texts from which a session reads.
    pub fn of(session: &SessionFormation) -> Self {
        let (attente, most) = match session.attente {
            Attente::Aucune => ("aucune", String::new()),
            Attente::AuPlus(most) => ("limitee", most.to_string()),
            Attente::SansLimite => ("libre", String::new()),
        };
        let (ouverture_jour, ouverture_heure) = match session.ouverture {
            Some(at) => {
                let local = crate::instant::paris(at);
                (local.date().to_string(), format!("{:02}:00", local.hour()))
            }
            None => (String::new(), String::new()),
        };
        Self {
            code: session.code.as_str().to_owned(),
            intitule: session.intitule.clone(),
            objectifs: session.objectifs.clone(),
            public: session.public.clone(),
            prerequis: session.prerequis.clone(),
            accessibilite: session.accessibilite.clone(),
            delegation: session.delegation_id.to_string(),
            places: session.places.to_string(),
            attribution: session.attribution.code().to_owned(),
            attente: attente.to_owned(),
            attente_max: most,
            liberation: session.liberation.code().to_owned(),
            par_collectivite: session.par_collectivite.map(|most| most.to_string()).unwrap_or_default(),
            ouverture_jour,
            ouverture_heure,
            limite: session.limite.to_string(),
            seances: session.seances.iter().map(SeanceSaisie::of).collect(),
        }
    }

    /// The session that the texts mean.
    ///
    /// # Errors
    /// Every field that is wrong, in the order of the form.
    pub fn read(&self) -> Result<SessionFormation, Vec<Faute>> {
        let mut fautes = Fautes { avant: String::new(), fautes: Vec::new() };
        let code = CodeFormation::read(&self.code)
            .ok_or("Le code a de 2 à 20 lettres sans accent, chiffres ou tirets, par exemple FF-ANIMER.".to_owned());
        let code = fautes.keep("code", code);
        let intitule =
            fautes.keep("intitule", one_line(&self.intitule, 150, Some("Donnez un intitulé à la formation.")));
        let objectifs =
            fautes.keep("objectifs", paragraphs(&self.objectifs, 2_000, Some("Dites les objectifs de la formation.")));
        let public = fautes.keep("public", paragraphs(&self.public, 500, None));
        let prerequis = fautes.keep("prerequis", paragraphs(&self.prerequis, 500, None));
        let accessibilite = fautes.keep("accessibilite", paragraphs(&self.accessibilite, 300, None));
        let delegation = self.delegation.trim().parse::<i64>().ok().filter(|id| *id > 0);
        let delegation =
            fautes.keep("delegation", delegation.ok_or("Choisissez la délégation organisatrice.".to_owned()));
        let places = number(&self.places, PLACES_MAX).ok_or("Le nombre de places va de 1 à 2\u{a0}000.".to_owned());
        let places = fautes.keep("places", places);
        let attribution = Attribution::from_code(&self.attribution)
            .ok_or("Choisissez comment les places sont attribuées.".to_owned());
        let attribution = fautes.keep("attribution", attribution);
        let attente = self.read_attente(&mut fautes);
        let liberation = Liberation::from_code(&self.liberation)
            .ok_or("Choisissez ce que deviennent les places libérées.".to_owned());
        let liberation = fautes.keep("liberation", liberation);
        let par_collectivite = match self.par_collectivite.trim() {
            "" => Some(None),
            raw => {
                let most = number(raw, PLACES_MAX).ok_or("Saisissez un nombre entier, ou laissez vide.".to_owned());
                fautes.keep("par_collectivite", most).map(Some)
            }
        };
        let ouverture = self.read_ouverture(&mut fautes);
        let limite = read_date(&self.limite).ok_or("Saisissez une date qui existe, par exemple 12/03/2027.".to_owned());
        let limite = fautes.keep("limite", limite);
        let seances = self.read_seances(&mut fautes);
        if let (Some(limite), Some(seances)) = (limite, &seances) {
            let first = seances.iter().map(|seance| today(seance.commence())).min();
            if first.is_some_and(|first| limite > first) {
                fautes.add("limite", "La date limite est après le début de la session.");
            }
            if let Some(Some(ouverture)) = ouverture
                && ouverture >= super::session_formation::end_of(limite)
            {
                fautes.add("ouverture_jour", "Les préinscriptions ouvriraient après leur date limite.");
            }
        }
        let read = (|| {
            Some(SessionFormation {
                code: code?,
                intitule: intitule?,
                objectifs: objectifs?,
                public: public?,
                prerequis: prerequis?,
                accessibilite: accessibilite?,
                delegation_id: delegation?,
                places: places?,
                attribution: attribution?,
                attente: attente?,
                liberation: liberation?,
                par_collectivite: par_collectivite?,
                ouverture: ouverture?,
                limite: limite?,
                seances: seances?,
            })
        })();
        match read {
            Some(session) if fautes.fautes.is_empty() => Ok(session),
            _ => Err(fautes.fautes),
        }
    }

    fn read_attente(&self, fautes: &mut Fautes) -> Option<Attente> {
        match self.attente.as_str() {
            "aucune" => Some(Attente::Aucune),
            "libre" => Some(Attente::SansLimite),
            "limitee" => {
                let most = number(&self.attente_max, PLACES_MAX)
                    .ok_or("Dites combien de personnes la liste d’attente accepte.".to_owned());
                fautes.keep("attente_max", most).map(Attente::AuPlus)
            }
            _ => {
                fautes.add("attente", "Choisissez s’il y a une liste d’attente.");
                None
            }
        }
    }

    /// The opening hour. `Some(None)`: at the publication.
    fn read_ouverture(&self, fautes: &mut Fautes) -> Option<Option<Millis>> {
        if self.ouverture_jour.trim().is_empty() {
            return Some(None);
        }
        let day = read_date(&self.ouverture_jour)
            .ok_or("Saisissez une date qui existe, par exemple 12/03/2027, ou laissez vide.".to_owned());
        let hour = match self.ouverture_heure.trim() {
            "" => Heure::of(9 * 60),
            raw => Heure::read(raw),
        };
        // The hours at which the clock changes name no instant, or two.
        let full = |heure: &Heure| heure.minutes().is_multiple_of(60) && !(60..=180).contains(&heure.minutes());
        let hour = hour.filter(full).ok_or("Saisissez une heure ronde, par exemple 10 h.".to_owned());
        let (day, hour) = (fautes.keep("ouverture_jour", day), fautes.keep("ouverture_heure", hour));
        let hour = u8::try_from(hour?.minutes() / 60).ok()?;
        Some(Some(at_hour(day?, hour)))
    }

    fn read_seances(&self, fautes: &mut Fautes) -> Option<Vec<Seance>> {
        if self.seances.is_empty() {
            fautes.add("seances", "Ajoutez au moins une séance.");
            return None;
        }
        if self.seances.len() > SEANCES_MAX {
            fautes.add("seances", format!("Une session a {SEANCES_MAX} séances au plus."));
            return None;
        }
        let mut read: Vec<Seance> = Vec::new();
        for (at, saisie) in self.seances.iter().enumerate() {
            fautes.avant = format!("seances-{at}-");
            let Some(seance) = saisie.read(fautes) else { continue };
            if read.iter().any(|other| other.overlaps(&seance)) {
                let day = crate::instant::jour_et_mois(seance.jour);
                fautes.add("debut", format!("La séance du {day} chevauche une autre."));
                continue;
            }
            read.push(seance);
        }
        fautes.avant.clear();
        read.sort_by_key(Seance::commence);
        (read.len() == self.seances.len()).then_some(read)
    }
}

impl SeanceSaisie {
    pub fn nouvelle() -> Self {
        Self {
            fuseau: Fuseau::default().code().to_owned(),
            modalite: Modalite::Presentiel.code().to_owned(),
            ..Self::default()
        }
    }

    pub fn of(seance: &Seance) -> Self {
        let mut saisie = Self {
            jour: seance.jour.to_string(),
            debut: seance.debut.iso(),
            fin: seance.fin.iso(),
            fuseau: seance.fuseau.code().to_owned(),
            modalite: seance.lieu.modalite().code().to_owned(),
            ..Self::default()
        };
        match seance.lieu.clone() {
            Lieu::Presentiel { lieu, voie, complement, code_postal, commune, salle } => {
                (saisie.lieu, saisie.voie, saisie.complement) = (lieu, voie, complement);
                (saisie.code_postal, saisie.commune, saisie.salle) = (code_postal, commune, salle);
            }
            Lieu::ADistance { lien } => saisie.lien = lien,
        }
        saisie
    }

    fn read(&self, fautes: &mut Fautes) -> Option<Seance> {
        let before = fautes.fautes.len();
        let jour = read_date(&self.jour).ok_or("Saisissez une date qui existe, par exemple 12/03/2027.".to_owned());
        let jour = fautes.keep("jour", jour);
        let heure = |raw: &str| {
            let inside = |heure: &Heure| (MATIN..=SOIR).contains(&heure.minutes());
            Heure::read(raw)
                .filter(inside)
                .ok_or("Saisissez une heure entre 6 h et 22 h, par exemple 9 h 30.".to_owned())
        };
        let debut = fautes.keep("debut", heure(&self.debut));
        let fin = fautes.keep("fin", heure(&self.fin));
        if let (Some(debut), Some(fin)) = (debut, fin) {
            match fin.minutes().checked_sub(debut.minutes()) {
                None | Some(0) => fautes.add("fin", "Saisissez une heure de fin après l’heure de début."),
                Some(length) if !(DUREE_MIN..=DUREE_MAX).contains(&length) => {
                    fautes.add("fin", "Une séance dure de 15 minutes à 12 heures.");
                }
                Some(_) => {}
            }
        }
        let fuseau = match self.fuseau.as_str() {
            "" => Some(Fuseau::default()),
            code => fautes.keep("fuseau", Fuseau::from_code(code).ok_or("Choisissez une heure locale.".to_owned())),
        };
        let lieu = match Modalite::from_code(&self.modalite).filter(|known| Modalite::SEANCES.contains(known)) {
            Some(Modalite::ADistance) => self.read_lien(fautes),
            Some(_) => self.read_lieu(fautes),
            None => {
                fautes.add("modalite", "Choisissez une modalité.");
                None
            }
        };
        if fautes.fautes.len() > before {
            return None;
        }
        Some(Seance { jour: jour?, debut: debut?, fin: fin?, fuseau: fuseau?, lieu: lieu? })
    }

    fn read_lieu(&self, fautes: &mut Fautes) -> Option<Lieu> {
        let envelope =
            |raw: &str| line(raw, 38).map_err(|_| "Cette ligne dépasse 38 caractères\u{a0}: abrégez-la.".to_owned());
        let lieu = fautes.keep("lieu", one_line(&self.lieu, 100, Some("Dites où la séance a lieu.")));
        let voie = fautes.keep("voie", envelope(&self.voie));
        let complement = fautes.keep("complement", envelope(&self.complement));
        let bare: String = self.code_postal.chars().filter(|c| !c.is_whitespace()).collect();
        let code_postal = if bare.is_empty() || CodePostal::is_french(&bare) {
            Ok(bare)
        } else {
            Err("Le code postal comporte 5 chiffres.".to_owned())
        };
        let code_postal = fautes.keep("code_postal", code_postal);
        let commune = fautes.keep("commune", one_line(&self.commune, 80, None));
        let salle = fautes.keep("salle", one_line(&self.salle, 60, None));
        Some(Lieu::Presentiel {
            lieu: lieu?,
            voie: voie?,
            complement: complement?,
            code_postal: code_postal?,
            commune: commune?,
            salle: salle?,
        })
    }

    fn read_lien(&self, fautes: &mut Fautes) -> Option<Lieu> {
        let link = one_line(&self.lien, 500, None).and_then(|lien| {
            let whole = lien.len() > "https://".len() && lien.starts_with("https://") && !lien.contains(' ');
            if lien.is_empty() || whole { Ok(lien) } else { Err("Le lien commence par https://.".to_owned()) }
        });
        fautes.keep("lien", link).map(|lien| Lieu::ADistance { lien })
    }
}

impl SessionFormation {
    pub fn modalite(&self) -> Modalite {
        modalite(&self.seances)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seance(jour: &str, debut: &str, fin: &str) -> SeanceSaisie {
        SeanceSaisie {
            jour: jour.to_owned(),
            debut: debut.to_owned(),
            fin: fin.to_owned(),
            lieu: "INSET de Toulouse".to_owned(),
            code_postal: "31000".to_owned(),
            commune: "Toulouse".to_owned(),
            ..SeanceSaisie::nouvelle()
        }
    }

    fn whole() -> SessionSaisie {
        SessionSaisie {
            code: "ff-animer".to_owned(),
            intitule: " Animer  une formation ".to_owned(),
            objectifs: "Concevoir.\r\n\r\n- animer\r\n- évaluer".to_owned(),
            delegation: "3".to_owned(),
            places: "20".to_owned(),
            limite: "20/03/2027".to_owned(),
            seances: vec![seance("2027-04-02", "9", "12:30"), seance("01/04/2027", "9 h", "17 h")],
            ..SessionSaisie::nouvelle()
        }
    }

    /// The fields that are wrong once `change` was made.
    fn wrong(change: impl FnOnce(&mut SessionSaisie)) -> Vec<String> {
        let mut saisie = whole();
        change(&mut saisie);
        match saisie.read() {
            Ok(_) => Vec::new(),
            Err(fautes) => {
                assert!(fautes.iter().all(|faute| faute.message.ends_with('.')), "{fautes:?}");
                fautes.into_iter().map(|faute| faute.champ).collect()
            }
        }
    }

    #[test]
    fn a_whole_session_reads_and_its_seances_are_in_order() {
        let session = whole().read().unwrap();
        assert_eq!((session.code.as_str(), session.intitule.as_str()), ("FF-ANIMER", "Animer une formation"));
        assert_eq!(session.objectifs, "Concevoir.\n\n- animer\n- évaluer");
        assert_eq!(session.seances[0].jour.to_string(), "2027-04-01");
        assert_eq!((session.ouverture, session.attente), (None, Attente::SansLimite));
        assert_eq!(SessionSaisie::of(&session).read().unwrap(), session);
    }

    #[test]
    fn every_wrong_field_is_named() {
        type Change = Box<dyn FnOnce(&mut SessionSaisie)>;
        let cases: Vec<(&str, Change)> = vec![
            ("code", Box::new(|typed| typed.code = "é".to_owned())),
            ("intitule", Box::new(|typed| typed.intitule = "a".repeat(151))),
            ("objectifs", Box::new(|typed| typed.objectifs = " \n\n ".to_owned())),
            ("public", Box::new(|typed| typed.public = "a".repeat(501))),
            ("prerequis", Box::new(|typed| typed.prerequis = "a\u{7}".to_owned())),
            ("accessibilite", Box::new(|typed| typed.accessibilite = "a".repeat(301))),
            ("delegation", Box::new(|typed| typed.delegation = String::new())),
            ("places", Box::new(|typed| typed.places = "0".to_owned())),
            ("places", Box::new(|typed| typed.places = "2001".to_owned())),
            ("attribution", Box::new(|typed| typed.attribution = "autre".to_owned())),
            ("attente", Box::new(|typed| typed.attente = "autre".to_owned())),
            ("attente_max", Box::new(|typed| typed.attente = "limitee".to_owned())),
            ("liberation", Box::new(|typed| typed.liberation = String::new())),
            ("par_collectivite", Box::new(|typed| typed.par_collectivite = "-1".to_owned())),
            ("ouverture_jour", Box::new(|typed| typed.ouverture_jour = "31/02/2027".to_owned())),
            ("ouverture_jour", Box::new(|typed| typed.ouverture_jour = "21/03/2027".to_owned())),
            ("limite", Box::new(|typed| typed.limite = "demain".to_owned())),
            ("limite", Box::new(|typed| typed.limite = "02/04/2027".to_owned())),
            ("seances", Box::new(|typed| typed.seances.clear())),
            ("seances", Box::new(|typed| typed.seances = vec![SeanceSaisie::nouvelle(); 31])),
            ("seances-0-jour", Box::new(|typed| typed.seances[0].jour = "2027-02-30".to_owned())),
            ("seances-1-debut", Box::new(|typed| typed.seances[1].debut = "5 h".to_owned())),
            ("seances-1-fin", Box::new(|typed| typed.seances[1].fin = "23 h".to_owned())),
            ("seances-1-fin", Box::new(|typed| typed.seances[1].fin = "9 h".to_owned())),
            ("seances-1-fin", Box::new(|typed| typed.seances[1].fin = "9 h 10".to_owned())),
            ("seances-1-fin", Box::new(|typed| typed.seances[1].fin = "21 h 30".to_owned())),
            ("seances-1-fuseau", Box::new(|typed| typed.seances[1].fuseau = "lune".to_owned())),
            ("seances-1-modalite", Box::new(|typed| typed.seances[1].modalite = "mixte".to_owned())),
            ("seances-1-lieu", Box::new(|typed| typed.seances[1].lieu = String::new())),
            ("seances-1-voie", Box::new(|typed| typed.seances[1].voie = "a".repeat(39))),
            ("seances-1-code_postal", Box::new(|typed| typed.seances[1].code_postal = "3100".to_owned())),
            ("seances-1-salle", Box::new(|typed| typed.seances[1].salle = "a".repeat(61))),
            (
                "seances-1-lien",
                Box::new(|typed| {
                    typed.seances[1].modalite = "distance".to_owned();
                    typed.seances[1].lien = "http://visio.example".to_owned();
                }),
            ),
            ("seances-1-debut", Box::new(|typed| typed.seances[1].jour = "02/04/2027".to_owned())),
        ];
        for (champ, change) in cases {
            assert_eq!(wrong(change), [champ], "{champ}");
        }
    }

    #[test]
    fn an_opening_is_a_full_hour_in_paris() {
        let opening = |heure: &str| {
            let typed =
                SessionSaisie { ouverture_jour: "2027-03-03".to_owned(), ouverture_heure: heure.to_owned(), ..whole() };
            typed.read().map(|session| session.ouverture)
        };
        let ten = at_hour(read_day("2027-03-03").unwrap(), 10);
        assert_eq!(opening("10:00").unwrap(), Some(ten));
        assert_eq!(opening("").unwrap(), Some(ten - 3_600_000));
        for odd in ["10:30", "2 h", "3 h", "25 h"] {
            assert_eq!(opening(odd).unwrap_err()[0].champ, "ouverture_heure", "{odd}");
        }
    }
}
