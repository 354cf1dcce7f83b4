//! Which module knows which: no circle, and no arrow up. See the map in `ARCHITECTURE.md`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use crate::support::sources::{root, rust_files};

/// Modules by path (`persistence::comptes`), with the modules of the same crate that each names.
type Graph = BTreeMap<String, BTreeSet<String>>;

/// From the ground up. A module names modules of its own row and of the rows before it, and none after.
const APP: &[&[&str]] = &[&["base"], &["ui"], &["onglet"], &["areas"], &["register"], &["aiguillage"], &["document"]];
const SERVER: &[&[&str]] = &[
    &["clock", "config", "error", "log", "mail", "metrics", "persistence", "security", "tableur"],
    &["backend", "demo"],
    &["areas"],
    &["http", "jobs"],
    &["commands"],
];

/// The areas of the staff.
const STAFF: &[&str] = &[
    "annuaire",
    "connexions",
    "courriels",
    "delegations",
    "dossiers",
    "equipe",
    "formations",
    "journal",
    "motifs",
    "preinscriptions",
    "second_facteur",
    "services_formation",
    "statistiques",
];

/// The modules of a crate, with their code: no comments and no tests.
fn modules(name: &str) -> BTreeMap<String, String> {
    let source = format!("{name}/src");
    let folder = root().join(&source);
    let module = |(path, text): (PathBuf, String)| {
        let module = path.strip_prefix(&folder).unwrap().with_extension("");
        let module = module.iter().map(|part| part.to_str().unwrap()).collect::<Vec<_>>().join("::");
        let module = if module == "lib" || module == "main" { String::new() } else { module };
        // The tests of a module may look wherever they like.
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        let code = text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n");
        (module, code)
    };
    rust_files(&source).into_iter().map(module).collect()
}

/// The paths that a text names after `start`, each a list of words: `a::{b, c::d}` is `a::b` and `a::c::d`.
fn paths(rest: &str) -> Vec<Vec<String>> {
    let word: String = rest.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
    let after = &rest[word.len()..];
    if let Some(after) = after.strip_prefix("::")
        && !word.is_empty()
    {
        return paths(after).into_iter().map(|path| [vec![word.clone()], path].concat()).collect();
    }
    if let Some(inside) = rest.strip_prefix('{') {
        let mut depth = 0;
        let mut from = 0;
        let mut parts = Vec::new();
        for (at, letter) in inside.char_indices() {
            match letter {
                '{' => depth += 1,
                '}' if depth > 0 => depth -= 1,
                '}' => {
                    parts.push(&inside[from..at]);
                    break;
                }
                ',' if depth == 0 => {
                    parts.push(&inside[from..at]);
                    from = at + 1;
                }
                _ => {}
            }
        }
        return parts.into_iter().flat_map(|part| paths(part.trim())).collect();
    }
    if word.is_empty() { Vec::new() } else { vec![vec![word]] }
}

fn graph(sources: &BTreeMap<String, String>) -> Graph {
    let deepest = |path: &[String]| {
        (1..=path.len()).rev().map(|n| path[..n].join("::")).find(|module| sources.contains_key(module))
    };
    let mut graph = Graph::new();
    for (module, code) in sources {
        let own: Vec<String> = module.split("::").filter(|part| !part.is_empty()).map(str::to_owned).collect();
        let named = graph.entry(module.clone()).or_default();
        for start in ["crate::", "super::", "self::"] {
            for (at, _) in code.match_indices(start) {
                let before = code[..at].chars().next_back();
                if before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_' || letter == ':') {
                    continue;
                }
                let mut base = match start {
                    "crate::" => Vec::new(),
                    "self::" => own.clone(),
                    _ => own[..own.len().saturating_sub(1)].to_vec(),
                };
                let mut rest = &code[at + start.len()..];
                while let Some(further) = rest.strip_prefix("super::") {
                    base.pop();
                    rest = further;
                }
                for path in paths(rest) {
                    let path = [base.clone(), path].concat();
                    named.extend(deepest(&path).filter(|other| other != module));
                }
            }
        }
    }
    graph
}

/// Modules that lead back to themselves, in the order of the way.
fn circle(graph: &Graph) -> Option<Vec<String>> {
    fn follow(graph: &Graph, module: &str, way: &mut Vec<String>, done: &mut BTreeSet<String>) -> Option<Vec<String>> {
        if let Some(at) = way.iter().position(|known| known == module) {
            return Some(way[at..].to_vec());
        }
        if !done.insert(module.to_owned()) {
            return None;
        }
        way.push(module.to_owned());
        let found = graph.get(module)?.iter().find_map(|next| follow(graph, next, way, done));
        way.pop();
        found
    }
    let mut done = BTreeSet::new();
    graph.keys().find_map(|module| follow(graph, module, &mut Vec::new(), &mut done))
}

/// Names of a row above, each with the module that uses it.
fn arrows_up(graph: &Graph, rows: &[&[&str]]) -> Vec<String> {
    let row = |module: &str| rows.iter().position(|row| row.contains(&module.split("::").next().unwrap_or_default()));
    let mut up = Vec::new();
    for (module, named) in graph.iter().filter(|(module, _)| !module.is_empty()) {
        let own = row(module).unwrap_or_else(|| panic!("{module} has no row"));
        up.extend(named.iter().filter(|other| row(other) > Some(own)).map(|other| format!("{module} names {other}")));
    }
    up
}

/// The area of a module, with the staff's areas one by one: `areas::compte`, `areas::gestion::motifs`.
fn area(module: &str) -> Option<String> {
    let path: Vec<&str> = module.split("::").collect();
    match path[..] {
        ["areas", "gestion", sub, ..] if STAFF.contains(&sub) => Some(format!("areas::gestion::{sub}")),
        ["areas", area, ..] => Some(format!("areas::{area}")),
        _ => None,
    }
}

/// Names of the inside of another area, each with the module that uses it. The staff's areas make one program.
fn into_other_areas(graph: &Graph) -> Vec<String> {
    let mut into = Vec::new();
    for (module, named) in graph {
        let Some(own) = area(module) else { continue };
        let staff = own.starts_with("areas::gestion");
        let other = |other: &&String| {
            area(other)
                .is_some_and(|area| area != own && area != **other && !(staff && area.starts_with("areas::gestion")))
        };
        into.extend(named.iter().filter(other).map(|other| format!("{module} names {other}")));
    }
    into
}

#[test]
fn modules_make_no_circle_and_name_nothing_above_them() {
    for (name, rows) in [("app", Some(APP)), ("server", Some(SERVER)), ("app/domain", None)] {
        let graph = graph(&modules(name));
        assert!(graph.values().map(BTreeSet::len).sum::<usize>() > 50, "{name}: the names are found");
        assert_eq!(circle(&graph), None, "{name}");
        if let Some(rows) = rows {
            assert_eq!(arrows_up(&graph, rows), Vec::<String>::new(), "{name}");
        }
        assert_eq!(into_other_areas(&graph), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn a_circle_and_an_arrow_up_are_found() {
    let sources = |files: &[(&str, &str)]| files.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
    let round = graph(&sources(&[
        ("base::a", "use super::b::B;"),
        ("base::b", "fn f() { crate::areas::c::run() }"),
        ("areas::c", "use crate::{x::Y, base::{a::A, z}};"),
    ]));
    assert_eq!(circle(&round).map(|way| way.len()), Some(3));
    assert_eq!(arrows_up(&round, APP), ["base::b names areas::c"]);
    let straight =
        graph(&sources(&[("base::a", "use self::b::B;"), ("base::a::b", ""), ("areas::c", "use crate::base::a;")]));
    assert_eq!((circle(&straight), arrows_up(&straight, APP).len()), (None, 0));
}

#[test]
fn a_look_into_another_area_is_found() {
    let sources = |files: &[(&str, &str)]| files.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
    let graph = graph(&sources(&[
        ("areas::compte", "mod page;"),
        ("areas::compte::page", "use crate::areas::acces::Login; use crate::areas::acces::api::Logout;"),
        ("areas::acces", "pub mod api;"),
        ("areas::acces::api", ""),
        ("areas::gestion::motifs", "use crate::areas::gestion::equipe::page::P; use super::cadre::C;"),
        ("areas::gestion::equipe::page", ""),
        ("areas::gestion::cadre", ""),
    ]));
    assert_eq!(into_other_areas(&graph), ["areas::compte::page names areas::acces::api"]);
}
