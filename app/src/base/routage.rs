//! Which page an address leads to.

use std::collections::BTreeMap;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use leptos::prelude::*;
use percent_encoding::percent_decode_str;

/// The parts of a path that its pattern names.
pub type Parametres = Vec<(&'static str, String)>;

/// The parts of this path that the pattern names, if the path matches: `/suivi/:token`.
pub fn matched(pattern: &'static str, path: &str) -> Option<Parametres> {
    let mut parts = path.split('/');
    let mut named = Parametres::new();
    for expected in pattern.split('/') {
        let part = parts.next()?;
        match expected.strip_prefix(':') {
            Some(_) if part.is_empty() => return None,
            Some(name) => named.push((name, percent_decode_str(part).decode_utf8_lossy().into_owned())),
            None if part != expected => return None,
            None => {}
        }
    }
    parts.next().is_none().then_some(named)
}

/// The parameters of an address, from what stands after its question mark. The last one of each name counts.
pub struct Recherche(BTreeMap<String, String>);

impl Recherche {
    pub fn read(text: &str) -> Self {
        let mut all = BTreeMap::new();
        for pair in text.trim_start_matches('?').split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let read = |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned();
            all.insert(read(name), read(value));
        }
        Self(all)
    }

    pub fn get(&self, name: &str) -> Option<String> {
        self.0.get(name).cloned()
    }
}

/// The page that is shown, for itself.
#[derive(Clone, Copy)]
pub struct Ici {
    /// The address is already that of another page: this one asks for nothing more.
    pub is_left: Signal<bool>,
    pub parametres: Signal<Parametres>,
}

/// A part of the page's address. A page stays when only these parts change, so it must not read them once and for all.
pub fn parametre(nom: &'static str) -> Memo<String> {
    let ici = use_context::<Ici>();
    Memo::new(move |former: Option<&String>| match former {
        Some(former) if ici.is_none_or(|ici| ici.is_left.try_get().unwrap_or(true)) => former.clone(),
        _ => {
            let named = ici.and_then(|ici| ici.parametres.try_get()).unwrap_or_default();
            named.into_iter().find(|(known, _)| *known == nom).map(|(_, value)| value).unwrap_or_default()
        }
    })
}

/// The same, for a number.
pub fn numero(nom: &'static str) -> Memo<i64> {
    let text = parametre(nom);
    Memo::new(move |_| text.with(|text| text.parse().unwrap_or_default()))
}

/// The value of a future that waits for nothing.
pub fn at_once<T>(future: impl Future<Output = T>) -> Option<T> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Recherche, matched};

    #[test]
    fn a_parameter_is_decoded_once() {
        let read = Recherche::read("?q=100%2525+%26+%C3%A9&q=50%2525%3D&vide&=x");
        assert_eq!(read.get("q").as_deref(), Some("50%25="));
        assert_eq!((read.get("vide").as_deref(), read.get("rien")), (Some(""), None));
        assert_eq!(Recherche::read("q=100%2525+%26+%C3%A9").get("q").as_deref(), Some("100%25 & é"));
    }

    #[test]
    fn a_path_matches_its_pattern_and_no_other() {
        for (pattern, path, found) in [
            ("/", "/", Some(vec![])),
            ("/aide", "/aide", Some(vec![])),
            ("/aide", "/aide/", None),
            ("/aide", "/aides", None),
            ("/aide", "/", None),
            ("/suivi/:token", "/suivi/a%2Fb", Some(vec![("token", "a/b")])),
            ("/suivi/:token", "/suivi/", None),
            ("/suivi/:token", "/suivi/a/b", None),
            ("/a/:x/b/:y", "/a/1/b/2", Some(vec![("x", "1"), ("y", "2")])),
        ] {
            let named = matched(pattern, path);
            let named = named.as_ref().map(|named| named.iter().map(|(name, value)| (*name, value.as_str())).collect());
            assert_eq!(named, found, "{pattern} {path}");
        }
    }
}
