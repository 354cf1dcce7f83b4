use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::MetaTags;

use crate::App;

/// Where the browser finds what was built: names that change with their content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assets {
    pub js: String,
    pub wasm: String,
    pub css: String,
}

/// The document around every page. The script tag is our own: leptos's hydration component writes the nonce into the
/// preload's `crossorigin`, which keeps Firefox from hydrating (leptos#4843).
pub fn shell(options: LeptosOptions, assets: &Assets) -> impl IntoView + use<> {
    let Assets { js, wasm, css } = assets.clone();
    let start = format!("import({js:?}).then(m=>m.default({{module_or_path:{wasm:?}}}).then(()=>m.hydrate()))");
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
                <script type="module" nonce=use_nonce()>{start}</script>
                <MetaTags/>
            </head>
            <body><App/></body>
        </html>
    }
}
