//! Files that spreadsheets write: comma, semicolon or tabulation between cells, UTF-8 with or without a mark, or
//! Windows-1252.

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
