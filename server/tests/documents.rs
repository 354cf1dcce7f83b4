//! The documents agree with the code.

use std::collections::HashSet;

use domain::conservation::{Reglables, durees};

use crate::support::sources::{root, rust_files};

fn document(name: &str) -> String {
    std::fs::read_to_string(root().join("docs").join(name)).unwrap()
}

/// The names of all functions in the tree.
fn functions() -> HashSet<String> {
    let files = ["server/src", "server/tests", "app/src", "app/domain/src"].into_iter().flat_map(rust_files);
    let text: String = files.map(|(_, text)| text).collect();
    let name = |rest: &str| rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect::<String>();
    text.split("fn ").skip(1).map(name).collect()
}

#[test]
fn what_the_register_says_is_what_the_code_does() {
    let register = document("rgpd.md");
    let table = register.split("## Durées").nth(1).and_then(|rest| rest.split("\n## ").next()).unwrap();
    let written: Vec<&str> = table.lines().filter(|line| line.starts_with("| ")).skip(1).collect();
    let told: Vec<String> = durees(Reglables::default())
        .iter()
        .map(|duree| format!("| {} | {} | {} |", duree.quoi, duree.combien, duree.ensuite).replace('\u{a0}', " "))
        .collect();
    assert_eq!(written, told);
}

#[test]
fn every_test_the_grid_names_is_in_the_tree() {
    let functions = functions();
    let grid = document("asvs.md");
    let rows: Vec<&str> = grid.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| n°")).collect();
    assert!(rows.len() > 80, "{}", rows.len());
    let mut seen = HashSet::new();
    let mut named = 0;
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        let [number, level, asked, held, proof] = cells.as_slice() else { panic!("five cells: {row}") };
        assert!(seen.insert(*number), "{number} is there once");
        assert!(matches!(*level, "1" | "2" | "3") && !asked.is_empty() && !held.is_empty(), "{row}");
        assert!(!proof.is_empty(), "{number} has a test or a reason");
        for test in proof.split('`').skip(1).step_by(2).filter(|name| name.contains('_') && !name.contains('.')) {
            assert!(functions.contains(test), "{number} names {test}");
            named += 1;
        }
    }
    assert!(named > 80, "{named}");
}

#[test]
fn every_guard_and_test_of_the_architecture_exists() {
    let functions = functions();
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let table = text.split("## What must never happen").nth(1).unwrap();
    let rows: Vec<Vec<&str>> = table
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| rule"))
        .map(|line| line.trim_matches('|').split(" | ").map(str::trim).collect())
        .collect();
    assert!(rows.len() > 30, "{}", rows.len());
    let quoted = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    let is_there = |path: &str| {
        ["", "server/src", "server/src/persistence", "app/src"].iter().any(|at| root().join(at).join(path).exists())
    };
    for row in rows {
        let [rule, guard, test] = row.as_slice() else { panic!("three cells: {row:?}") };
        assert!(rule.ends_with('.') && rule.split(' ').count() <= 22, "one sentence: {rule}");
        for name in quoted(guard).into_iter().chain(quoted(test)) {
            let file = name.ends_with(".rs") || name.ends_with(".js") || name.ends_with(".toml") || name.contains('/');
            assert!(!file || is_there(&name), "{rule} names {name}, which is no file");
        }
        for name in quoted(test).into_iter().filter(|name| !name.contains(['/', '.'])) {
            assert!(functions.contains(&name), "{rule} names {name}, which is no test");
        }
    }
}
