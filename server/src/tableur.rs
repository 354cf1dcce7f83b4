//! CSV as spreadsheets have it. Written: semicolons, as a French one expects, in UTF-8, and no cell that a spreadsheet
//! would run. Read: comma, semicolon or tabulation between cells, UTF-8 with or without a mark, or Windows-1252.

/// The beginning of a file: the mark of UTF-8, and the names of the columns.
pub fn debut(colonnes: &[&str]) -> String {
    format!("\u{feff}{}", ligne(&colonnes.iter().map(|name| cellule(name)).collect::<Vec<_>>()))
}

/// A line, from cells made by [`cellule`].
pub fn ligne(cellules: &[String]) -> String {
    let mut line = cellules.join(";");
    line.push_str("\r\n");
    line
}

/// A cell. One that begins as a formula does gets an apostrophe before it (OWASP, CSV injection); one that holds what
/// divides cells or lines is quoted (RFC 4180).
pub fn cellule(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0']);
    let safe = if formula { format!("'{text}") } else { text.to_owned() };
    if safe.contains([';', '"', '\r', '\n', ',', '\t']) { format!("\"{}\"", safe.replace('"', "\"\"")) } else { safe }
}

/// The text of a file, and whether it was not UTF-8 and was read as Windows-1252, which has a character for every byte.
pub fn decode(bytes: &[u8]) -> (String, bool) {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let (text, windows) = match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), false),
        Err(_) => (encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(), true),
    };
    // One end of line, so that lines are counted as an editor counts them.
    (text.replace("\r\n", "\n").replace('\r', "\n"), windows)
}

/// Reads its cells. What separates them is what the first line has most of.
pub fn reader(text: &str) -> csv::Reader<&[u8]> {
    let first = text.lines().next().unwrap_or_default();
    let separators = [b',', b';', b'\t'];
    let most = separators.into_iter().rev().max_by_key(|byte| first.bytes().filter(|found| found == byte).count());
    csv::ReaderBuilder::new().trim(csv::Trim::All).delimiter(most.unwrap_or(b',')).from_reader(text.as_bytes())
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

    #[test]
    fn what_a_spreadsheet_writes_is_read() {
        for (bytes, windows) in [
            (b"a;b\nMuret;\xc3\x89".as_slice(), false),
            (b"\xef\xbb\xbfa,b\nMuret,\xc3\x89".as_slice(), false),
            (b"a\tb\nMuret\t\xc9".as_slice(), true),
            (b"a;b\r\n\"Muret\";\xc9\r\n".as_slice(), true),
        ] {
            let (text, found) = decode(bytes);
            assert_eq!(found, windows, "{text}");
            let mut reader = reader(&text);
            assert_eq!(reader.headers().unwrap(), vec!["a", "b"], "{text}");
            let line = reader.records().next().unwrap().unwrap();
            assert_eq!(line, vec!["Muret", "É"], "{text}");
        }
    }
}
