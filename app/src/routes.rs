use domain::Etape;
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::{SsrMode, path};

use crate::activation::{PageActivation, PageInvitation, PageReinitialisation};
use crate::browser;
use crate::compte::PageMonCompte;
use crate::connexion::{PageLogin, PageMotDePassePerdu};
use crate::gestion::{PageConnexionGestion, PageDemandes, PageDossier, PageRefuser, PageValider};
use crate::informations::{PageAccessibilite, PageAide, PageDonneesPersonnelles, PageIntrouvable, PageMentionsLegales};
use crate::inscription::{PageAnnuler, PageCollectivite, PageEnvoyee, PageOrientation, PageServiceRh};
use crate::wizard::PageOnglet;

/// Every page. Each renders whole before it is sent: what is streamed later needs JavaScript to be shown.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    Effect::new(|_| browser::mark_hydrated());
    view! {
        <a class="evitement" href="#contenu" rel="external">"Aller au contenu"</a>
        <header class="entete">
            <p><a href="/"><strong>"Préinscription IEL"</strong><span>"Formateurs et intervenants"</span></a></p>
            <nav aria-label="Aide"><a href="/aide">"Aide"</a></nav>
        </header>
        <Router>
            <main id="contenu" tabindex="-1">
                <FlatRoutes fallback=PageIntrouvable>
                    <Route ssr=SsrMode::Async path=path!("/") view=PageLogin/>
                    <Route ssr=SsrMode::Async path=path!("/inscription") view=PageOrientation/>
                    <Route ssr=SsrMode::Async path=path!("/inscription/service-rh") view=PageServiceRh/>
                    <Route ssr=SsrMode::Async path=path!("/inscription/collectivite") view=PageCollectivite/>
                    <Route ssr=SsrMode::Async path=path!("/inscription/identite")
                        view=|| view! { <PageOnglet etape=Etape::Identite/> }/>
                    <Route ssr=SsrMode::Async path=path!("/inscription/coordonnees")
                        view=|| view! { <PageOnglet etape=Etape::Coordonnees/> }/>
                    <Route ssr=SsrMode::Async path=path!("/inscription/adresses")
                        view=|| view! { <PageOnglet etape=Etape::Adresses/> }/>
                    <Route ssr=SsrMode::Async path=path!("/inscription/interlocuteurs")
                        view=|| view! { <PageOnglet etape=Etape::Interlocuteurs/> }/>
                    <Route ssr=SsrMode::Async path=path!("/inscription/situation-professionnelle")
                        view=|| view! { <PageOnglet etape=Etape::SituationProfessionnelle/> }/>
                    <Route ssr=SsrMode::Async path=path!("/inscription/validation")
                        view=|| view! { <PageOnglet etape=Etape::Validation/> }/>
                    <Route ssr=SsrMode::Async path=path!("/inscription/annuler") view=PageAnnuler/>
                    <Route ssr=SsrMode::Async path=path!("/inscription/envoyee") view=PageEnvoyee/>
                    <Route ssr=SsrMode::Async path=path!("/activation/:token") view=PageActivation/>
                    <Route ssr=SsrMode::Async path=path!("/invitation/:token") view=PageInvitation/>
                    <Route ssr=SsrMode::Async path=path!("/mot-de-passe-perdu") view=PageMotDePassePerdu/>
                    <Route ssr=SsrMode::Async path=path!("/mot-de-passe/:token") view=PageReinitialisation/>
                    <Route ssr=SsrMode::Async path=path!("/mon-compte") view=PageMonCompte/>
                    <Route ssr=SsrMode::Async path=path!("/gestion/connexion") view=PageConnexionGestion/>
                    <Route ssr=SsrMode::Async path=path!("/gestion/demandes") view=PageDemandes/>
                    <Route ssr=SsrMode::Async path=path!("/gestion/demandes/:id") view=PageDossier/>
                    <Route ssr=SsrMode::Async path=path!("/gestion/demandes/:id/valider") view=PageValider/>
                    <Route ssr=SsrMode::Async path=path!("/gestion/demandes/:id/refuser") view=PageRefuser/>
                    <Route ssr=SsrMode::Async path=path!("/aide") view=PageAide/>
                    <Route ssr=SsrMode::Async path=path!("/accessibilite") view=PageAccessibilite/>
                    <Route ssr=SsrMode::Async path=path!("/donnees-personnelles") view=PageDonneesPersonnelles/>
                    <Route ssr=SsrMode::Async path=path!("/mentions-legales") view=PageMentionsLegales/>
                </FlatRoutes>
            </main>
        </Router>
        <footer class="pied">
            <ul>
                <li><a href="/aide">"Aide"</a></li>
                <li><a href="/accessibilite">"Accessibilité : non conforme"</a></li>
                <li><a href="/donnees-personnelles">"Données personnelles"</a></li>
                <li><a href="/mentions-legales">"Mentions légales"</a></li>
            </ul>
        </footer>
    }
}
