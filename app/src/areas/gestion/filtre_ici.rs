//! The addresses of the staff area. The filter of the list goes with a file and comes back with it.

use domain::filtre::FiltreDemandes;
use leptos::prelude::*;

use crate::base::adresses::query_of;
use crate::ui::parameters;

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
