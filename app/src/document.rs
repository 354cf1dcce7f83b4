use domain::accessibilite::Conformite;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::MetaTags;
use leptos_router::location::RequestUrl;

use crate::base::browser::CONTENU;
use crate::{App, register};

/// The addresses of the built files. Their names change with their content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assets {
    pub js: String,
    pub wasm: String,
    pub css: String,
    /// The script that loads the parts.
    pub loader: Option<String>,
    /// The files of each part.
    pub compte: Vec<String>,
    pub formations: Vec<String>,
    pub gestion: Vec<String>,
}

/// Asks for the files that the page needs before the program asks for them.
fn preloads(assets: &Assets) -> impl IntoView + use<> {
    let part = use_context::<RequestUrl>()
        .and_then(|url| register::part_of(url.as_ref().split('?').next().unwrap_or_default()));
    let files = match part {
        Some(register::Partie::Compte) => assets.compte.clone(),
        Some(register::Partie::Formations) => assets.formations.clone(),
        Some(register::Partie::Gestion) => assets.gestion.clone(),
        _ => Vec::new(),
    };
    let fetched = std::iter::once(assets.wasm.clone()).chain(files).map(|file| {
        view! { <link rel="preload" r#as="fetch" crossorigin="anonymous" href=file/> }
    });
    let scripts = std::iter::once(assets.js.clone())
        .chain(assets.loader.clone())
        .map(|file| view! { <link rel="modulepreload" href=file/> });
    view! { {scripts.collect_view()}{fetched.collect_view()} }
}

/// The document around every page. WebAssembly takes over what is inside `<main>`. The script tag is our own: leptos's
/// hydration component writes the nonce into the preload's `crossorigin`, which keeps Firefox from hydrating
/// (leptos#4843).
pub fn shell(options: LeptosOptions, assets: &Assets, conformite: Conformite) -> impl IntoView + use<> {
    let Assets { js, wasm, css, .. } = assets.clone();
    let preloads = preloads(assets);
    // Each page carries the script: without its comments.
    let lines = include_str!("chargeur.js").lines().map(str::trim_start).filter(|line| !line.starts_with("//"));
    let script = lines.collect::<Vec<_>>().join("\n");
    let script = script.replace("\"JS\"", &format!("{js:?}")).replace("\"WASM\"", &format!("{wasm:?}"));
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
                {preloads}
                <AutoReload options/>
                <script type="module" nonce=use_nonce()>{script}</script>
                <MetaTags/>
            </head>
            <body>
                <a class="evitement" href="#contenu" rel="external">"Aller au contenu"</a>
                <header class="entete">
                    <p>
                        <a href="/">
                            <strong>"Préinscription IEL"</strong>" "<span>"Formateurs et intervenants"</span>
                        </a>
                    </p>
                    <nav aria-label="Aide"><a href="/aide">"Aide"</a></nav>
                </header>
                <main id=CONTENU tabindex="-1"><App/></main>
                <footer class="pied">
                    <ul>
                        <li><a href="/aide">"Aide"</a></li>
                        <li><a href="/accessibilite">{accessibilite}</a></li>
                        <li><a href="/donnees-personnelles">"Données personnelles"</a></li>
                        <li><a href="/mentions-legales">"Mentions légales"</a></li>
                        <li><a href="/plan-du-site">"Plan du site"</a></li>
                    </ul>
                </footer>
            </body>
        </html>
    }
}
