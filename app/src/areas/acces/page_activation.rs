use crate::base::refus::Refus;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use super::api::activation::{Activate, ReadActivation, Renew};
use super::choix::{ChoixMotDePasse, password_error, renewed, token};
use super::port::{ActivationVue, Lien};
use crate::ui::{Aide, Avis, Formulaire, Page, Resume, champ_id, invalide, lecture, lire, query_error};

#[component]
pub fn PageActivation() -> impl IntoView {
    let token = token();
    let lien = lire(move || ReadActivation { token: token.get() });
    lecture(lien, move |lien| match lien {
        Lien::Vivant(vue) => view! { <Vivant vue token/> }.into_any(),
        Lien::Expire => view! { <Expire token/> }.into_any(),
        Lien::Utilise => view! {
            <Page titre="Ce lien a déjà servi">
                <p>"Votre mot de passe est enregistré. Il ne vous reste qu’à vous connecter."</p>
                <p>
                    <a class="bouton principal" href="/">"Se connecter"</a>" "
                    <a class="bouton" href="/mot-de-passe-perdu">"J’ai perdu mon mot de passe"</a>
                </p>
            </Page>
        }
        .into_any(),
        Lien::Inconnu => view! {
            <Page titre="Ce lien n’est pas valable">
                <p>
                    "Il est incomplet ou ne vient pas de nous. Dans le courriel, ouvrez le lien en entier\u{a0}: "
                    "certaines messageries le coupent en deux lignes."
                </p>
                <p><a class="bouton" href="/inscription">"M’inscrire en tant qu’agent"</a></p>
            </Page>
        }
        .into_any(),
    })
}

#[component]
fn Vivant(vue: ActivationVue, token: Memo<String>) -> impl IntoView {
    let refused = query_error();
    let password = password_error();
    let to_tick = move || refused.with(|error| error.as_ref().is_some_and(|error| error.refus == Refus::Cocher));
    let untold = Signal::derive(move || to_tick().then(|| A_COCHER.to_owned()));
    let erreur = Signal::derive(move || if to_tick() { None } else { password.get() });
    let summary = Signal::derive(move || {
        let of = |name, error: Signal<Option<String>>| error.get().map(|text| (champ_id(name), text));
        of("information", untold).into_iter().chain(of("mot_de_passe", erreur)).collect::<Vec<_>>()
    });
    let next = match vue.a_relire {
        true => "Un mot de passe, et vous relirez votre demande avant qu’elle ne parte.",
        false => "Un mot de passe, et votre demande part au gestionnaire qui la validera.",
    };
    view! {
        <Page titre="Choisissez votre mot de passe" erreur=Signal::derive(move || refused.get().is_some())>
            <Resume erreurs=summary/>
            <p>{format!("Bonjour {}. {next}", vue.prenom)}</p>
            <dl class="fiche">
                <div><dt>"Employeur"</dt><dd>{vue.employeur}</dd></div>
                <div><dt>"Référence"</dt><dd>{vue.reference.to_string()}</dd></div>
            </dl>
            <Formulaire action=Activate::url()>
                <input type="hidden" name="token" value=move || token.get()/>
                {vue.a_relire.then(|| view! { <Information erreur=untold/> })}
                <ChoixMotDePasse erreur/>
            </Formulaire>
            <p class="aide">"Ce n’est pas vous\u{a0}? Fermez cette page\u{a0}: rien n’est enregistré, et le lien s’éteindra de lui-même."</p>
        </Page>
    }
}

const A_COCHER: &str = "Cochez cette case pour continuer.";

/// Whether the box was ticked when the form was refused.
fn ticked() -> bool {
    use_query_map().with_untracked(|query| query.get("information").is_some())
}

/// In cas 1 the service formation filled the sign-up in. So the agent ticks this box of the last tab here.
#[component]
fn Information(erreur: Signal<Option<String>>) -> impl IntoView {
    let id = champ_id("information");
    view! {
        <p>
            "Le service formation de votre collectivité a rempli votre demande. "
            <a href="/donnees-personnelles" target="_blank">"Lire l’information sur l’usage de mes données (nouvel onglet)"</a>
        </p>
        <div class="champ">
            <Aide id=id.clone() erreur/>
            <div class="option">
                <input type="checkbox" name="information" value="oui" id=id.clone() checked=ticked()
                    aria-describedby=format!("{id}-erreur") aria-invalid=invalide(erreur)
                    aria-required="true"/>
                <label for=id>
                    "J’ai lu l’information sur l’usage de mes données"<span class="etoile" aria-hidden="true">" *"</span>
                </label>
            </div>
        </div>
    }
}

#[component]
fn Expire(token: Memo<String>) -> impl IntoView {
    let renewed = renewed();
    let refused = query_error();
    view! {
        <Page titre="Ce lien a expiré">
            {move || refused.get().map(|error| view! { <Avis alerte=true><p>{error.message()}</p></Avis> })}
            {move || if renewed.get() {
                view! {
                    <Avis succes=true>
                        <p>"Un nouveau lien est en route vers la même adresse. Regardez aussi dans vos indésirables."</p>
                    </Avis>
                }
                .into_any()
            } else {
                view! {
                    <p>"Un lien d’activation est valable 72 heures. Demandez-en un autre\u{a0}: vos réponses sont gardées."</p>
                    <Formulaire action=Renew::url()>
                        <input type="hidden" name="token" value=move || token.get()/>
                        <button type="submit" class="principal">"Recevoir un nouveau lien"</button>
                    </Formulaire>
                }
                .into_any()
            }}
        </Page>
    }
}
