use crate::base::refus::Refus;
use domain::courriel::SortCourriel;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::areas::inscription::{CorrectAddress, DemandeEnvoyee, Resend};
use crate::ui::{Aide, Avis, COURRIEL_ATTENDU, ErrorCode, Resume, champ_id};

/// After « Valider »: the reference, where the mail went, what comes next. `renvoye`: a mail was just asked for again.
pub fn contenu(sent: DemandeEnvoyee, refus: Option<ErrorCode>, renvoye: bool) -> AnyView {
    let message = refus.as_ref().map(|error| match error.refus {
        Refus::Courriels => {
            "Trois courriels ont déjà été envoyés à cette adresse en 24 heures\u{a0}: regardez aussi dans vos \
             indésirables, ou corrigez votre adresse."
                .to_owned()
        }
        Refus::Adresse => "Saisissez une adresse complète, par exemple nom@exemple.fr.".to_owned(),
        Refus::RienARenvoyer => {
            "Il n’y a plus rien à renvoyer\u{a0}: cette demande est déjà activée, ou terminée.".to_owned()
        }
        _ => error.message(),
    });
    let of_address = refus.is_some_and(|error| error.refus == Refus::Adresse);
    let (address_error, message) = if of_address { (message, None) } else { (None, message) };
    let id = champ_id("courriel");
    let summary: Vec<_> = address_error.iter().map(|text| (id.clone(), text.clone())).collect();
    let wrong = address_error.clone();
    let wrong = Signal::derive(move || wrong.clone());
    let rejected = sent.courriel.as_ref().is_some_and(|mail| mail.sort == SortCourriel::Refuse);
    view! {
            <Resume erreurs=summary/>
            {message.map(|text| view! { <Avis alerte=true><p>{text}</p></Avis> })}
            {renvoye.then(|| view! {
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
                            <div role="status" data-part="courriel" id=moves.then_some(COURRIEL_ATTENDU)>
                                <p id="suivi-courriel">
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
                        <form action=Resend::url() method="post">
                            <button type="submit">"Renvoyer le courriel"</button>
                        </form>
                        <details open=address_error.is_some() || rejected>
                            <summary>"Mon adresse est fausse"</summary>
                            <form action=CorrectAddress::url() method="post" novalidate=true>
                                <div class="champ long">
                                    <label for=id.clone()>"Nouvelle adresse de messagerie"</label>
                                    <Aide id=id.clone() erreur=wrong
                                        conseil="Le lien envoyé à l’ancienne adresse ne marchera plus."/>
                                    <input type="email" id=id.clone() name="courriel" autocomplete="email" inputmode="email"
                                        aria-describedby=format!("{id}-aide {id}-erreur")
                                        aria-invalid=address_error.is_some().then_some("true")/>
                                </div>
                                <button type="submit">"Corriger mon adresse"</button>
                            </form>
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
    }
    .into_any()
}
