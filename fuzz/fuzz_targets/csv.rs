//! Fuzzes CSV files: any bytes can be read. A file written from them runs no formula, and reads the same again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use server::tableur::{cellule, debut, decode, ligne, lignes};

/// The first characters of a cell that a spreadsheet would run as a formula.
const RUNS: [char; 8] = ['=', '+', '-', '@', '\t', '\r', '\n', '\0'];

fuzz_target!(|bytes: &[u8]| {
    let Ok((text, windows)) = decode(bytes) else { return };
    assert!(!windows || std::str::from_utf8(bytes).is_err());
    assert!(!text.contains('\r'), "lines end one way");
    if let Some(lines) = lignes(&text, &["type", "code"]) {
        assert!(lines.take(200).all(|(_, cells)| cells.is_none_or(|cells| cells.len() == 2)));
    }
    let mut file = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let rows: Vec<Vec<String>> =
        file.records().take(200).flatten().map(|row| row.iter().map(str::to_owned).collect()).collect();
    // Rows of one empty cell are left out: they would be written as empty lines.
    let mut written = debut(&["a"]);
    let kept: Vec<&Vec<String>> =
        rows.iter().filter(|row| row.len() > 1 || row.iter().any(|cell| !cell.is_empty())).collect();
    for row in &kept {
        written.push_str(&ligne(&row.iter().map(|cell| cellule(cell)).collect::<Vec<_>>()));
    }
    let written = written.strip_prefix('\u{feff}').expect("a mark");
    let mut again = csv::ReaderBuilder::new().delimiter(b';').flexible(true).from_reader(written.as_bytes());
    let again: Vec<csv::StringRecord> = again.records().map(|row| row.expect("what is written is read")).collect();
    assert_eq!(again.len(), kept.len());
    for (row, was) in again.iter().zip(kept) {
        assert_eq!(row.len(), was.len());
        for (cell, was) in row.iter().zip(was) {
            assert!(!cell.starts_with(RUNS), "{cell:?} runs");
            assert!(cell == was || cell.strip_prefix('\'') == Some(was), "{was:?} became {cell:?}");
        }
    }
});
