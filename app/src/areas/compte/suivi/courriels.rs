use domain::courriel::CourrielSuivi;
use leptos::prelude::*;

/// The mails to the person, and the fate of each.
#[component]
pub fn Courriels(courriels: Vec<CourrielSuivi>) -> impl IntoView {
    (!courriels.is_empty()).then(|| {
        view! {
            <section>
                <h2>"Nos courriels"</h2>
                <ul>
                    {courriels.into_iter().map(|mail| {
                        let said = mail.en_mots();
                        view! { <li>{mail.quoi}"\u{a0}: "{said}"."</li> }
                    }).collect_view()}
                </ul>
            </section>
        }
    })
}
