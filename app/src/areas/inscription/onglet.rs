use std::sync::Arc;

use domain::onglet::Kind;
use domain::saisie::marks;
use domain::{BrouillonEnCours, Cas, Etape, Tableau};
use leptos::html::Form;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::web_sys::UrlSearchParams;
use leptos_router::hooks::use_query_map;

use super::api::inscription::{ReadDraft, SaveTab};
use super::autosave::{Autosave, EtatSauvegarde, ROUVERT, all_saved};
use super::recapitulatif::Recapitulatif;
use super::reprise::{LienEnvoye, Reprise};
use super::touches::Touches;
use crate::base::appel::{Requete, ask};
use crate::base::browser;
use crate::base::erreur::ApiError;
use crate::onglet::{Champ, Etapes};
use crate::ui::{Attente, Donnees, Envoi, Formulaire, Joindre, Page, Resume, Ton, champ_id, live, refus, signale};

/// One of the six tabs, at its own address.
#[component]
pub fn PageOnglet(etape: Etape) -> impl IntoView {
    let envoi = Envoi::default();
    // The key changes with each answer of the server, so that a redirect to the same tab reads it again.
    let requete =
        move || Requete { cle: envoi.version.get().to_string(), envoyer: Arc::new(move |_| Box::pin(read(etape))) };
    Donnees::new(Arc::new(requete)).show(Arc::new(move |text| {
        let table = Tableau::from(text.to_owned());
        match BrouillonEnCours::read(&table) {
            Some(draft) => view! { <Onglet etape draft table envoi/> }.into_any(),
            None => view! { <Attente/> }.into_any(),
        }
    }))
}

async fn read(etape: Etape) -> Result<String, ApiError> {
    // The last writes of the tab before belong to the draft that this tab shows.
    all_saved().await?;
    ask(ReadDraft { etape }).await.map(|table| table.to_string())
}

/// How many bytes of the draft a page holds, as a form sends them, in case the server loses it. An ordinary draft
/// takes a quarter of this. With a tab it stays below the limit of a form.
const PAGE_MAX: usize = 4_000;

fn sent_length(text: &str) -> usize {
    text.bytes().map(|byte| if byte.is_ascii_alphanumeric() { 1 } else { 3 }).sum()
}

#[component]
fn Onglet(etape: Etape, draft: BrouillonEnCours, table: Tableau, envoi: Envoi) -> impl IntoView {
    let query = use_query_map();
    let verify = Signal::derive(move || query.with(|query| query.get("verifier").is_some()));
    let retour = Signal::derive(move || query.with(|query| query.get("retour").unwrap_or_default()));
    let ctx = draft.contexte();
    let initial = draft.brouillon.clone();
    let typed = RwSignal::new(initial.clone());
    let communes = signal(table.rows("commune").flatten().cloned().collect::<Vec<String>>());
    let lignes = table.clone();
    let table = table.without("recap");
    let held = match table.to_string() {
        long if sent_length(&long) > PAGE_MAX => table.without("champ").to_string(),
        whole => whole,
    };
    let autosave = Autosave::new(etape, typed, held.clone());
    let fields = initial.onglet(etape).specs();
    // Only a page without script sends the marks: the browser's copy leaves them out.
    let marques = if cfg!(target_family = "wasm") { String::new() } else { marks(initial.onglet(etape), &ctx) };

    let touches = Touches::new();
    let form = NodeRef::<Form>::new();
    let reread = move || {
        let Some(form) = form.get_untracked() else { return };
        typed.update(|typed| {
            for (at, spec) in fields.iter().enumerate() {
                let value = browser::form_value(&form, &format!("champs[{}]", spec.name));
                let onglet = typed.onglet_mut(etape);
                match onglet.kind(at, &ctx) {
                    Kind::Locked(_) => {}
                    // A box that is not ticked is not in the form's data.
                    Kind::Checkbox | Kind::Radios(_) => onglet.set(at, value.unwrap_or_default()),
                    _ => onglet.set(at, value.unwrap_or_else(|| onglet.get(at).to_owned())),
                }
            }
        });
    };
    let joindre: Joindre = Callback::new(move |form: UrlSearchParams| -> Box<dyn FnOnce()> {
        reread();
        let Some(ecrit) = autosave.write() else { return Box::new(|| ()) };
        form.set("ecriture", &ecrit.ecriture);
        Box::new(move || autosave.answered(&ecrit))
    });
    // Reads the texts typed before the page was hydrated.
    browser::effet(Box::new(move || {
        form.track();
        reread();
        autosave.plan();
    }));

    // The summary lists the errors at the moment when the person asked to go on. It does not move while they repair
    // them.
    let summary: Vec<(String, String)> = initial
        .onglet(etape)
        .errors(&ctx)
        .into_iter()
        .map(|(at, error)| (champ_id(fields[at].name), error.to_string()))
        .collect();
    let has_errors = !summary.is_empty();
    let errors = Signal::derive(move || if verify.get() { summary.clone() } else { Vec::new() });
    browser::effet(Box::new(move || {
        if envoi.version.get() > 0 && verify.get() && has_errors {
            browser::focus("resume");
        }
    }));

    let forward = move || forward(etape, &retour.get());
    let recap = draft.clone();
    view! {
        <Page titre=etape.label().to_owned() erreur=Signal::derive(move || verify.get() && has_errors) large=true>
            <div class="assistant">
                <Etapes current=etape draft=typed contexte=ctx/>
                <div class="contenu"
                    on:input=move |_| { reread(); autosave.plan(); }
                    on:focusout=move |event| {
                        let left = browser::event_control(&event);
                        let at = left.and_then(|name| {
                            fields.iter().position(|spec| name == format!("champs[{}]", spec.name))
                        });
                        if let Some(at) = at {
                            touches.leave(at);
                        }
                        // The words of the saving move what is under them: they wait for the release too.
                        if !touches.is_pressed() {
                            autosave.save_now();
                        }
                    }
                    on:pointerdown=move |_| touches.press()
                    on:pointerup=move |_| touches.release()
                    on:pointerleave=move |_| touches.release()>
                    <p class="compteur">{format!("Étape {} sur {}", etape.number(), Etape::ALL.len())}</p>
                    <Resume erreurs=errors/>
                    <LienEnvoye/>
                    {signale("rouvert", Ton::Simple, ROUVERT)}
                    {refus(&[])}
                    <p class="aide">"Les champs marqués d’une étoile sont obligatoires. Vos réponses s’enregistrent d’elles-mêmes."</p>
                    <Explication etape cas=draft.cas/>
                    {(etape == Etape::Validation).then(|| view! { <Recapitulatif draft=recap contexte=ctx lignes/> }.into_any())}
                    <Formulaire action=SaveTab::url() envoi node_ref=form class="onglet" joindre>
                        <input type="hidden" name="etape" value=etape.slug()/>
                        <input type="hidden" name="retour" value=live(Arc::new(move || retour.get()))/>
                        <input type="hidden" name="page" value=held/>
                        <input type="hidden" name="marques" value=marques/>
                        {(0..fields.len()).filter(|at| initial.onglet(etape).asked(*at, &ctx)).map(|at| view! {
                            <Champ etape at initial=initial.clone() draft=typed contexte=ctx communes
                                shown=Signal::derive(move || verify.get() || touches.has(at))/>
                        }
                        .into_any()).collect_view()}
                        <EtatSauvegarde state=autosave.state/>
                        <div class="boutons">
                            <button type="submit" class="principal" name="vers" value="suivant"
                                aria-busy=live(Arc::new(move || envoi.pending.get().to_string()))
                                inner_html=live(Arc::new(move || if envoi.pending.get() { "Enregistrement…".to_owned() } else { forward().to_owned() }))>
                            </button>
                            <button type="submit" name="vers" value="precedent">"Précédent"</button>
                            <button type="submit" class="discret" name="vers" value="annuler">"Annuler"</button>
                        </div>
                        <Reprise draft=typed contexte=ctx fin=draft.fin.clone()/>
                    </Formulaire>
                </div>
            </div>
        </Page>
    }
}

/// The label of the button that goes on. If the person came from the recap, the button leads back there.
pub fn forward(etape: Etape, retour: &str) -> &'static str {
    match (etape, retour) {
        (Etape::Validation, _) => "Valider",
        (_, "validation") => "Enregistrer et revenir au récapitulatif",
        _ => "Suivant",
    }
}

/// The text before the fields of a tab.
#[component]
fn Explication(etape: Etape, cas: Cas) -> impl IntoView {
    match etape {
        Etape::Coordonnees => view! {
            <div class="note">
                <p>
                    "Une adresse de messagerie ne sert qu’à un seul compte. Si vous intervenez pour deux collectivités, "
                    "il faut une adresse différente pour chacune\u{a0}: les formations mixtes en dépendent."
                </p>
                {(cas == Cas::Personnel).then(|| view! { <p>"Choisissez une adresse que votre employeur ne gère pas."</p> }.into_any())}
            </div>
        }
        .into_any(),
        Etape::Interlocuteurs => view! {
            <div class="note">
                <p>
                    "Votre responsable hiérarchique n’est pas demandé\u{a0}: vous vous inscrivez "
                    {if cas == Cas::Personnel { "à titre personnel" } else { "comme indépendant" }}
                    ", et personne d’autre que le CNFPT n’a à connaître votre demande."
                </p>
            </div>
        }
        .into_any(),
        Etape::Validation => view! {
            <p>
                "Relisez vos réponses avant de les envoyer. "
                <a href="/donnees-personnelles" target="_blank">
                    "Lire l’information sur l’usage de mes données (nouvel onglet)"
                </a>
            </p>
        }
        .into_any(),
        Etape::Identite | Etape::Adresses | Etape::SituationProfessionnelle => ().into_any(),
    }
}
