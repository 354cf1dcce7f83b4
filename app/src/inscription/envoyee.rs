use domain::ports::{DemandeEnvoyee, SortCourriel};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::api::inscription::{CorrectAddress, Resend, read_sent};
use crate::ui::{Aide, Avis, Page, Resume, champ_id, lu, query_error, summary_of};

/// After « Valider »: the reference, where the mail went, what comes next.
#[component]
pub fn PageEnvoyee() -> impl IntoView {
    let resend = ServerAction::<Resend>::new();
    let correct = ServerAction::<CorrectAddress>::new();
    let sent = Resource::new_blocking(move || (resend.version().get(), correct.version().get()), |_| read_sent());
    lu(sent, move |sent| view! { <Envoyee sent resend correct/> }.into_any())
}

#[component]
fn Envoyee(sent: DemandeEnvoyee, resend: ServerAction<Resend>, correct: ServerAction<CorrectAddress>) -> impl IntoView {
    let query = use_query_map();
    let resent = Memo::new(move |_| query.with(|query| query.get("renvoye").is_some()));
    let refused = query_error();
    let message = move || {
        refused.get().map(|error| match error.code.as_str() {
            "courriels" => {
                "Trois courriels ont déjà été envoyés à cette adresse en 24 heures\u{a0}: regardez aussi dans vos \
                 indésirables, ou corrigez votre adresse."
                    .to_owned()
            }
            "adresse" => "Saisissez une adresse complète, par exemple nom@exemple.fr.".to_owned(),
            "sansobjet" => {
                "Il n’y a plus rien à renvoyer\u{a0}: cette demande est déjà activée, ou terminée.".to_owned()
            }
            _ => error.message(),
        })
    };
    let address_error = Signal::derive(move || {
        refused
            .get()
            .filter(|error| error.code == "adresse")
            .map(|_| "Saisissez une adresse complète, par exemple nom@exemple.fr.".to_owned())
    });
    let summary = summary_of("courriel", address_error);
    let rejected = sent.courriel.as_ref().is_some_and(|mail| mail.sort == SortCourriel::Refuse);
    let id = champ_id("courriel");
    view! {
        <Page titre="Votre demande est enregistrée" erreur=Signal::derive(move || refused.get().is_some())>
            <Resume erreurs=summary/>
            {move || message().filter(|_| address_error.get().is_none()).map(|text| view! { <Avis alerte=true><p>{text}</p></Avis> })}
            {move || resent.get().then(|| view! {
                <Avis succes=true><p>"Un nouveau courriel est en route. Le lien le plus récent est le bon."</p></Avis>
            })}
            <p class="reference">"Votre référence\u{a0}: "<strong>{sent.reference.to_string()}</strong></p>
            {if sent.en_attente {
                view! {
                    <p>
                        "Nous vous avons écrit à l’adresse "<strong>{sent.courriel_masque}</strong>
                        ". Pour continuer, ouvrez ce courriel et choisissez votre mot de passe. Le lien est valable 72 heures."
                    </p>
                    {sent.courriel.as_ref().map(|mail| {
                        // Until the mail has arrived or was refused, the page asks again by itself.
                        let moves = matches!(mail.sort, SortCourriel::EnCours | SortCourriel::Differe);
                        view! {
                            <div role="status">
                                <p id="suivi-courriel" data-frais=moves.then_some("5")>
                                    {format!("{}\u{a0}: ", mail.quoi)}<strong>{mail.en_mots()}</strong>"."
                                </p>
                            </div>
                        }
                    })}
                    <h2>"La suite"</h2>
                    <ol>
                        <li>"Vous ouvrez le lien d’activation et vous choisissez un mot de passe."</li>
                        <li>"Un gestionnaire du CNFPT vérifie votre demande et valide votre compte."</li>
                        <li>"Vous recevez un courriel, puis vous vous connectez."</li>
                    </ol>
                    <section>
                        <h2>"Vous n’avez rien reçu\u{a0}?"</h2>
                        <p>"Le courriel peut mettre quelques minutes. Regardez aussi dans vos indésirables."</p>
                        <ActionForm action=resend>
                            <button type="submit">"Renvoyer le courriel"</button>
                        </ActionForm>
                        <details open=move || address_error.get().is_some() || rejected>
                            <summary>"Mon adresse est fausse"</summary>
                            <ActionForm action=correct attr:novalidate=true>
                                <div class="champ long">
                                    <label for=id.clone()>"Nouvelle adresse de messagerie"</label>
                                    <Aide id=id.clone() erreur=address_error
                                        conseil="Le lien envoyé à l’ancienne adresse ne marchera plus."/>
                                    <input type="email" id=id.clone() name="courriel" autocomplete="email" inputmode="email"
                                        aria-describedby=format!("{id}-aide {id}-erreur")
                                        aria-invalid=move || address_error.get().is_some().then_some("true")/>
                                </div>
                                <button type="submit">"Corriger mon adresse"</button>
                            </ActionForm>
                        </details>
                    </section>
                }
                .into_any()
            } else {
                view! {
                    <p>"Cette demande est déjà activée, ou son délai est passé."</p>
                    <p><a class="bouton" href="/">"Se connecter"</a></p>
                }
                .into_any()
            }}
        </Page>
    }
}
