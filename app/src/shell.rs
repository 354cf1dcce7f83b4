use domain::accessibilite::Conformite;
use leptos::nonce::use_nonce;
use leptos::prelude::*;

use crate::base::browser::CONTENU;
use leptos_meta::MetaTags;

use crate::{App, Pages};

/// The addresses of the built files. Their names change with their content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assets {
    pub js: String,
    pub wasm: String,
    pub css: String,
}

/// The document around a page of [`App`], which WebAssembly takes over. The script tag is our own: leptos's hydration
/// component writes the nonce into the preload's `crossorigin`, which keeps Firefox from hydrating (leptos#4843).
pub fn shell(options: LeptosOptions, assets: &Assets, conformite: Conformite) -> impl IntoView + use<> {
    let Assets { js, wasm, .. } = assets;
    let start = script(include_str!("chargeur.js"))
        .replace("\"JS\"", &format!("{js:?}"))
        .replace("\"WASM\"", &format!("{wasm:?}"));
    document(options, assets, conformite, start, || view! { <App/> }.into_any())
}

/// The document around a page of [`Pages`], which needs no WebAssembly.
pub fn plain_shell(options: LeptosOptions, assets: &Assets, conformite: Conformite) -> impl IntoView + use<> {
    document(options, assets, conformite, script(include_str!("pages.js")), || view! { <Pages/> }.into_any())
}

/// A script without its comments: each page carries it.
fn script(text: &str) -> String {
    text.lines().map(str::trim_start).filter(|line| !line.starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn document(
    options: LeptosOptions,
    assets: &Assets,
    conformite: Conformite,
    script: String,
    page: fn() -> AnyView,
) -> impl IntoView + use<> {
    let css = assets.css.clone();
    // The mention is compulsory on the front page, in these words.
    let accessibilite = format!("Accessibilité\u{a0}: {}", conformite.label());
    view! {
        <!DOCTYPE html>
        <html lang="fr">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="description"
                    content="Le compte de préinscription en ligne des formateurs et intervenants du CNFPT."/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="stylesheet" id="leptos" href=css/>
                <AutoReload options/>
                <script type="module" nonce=use_nonce()>{script}</script>
                <MetaTags/>
            </head>
            <body>
                <a class="evitement" href="#contenu" rel="external">"Aller au contenu"</a>
                <header class="entete">
                    // The router of a hydrated page does not know the pages of these links, so they are external.
                    <p>
                        <a href="/" rel="external">
                            <strong>"Préinscription IEL"</strong>" "<span>"Formateurs et intervenants"</span>
                        </a>
                    </p>
                    <nav aria-label="Aide"><a href="/aide" rel="external">"Aide"</a></nav>
                </header>
                <main id=CONTENU tabindex="-1">{page()}</main>
                <footer class="pied">
                    <ul>
                        <li><a href="/aide" rel="external">"Aide"</a></li>
                        <li><a href="/accessibilite" rel="external">{accessibilite}</a></li>
                        <li><a href="/donnees-personnelles" rel="external">"Données personnelles"</a></li>
                        <li><a href="/mentions-legales" rel="external">"Mentions légales"</a></li>
                        <li><a href="/plan-du-site" rel="external">"Plan du site"</a></li>
                    </ul>
                </footer>
            </body>
        </html>
    }
}
