//! The pages linked from every footer. The facts that only the operator knows come from the configuration, never
//! invented.

mod accessibilite;
mod aide;
mod donnees_personnelles;
mod introuvable;
mod mentions_legales;
mod plan;

pub use accessibilite::PageAccessibilite;
pub use aide::PageAide;
pub use donnees_personnelles::PageDonneesPersonnelles;
pub use introuvable::PageIntrouvable;
pub use mentions_legales::PageMentionsLegales;
pub use plan::PagePlan;

use domain::ports::Exploitant;
use leptos::prelude::*;

use crate::api::exploitant::read_exploitant;
use crate::ui::Attente;

/// Gives the operator's facts to a page.
fn with_exploitant(view: impl Fn(Exploitant) -> AnyView + Copy + Send + Sync + 'static) -> impl IntoView {
    let exploitant = Resource::new_blocking(|| (), |()| read_exploitant());
    view! {
        <Transition fallback=Attente>
            {move || Suspend::new(async move { view(exploitant.await.unwrap_or_default()) })}
        </Transition>
    }
}

/// The text of the operator, or a notice that it is missing.
fn or_missing(text: String) -> String {
    if text.is_empty() { "non renseigné par l’exploitant de ce service".to_owned() } else { text }
}
