//! Helpers that the tests of the tabs share.

use crate::Cas;
use crate::onglet::Onglet;
use crate::valeurs::proprietes::contexte;

/// The errors of a tab: (field, message), with plain spaces in the message.
pub(super) fn messages(draft: &dyn Onglet, cas: Cas) -> Vec<(&'static str, String)> {
    draft
        .errors(&contexte(cas))
        .into_iter()
        .map(|(at, error)| (draft.specs()[at].name, error.to_string().replace('\u{a0}', " ")))
        .collect()
}

/// The names of the fields a case asks for, and whether each has a star.
pub(super) fn asked(draft: &dyn Onglet, cas: Cas) -> Vec<(&'static str, bool)> {
    let contexte = contexte(cas);
    (0..draft.specs().len())
        .filter(|at| draft.asked(*at, &contexte))
        .map(|at| (draft.specs()[at].name, draft.required(at, &contexte)))
        .collect()
}

/// Fills a field as a form does.
pub(super) fn with<T: Onglet + Clone>(draft: &T, name: &str, raw: &str) -> T {
    let mut draft = draft.clone();
    let at = draft.position(name).unwrap();
    draft.set(at, raw.to_owned());
    assert_eq!(draft.get(at), raw);
    draft
}
