//! The addresses of the staff area. The filter of the list goes with a file and comes back with it.

use std::collections::BTreeMap;

use domain::filtre::FiltreDemandes;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::base::adresses::query_of;

/// The parameters of the page's address, the last one of each name.
pub fn parameters() -> Memo<BTreeMap<String, String>> {
    let query = use_query_map();
    Memo::new(move |_| {
        query.with(|query| query.latest_values().map(|(name, value)| (name.to_string(), value.to_owned())).collect())
    })
}

/// The filter in the address of the page, as a query.
pub fn filter_here() -> String {
    query_of(&here())
}

/// The same as the fields of a form.
pub fn fields_here() -> Vec<(&'static str, String)> {
    here().parameters()
}

fn here() -> FiltreDemandes {
    let parameters = parameters().get_untracked();
    FiltreDemandes::read(|name| parameters.get(name).cloned())
}
