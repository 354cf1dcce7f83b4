//! The inputs that the server accepts, described by the code itself, in a file that the trial of bad input reads. The test
//! writes the file.

use std::collections::{BTreeMap, BTreeSet};

use app::areas::gestion::annuaire::EntreeSaisie;
use app::register::acces;
use axum::http::header::ALLOW;
use axum::http::{Request, StatusCode};
use domain::formation::DelegationSaisie;
use domain::formation::lecture::{SeanceSaisie, SessionSaisie};
use domain::onglet::Onglet;
use domain::onglets::{
    AdressesDraft, CoordonneesDraft, IdentiteDraft, InterlocuteursDraft, SituationProfessionnelleDraft, ValidationDraft,
};
use serde_json::{Value, json};
use syn::{FnArg, GenericArgument, Item, ItemFn, Pat, PathArguments, Type};

use super::support::{Monde, Navigateur};
use crate::support::sources::{root, rust_files};

const FILE: &str = "target/description.json";

/// How an argument travels. The test fails on a type that is not here, so that somebody thinks of it.
fn kind(ty: &Type) -> &'static str {
    let Type::Path(path) = ty else { panic!("an argument is of a named type") };
    let last = path.path.segments.last().unwrap();
    match last.ident.to_string().as_str() {
        "String" => "text",
        "i64" => "integer",
        "bool" => "boolean",
        "Etape" => "tab",
        "BTreeMap" | "DelegationSaisie" | "EntreeSaisie" | "SessionSaisie" => "map",
        "Option" => match &last.arguments {
            PathArguments::AngleBracketed(inner) => match inner.args.first() {
                Some(GenericArgument::Type(inner)) => kind(inner),
                _ => panic!("an option of a type"),
            },
            _ => panic!("an option of a type"),
        },
        other => panic!("{other}: say in server/tests/description.rs how it travels"),
    }
}

/// Name and arguments of each `#[server]` function. `.ci/check` sees to it that none has another encoding.
pub(crate) fn functions() -> BTreeMap<String, Vec<Value>> {
    let mut found = BTreeMap::new();
    for (_, text) in rust_files("app/src") {
        for item in syn::parse_file(&text).unwrap().items {
            let Item::Fn(ItemFn { attrs, sig, .. }) = item else { continue };
            if !attrs.iter().any(|attribute| attribute.path().is_ident("server")) {
                continue;
            }
            let argument = |argument: &FnArg| {
                let FnArg::Typed(typed) = argument else { panic!("a server function has no self") };
                let Pat::Ident(name) = &*typed.pat else { panic!("an argument has a name") };
                let optional = typed.attrs.iter().any(|attribute| attribute.path().is_ident("server"));
                json!({ "name": name.ident.to_string(), "kind": kind(&typed.ty), "required": !optional })
            };
            found.insert(sig.ident.to_string(), sig.inputs.iter().map(argument).collect());
        }
    }
    found
}

/// The words by which pages and filters read a parameter of their address.
const READERS: [&str; 7] = ["coded", "flag", "get", "number", "read", "text", "typed"];

/// The parameters that pages and filters read by their names.
fn parameters() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (_, text) in rust_files("app/src").into_iter().chain(rust_files("app/domain/src")) {
        for reader in READERS {
            let asked = format!("{reader}(\"");
            found.extend(text.split(&asked).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned));
        }
    }
    found
}

/// The names maps have: the fields of the tabs, of an entry of the directory, of a délégation, of a session, and the parameters of the pages.
fn names() -> Value {
    let tabs: [(&str, &dyn Onglet); 6] = [
        ("identite", &IdentiteDraft::default()),
        ("coordonnees", &CoordonneesDraft::default()),
        ("adresses", &AdressesDraft::default()),
        ("interlocuteurs", &InterlocuteursDraft::default()),
        ("situation-professionnelle", &SituationProfessionnelleDraft::default()),
        ("validation", &ValidationDraft::default()),
    ];
    let fields: BTreeMap<_, Vec<_>> =
        tabs.map(|(etape, draft)| (etape, draft.specs().iter().map(|spec| spec.name).collect())).into();
    let entree = keys(&EntreeSaisie::default());
    let delegation = keys(&DelegationSaisie::default());
    let mut saisie = keys(&SessionSaisie::default());
    saisie.retain(|name| name != "seances");
    saisie.extend(keys(&SeanceSaisie::default()).iter().map(|name| format!("seances][0][{name}")));
    json!({
        "tabs": fields,
        "entree": entree,
        "delegation": delegation,
        "saisie": saisie,
        "parameters": parameters(),
    })
}

/// The names of the fields of a form.
fn keys(saisie: &impl serde::Serialize) -> Vec<String> {
    serde_json::to_value(saisie).unwrap().as_object().unwrap().keys().cloned().collect()
}

/// The routes and their methods. Each is asked by a method that none has: the refusal names its own methods.
async fn routes(navigateur: &mut Navigateur) -> Vec<Value> {
    let mut found = Vec::new();
    let mut paths = navigateur.paths();
    paths.sort();
    for path in paths.iter().filter(|path| !path.starts_with("/api/")) {
        let asked = path.replace(['{', '}'], "");
        let page = navigateur
            .send(Request::builder().method("PROPFIND").uri(asked).header("sec-fetch-site", "same-origin"))
            .await;
        assert_eq!(page.status, StatusCode::METHOD_NOT_ALLOWED, "{path}");
        let allowed = page.headers[ALLOW].to_str().unwrap();
        let body = if allowed.contains("POST") { "multipart" } else { "none" };
        found.push(json!({ "path": path, "methods": allowed.split(',').collect::<Vec<_>>(), "body": body }));
    }
    found
}

async fn description() -> String {
    let mut navigateur = Navigateur::new(&Monde::on_sqlite().await);
    let arguments = functions();
    let mut declared: Vec<_> = acces().collect();
    declared.sort_by_key(|declared| declared.chemin);
    let functions: Vec<Value> = declared
        .iter()
        .map(|declared| {
            let path = declared.chemin;
            let known = arguments.get(path.trim_start_matches("/api/"));
            let known = known.unwrap_or_else(|| panic!("{path} is no function of app/src"));
            let right = format!("{:?}", declared.droit);
            json!({ "path": path, "method": "POST", "body": "urlencoded", "right": right, "arguments": known })
        })
        .collect();
    assert_eq!(functions.len(), arguments.len());
    let lines = |things: &[Value]| things.iter().map(Value::to_string).collect::<Vec<_>>().join(",\n");
    format!(
        "{{\"routes\": [\n{}\n],\n\"functions\": [\n{}\n],\n\"names\": {}}}\n",
        lines(&routes(&mut navigateur).await),
        lines(&functions),
        names()
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_server_accepts_can_be_described() {
    std::fs::write(root().join(FILE), description().await).unwrap();
}
