//! CSV files for spreadsheets. Written files use semicolons, as French spreadsheets expect, and UTF-8. No cell can run
//! as a formula. Files to read may have any separator and encoding. A workbook is refused.

use domain::collectivite::fold;

/// The beginning of a file: the byte-order mark of UTF-8, and the names of the columns.
pub fn debut(colonnes: &[&str]) -> String {
    format!("\u{feff}{}", ligne(&colonnes.iter().map(|name| cellule(name)).collect::<Vec<_>>()))
}

/// A line, from cells made by [`cellule`].
pub fn ligne(cellules: &[String]) -> String {
    let mut line = cellules.join(";");
    line.push_str("\r\n");
    line
}

/// Writes a cell. An apostrophe goes before a text that begins like a formula (OWASP, CSV injection). Quotes go around
/// a text that contains a separator or a line end (RFC 4180).
pub fn cellule(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0']);
    let safe = if formula { format!("'{text}") } else { text.to_owned() };
    if safe.contains([';', '"', '\r', '\n', ',', '\t']) { format!("\"{}\"", safe.replace('"', "\"\"")) } else { safe }
}

/// The error for a workbook (`.xlsx`, `.ods`, `.xls`), which is no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("ce fichier est un classeur")]
pub struct Classeur;

/// The text of a file, and whether it was read as Windows-1252. That is so when it is neither UTF-8 nor UTF-16;
/// Windows-1252 accepts every byte. Excel's « Texte Unicode » is UTF-16.
///
/// # Errors
/// When the file is a workbook.
pub fn decode(bytes: &[u8]) -> Result<(String, bool), Classeur> {
    // A zip file, or a compound file of Office before 2007.
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(Classeur);
    }
    let (text, windows) = match (utf16(bytes), std::str::from_utf8(bytes)) {
        (Some(encoding), _) => (encoding.decode_without_bom_handling(bytes).0.into_owned(), false),
        (None, Ok(text)) => (text.to_owned(), false),
        (None, Err(_)) => (encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(), true),
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    // All line ends become `\n`, so that lines are counted as an editor counts them.
    Ok((text.replace("\r\n", "\n").replace('\r', "\n"), windows))
}

/// Detects UTF-16 by its mark, or by a zero in every second byte at the start.
fn utf16(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let zeros = |from| bytes.iter().skip(from).step_by(2).take(16).filter(|byte| **byte == 0).count();
    match bytes {
        [0xff, 0xfe, ..] => Some(encoding_rs::UTF_16LE),
        [0xfe, 0xff, ..] => Some(encoding_rs::UTF_16BE),
        _ if zeros(1) > 8 && zeros(0) == 0 => Some(encoding_rs::UTF_16LE),
        _ if zeros(0) > 8 && zeros(1) == 0 => Some(encoding_rs::UTF_16BE),
        _ => None,
    }
}

/// The lines of a table, with the cells of the requested columns.
pub struct Lignes<'a> {
    text: &'a str,
    records: csv::StringRecordsIntoIter<&'a [u8]>,
    /// The position of each requested column. `None` for an optional column that the file has not.
    places: Vec<Option<usize>>,
    width: usize,
    /// How many lines stand before the text that is read.
    before: u64,
}

/// Reads a table. The separator is a comma, a semicolon or a tabulation, or what `sep=` says. `None` when a requested
/// column is missing or there twice. Names of columns are compared without case, accents and `_`. Other columns are
/// ignored.
pub fn lignes<'a>(text: &'a str, colonnes: &[&str]) -> Option<Lignes<'a>> {
    lignes_with_more(text, colonnes, &[])
}

/// The same, with columns that a file may leave out: their cells are then empty. Each line has the cells of `colonnes`,
/// then those of `more`.
pub fn lignes_with_more<'a>(text: &'a str, colonnes: &[&str], more: &[&str]) -> Option<Lignes<'a>> {
    let (told, rest) = match text.split_once('\n') {
        Some((first, rest)) => (separator(first), rest),
        None => (None, ""),
    };
    let (text, before) = if told.is_some() { (rest, 1) } else { (text, 0) };
    let head =
        text.lines().find(|line| !line.trim_matches(|c: char| c.is_whitespace() || ",;\"".contains(c)).is_empty());
    let head = head.unwrap_or_default();
    let most = [b'\t', b';', b','].into_iter().max_by_key(|byte| head.bytes().filter(|found| found == byte).count());
    let mut records = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .delimiter(told.or(most).unwrap_or(b','))
        .from_reader(text.as_bytes())
        .into_records();
    let head = records.by_ref().filter_map(Result::ok).find(|record| !is_blank(record))?;
    let names: Vec<String> = head.iter().map(fold).collect();
    let mut places = Vec::new();
    for (at, column) in colonnes.iter().chain(more).enumerate() {
        let mut found = names.iter().enumerate().filter(|(_, name)| **name == fold(column)).map(|(at, _)| at);
        let place = found.next();
        if found.next().is_some() || (place.is_none() && at < colonnes.len()) {
            return None;
        }
        places.push(place);
    }
    Some(Lignes { text, records, places, width: names.len(), before })
}

/// The separator in Excel's own first line, such as « sep=; ».
fn separator(line: &str) -> Option<u8> {
    let rest = line.trim_matches('"').get(..4).filter(|key| key.eq_ignore_ascii_case("sep="))?;
    line.trim_matches('"').as_bytes().get(rest.len()).copied().filter(u8::is_ascii)
}

/// Whether a row is empty. Spreadsheets save an emptied row as « ;;;;;; ».
fn is_blank(record: &csv::StringRecord) -> bool {
    record.iter().all(|cell| cell.trim().is_empty())
}

impl Lignes<'_> {
    /// The number of a line. The position of a record is the end of the one before, so empty lines between them are
    /// added.
    fn line(&self, position: Option<&csv::Position>) -> u64 {
        let Some(position) = position else { return 0 };
        let rest =
            usize::try_from(position.byte()).ok().and_then(|at| self.text.as_bytes().get(at..)).unwrap_or_default();
        let empty = rest.iter().take_while(|byte| **byte == b'\n').count();
        self.before + position.line() + empty as u64
    }
}

impl Iterator for Lignes<'_> {
    /// The number of the line and its cells. `None` when it has not as many cells as the head.
    type Item = (u64, Option<Vec<String>>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let record = match self.records.next()? {
                Ok(record) => record,
                Err(error) => return Some((self.line(error.position()), None)),
            };
            if is_blank(&record) {
                continue;
            }
            let more = record.iter().skip(self.width).any(|cell| !cell.is_empty());
            let cell = |at: &Option<usize>| match at {
                Some(at) => record.get(*at).map(str::to_owned),
                None => Some(String::new()),
            };
            let cells = if more || record.len() < self.width { None } else { self.places.iter().map(cell).collect() };
            return Some((self.line(record.position()), cells));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_run_and_none_breaks_its_line() {
        for (text, cell) in [
            ("Zorn", "Zorn"),
            ("", ""),
            ("=1+1", "'=1+1"),
            ("+33612345678", "'+33612345678"),
            ("-1", "'-1"),
            ("@somme", "'@somme"),
            ("\tx", "\"'\tx\""),
            ("\0x", "'\0x"),
            ("a;b", "\"a;b\""),
            ("dit \"Zed\"", "\"dit \"\"Zed\"\"\""),
            ("=\"a\";b", "\"'=\"\"a\"\";b\""),
            ("deux\nlignes", "\"deux\nlignes\""),
        ] {
            assert_eq!(cellule(text), cell, "{text:?}");
        }
    }

    #[test]
    fn a_file_reads_back_as_it_was_written() {
        let rows = [["=a;b", "c\"d"], ["é\nf", ""]];
        let mut text = debut(&["un", "deux"]);
        for row in rows {
            text.push_str(&ligne(&row.map(cellule)));
        }
        let text = text.strip_prefix('\u{feff}').unwrap();
        let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(text.as_bytes());
        let read: Vec<Vec<String>> =
            reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
        assert_eq!(read, [["'=a;b", "c\"d"], ["é\nf", ""]]);
    }

    type Lue = (u64, Option<Vec<String>>);

    fn table(bytes: &[u8]) -> Option<(Vec<Lue>, bool)> {
        let (text, windows) = decode(bytes).unwrap();
        lignes(&text, &["nom", "codes_postaux"]).map(|lines| (lines.collect(), windows))
    }

    #[test]
    fn what_a_spreadsheet_writes_is_read() {
        let row = |line: u64, cells: [&str; 2]| (line, Some(cells.map(str::to_owned).to_vec()));
        let utf16 = |text: &str, bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
        let unicode = "\u{feff}Nom\tCodes postaux\r\nMuret\tÉ\r\n";
        for (bytes, windows) in [
            (b"nom;codes_postaux\nMuret;\xc3\x89".to_vec(), false),
            (b"\xef\xbb\xbfnom,codes_postaux\nMuret,\xc3\x89".to_vec(), false),
            (b"nom\tcodes_postaux\nMuret\t\xc9".to_vec(), true),
            (b"nom;codes_postaux\r\n\"Muret\";\xc9\r\n".to_vec(), true),
            ("Codes_Postaux;autre;NOM\nÉ;x;Muret".as_bytes().to_vec(), false),
            ("NÔM,Codés Postaux\nMuret,É\n".as_bytes().to_vec(), false),
            (utf16(unicode, u16::to_le_bytes), false),
            (utf16(unicode, u16::to_be_bytes), false),
            (utf16(&unicode[3..], u16::to_le_bytes), false),
            (utf16(&unicode[3..], u16::to_be_bytes), false),
        ] {
            let (rows, found) = table(&bytes).unwrap();
            assert_eq!((rows, found), (vec![row(2, ["Muret", "É"])], windows), "{}", String::from_utf8_lossy(&bytes));
        }
        let told = b"sep=|\r\nnom|codes_postaux\r\nMuret, Foix|\xc3\x89\r\n";
        assert_eq!(table(told).unwrap().0, [row(3, ["Muret, Foix", "É"])]);
    }

    #[test]
    fn an_emptied_row_is_skipped_and_a_short_one_is_wrong() {
        let text = b";;\nnom;codes_postaux;\n;;\n; ;\nMuret;31600;;;;\nFoix\n\nAlbi;81000;;x\n";
        let (rows, _) = table(text).unwrap();
        let said: Vec<_> = rows.iter().map(|(line, cells)| (*line, cells.is_some())).collect();
        assert_eq!(said, [(5, true), (6, false), (8, false)]);
    }

    #[test]
    fn a_head_without_a_column_or_with_one_twice_is_no_table() {
        for text in ["", "nom\nMuret", "nom;codes_postaux;Nom\na;b;c", "sep=;", "\n\n;;\n"] {
            assert_eq!(table(text.as_bytes()), None, "{text:?}");
        }
    }

    #[test]
    fn a_column_that_a_file_may_leave_out_is_empty_and_never_there_twice() {
        let read = |text: &str| lignes_with_more(text, &["nom"], &["salle"]).map(|lines| lines.collect::<Vec<_>>());
        let row = |cells: [&str; 2]| vec![(2, Some(cells.map(str::to_owned).to_vec()))];
        assert_eq!(read("nom;autre\nFoix;x"), Some(row(["Foix", ""])));
        assert_eq!(read("salle;nom\nB 2;Foix"), Some(row(["Foix", "B 2"])));
        for text in ["salle\nB 2", "nom;salle;Salle\nFoix;B;C"] {
            assert_eq!(read(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_workbook_is_told_from_a_text() {
        assert_eq!(decode(b"PK\x03\x04\x14\x00"), Err(Classeur));
        assert_eq!(decode(b"\xd0\xcf\x11\xe0\xa1\xb1"), Err(Classeur));
    }
}
