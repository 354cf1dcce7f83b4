//! Every mail as it is read, one file each in `snapshots/`. A wanted change of a text is accepted with
//! `INSTA_UPDATE=always cargo test -p server --lib mail`, and the new files are committed.

use domain::Reference;
use domain::ports::Exploitant;
use time::{Date, Month};

use super::{Courrier, modeles, modeles_adresse, modeles_effacement, modeles_equipe};

const LINK: &str = "https://iel.exemple.fr/activation/ab12.00ff.c2VjcmV0";
const PRENOM: &str = "Anne-Zoé";
const EMPLOYEUR: &str = "Toulouse Métropole";
const RECOURS: &str = "Vous pouvez contester cette décision dans les deux mois.";
const MESSAGE: &str = "Merci de joindre une pièce lisible.\nBien à vous.";

/// The name of its snapshot, and the mail.
type Nomme = (&'static str, Courrier);

fn reference() -> Reference {
    Reference::new(42)
}

fn jour() -> Date {
    Date::from_calendar_date(2026, Month::March, 1).unwrap()
}

fn exploitant() -> Exploitant {
    Exploitant {
        nom: "Délégation Occitanie".to_owned(),
        adresse: "9 rue Alex Coutet, Toulouse".to_owned(),
        courriel: "iel@exemple.fr".to_owned(),
        telephone: "05 00 00 00 00".to_owned(),
        ..Exploitant::default()
    }
}

fn demandees() -> Vec<(String, String)> {
    [("Adresses, Code postal", "Ce code n’est pas celui de Toulouse."), ("Identité, Nom", "Écrivez-le en entier. ")]
        .map(|(champ, motif)| (champ.to_owned(), motif.to_owned()))
        .to_vec()
}

/// Until the request is with a gestionnaire.
fn of_inscription() -> Vec<Nomme> {
    let silence = "Sans réponse de notre part le 1er mai 2026, votre demande est refusée.";
    vec![
        ("activation", modeles::activation(PRENOM, reference(), LINK, 72)),
        ("activation_une_heure", modeles::activation(PRENOM, reference(), LINK, 1)),
        ("presentation", modeles::presentation(PRENOM, EMPLOYEUR, reference(), LINK, 72)),
        ("rappel", modeles::rappel(PRENOM, reference(), "1er mars 2026 à 9 h 00", LINK)),
        ("reprise", modeles::reprise("1er mars", LINK)),
        ("relecture_attendue", modeles::relecture_attendue(PRENOM, reference(), EMPLOYEUR, jour(), LINK)),
        ("accuse_reception", modeles::accuse_reception(PRENOM, reference(), jour(), &exploitant(), silence, LINK)),
        (
            "accuse_reception_sans_exploitant",
            modeles::accuse_reception(PRENOM, reference(), jour(), &Exploitant::default(), "", LINK),
        ),
        ("corrections_recues", modeles::corrections_recues(PRENOM, reference(), jour(), &exploitant(), LINK)),
        (
            "corrections_recues_sans_exploitant",
            modeles::corrections_recues(PRENOM, reference(), jour(), &Exploitant::default(), LINK),
        ),
    ]
}

/// What a gestionnaire asked or decided.
fn of_decision() -> Vec<Nomme> {
    let motif = "Votre activité est hors du périmètre.";
    vec![
        (
            "corrections_demandees",
            modeles::corrections_demandees(PRENOM, reference(), &demandees(), MESSAGE, jour(), false, LINK),
        ),
        (
            "corrections_demandees_sans_message",
            modeles::corrections_demandees(PRENOM, reference(), &demandees()[..1], " ", jour(), false, LINK),
        ),
        (
            "corrections_demandees_rappel",
            modeles::corrections_demandees(PRENOM, reference(), &demandees(), MESSAGE, jour(), true, LINK),
        ),
        ("validation", modeles::validation(PRENOM, LINK)),
        ("refus", modeles::refus(PRENOM, reference(), motif, MESSAGE, RECOURS, LINK)),
        ("refus_sans_message", modeles::refus(PRENOM, reference(), motif, "", "", LINK)),
        ("suspension", modeles::suspension(PRENOM, reference(), MESSAGE, RECOURS, LINK)),
        ("suspension_sans_recours", modeles::suspension(PRENOM, reference(), MESSAGE, "", LINK)),
        ("retablissement", modeles::retablissement(PRENOM, LINK)),
    ]
}

/// About a password, an address, an access or the end of an account.
fn of_compte() -> Vec<Nomme> {
    vec![
        ("invitation_service_formation", modeles::invitation_service(EMPLOYEUR, LINK, 168)),
        ("mot_de_passe_perdu", modeles::mot_de_passe_perdu(PRENOM, LINK, 30)),
        ("mot_de_passe_perdu_sans_prenom", modeles::mot_de_passe_perdu("", LINK, 30)),
        ("mot_de_passe_change", modeles::mot_de_passe_change(PRENOM, LINK)),
        ("mot_de_passe_change_sans_prenom", modeles::mot_de_passe_change("", LINK)),
        ("deja_compte", modeles::deja_compte(LINK)),
        ("adresse_a_confirmer", modeles_adresse::confirmer(LINK, 30)),
        ("adresse_changee", modeles_adresse::changee(PRENOM, LINK, 7)),
        ("inactivite", modeles_effacement::inactivite(PRENOM, jour(), LINK)),
        ("fin_inactivite", modeles_effacement::fin_inactivite(LINK)),
        ("effacement", modeles_effacement::effacement(LINK)),
    ]
}

/// To the team.
fn of_equipe() -> Vec<Nomme> {
    let when = "15 juin 2026 à 14 h 00";
    vec![
        ("equipe_demande_a_valider", modeles::demande_a_valider(reference(), LINK)),
        ("equipe_resume_du_jour_une", modeles::resume_du_jour(1, LINK)),
        ("equipe_resume_du_jour", modeles::resume_du_jour(12, LINK)),
        ("equipe_invitation", modeles::invitation(LINK, 72)),
        ("equipe_code_secours", modeles_equipe::code_secours(when, 9, LINK)),
        ("equipe_code_secours_avant_dernier", modeles_equipe::code_secours(when, 1, LINK)),
        ("equipe_code_secours_dernier", modeles_equipe::code_secours(when, 0, LINK)),
        ("equipe_facteur_enrole", modeles_equipe::facteur_enrole(LINK)),
        ("equipe_codes_renouveles", modeles_equipe::codes_renouveles(LINK)),
        ("equipe_second_facteur_reinitialise", modeles_equipe::second_facteur_reinitialise(LINK)),
        ("equipe_mot_de_passe_change", modeles_equipe::mot_de_passe_change(LINK)),
    ]
}

/// Compares with the file `snapshots/<name>.snap`.
fn assert_same(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn every_mail_reads_as_its_snapshot() {
    for (name, courrier) in [of_inscription(), of_decision(), of_compte(), of_equipe()].concat() {
        assert_same(name, &format!("{}\n\n{}", courrier.subject(), courrier.text().unwrap()));
    }
    let courrier = modeles::corrections_demandees(PRENOM, reference(), &demandees(), MESSAGE, jour(), false, LINK);
    assert_same("corrections_demandees_html", &courrier.html().unwrap());
}
