use domain::exploitant::Exploitant;

use super::every_mail;
use crate::areas::acces::mails::MotDePassePerdu;
use crate::areas::compte::mails::AdresseAConfirmer;
use crate::areas::gestion::dossiers::mails::{DemandeAValider, corrections_demandees, demandees, refus};
use crate::areas::inscription::mails::{DejaCompte, Reprise, activation_of, receipt};
use crate::mail::exemples::{LINK, Mots, ORDINAIRES, exploitant, reference};

#[test]
fn every_mail_has_one_link_alone_on_its_line() {
    for (name, courrier) in every_mail(ORDINAIRES) {
        let text = courrier.text().unwrap();
        assert_eq!(text.matches("://").count(), 1, "{name}: {text}");
        assert_eq!(text.lines().filter(|line| *line == LINK).count(), 1, "{name}: {text}");
        let html = courrier.html().unwrap();
        // The link, and its address in plain text under it.
        assert_eq!((html.matches("://").count(), html.matches("<a ").count()), (2, 1), "{name}: {html}");
        assert!(courrier.subject().starts_with("[IEL] "), "{name}");
    }
}

#[test]
fn what_a_person_typed_is_text_and_nothing_else() {
    for (name, courrier) in every_mail(Mots::all("<script>alert(1)</script>\r\nBcc: a@b.fr\u{0}")) {
        assert!(!courrier.html().unwrap().contains("<script"), "{name}");
        assert!(!courrier.subject().contains("Bcc"), "{name}");
        assert!(!courrier.text().unwrap().contains(['\r', '\0']), "{name}");
    }
    let text = activation_of("Anne\r\nhttps://exemple.com", 72).text().unwrap();
    assert!(text.starts_with("Bonjour Anne https://exemple.com,\n"), "a name stays on its line");
}

#[test]
fn the_activation_says_its_reference_and_how_long_it_lives() {
    let text = activation_of("Anne", 72).text().unwrap();
    assert!(text.starts_with("Bonjour Anne,\n"));
    assert!(text.contains(&reference().to_string()) && text.contains("72\u{a0}heures"));
    let lost = MotDePassePerdu { prenom: "Anne", link: LINK, minutes: 30 }.courrier();
    assert!(lost.text().unwrap().contains("30\u{a0}minutes"));
    assert!(activation_of("Anne", 1).text().unwrap().contains("1\u{a0}heure."));
}

#[test]
fn the_receipt_states_date_service_and_the_operators_words_on_silence() {
    let text = receipt("Anne", &exploitant(), "Sans réponse, …").text().unwrap();
    for said in ["1er\u{a0}mars 2026", "Délégation Occitanie", "Toulouse", "iel@exemple.fr", "Sans réponse, …"] {
        assert!(text.contains(said), "{said}\n{text}");
    }
    // Without a text of the operator, the mail says nothing about silence.
    let bare = receipt("Anne", &Exploitant::default(), " ").text().unwrap();
    assert!(!bare.contains("service") && !bare.contains("mois") && bare.contains("dès qu’une décision"), "{bare}");
}

#[test]
fn a_refusal_says_why_and_how_to_appeal() {
    let mots = Mots { motif: "Hors périmètre.", message: "Ligne 1\nLigne 2", recours: "Deux voies.", ..ORDINAIRES };
    let text = refus(mots).text().unwrap();
    for said in ["Motif\u{a0}: Hors périmètre.", "\nLigne 1\nLigne 2\n", "Deux voies."] {
        assert!(text.contains(said), "{said}\n{text}");
    }
    let bare = refus(Mots { message: " ", recours: "", ..mots });
    assert_eq!(bare.paragraphs.len(), 2);
}

#[test]
fn a_demand_for_corrections_says_which_fields_why_and_until_when() {
    let mots = Mots { message: "Merci\u{a0}!", ..ORDINAIRES };
    let demandees = demandees(mots);
    let text = corrections_demandees(mots, &demandees).courrier().text().unwrap();
    for said in
        ["– Adresses, Code postal\u{a0}: Ce code n’est pas", "Merci\u{a0}!", "1er\u{a0}mars 2026, la demande sera"]
    {
        assert!(text.contains(said), "{said}\n{text}");
    }
    let mut rappel = corrections_demandees(mots, &demandees);
    rappel.rappel = true;
    let rappel = rappel.courrier();
    assert!(rappel.paragraphs[0].contains("attend toujours"), "{rappel:?}");
}

#[test]
fn the_mails_that_say_nothing_of_the_person_stay_so() {
    for courrier in [
        DejaCompte { link: LINK }.courrier(),
        AdresseAConfirmer { link: LINK, minutes: 30 }.courrier(),
        Reprise { fin: "1er mars", link: LINK }.courrier(),
        DemandeAValider { reference: reference(), link: LINK }.courrier(),
    ] {
        assert_eq!(courrier.greeting, "Bonjour,");
    }
}
