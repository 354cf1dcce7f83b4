use time::Month;

use super::super::modeles_effacement::{effacement, fin_inactivite, inactivite};
use super::*;

const LINK: &str = "https://iel.exemple.fr/activation/ab12.00ff.c2VjcmV0";

fn exploitant() -> Exploitant {
    Exploitant {
        nom: "Délégation Occitanie".to_owned(),
        adresse: "9 rue Alex Coutet, Toulouse".to_owned(),
        courriel: "iel@exemple.fr".to_owned(),
        ..Exploitant::default()
    }
}

fn recue_le() -> Date {
    Date::from_calendar_date(2026, Month::March, 1).unwrap()
}

fn reference() -> Reference {
    Reference::new(42)
}

/// Every mail, with `typed` wherever a person's words go.
fn all(typed: &str) -> Vec<Courrier> {
    vec![
        activation(typed, reference(), LINK, 72),
        accuse_reception(typed, reference(), recue_le(), &exploitant(), "", LINK),
        demande_a_valider(reference(), LINK),
        corrections_recues(typed, reference(), recue_le(), &exploitant(), LINK),
        corrections_demandees(
            typed,
            reference(),
            &[(typed.to_owned(), typed.to_owned())],
            typed,
            recue_le(),
            false,
            LINK,
        ),
        corrections_demandees(typed, reference(), &[], "", recue_le(), true, LINK),
        validation(typed, LINK),
        refus(typed, reference(), typed, typed, typed, LINK),
        mot_de_passe_perdu(typed, LINK, 30),
        mot_de_passe_change(typed, LINK),
        deja_compte(LINK),
        inactivite(typed, recue_le(), LINK),
        fin_inactivite(LINK),
        effacement(LINK),
        rappel(typed, reference(), "1er mars 2026 à 9 h 00", LINK),
        reprise("1er mars", LINK),
    ]
}

#[test]
fn every_mail_has_one_link_alone_on_its_line() {
    for courrier in all("Anne-Zoé") {
        let text = courrier.text().unwrap();
        assert_eq!(text.matches("://").count(), 1, "{text}");
        assert_eq!(text.lines().filter(|line| *line == LINK).count(), 1, "{text}");
        let html = courrier.html().unwrap();
        // The link, and its address in plain text under it.
        assert_eq!((html.matches("://").count(), html.matches("<a ").count()), (2, 1), "{html}");
        assert!(courrier.subject().starts_with("[IEL] "));
    }
}

#[test]
fn what_a_person_typed_is_text_and_nothing_else() {
    for courrier in all("<script>alert(1)</script>\r\nBcc: a@b.fr\u{0}") {
        assert!(!courrier.html().unwrap().contains("<script"));
        assert!(!courrier.subject().contains("Bcc"));
        assert!(!courrier.text().unwrap().contains(['\r', '\0']));
    }
    let text = activation("Anne\r\nhttps://exemple.com", reference(), LINK, 72).text().unwrap();
    assert!(text.starts_with("Bonjour Anne https://exemple.com,\n"), "a name stays on its line");
}

#[test]
fn the_activation_says_its_reference_and_how_long_it_lives() {
    let text = activation("Anne", reference(), LINK, 72).text().unwrap();
    assert!(text.starts_with("Bonjour Anne,\n"));
    assert!(text.contains(&reference().to_string()) && text.contains("72\u{a0}heures"));
    assert!(mot_de_passe_perdu("Anne", LINK, 30).text().unwrap().contains("30\u{a0}minutes"));
    assert!(activation("Anne", reference(), LINK, 1).text().unwrap().contains("1\u{a0}heure."));
}

#[test]
fn the_receipt_states_date_service_and_the_operators_words_on_silence() {
    let text =
        accuse_reception("Anne", reference(), recue_le(), &exploitant(), "Sans réponse, …", LINK).text().unwrap();
    for said in ["1er\u{a0}mars 2026", "Délégation Occitanie", "Toulouse", "iel@exemple.fr", "Sans réponse, …"] {
        assert!(text.contains(said), "{said}\n{text}");
    }
    // Without a text of the operator, the mail says nothing about silence.
    let bare = accuse_reception("Anne", reference(), recue_le(), &Exploitant::default(), " ", LINK).text().unwrap();
    assert!(!bare.contains("service") && !bare.contains("mois") && bare.contains("dès qu’une décision"), "{bare}");
}

#[test]
fn a_refusal_says_why_and_how_to_appeal() {
    let full = refus("Anne", reference(), "Hors périmètre.", "Ligne 1\nLigne 2", "Recours : deux voies.", LINK);
    let text = full.text().unwrap();
    for said in ["Motif\u{a0}: Hors périmètre.", "\nLigne 1\nLigne 2\n", "Recours : deux voies."] {
        assert!(text.contains(said), "{said}\n{text}");
    }
    let bare = refus("Anne", reference(), "Hors périmètre.", " ", "", LINK);
    assert_eq!(bare.paragraphs.len(), 2);
}

#[test]
fn a_demand_for_corrections_says_which_fields_why_and_until_when() {
    let asked = [("Adresses, Code postal".to_owned(), "Ce code n’est pas celui de Toulouse.".to_owned())];
    let text =
        corrections_demandees("Anne", reference(), &asked, "Merci\u{a0}!", recue_le(), false, LINK).text().unwrap();
    for said in
        ["– Adresses, Code postal\u{a0}: Ce code n’est pas", "Merci\u{a0}!", "1er\u{a0}mars 2026, la demande sera"]
    {
        assert!(text.contains(said), "{said}\n{text}");
    }
    let reminder = corrections_demandees("Anne", reference(), &asked, "", recue_le(), true, LINK);
    assert!(reminder.paragraphs[0].contains("attend toujours"), "{reminder:?}");
}

#[test]
fn the_mails_that_say_nothing_of_the_person_stay_so() {
    for courrier in [deja_compte(LINK), demande_a_valider(reference(), LINK), reprise("1er mars", LINK)] {
        assert_eq!(courrier.greeting, "Bonjour,");
    }
}
