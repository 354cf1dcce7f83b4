use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::champ_id;
use crate::base::browser;
use crate::base::refus::{ERREUR, Refus};

/// A text as HTML. A text that changes while a page is open is written with `inner_html`. A browser that translates
/// the page replaces its text nodes, and nobody sees a text written into the old ones.
pub fn escape(text: &str) -> String {
    let mut html = String::new();
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            _ => html.push(c),
        }
    }
    html
}

/// A text that changes, as HTML. All of them have one type, because each closure of its own would be compiled apart.
pub fn live(html: Arc<dyn Fn() -> String + Send + Sync>) -> impl Fn() -> String + Clone + Send + Sync + 'static {
    move || html()
}

/// The same for a yes or a no.
pub fn vrai(is: Arc<dyn Fn() -> bool + Send + Sync>) -> impl Fn() -> bool + Clone + Send + Sync + 'static {
    move || is()
}

/// The notice of the last action. `alerte` interrupts a screen reader; the others wait for their turn.
#[component]
pub fn Avis(#[prop(optional)] alerte: bool, #[prop(optional)] succes: bool, children: Children) -> impl IntoView {
    let class = match (alerte, succes) {
        (true, _) => "avis alerte",
        (_, true) => "avis succes",
        _ => "avis",
    };
    view! { <div class=class role=if alerte { "alert" } else { "status" }>{children()}</div> }
}

/// How a notice speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ton {
    Alerte,
    Succes,
    Simple,
}

/// A notice that may come and go. All of them have one type, because each closure of its own would be compiled apart.
pub fn annonce(texte: Arc<dyn Fn() -> Option<(Ton, String)> + Send + Sync>) -> AnyView {
    (move || {
        texte().map(|(ton, texte)| {
            view! {
                <Avis alerte=ton == Ton::Alerte succes=ton == Ton::Succes><p inner_html=escape(&texte)></p></Avis>
            }
            .into_any()
        })
    })
    .into_any()
}

/// The notice of a refusal, but for those that the page shows at a field.
pub fn refus(own: &'static [Refus]) -> AnyView {
    let refused = query_error();
    annonce(Arc::new(move || {
        refused.get().filter(|error| !own.contains(&error.refus)).map(|error| (Ton::Alerte, error.message()))
    }))
}

/// A notice that the address of the page asks for.
pub fn signale(parametre: &'static str, ton: Ton, texte: &'static str) -> AnyView {
    let query = use_query_map();
    annonce(Arc::new(move || query.with(|query| query.get(parametre).is_some()).then(|| (ton, texte.to_owned()))))
}

/// The state of a field, for `aria-invalid`.
pub fn invalide(erreur: Signal<Option<String>>) -> impl Fn() -> Option<&'static str> + Copy + Send + Sync + 'static {
    move || erreur.with(Option::is_some).then_some("true")
}

/// The summary on top of a form: each error, with a link to its field.
#[component]
pub fn Resume(#[prop(into)] erreurs: Signal<Vec<(String, String)>>) -> impl IntoView {
    // If nothing was wrong a moment ago, the focus goes to the summary. A page that begins with errors gives it to them at once.
    let mut before = false;
    browser::effet(Box::new(move || {
        let wrong = erreurs.with(|erreurs| !erreurs.is_empty());
        if wrong && !before {
            browser::focus("resume");
        }
        before = wrong;
    }));
    move || {
        let erreurs = erreurs.get();
        (!erreurs.is_empty()).then(|| {
            view! {
                <div class="resume" id="resume" role="alert" tabindex="-1">
                    <h2>"Il reste quelque chose à corriger"</h2>
                    <ul>
                        {erreurs
                            .into_iter()
                            .map(|(id, message)| view! { <li><a href=format!("#{id}") rel="external" inner_html=escape(&message)></a></li> }.into_any())
                            .collect_view()}
                    </ul>
                </div>
            }
            .into_any()
        })
    }
}

/// The summary of a form in which one field alone can be wrong.
pub fn summary_of(field: &'static str, error: Signal<Option<String>>) -> Signal<Vec<(String, String)>> {
    Signal::derive(move || error.get().map(|text| (champ_id(field), text)).into_iter().collect())
}

/// A refusal in the address, after a form's redirect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorCode {
    pub refus: Refus,
    /// Seconds or minutes to wait, the tries left, or the incident: digits and letters only.
    pub detail: String,
}

/// Reads `?erreur=`.
pub fn query_error() -> Signal<Option<ErrorCode>> {
    let query = use_query_map();
    Signal::derive(move || query.with(|query| ErrorCode::read(|name| query.get(name))))
}

impl ErrorCode {
    /// The refusal that the parameters of an address tell.
    pub fn read(parameter: impl Fn(&str) -> Option<String>) -> Option<Self> {
        let refus = Refus::from_code(&parameter(ERREUR)?).unwrap_or(Refus::Inconnu);
        let detail = ["secondes", "minutes", "incident", "essais"].into_iter().find_map(parameter);
        let detail = detail.unwrap_or_default().chars().filter(char::is_ascii_alphanumeric).take(16).collect();
        Some(Self { refus, detail })
    }

    /// The message of a code that any form can end with, or of an unknown code.
    pub fn message(&self) -> String {
        let detail = &self.detail;
        match self.refus {
            Refus::Trop => format!("Trop de demandes depuis votre réseau\u{a0}: réessayez dans {detail} secondes."),
            Refus::Delai => format!("Après plusieurs essais manqués, il faut attendre\u{a0}: réessayez dans {detail} min."),
            Refus::Cookies => "Votre navigateur refuse les cookies, ou vient de les effacer. Ce service en a besoin pour vous reconnaître \
                          d’une page à l’autre, et pour rien d’autre\u{a0}: autorisez les cookies de ce site dans les réglages du \
                          navigateur, puis recommencez."
                .to_owned(),
            Refus::Affluence => "Trop de demandes au même moment\u{a0}: rien n’a été enregistré. Réessayez dans quelques secondes."
                .to_owned(),
            Refus::Indisponible => format!(
                "Le service est momentanément indisponible. Réessayez dans quelques minutes (incident {detail})."
            ),
            _ => "Cette demande n’a pas abouti\u{a0}: réessayez.".to_owned(),
        }
    }
}
