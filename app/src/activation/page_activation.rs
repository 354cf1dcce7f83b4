use domain::ports::{ActivationVue, Lien};
use leptos::prelude::*;

use super::choix::{ChoixMotDePasse, ResumeMotDePasse, password_error, renewed, token};
use crate::api::activation::{Activate, Renew, read_activation};
use crate::ui::{Attente, Avis, Page};

#[component]
pub fn PageActivation() -> impl IntoView {
    let token = token();
    let activate = ServerAction::<Activate>::new();
    let renew = ServerAction::<Renew>::new();
    let lien =
        Resource::new_blocking(move || (token.get(), activate.version().get()), |(token, _)| read_activation(token));
    view! {
        <Transition fallback=Attente>
            {move || Suspend::new(async move {
                match lien.await {
                    Ok(Lien::Vivant(vue)) => view! { <Vivant vue token action=activate/> }.into_any(),
                    Ok(Lien::Expire) => view! { <Expire token action=renew/> }.into_any(),
                    Ok(Lien::Utilise) => view! {
                        <Page titre="Ce lien a déjà servi">
                            <p>"Votre mot de passe est enregistré. Il ne vous reste qu’à vous connecter."</p>
                            <p>
                                <a class="bouton principal" href="/">"Se connecter"</a>" "
                                <a class="bouton" href="/mot-de-passe-perdu">"J’ai perdu mon mot de passe"</a>
                            </p>
                        </Page>
                    }
                    .into_any(),
                    Ok(Lien::Inconnu) => view! {
                        <Page titre="Ce lien n’est pas valable">
                            <p>
                                "Il est incomplet ou ne vient pas de nous. Dans le courriel, ouvrez le lien en entier\u{a0}: "
                                "certaines messageries le coupent en deux lignes."
                            </p>
                            <p><a class="bouton" href="/inscription">"M’inscrire en tant qu’agent"</a></p>
                        </Page>
                    }
                    .into_any(),
                    Err(error) => view! { <Avis alerte=true><p>{error.to_string()}</p></Avis> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Vivant(vue: ActivationVue, token: Memo<String>, action: ServerAction<Activate>) -> impl IntoView {
    let erreur = password_error();
    view! {
        <Page titre="Choisissez votre mot de passe" erreur=Signal::derive(move || erreur.get().is_some())>
            <ResumeMotDePasse erreur/>
            <p>{format!("Bonjour {}. Un mot de passe, et votre demande part au gestionnaire qui la validera.", vue.prenom)}</p>
            <dl class="fiche">
                <div><dt>"Employeur"</dt><dd>{vue.employeur}</dd></div>
                <div><dt>"Référence"</dt><dd>{vue.reference.to_string()}</dd></div>
            </dl>
            <ActionForm action attr:novalidate=true>
                <input type="hidden" name="token" value=move || token.get()/>
                <ChoixMotDePasse erreur/>
            </ActionForm>
            <p class="aide">"Ce n’est pas vous\u{a0}? Fermez cette page\u{a0}: rien n’est enregistré, et le lien s’éteindra de lui-même."</p>
        </Page>
    }
}

#[component]
fn Expire(token: Memo<String>, action: ServerAction<Renew>) -> impl IntoView {
    let renewed = renewed();
    let refused = crate::ui::query_error();
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
                    <ActionForm action>
                        <input type="hidden" name="token" value=move || token.get()/>
                        <button type="submit" class="principal">"Recevoir un nouveau lien"</button>
                    </ActionForm>
                }
                .into_any()
            }}
        </Page>
    }
}
