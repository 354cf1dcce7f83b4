use std::fs;

use super::*;

fn load(text: &str, env: &[(&str, &str)]) -> Result<Config, ConfigError> {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("Leptos.toml"), text).unwrap();
    Config::load(root.path(), env.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
}

fn refusal(text: &str, env: &[(&str, &str)]) -> String {
    load(text, env).unwrap_err().to_string().replace('\u{a0}', " ")
}

#[test]
fn nothing_at_all_is_a_whole_configuration() {
    let root = tempfile::tempdir().unwrap();
    let config = Config::load(root.path(), std::iter::empty()).unwrap();
    assert_eq!(config.database.url, "sqlite://data/iel.db");
    assert_eq!(config.mail.url, "file:data/courriels");
    assert_eq!(config.mail.from.to_string(), "Préinscription IEL <ne-pas-repondre@localhost>");
    assert_eq!(config.http.site_addr.to_string(), "127.0.0.1:3000");
    assert_eq!(config.http.public_url, "http://127.0.0.1:3000");
    assert_eq!(config.http.trusted_proxies, []);
    assert_eq!(config.security.secret_key_file, Path::new("data/cle-secrete"));
    assert_eq!(
        config.limits,
        Limits {
            signup_per_hour: 60,
            login_per_minute: 10,
            mails_per_day: 3,
            reset_per_hour: 20,
            token_per_minute: 20,
            search_per_minute: 60
        }
    );
    assert_eq!(config.passwords.breached_file, None);
    assert_eq!(config.exploitant, Exploitant::default());
    assert_eq!((config.decisions.hold_seconds, config.decisions.silence.as_str()), (120, ""));
    assert_eq!(config.delais, Delais { activation_hours: 72, brouillon_days: 7 });
    assert_eq!(config.log.format, Format::Text);
}

#[test]
fn the_shipped_file_says_what_holds_without_it() {
    let text = include_str!("../../../Leptos.toml");
    assert_eq!(load(text, &[]), load("", &[]));
    // The keys shown in comments exist too.
    let shown: String = text
        .lines()
        .map(|line| line.strip_prefix("# ").filter(|rest| rest.contains(" = ")).unwrap_or(line))
        .flat_map(|line| [line, "\n"])
        .collect();
    // The commented settings describe a public service, so it needs a key file.
    let root = tempfile::tempdir().unwrap();
    let key = root.path().join("cle");
    fs::write(&key, "00").unwrap();
    load(&shown, &[("IEL_SECRET_KEY_FILE", key.to_str().unwrap())]).unwrap();
}

#[test]
fn the_file_is_read_and_the_environment_wins() {
    let text = "[package.metadata.leptos]\noutput-name = \"iel\"\nanything = 1\n\
                [database]\nurl = \"postgres://a/b\"\n[limits]\nsignup_per_hour = 5\nlogin_per_minute = 6\n\
                [http]\ntrusted_proxies = [\"10.0.0.0/8\", \"::1\"]\n[exploitant]\nnom = \"CNFPT\"\n";
    let config = load(text, &[("IEL_LIMITS__LOGIN_PER_MINUTE", "7"), ("PATH", "/bin"), ("LEPTOS_OTHER", "x")]).unwrap();
    assert_eq!(config.database.url, "postgres://a/b");
    assert_eq!((config.limits.signup_per_hour, config.limits.login_per_minute), (5, 7));
    assert_eq!(config.http.trusted_proxies.len(), 2);
    assert!(config.http.trusted_proxies.iter().any(|network| network.contains("10.1.2.3".parse().unwrap())));
    assert!(!config.http.trusted_proxies.iter().any(|network| network.contains("192.0.2.1".parse().unwrap())));
    assert_eq!(config.exploitant.nom, "CNFPT");
}

#[test]
fn every_short_name_sets_its_key() {
    let root = tempfile::tempdir().unwrap();
    let key = root.path().join("iel");
    fs::write(&key, "00").unwrap();
    let config = load(
        "[database]\nurl = \"sqlite://other.db\"",
        &[
            ("IEL_DATABASE_URL", "sqlite://x.db"),
            ("IEL_MAIL_URL", "smtp://localhost:2525"),
            ("IEL_MAIL_FROM", "iel@exemple.fr"),
            ("IEL_PUBLIC_URL", "https://IEL.exemple.fr/"),
            ("IEL_TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8"),
            ("IEL_SECRET_KEY_FILE", key.to_str().unwrap()),
            ("IEL_DECISIONS__HOLD_SECONDS", "120"),
        ],
    )
    .unwrap();
    assert_eq!(config.database.url, "sqlite://x.db");
    assert_eq!(config.mail.url, "smtp://localhost:2525");
    assert_eq!(config.mail.from.to_string(), "iel@exemple.fr");
    assert_eq!(config.http.public_url, "https://iel.exemple.fr");
    assert_eq!(config.http.trusted_proxies.len(), 2);
    assert_eq!(config.security.secret_key_file, key);
    assert_eq!(config.decisions.hold_seconds, 120);
}

#[test]
fn the_public_address_follows_the_site_address() {
    for (site, public) in [("127.0.0.1:8080", "http://127.0.0.1:8080"), ("[::1]:8080", "http://[::1]:8080")] {
        assert_eq!(load("", &[("LEPTOS_SITE_ADDR", site)]).unwrap().http.public_url, public);
    }
    let text = "[package.metadata.leptos]\nsite-addr = \"127.0.0.1:4000\"\n";
    assert_eq!(load(text, &[]).unwrap().http.site_addr.port(), 4000);
    assert_eq!(load(text, &[("LEPTOS_SITE_ADDR", "127.0.0.1:5000")]).unwrap().http.site_addr.port(), 5000);
    assert_eq!(valeur::local_url("0.0.0.0:80".parse().unwrap()), "http://localhost:80");
}

#[test]
fn the_public_address_omits_the_usual_port_as_browsers_do() {
    for (typed, kept) in [
        ("https://iel.exemple.fr:443", "https://iel.exemple.fr"),
        ("https://IEL.exemple.fr:443/", "https://iel.exemple.fr"),
        ("http://iel.exemple.fr:80", "http://iel.exemple.fr"),
        ("https://iel.exemple.fr:80", "https://iel.exemple.fr:80"),
        ("http://iel.exemple.fr:443", "http://iel.exemple.fr:443"),
        ("https://iel.exemple.fr:8443", "https://iel.exemple.fr:8443"),
        ("https://[2001:db8::443]:443", "https://[2001:db8::443]"),
        ("https://[2001:db8::443]", "https://[2001:db8::443]"),
    ] {
        assert_eq!(valeur::public_url(&toml::Value::String(typed.to_owned())).as_deref(), Ok(kept), "{typed}");
    }
}

#[test]
fn beyond_this_machine_the_key_must_be_there() {
    let message = refusal("", &[("LEPTOS_SITE_ADDR", "0.0.0.0:80")]);
    assert!(message.contains("security.secret_key_file") && message.contains("data/cle-secrete"), "{message}");
    let root = tempfile::tempdir().unwrap();
    let key = root.path().join("cle");
    fs::write(&key, "00").unwrap();
    let env = [("LEPTOS_SITE_ADDR", "0.0.0.0:80"), ("IEL_SECRET_KEY_FILE", key.to_str().unwrap())];
    assert!(!load("", &env).unwrap().http.is_local());
}

#[test]
fn a_loopback_listener_behind_a_proxy_is_not_a_developers_machine() {
    let root = tempfile::tempdir().unwrap();
    let key = root.path().join("cle");
    fs::write(&key, "00").unwrap();
    for (site, public, local) in [
        ("127.0.0.1:3000", "http://127.0.0.1:3000", true),
        ("127.0.0.1:3000", "http://localhost:3000", true),
        ("[::1]:3000", "http://[::1]:3000", true),
        ("127.0.0.1:3000", "https://iel.exemple.fr", false),
        ("127.0.0.1:3000", "http://iel.exemple.fr", false),
        ("127.0.0.1:3000", "http://localhost.exemple.fr", false),
        ("[::1]:3000", "https://iel.exemple.fr", false),
        ("0.0.0.0:3000", "http://localhost:3000", false),
        ("0.0.0.0:3000", "https://iel.exemple.fr", false),
    ] {
        let place = [("LEPTOS_SITE_ADDR", site), ("IEL_PUBLIC_URL", public)];
        let with_key = [place.as_slice(), &[("IEL_SECRET_KEY_FILE", key.to_str().unwrap())]].concat();
        assert_eq!(load("", &with_key).unwrap().http.is_local(), local, "{site} {public}");
        assert_eq!(load("", &place).is_ok(), local, "a key is made: {site} {public}");
    }
}

#[test]
fn an_unknown_key_stops_with_its_name_and_its_place() {
    for (text, env, expected) in [
        ("[limits]\nsignup = 1", &[][..], "limits.signup (Leptos.toml) : cette clé n’existe pas."),
        ("[limit]\nx = 1", &[], "limit.x (Leptos.toml) : cette clé n’existe pas."),
        ("url = 1", &[], "url (Leptos.toml) : cette clé n’existe pas."),
        ("", &[("IEL_FOO", "1")], "la variable IEL_FOO n’existe pas."),
        ("", &[("IEL_MAIL__PORT", "1")], "mail.port (variable IEL_MAIL__PORT) : cette clé n’existe pas."),
    ] {
        assert_eq!(refusal(text, env), format!("Configuration : {expected}"));
    }
}

#[test]
fn a_bad_value_stops_the_start_naming_key_place_and_expectation() {
    for (text, env, expected) in [
        (
            "[limits]\nsignup_per_hour = 0",
            &[][..],
            "limits.signup_per_hour (Leptos.toml) : un nombre entier supérieur à zéro est attendu.",
        ),
        (
            "",
            &[("IEL_LIMITS__MAILS_PER_DAY", "trois")],
            "limits.mails_per_day (variable IEL_LIMITS__MAILS_PER_DAY) : un nombre entier supérieur à zéro est attendu.",
        ),
        (
            "[decisions]\nhold_seconds = -1",
            &[],
            "decisions.hold_seconds (Leptos.toml) : un nombre entier positif est attendu.",
        ),
        ("[log]\nformat = \"xml\"", &[], "log.format (Leptos.toml) : text ou json est attendu."),
        ("[exploitant]\nnom = 3", &[], "exploitant.nom (Leptos.toml) : un texte est attendu."),
        (
            "",
            &[("LEPTOS_SITE_ADDR", "localhost")],
            "site-addr (variable LEPTOS_SITE_ADDR) : une adresse et un port sont attendus, par exemple 127.0.0.1:3000.",
        ),
        (
            "",
            &[("IEL_MAIL__URL", "file:a"), ("IEL_MAIL_URL", "file:b")],
            "les variables IEL_MAIL__URL et IEL_MAIL_URL disent la même chose : gardez-en une.",
        ),
    ] {
        assert_eq!(refusal(text, env), format!("Configuration : {expected}"));
    }
    for (name, wrong) in [
        ("IEL_DATABASE_URL", &["", "mysql://a", "postgres://", "data/iel.db"][..]),
        ("IEL_MAIL_URL", &["", "file:", "imap://a", "smtp://"]),
        ("IEL_MAIL_FROM", &["", "IEL", "IEL <x>", "IEL\r\nBcc: <a@b.fr>", "a@b.fr, c@d.fr"]),
        (
            "IEL_PUBLIC_URL",
            &[
                "",
                "iel.exemple.fr",
                "ftp://a",
                "https://",
                "https://a/b",
                "https://a?b",
                "https://u:p@a",
                "https://a b",
            ],
        ),
        ("IEL_TRUSTED_PROXIES", &["localhost", "10.0.0.0/64"]),
        ("IEL_SECRET_KEY_FILE", &["", " "]),
        ("IEL_EXPLOITANT__LIEN_PREINSCRIPTION", &["javascript:alert(1)", "www.exemple.fr"]),
    ] {
        for value in wrong {
            let message = refusal("", &[(name, value)]);
            assert!(message.contains(&format!("(variable {name})")) && !message.contains('\n'), "{message}");
        }
    }
}

#[test]
fn a_file_that_is_no_toml_says_its_line() {
    let message = refusal("[limits]\nsignup_per_hour = = 1\n", &[]);
    assert!(message.starts_with("Configuration : Leptos.toml, ligne 2 : ") && !message.contains('\n'), "{message}");
}

#[test]
fn an_audit_makes_the_state_of_the_declaration() {
    use domain::accessibilite::{Audit, Conformite};
    let bare = load("", &[]).unwrap().exploitant.accessibilite;
    assert_eq!((bare.etat, bare.audit), (Conformite::NonConforme, None));
    let text = "[accessibilite]\nauditeur = \"Cabinet Aster\"\ndate = \"2026-03-01\"\ntaux = 87.5\n\
                derogations = [\"La carte, trop coûteuse\"]\npages = [\"/\", \"/aide\"]\n";
    let declared = load(text, &[("IEL_ACCESSIBILITE__OUTILS", "axe | un clavier")]).unwrap().exploitant.accessibilite;
    assert_eq!(declared.etat, Conformite::Partielle);
    assert_eq!(
        declared.audit,
        Some(Audit {
            auditeur: "Cabinet Aster".to_owned(),
            date: "1er\u{a0}mars 2026".to_owned(),
            taux: 87.5,
            pages: vec!["/".to_owned(), "/aide".to_owned()],
            environnements: vec![],
            outils: vec!["axe".to_owned(), "un clavier".to_owned()],
        })
    );
    assert_eq!(declared.derogations, ["La carte, trop coûteuse"]);
    assert_eq!(
        load(text, &[("IEL_ACCESSIBILITE__TAUX", "100")]).unwrap().exploitant.accessibilite.etat,
        Conformite::Totale
    );
}

#[test]
fn a_declaration_that_contradicts_itself_stops_the_start() {
    for (text, expected) in [
        ("etat = \"totale\"", "[accessibilite] : etat contredit taux"),
        ("auditeur = \"A\"", "[accessibilite] : un audit se déclare en entier"),
        ("taux = 80", "[accessibilite] : un audit se déclare en entier"),
        ("pages = [\"/\"]", "[accessibilite] : un audit se déclare en entier"),
        (
            "auditeur = \"A\"\ndate = \"2026-03-01\"\ntaux = 99\netat = \"totale\"",
            "[accessibilite] : etat contredit taux",
        ),
        ("etat = \"parfaite\"", "accessibilite.etat (Leptos.toml) : totale, partielle ou non conforme"),
        ("date = \"1er mars\"", "accessibilite.date (Leptos.toml) : une date AAAA-MM-JJ"),
        ("taux = 101", "accessibilite.taux (Leptos.toml) : un pourcentage"),
        ("outils = 3", "accessibilite.outils (Leptos.toml) : une liste de textes"),
        ("plan_actions = \"javascript:1\"", "accessibilite.plan_actions (Leptos.toml) : une adresse"),
        ("taus = 1", "accessibilite.taus (Leptos.toml) : cette clé n’existe pas"),
    ] {
        let message = refusal(&format!("[accessibilite]\n{text}\n"), &[]);
        assert!(message.starts_with(&format!("Configuration : {expected}")), "{message}");
    }
}
