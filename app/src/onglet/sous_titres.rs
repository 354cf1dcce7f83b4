use leptos::prelude::*;

/// The fields of a form, those of one heading together. For pages that the server renders.
pub fn sous_titres(fields: Vec<(&'static str, AnyView)>) -> AnyView {
    let mut groups: Vec<(&'static str, Vec<AnyView>)> = Vec::new();
    for (heading, field) in fields {
        match groups.last_mut() {
            Some((last, group)) if *last == heading => group.push(field),
            _ => groups.push((heading, vec![field])),
        }
    }
    groups
        .into_iter()
        .map(|(heading, fields)| match heading {
            "" => fields.into_any(),
            heading => view! { <fieldset class="sous-titre"><legend>{heading}</legend>{fields}</fieldset> }.into_any(),
        })
        .collect_view()
        .into_any()
}
