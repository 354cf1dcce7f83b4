//! Every mail as it is read, one file each in `snapshots/`. A wanted change of a text is accepted with
//! `INSTA_UPDATE=always cargo test -p server --lib lettre`. The changed files are then committed.

use std::collections::BTreeSet;
use std::path::Path;

use super::every_mail;
use crate::mail::exemples::ORDINAIRES;

/// The snapshot of an HTML part. The others are texts.
const HTML: &str = "corrections_demandees_html";

/// Compares with the file `snapshots/<name>.snap`.
fn assert_same(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn every_mail_reads_as_its_snapshot() {
    for (name, courrier) in every_mail(ORDINAIRES) {
        assert_same(name, &format!("{}\n\n{}", courrier.subject(), courrier.text().unwrap()));
        if name == "corrections_demandees" {
            assert_same(HTML, &courrier.html().unwrap());
        }
    }
}

/// The files of a folder, without their extension.
fn stems(folder: &Path, extension: &str) -> BTreeSet<String> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect()
}

#[test]
fn no_mail_is_without_a_snapshot_and_no_snapshot_without_a_mail() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for area in ["acces", "compte", "gestion/dossiers", "gestion/equipe", "inscription"] {
        let text = std::fs::read_to_string(source.join(format!("areas/{area}/mails.rs"))).unwrap();
        let (_, exemples) = text.split_once("fn exemples").unwrap();
        for declared in text.lines().filter_map(|line| line.strip_prefix("pub struct ")) {
            let name = declared.split(['<', ' ']).next().unwrap_or_default();
            assert!(exemples.contains(&format!("{name} {{")), "{area}: {name} is not among the examples");
        }
    }
    let names = every_mail(ORDINAIRES).into_iter().map(|(name, _)| name.to_owned());
    assert_eq!(stems(&source.join("jobs/lettre/snapshots"), "snap"), names.chain([HTML.to_owned()]).collect());
}
