use domain::Etape;
use domain::correction::correctable;
use domain::ports::{ARevoir, CorrectionEnCours};
use domain::saisie::marks;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::api::compte::{SaveCorrection, read_correction};
use crate::base::adresses::CORRECTIONS;
use crate::ui::{Avis, Page, Resume, champ_id, lu, query_error};
use crate::wizard::{Champ, RemarqueDuChamp, sous_titres};

/// One tab of a correction: the fields of the sign-up, with the remark of each field that has one.
#[component]
pub fn PageCorrectionOnglet() -> impl IntoView {
    let params = use_params_map();
    let etape = params.with_untracked(|params| params.get("etape").as_deref().and_then(Etape::from_slug));
    lu(Resource::new_blocking(|| (), |()| read_correction()), move |a_revoir| match (a_revoir, etape) {
        (ARevoir::Ouverte(correction), Some(etape)) if correction.etapes().contains(&etape) => {
            view! { <Onglet correction=*correction etape/> }.into_any()
        }
        _ => view! {
            <Page titre="Rien à corriger ici">
                <p><a class="bouton principal" href=CORRECTIONS>"Voir ce qui est à corriger"</a></p>
            </Page>
        }
        .into_any(),
    })
}

#[component]
fn Onglet(correction: CorrectionEnCours, etape: Etape) -> impl IntoView {
    let query = use_query_map();
    let verify = query.with_untracked(|query| query.get("verifier").is_some());
    // An agent who goes through all the tabs is led to the next one.
    let suite = query.with_untracked(|query| query.get("suite").unwrap_or_default());
    let refused = query_error();
    let ctx = correction.contexte();
    let etapes = correction.etapes();
    let position = etapes.iter().position(|known| *known == etape).unwrap_or_default() + 1;
    let onglet = correction.brouillon.onglet(etape);
    let specs = onglet.specs();
    let open = |at: &usize| correctable(etape, specs[*at].name, &ctx);
    let errors: Vec<(String, String)> = match verify {
        true => onglet.errors(&ctx).into_iter().filter(|(at, _)| open(at)).collect(),
        false => Vec::new(),
    }
    .into_iter()
    .map(|(at, error)| (champ_id(specs[at].name), error.to_string()))
    .collect();
    let has_errors = !errors.is_empty();
    let before = correction.avant.recap(etape, &ctx);
    let remarque_du_champ = |name: &str| RemarqueDuChamp {
        remarque: correction.remarques.iter().find(|asked| asked.champ == name).map(|asked| asked.texte.clone()),
        avant: before.iter().find(|line| line.champ == name).map(|line| line.valeur.clone()).unwrap_or_default(),
    };
    let marques = marks(onglet, &ctx);
    let draft = RwSignal::new(correction.brouillon.clone());
    // The communes are proposed only where WebAssembly runs.
    let communes = signal(Vec::new());
    let fields = (0..specs.len())
        .filter(open)
        .map(|at| {
            let remarque_du_champ = remarque_du_champ(specs[at].name);
            let field = view! {
                <Champ etape at initial=correction.brouillon.clone() draft contexte=ctx communes
                    shown=Signal::derive(move || verify) remarque_du_champ/>
            };
            (specs[at].groupe(), field.into_any())
        })
        .collect();
    view! {
        <Page titre=etape.label().to_owned() erreur=Signal::derive(move || has_errors)>
            <p class="aide">
                {format!("{}, onglet {position} sur {}", if correction.relecture { "Relecture" } else { "Correction" }, etapes.len())}
            </p>
            {move || refused.get().map(|error| view! { <Avis alerte=true><p>{error.message()}</p></Avis> })}
            <Resume erreurs=errors/>
            <form action=SaveCorrection::url() method="post" novalidate=true>
                <input type="hidden" name="etape" value=etape.slug()/>
                <input type="hidden" name="marques" value=marques/>
                <input type="hidden" name="suite" value=suite/>
                {sous_titres(fields)}
                <div class="boutons">
                    <button type="submit" class="principal">"Enregistrer"</button>
                    <a class="bouton discret" href=CORRECTIONS>
                        {if correction.relecture { "Revenir à la relecture" } else { "Revenir à la liste" }}
                    </a>
                </div>
            </form>
        </Page>
    }
}
