use domain::Tableau;
use domain::formation::{Cause, EtatPreinscription, Fuseau, Heure, Lieu, Modalite, Phase, Seance};
use domain::instant::{at_hour, read_day};
use leptos::prelude::Owner;

use super::*;
use crate::areas::formations::avis::{NoticeFormation, NoticePreinscription};
use crate::areas::formations::port::{Delegation, Empechement, FicheFormation, Formulaire, MaPreinscription, Possible};

fn seance() -> Seance {
    Seance {
        jour: read_day("2027-04-12").unwrap(),
        debut: Heure::read("9 h").unwrap(),
        fin: Heure::read("17 h").unwrap(),
        fuseau: Fuseau::Paris,
        lieu: Lieu::ADistance { lien: String::new() },
    }
}

fn fiche(phase: Phase) -> FicheFormation {
    FicheFormation {
        adresse: "FF-ANIMER/003".to_owned(),
        intitule: "Animer".to_owned(),
        objectifs: "Savoir animer.".to_owned(),
        public: String::new(),
        prerequis: String::new(),
        accessibilite: String::new(),
        delegation: Delegation {
            nom: "Occitanie".to_owned(),
            courriel: "formation@occitanie.example".to_owned(),
            telephone: "+33561000000".to_owned(),
            referent_nom: String::new(),
            referent_courriel: String::new(),
        },
        modalite: Modalite::ADistance,
        sur_examen: false,
        a_une_liste: true,
        phase,
        seances: vec![seance()],
        autres: Vec::new(),
    }
}

fn row(etat: EtatPreinscription) -> MaPreinscription {
    MaPreinscription {
        reference: "PRE-0000-0001".parse().unwrap(),
        etat,
        cause: None,
        adresse: "FF-ANIMER/003".to_owned(),
        intitule: "Animer".to_owned(),
        seances: vec![seance()],
        phase: Phase::ListeAttente,
        creee_le: at_hour(read_day("2027-03-01").unwrap(), 9),
        devant: None,
        offre_fin: None,
        motif: None,
        observation: String::new(),
        attentes: String::new(),
        contact_referent: false,
        par: None,
        seances_passees: 0,
        commencee: false,
        passee: false,
    }
}

/// The page, with plain blanks.
fn shown(page: impl FnOnce() -> PageRendue) -> String {
    let owner = Owner::new();
    owner.with(|| Tableau::from(page()).0.remove(0).join("\n")).replace('\u{a0}', " ")
}

fn of_session(fiche: FicheFormation, possible: Option<Possible>, recherche: &str) -> String {
    shown(|| formation(fiche, possible, &Recherche::read(recherche)))
}

fn of_row(row: MaPreinscription, recherche: &str) -> String {
    shown(|| preinscription(row, &Recherche::read(recherche)))
}

fn open(par_le_service: bool) -> Option<Possible> {
    Some(Possible::Ouverte(Formulaire { par_le_service, chevauche: None }))
}

const EXAMINE: &str = "Ce que vous attendez de cette formation (facultatif)";
const CHOIX: &str = "S’il n’y a plus de place";
const REFERENT: &str = "Je souhaite être contacté par le référent handicap";
const PRESSE: [&str; 3] = ["Me préinscrire", "M’inscrire en liste d’attente", "Demander à mon service formation"];

#[test]
fn the_form_has_one_button_and_asks_what_the_session_needs() {
    use Phase::{Complete, ListeAttente, PlacesDisponibles};
    for (phase, sur_examen, liste, service, button, asked) in [
        (PlacesDisponibles, false, true, false, PRESSE[0], &[CHOIX][..]),
        (PlacesDisponibles, false, false, false, PRESSE[0], &[]),
        (PlacesDisponibles, true, true, false, PRESSE[0], &[EXAMINE]),
        (ListeAttente, true, true, false, PRESSE[0], &[EXAMINE]),
        (ListeAttente, false, true, false, PRESSE[1], &[]),
        (Complete, false, true, false, PRESSE[1], &[]),
        (Complete, false, false, false, "", &[]),
        (PlacesDisponibles, false, true, true, PRESSE[2], &[CHOIX]),
        (ListeAttente, false, true, true, PRESSE[2], &[CHOIX]),
        (Complete, false, false, true, PRESSE[2], &[]),
        (PlacesDisponibles, true, true, true, PRESSE[2], &[EXAMINE]),
    ] {
        let html = of_session(FicheFormation { sur_examen, a_une_liste: liste, ..fiche(phase) }, open(service), "");
        let what = format!("{phase:?} {sur_examen} {liste} {service}: {html}");
        for word in PRESSE {
            assert_eq!(html.matches(&format!(">{word}</button>")).count(), usize::from(word == button), "{what}");
        }
        for question in [CHOIX, EXAMINE, REFERENT] {
            assert_eq!(html.contains(question), asked.contains(&question), "{question} {what}");
        }
        let seen = if phase == PlacesDisponibles { "places" } else { "liste" };
        assert_eq!(html.contains(&format!("name=\"vu\" value=\"{seen}\"")), !button.is_empty(), "{what}");
    }
    let mut with = fiche(PlacesDisponibles);
    with.delegation.referent_courriel = "handicap@occitanie.example".to_owned();
    let html = of_session(with, open(false), "");
    assert!(
        html.contains(REFERENT) && html.contains("Ne décrivez pas votre situation ici : le référent vous contactera.")
    );
}

#[test]
fn a_page_says_why_nobody_can_press() {
    let deja = Possible::Deja { reference: "PRE-0000-0001".parse().unwrap(), etat: EtatPreinscription::ListeAttente };
    let opens = Phase::Ouvre(at_hour(read_day("2027-03-03").unwrap(), 10));
    for (phase, possible, said) in [
        (
            Phase::PlacesDisponibles,
            Some(deja),
            "Vous êtes déjà préinscrit à cette session (<a href=\"/mon-compte/preinscriptions/PRE-0000-0001\">PRE-0000-0001</a>).",
        ),
        (
            Phase::PlacesDisponibles,
            Some(Possible::Impossible(Empechement::PasActif)),
            "Votre compte n’est pas actif : ",
        ),
        (
            Phase::PlacesDisponibles,
            Some(Possible::Impossible(Empechement::EnCours(10))),
            "Vous avez 10 préinscriptions en cours.",
        ),
        (opens, None, "Les préinscriptions ouvrent le 3 mars 2027 à 10 h. Connectez-vous un peu avant."),
        (Phase::EnCours, None, "Cette session a commencé"),
    ] {
        let html = of_session(fiche(phase), possible, "");
        assert!(html.contains(said), "{said}: {html}");
        assert!(!html.contains("</button>"), "{html}");
    }
    let html = of_session(fiche(Phase::PlacesDisponibles), None, "");
    assert!(
        html.contains("href=\"/formations/FF-ANIMER/003?preinscrire=1\"")
            && html.contains("Se connecter pour se préinscrire")
    );
    let overlap = Formulaire { par_le_service: false, chevauche: Some("Évaluer".to_owned()) };
    let html = of_session(fiche(Phase::PlacesDisponibles), Some(Possible::Ouverte(overlap)), "");
    assert!(html.contains("Ces dates chevauchent votre demande « Évaluer » : vous devrez choisir."), "{html}");
    for (notice, said) in [
        (
            NoticeFormation::DerniereRien,
            "La dernière place vient d’être prise. Comme vous l’avez demandé, rien n’a été enregistré.",
        ),
        (
            NoticeFormation::Complete,
            "Cette session est complète, et sa liste d’attente aussi. Rien n’a été enregistré.",
        ),
    ] {
        let html = of_session(fiche(Phase::Complete), open(false), &format!("?fait={}", notice.code()));
        assert!(html.contains("role=\"alert\"") && html.contains(said), "{html}");
    }
}

#[test]
fn a_person_reads_who_acts_next_and_until_when() {
    use EtatPreinscription::{Annulee, AvisDemande, Demandee, ListeAttente, Proposee, Refusee, Retenue};
    let end = Some(at_hour(read_day("2027-03-15").unwrap(), 20));
    for (row, said) in [
        (row(AvisDemande), "Votre service formation doit donner son avis."),
        (row(Demandee), "Le CNFPT examine votre demande."),
        (
            MaPreinscription { devant: Some(3), ..row(ListeAttente) },
            "en liste d’attente : au plus 3 personnes avant vous.",
        ),
        (
            MaPreinscription { devant: Some(1), ..row(ListeAttente) },
            "en liste d’attente : au plus 1 personne avant vous.",
        ),
        (MaPreinscription { devant: Some(0), ..row(ListeAttente) }, "en liste d’attente : personne avant vous."),
        (MaPreinscription { offre_fin: end, ..row(Proposee) }, "jusqu’au 15 mars 2027 à 20 h"),
        (row(Proposee), "un courriel vous dira jusqu’à quand"),
        (row(Retenue), "Vous avez une place."),
        (MaPreinscription { motif: Some("Trop de demandes".to_owned()), ..row(Refusee) }, "Trop de demandes"),
        (MaPreinscription { cause: Some(Cause::SansPlace), ..row(Annulee) }, "Aucune place ne s’est libérée."),
    ] {
        let etat = row.etat;
        let html = of_row(row.clone(), "");
        assert!(html.contains(said) && html.contains(etat.label()), "{said}: {html}");
        for button in ["Accepter la place", "Décliner la place"] {
            assert_eq!(html.contains(&format!(">{button}</button>")), etat == Proposee, "{html}");
        }
        let given_up =
            html.contains("href=\"/mon-compte/preinscriptions/PRE-0000-0001/annuler\">Annuler ma préinscription</a>");
        assert_eq!(given_up, etat.is_active(), "{html}");
        let begun = of_row(MaPreinscription { commencee: true, ..row.clone() }, "");
        assert!(!begun.contains("Annuler ma préinscription"), "{begun}");
        let past = shown(|| mes_preinscriptions(vec![MaPreinscription { passee: true, ..row }], &Recherche::read("")));
        assert!(past.contains("Passées") && past.contains(etat.label()), "{past}");
    }
}

#[test]
fn a_notice_says_what_only_the_row_knows() {
    let end = Some(at_hour(read_day("2027-03-15").unwrap(), 20));
    let waits = MaPreinscription { devant: Some(3), offre_fin: end, ..row(EtatPreinscription::ListeAttente) };
    for (notice, said) in [
        (
            NoticePreinscription::Derniere,
            "La dernière place vient d’être prise. Vous êtes en liste d’attente : au plus 3 personnes avant vous.",
        ),
        (NoticePreinscription::Deja, "Vous êtes déjà préinscrit à cette session (PRE-0000-0001)."),
        (
            NoticePreinscription::Passee,
            "Cette offre a pris fin le 15 mars à 20 h. La place est passée à la personne suivante.",
        ),
        (NoticePreinscription::Declinee, "Vous avez décliné la place."),
    ] {
        let html = of_row(waits.clone(), &format!("?fait={}", notice.code()));
        assert!(html.contains(said), "{said}: {html}");
        assert_eq!(html.contains("class=\"avis succes\""), notice.is_done(), "{html}");
    }
    let asks = shown(|| annuler(waits, &Recherche::read("")));
    assert!(
        asks.contains(">Annuler ma préinscription</button>") && asks.contains("Vous perdrez votre rang."),
        "{asks}"
    );
}
