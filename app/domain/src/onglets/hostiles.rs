//! Characters that no field of a sign-up may hold. The test walks every field, so a new one is tried too.

use super::{
    AdressesDraft, CoordonneesDraft, IdentiteDraft, InterlocuteursDraft, SituationProfessionnelleDraft, ValidationDraft,
};
use crate::Cas;
use crate::onglet::{Kind, Onglet};
use crate::valeurs::proprietes::contexte;

/// Characters that can't be seen, put inside a text that is right without them.
const UNSEEN: [&str; 12] = [
    "\0",
    "\u{1}",
    "\u{7}",
    "\u{1b}[31m",
    "\u{7f}",
    "\u{85}",
    "\u{202e}",
    "\u{2066}",
    "\u{61c}",
    "\u{200b}",
    "\u{feff}",
    "\r",
];

/// Texts that would begin another line of a mail's head.
const LINES: [&str; 2] = ["\n", "\r\nBcc: zorn@exemple.fr"];

/// A text each kind of field could hold.
const AROUND: [&str; 5] = ["Zorn", "06 12 34", "31000", "zorn@exemple.fr", "oui"];

fn refuses(draft: &mut dyn Onglet, at: usize, cas: Cas, raw: String) -> bool {
    draft.set(at, raw);
    draft.check(at, &contexte(cas)).is_some()
}

#[test]
fn no_field_takes_what_can_not_be_seen_or_begins_a_line() {
    let drafts: [fn() -> Box<dyn Onglet>; 6] = [
        || Box::new(IdentiteDraft::default()),
        || Box::new(CoordonneesDraft::default()),
        || Box::new(AdressesDraft::default()),
        || Box::new(InterlocuteursDraft::default()),
        || Box::new(SituationProfessionnelleDraft::default()),
        || Box::new(ValidationDraft::default()),
    ];
    let mut tried = 0;
    for (draft, cas) in drafts.iter().flat_map(|draft| Cas::ALL.map(|cas| (draft, cas))) {
        let mut draft = draft();
        for at in (0..draft.specs().len()).filter(|at| draft.asked(*at, &contexte(cas))).collect::<Vec<_>>() {
            let kind = draft.kind(at, &contexte(cas));
            // A locked field ignores the text that is sent.
            if matches!(kind, Kind::Locked(_)) {
                continue;
            }
            let lines: &[&str] = if kind == Kind::LongText { &[] } else { &LINES };
            for (hostile, around) in UNSEEN.iter().chain(lines).flat_map(|hostile| AROUND.map(|text| (hostile, text))) {
                let (left, right) = around.split_at(2);
                let raw = format!("{left}{hostile}{right}");
                let name = draft.specs()[at].name;
                assert!(refuses(&mut *draft, at, cas, raw.clone()), "{name} in {cas:?} takes {raw:?}");
                tried += 1;
            }
            draft.set(at, String::new());
        }
    }
    assert!(tried > 2_000, "{tried}");
}
