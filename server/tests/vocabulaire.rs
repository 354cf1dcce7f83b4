//! A word has one meaning: see the glossary of the README.

use crate::support::sources::rust_files;

/// A word of the glossary, and the only names of types, traits and modules that may hold it.
const RESERVES: [(&str, &[&str]); 5] = [
    // One run of a course. A browser that is signed in is a connexion.
    ("session", &["SessionFormation", "SessionsFormation", "session_formation", "sessions_formation"]),
    // An application to one `SessionFormation`. The request for an account is a demande.
    ("preinscription", &["Preinscription", "Preinscriptions", "preinscription", "preinscriptions"]),
    // An attempt that a limit counts.
    ("essai", &["EssaisManques", "essai", "essais"]),
    // `Service` is the agent's own department; the others are the RH of one collectivité.
    (
        "service",
        &[
            "Service",
            "service",
            "ServiceFormation",
            "ServicesFormation",
            "ServiceFormationInvite",
            "InvitationServiceFormation",
            "NoticeServicesFormation",
            "service_formation",
            "services_formation",
            "service_rh",
            "services_rh",
            "invitations_service_formation",
        ],
    ),
    // What a server must offer to the pages.
    ("port", &["Ports", "port"]),
];

/// The tables of these steps were named before the words were.
const NAMED_BEFORE: &str = "m0026";

/// The words of a name: `SessionFormation` and `session_formation` are `session` and `formation`. A plural is its singular.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for letter in name.chars() {
        if letter == '_' || (letter.is_uppercase() && words.last().is_some_and(|word| !word.is_empty())) {
            words.push(String::new());
        }
        if letter != '_' {
            words.last_mut().unwrap().extend(letter.to_lowercase());
        }
    }
    words.into_iter().map(|word| word.strip_suffix('s').unwrap_or(&word).to_owned()).collect()
}

fn wrong(name: &str) -> bool {
    let words = words(name);
    RESERVES.iter().any(|(word, allowed)| words.iter().any(|said| said == word) && !allowed.contains(&name))
}

/// Whether a file is about sessions of training: there, « session » and « preinscription » mean what they should.
fn is_about_training(path: &std::path::Path) -> bool {
    let path = path.to_string_lossy().replace("service_formation", "").replace("services_formation", "");
    path.contains("formation") || path.contains("preinscription") || path.ends_with("reference.rs")
}

/// The names that a text declares.
fn declared(text: &str) -> Vec<&str> {
    let kinds = ["struct ", "enum ", "trait ", "type ", "mod "];
    let names = text.lines().filter(|line| !line.trim_start().starts_with("//")).filter_map(|line| {
        let line = line.trim_start();
        let line =
            ["pub(crate) ", "pub(super) ", "pub "].iter().find_map(|seen| line.strip_prefix(seen)).unwrap_or(line);
        let rest = kinds.iter().find_map(|kind| line.strip_prefix(kind))?;
        rest.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next()
    });
    names.collect()
}

#[test]
fn no_type_module_or_table_takes_a_word_for_something_else() {
    let mut taken = Vec::new();
    let mut seen = 0;
    for folder in ["app/src", "app/domain/src", "server/src", "frontend/src"] {
        for (path, text) in rust_files(folder) {
            let step = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
            let tables = text.split(".table(\"").skip(1).filter_map(|rest| rest.split('"').next());
            let migration = path.components().any(|part| part.as_os_str() == "migrations");
            let names = declared(&text).into_iter().filter(|name| !name.starts_with("m0"));
            let tables = tables.filter(|_| migration && step > NAMED_BEFORE);
            for name in names.chain(tables) {
                seen += 1;
                let trains =
                    ["session", "preinscription"].iter().any(|word| words(name).iter().any(|said| said == word));
                if wrong(name) && !(trains && is_about_training(&path)) {
                    taken.push(format!("{}: {name}", path.display()));
                }
            }
        }
    }
    assert!(seen > 500, "{seen} names are read");
    assert!(taken.is_empty(), "{taken:#?}");
}

#[test]
fn a_word_is_found_in_every_way_a_name_is_written() {
    for name in ["SessionToken", "open_sessions", "PreinscriptionDraft", "Essai", "ServiceToken", "InPort"] {
        assert!(wrong(name), "{name}");
    }
    for name in ["SessionFormation", "EssaisManques", "Service", "services_formation", "Rapport", "Transport"] {
        assert!(!wrong(name), "{name}");
    }
    assert!(is_about_training("app/domain/src/formation/etat.rs".as_ref()));
    assert!(!is_about_training("server/src/areas/service_formation/port.rs".as_ref()));
    assert_eq!(declared("pub(crate) struct Session {\n// struct Essai;\n    mod essai;"), ["Session", "essai"]);
}
