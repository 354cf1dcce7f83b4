//! CSV for spreadsheets: semicolons, as a French one expects, in UTF-8, and no cell that a spreadsheet would run.

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
}
