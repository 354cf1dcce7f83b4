use domain::Cas;
use domain::collectivite::Collectivite;
use domain::compte::Statut;
use domain::filtre::{AGES, FiltreDemandes, Suivie, TOUS, Tri};
use leptos::prelude::*;

use crate::base::adresses::{DEMANDES, liste_path, query_of};
use crate::ui::chercher;

/// The states, each with its count: one click each.
#[component]
pub fn Etats(filtre: FiltreDemandes, compteurs: Vec<(Statut, u64)>) -> impl IntoView {
    let all: u64 = compteurs.iter().map(|(_, count)| count).sum();
    let chosen = filtre.statut;
    let link = move |statut: Option<Statut>, label: &'static str, count: u64| {
        let there = FiltreDemandes { statut, ..filtre.from_start() };
        view! {
            <li>
                <a href=liste_path(&query_of(&there)) aria-current=(statut == chosen).then_some("true")>
                    {label}" "<span class="nombre">{groupe(count)}</span>
                </a>
            </li>
        }
    };
    view! {
        <nav class="etats" aria-label="États">
            <ul>
                {compteurs.into_iter().map(|(statut, count)| link(Some(statut), statut.label(), count)).collect_view()}
                {link(None, "Tous", all)}
            </ul>
        </nav>
    }
}

/// « 1 234 567 ».
pub fn groupe(count: u64) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out
}

/// A form that asks by GET: the filter is in the address.
#[component]
pub fn Filtres(
    filtre: FiltreDemandes,
    /// The text of the field of the collectivité.
    collectivite: String,
) -> impl IntoView {
    let narrowed = filtre.jours.is_some()
        || filtre.cas.is_some()
        || filtre.suivie.is_some()
        || filtre.non_remis
        || !collectivite.is_empty();
    let statut = filtre.statut.map_or(TOUS, Statut::code);
    let back = FiltreDemandes { statut: filtre.statut, tri: filtre.tri, ..FiltreDemandes::default() };
    let clear = (narrowed || !filtre.recherche.is_empty()).then(|| liste_path(&query_of(&back)));
    view! {
        <form method="get" action=DEMANDES class="filtres" role="search" on:submit=chercher()>
            <input type="hidden" name="statut" value=statut/>
            <div class="champ moyen">
                <label for="recherche">"Rechercher"</label>
                <input type="search" id="recherche" name="q" value=filtre.recherche autocomplete="off"
                    placeholder="Nom, adresse ou référence" data-touche="/"/>
            </div>
            <div class="champ court">
                <label for="tri">"Trier"</label>
                <select id="tri" name="tri">
                    {Tri::ALL.into_iter().map(|tri| view! {
                        <option value=tri.code() selected=tri == filtre.tri>{tri.label()}</option>
                    }).collect_view()}
                </select>
            </div>
            <button type="submit">"Filtrer"</button>
            {clear.map(|href| view! { <a class="bouton discret" href=href>"Effacer les filtres"</a> })}
            <details open=narrowed>
                <summary>"Plus de filtres"</summary>
                <div class="filtres">
                    <div class="champ moyen">
                        <label for="collectivite">"Collectivité"</label>
                        <input type="text" id="collectivite" name="collectivite" value=collectivite autocomplete="off"
                            placeholder="Nom, code postal ou TYPE:CODE"/>
                    </div>
                    <div class="champ court">
                        <label for="cas">"Inscription"</label>
                        <select id="cas" name="cas">
                            <option value="">"Toutes"</option>
                            {Cas::ALL.into_iter().map(|cas| view! {
                                <option value=cas.code() selected=filtre.cas == Some(cas)>{en_gestion(cas)}</option>
                            }).collect_view()}
                        </select>
                    </div>
                    <div class="champ court">
                        <label for="jours">"Attente"</label>
                        <select id="jours" name="jours">
                            <option value="">"Toutes"</option>
                            {AGES.into_iter().map(|days| view! {
                                <option value=days.to_string() selected=filtre.jours == Some(days)>
                                    {format!("{days} jours ou plus")}
                                </option>
                            }).collect_view()}
                        </select>
                    </div>
                    <div class="champ court">
                        <label for="suivie">"Suivie"</label>
                        <select id="suivie" name="suivie">
                            <option value="">"Indifférent"</option>
                            {Suivie::ALL.into_iter().map(|suivie| view! {
                                <option value=suivie.code() selected=filtre.suivie == Some(suivie)>{suivie.label()}</option>
                            }).collect_view()}
                        </select>
                    </div>
                    <div class="option">
                        <input type="checkbox" id="non_remis" name="non_remis" value="1" checked=filtre.non_remis/>
                        <label for="non_remis">"Courriel non remis"</label>
                    </div>
                </div>
            </details>
        </form>
    }
}

/// A case as gestionnaires say it: the person's own words speak of « ma collectivité ».
pub fn en_gestion(cas: Cas) -> &'static str {
    match cas {
        Cas::ServiceRh => "Par son service RH",
        Cas::Personnel | Cas::Independant => cas.label(),
    }
}

/// The notice for a name that means no collectivité, or several.
#[component]
pub fn Homonymes(filtre: FiltreDemandes, trouvees: Vec<Collectivite>) -> impl IntoView {
    if trouvees.is_empty() {
        return view! { <p role="status">"Aucune collectivité ne porte ce nom."</p> }.into_any();
    }
    view! {
        <p role="status">"Plusieurs collectivités portent ce nom. Laquelle\u{a0}?"</p>
        <ul class="trouvees">
            {trouvees.into_iter().map(|found| {
                let there = FiltreDemandes { collectivite: Some(found.cle.clone()), ..filtre.from_start() };
                view! { <li><a href=liste_path(&query_of(&there))>{found.line()}</a></li> }
            }).collect_view()}
        </ul>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::groupe;

    #[test]
    fn figures_go_by_threes() {
        assert_eq!(groupe(7), "7");
        assert_eq!(groupe(1_000), "1\u{202f}000");
        assert_eq!(groupe(1_234_567), "1\u{202f}234\u{202f}567");
    }
}
