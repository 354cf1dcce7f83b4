//! Charts: bars with the figures of the table beside them. Sizes are attributes, colours are in the style sheet.

use leptos::prelude::*;

use crate::areas::gestion::filtres::groupe;

/// Bars side by side, in time: (what stands under some of them, values stacked from the bottom).
#[component]
pub fn Colonnes(
    titre: &'static str,
    description: String,
    series: [&'static str; 2],
    barres: Vec<(Option<String>, [u64; 2])>,
) -> impl IntoView {
    const HEIGHT: f64 = 160.0;
    const STEP: f64 = 24.0;
    const LEFT: f64 = 40.0;
    let top = scale(barres.iter().map(|(_, values)| values.iter().sum::<u64>()).max().unwrap_or(0));
    let width = LEFT + STEP * barres.len() as f64 + 40.0;
    let y = move |value: u64| HEIGHT + 10.0 - value as f64 * HEIGHT / top as f64;
    let lines = [0, top / 2, top].map(|value| {
        view! {
            <line class="grille" x1=LEFT x2=width y1=y(value) y2=y(value)/>
            <text x=LEFT - 6.0 y=y(value) + 4.0 text-anchor="end">{groupe(value)}</text>
        }
    });
    let bars = barres.into_iter().enumerate().map(move |(at, (label, [low, high]))| {
        let x = LEFT + STEP * at as f64 + 4.0;
        view! {
            <rect class="serie-1" x=x y=y(low) width=STEP - 8.0 height=y(0) - y(low)/>
            <rect class="serie-2" x=x y=y(low + high) width=STEP - 8.0 height=y(low) - y(low + high)/>
            {label.map(|label| view! { <text x=x y=HEIGHT + 28.0>{label}</text> })}
        }
    });
    view! {
        <div class="graphique">
            <svg viewBox=format!("0 0 {width} {}", HEIGHT + 36.0) role="img" aria-labelledby="graphique-titre graphique-texte">
                <title id="graphique-titre">{titre}</title>
                <desc id="graphique-texte">{description}</desc>
                {lines.collect_view()}
                {bars.collect_view()}
            </svg>
            <p aria-hidden="true">
                <span class="cle serie-1">{series[0]}</span>" "<span class="cle serie-2">{series[1]}</span>
            </p>
        </div>
    }
}

/// Bars one under the other, each beside its row of the table.
#[component]
pub fn Barre(value: u64, max: u64) -> impl IntoView {
    let width = if max == 0 { 0.0 } else { value as f64 * 200.0 / max as f64 };
    view! {
        <svg class="jauge" viewBox="0 0 200 16" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <rect class="serie-1" x="0" y="0" width=width height="16"/>
        </svg>
    }
}

/// The round even number above.
fn scale(max: u64) -> u64 {
    let mut unit = 2;
    loop {
        for factor in [1, 2, 5] {
            if unit * factor >= max {
                return unit * factor;
            }
        }
        unit *= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::scale;

    #[test]
    fn the_scale_is_round_and_large_enough() {
        for (max, top) in [(0, 2), (2, 2), (3, 4), (7, 10), (11, 20), (21, 40), (99, 100), (101, 200)] {
            assert_eq!(scale(max), top, "{max}");
        }
    }
}
