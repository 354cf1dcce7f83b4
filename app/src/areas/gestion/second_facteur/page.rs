//! The second factor, which the staff gives after the password.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{KeepCodes, ProveCode, ReadCodesSecours, ReadSecondFacteur, UseRecoveryCode};
use super::port::{Enrolement, FacteurAttendu, Qr};
use crate::areas::acces::Deconnexion;
use crate::areas::gestion::lecture::lue;
use crate::base::browser;
use crate::base::refus::Refus;
use crate::ui::{Aide, Avis, Formulaire, Page, Resume, champ_id, invalide, lire, lu, query_error};

/// Asks for a code. The first time, it shows the secret that makes the codes.
#[component]
pub fn PageSecondFacteur() -> impl IntoView {
    lu(lire(|| ReadSecondFacteur {}), |asked| view! { <Facteur asked/> }.into_any())
}

#[component]
fn Facteur(asked: FacteurAttendu) -> impl IntoView {
    let refused = query_error();
    let said = |why: Refus, words: &'static str| {
        Signal::derive(move || refused.get().filter(|error| error.refus == why).map(|_| words.to_owned()))
    };
    let code = said(Refus::Code, CODE_FAUX);
    let secours = said(Refus::Secours, "Ce code de secours n’est pas l’un des vôtres, ou il a déjà servi.");
    let summary = Signal::derive(move || {
        let wrong = [(champ_id("code"), code.get()), (champ_id("secours"), secours.get())];
        wrong.into_iter().filter_map(|(id, text)| Some((id, text?))).collect::<Vec<_>>()
    });
    let enrols = matches!(asked, FacteurAttendu::Enrolement(_));
    view! {
        <Page titre="Second facteur" erreur=Signal::derive(move || refused.get().is_some())>
            <Resume erreurs=summary/>
            {move || refused.get().filter(|error| !matches!(error.refus, Refus::Code | Refus::Secours)).map(|error| view! {
                <Avis alerte=true><p>{error.message()}</p></Avis>
            })}
            {match asked {
                FacteurAttendu::Enrolement(enrolement) => view! { <Enroler enrolement erreur=code/> }.into_any(),
                FacteurAttendu::Code => view! {
                    <p>"Ouvrez votre application de codes et recopiez celui de «\u{a0}Préinscription IEL\u{a0}»."</p>
                    <FormulaireCode erreur=code/>
                }
                .into_any(),
                FacteurAttendu::CleRemplacee => view! {
                    <Avis alerte=true>
                        <p>
                            "La clé de ce service a été remplacée\u{a0}: les codes de votre application ne sont plus reconnus. "
                            "Entrez avec un code de secours, ou demandez à un administrateur de réinitialiser votre second facteur."
                        </p>
                    </Avis>
                }
                .into_any(),
            }}
            {(!enrols).then(|| view! { <Secours erreur=secours/> })}
            <Deconnexion gestion=true/>
        </Page>
    }
}

#[component]
fn Enroler(enrolement: Enrolement, erreur: Signal<Option<String>>) -> impl IntoView {
    let Enrolement { secret, uri, qr } = enrolement;
    let groups: Vec<String> =
        (0..secret.len()).step_by(4).filter_map(|at| secret.get(at..at + 4).map(str::to_owned)).collect();
    view! {
        <p>
            "La gestion des demandes s’ouvre avec votre mot de passe et un code qui change toutes les 30\u{a0}secondes. "
            "Une application le calcule sur votre téléphone, sans réseau\u{a0}: par exemple Aegis, FreeOTP ou le gestionnaire de mots de passe que vous avez déjà."
        </p>
        <ol>
            <li>
                "Dans l’application, ajoutez un compte en photographiant cette image."
                <CodeQr qr/>
                <p>
                    <a href=uri rel="external">"Ouvrir dans l’application de cet appareil"</a>
                </p>
                <p>
                    "Ou saisissez ce secret\u{a0}: "
                    // The style sheet spaces the groups, so that a copied secret has no blanks.
                    <code class="secret">{groups.into_iter().map(|group| view! { <span>{group}</span> }).collect_view()}</code>
                </p>
            </li>
            <li>"Recopiez le code qu’elle affiche."</li>
        </ol>
        <FormulaireCode erreur/>
    }
}

#[component]
fn CodeQr(qr: Qr) -> impl IntoView {
    let Qr { cote, trace } = qr;
    view! {
        <svg class="qr" viewBox=format!("0 0 {cote} {cote}") role="img" aria-label="Code QR du secret" shape-rendering="crispEdges">
            <rect width=cote height=cote fill="#ffffff"/>
            <path d=trace fill="#000000"/>
        </svg>
    }
}

pub const CODE_FAUX: &str =
    "Ce code n’est pas le bon, ou il a déjà servi. Attendez le suivant et recopiez ses 6 chiffres.";

#[component]
fn FormulaireCode(erreur: Signal<Option<String>>) -> impl IntoView {
    view! {
        <Formulaire action=ProveCode::url()>
            <ChampCode erreur/>
            <div class="boutons"><button type="submit" class="principal">"Continuer"</button></div>
        </Formulaire>
    }
}

/// The code of the application, wherever it is asked for.
#[component]
pub fn ChampCode(erreur: Signal<Option<String>>) -> impl IntoView {
    let id = champ_id("code");
    view! {
        <div class="champ court">
            <label for=id.clone()>"Code à 6 chiffres"</label>
            <Aide id=id.clone() erreur/>
            <input type="text" id=id.clone() name="code" inputmode="numeric" autocomplete="one-time-code" spellcheck="false"
                aria-required="true" aria-describedby=format!("{id}-erreur")
                aria-invalid=invalide(erreur)/>
        </div>
    }
}

#[component]
fn Secours(erreur: Signal<Option<String>>) -> impl IntoView {
    let id = champ_id("secours");
    view! {
        <section>
            <h2>"Sans votre téléphone"</h2>
            <p>"Un de vos codes de secours vous fait entrer. Chacun ne sert qu’une fois."</p>
            <Formulaire action=UseRecoveryCode::url()>
                <div class="champ moyen">
                    <label for=id.clone()>"Code de secours"</label>
                    <Aide id=id.clone() conseil="Six groupes de quatre lettres et chiffres, ou quatre pour un code plus ancien." erreur/>
                    <input type="text" id=id.clone() name="secours" autocomplete="off" autocapitalize="characters" spellcheck="false"
                        aria-required="true" aria-describedby=format!("{id}-aide {id}-erreur")
                        aria-invalid=invalide(erreur)/>
                </div>
                <div class="boutons"><button type="submit">"Entrer avec ce code"</button></div>
            </Formulaire>
            <p class="aide">
                "Plus de code de secours\u{a0}? Demandez à un administrateur de réinitialiser votre second facteur."
            </p>
        </section>
    }
}

/// The recovery codes just made. They are shown once.
#[component]
pub fn PageCodesSecours() -> impl IntoView {
    lue(lire(|| ReadCodesSecours {}), |codes| {
        view! {
            <Page titre="Vos codes de secours">
                <p>
                    "Gardez-les ailleurs que sur votre téléphone, par exemple imprimés. Chacun fait entrer une fois, avec votre "
                    "mot de passe, le jour où vous n’avez pas votre application. Ils ne seront plus affichés. Les tirets et les "
                    "majuscules ne comptent pas."
                </p>
                <ul class="codes">
                    {codes.into_iter().map(|code| view! { <li><code>{code}</code></li> }).collect_view()}
                </ul>
                <div class="boutons">
                    <Formulaire action=KeepCodes::url()>
                        <button type="submit" class="principal">"Continuer"</button>
                    </Formulaire>
                    <button type="button" class="avec-script" on:click=|_| browser::print()>"Imprimer"</button>
                </div>
            </Page>
        }
        .into_any()
    })
}
