//! Leaked passwords, in the file that the downloader of Have I Been Pwned writes. Each line is `SHA-1:count`, in
//! hexadecimal, and the lines are sorted. The file has about 40 GB. It is searched by halves, a few hundred bytes at a
//! time, and never read whole. Nothing leaves this machine.

use std::cmp::Ordering;
use std::fs::File;
use std::io::{Error, ErrorKind, Result};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use sha1::{Digest, Sha1};

use super::secrets::hex;

/// The length of a SHA-1 in hexadecimal digits.
const HASH: usize = 40;

/// A line has about 50 bytes, so this many bytes contain two whole lines, from any position.
const READ: usize = 256;

/// How many lines are read to check that a file is sorted.
const LOOKED_AT: u64 = 1_000;

#[derive(Clone, Debug)]
pub struct Fuites {
    file: PathBuf,
}

/// A line: its start, the start of the next line, and its hash in upper case.
struct Ligne {
    start: u64,
    next: u64,
    hash: String,
}

impl Fuites {
    pub fn new(file: PathBuf) -> Self {
        Self { file }
    }

    pub fn path(&self) -> &Path {
        &self.file
    }

    /// Whether this password is in the file. It blocks.
    ///
    /// # Errors
    /// When the file can't be read, or is not such a file.
    pub fn contains(&self, password: &str) -> Result<bool> {
        let sought = hex(&Sha1::digest(password.as_bytes())).to_ascii_uppercase();
        let file = File::open(&self.file)?;
        // If the line exists, it begins at `low` or after, and before `high`.
        let (mut low, mut high) = (0, file.metadata()?.len());
        while low < high {
            let middle = low + (high - low) / 2;
            match line_from(&file, middle)?.filter(|line| line.start < high) {
                None => high = middle,
                Some(line) => match line.hash.cmp(&sought) {
                    Ordering::Equal => return Ok(true),
                    Ordering::Less => low = line.next,
                    Ordering::Greater => high = middle,
                },
            }
        }
        Ok(false)
    }

    /// The size in bytes, if a thousand lines of the file are sorted. It blocks.
    ///
    /// # Errors
    /// When the file cannot be read, is empty, or has another format.
    pub fn inspect(&self) -> Result<u64> {
        let file = File::open(&self.file)?;
        let size = file.metadata()?.len();
        let mut before: Option<Ligne> = None;
        for at in 0..LOOKED_AT {
            // The product may exceed a `u64`, for a size that no disk has.
            let place = u64::try_from(u128::from(size) * u128::from(at) / u128::from(LOOKED_AT)).unwrap_or(size);
            let Some(line) = line_from(&file, place)? else { break };
            if before.as_ref().is_some_and(|before| before.start < line.start && before.hash >= line.hash) {
                return Err(Error::new(ErrorKind::InvalidData, "ses empreintes ne sont pas dans l’ordre"));
            }
            before = Some(line);
        }
        before.map(|_| size).ok_or_else(|| Error::new(ErrorKind::InvalidData, "il est vide"))
    }
}

/// The first line that begins at `at` or after. `None` after the last line.
fn line_from(file: &File, at: u64) -> Result<Option<Ligne>> {
    let malformed = || Error::new(ErrorKind::InvalidData, "une ligne n’y est pas « SHA-1:nombre »");
    let from = at.saturating_sub(1);
    let mut buffer = [0; READ];
    let read = fill(file, &mut buffer, from)?;
    let (text, ended) = (buffer.get(..read).unwrap_or_default(), read < READ);
    let end_of_line = |text: &[u8]| text.iter().position(|byte| *byte == b'\n').map(|end| end + 1);
    let skipped = match end_of_line(text) {
        _ if at == 0 => 0,
        Some(end) => end,
        None if ended => return Ok(None),
        None => return Err(malformed()),
    };
    let rest = text.get(skipped..).unwrap_or_default();
    if rest.is_empty() && ended {
        return Ok(None);
    }
    let length = end_of_line(rest).or(ended.then_some(rest.len())).ok_or_else(malformed)?;
    let hash = rest.get(..HASH).filter(|hash| hash.iter().all(u8::is_ascii_hexdigit)).ok_or_else(malformed)?;
    if rest.get(HASH) != Some(&b':') {
        return Err(malformed());
    }
    let start = from + offset(skipped);
    let hash = hash.iter().map(|digit| char::from(digit.to_ascii_uppercase())).collect();
    Ok(Some(Ligne { start, next: start + offset(length), hash }))
}

/// Reads until the buffer is full or the file ends.
fn fill(file: &File, buffer: &mut [u8], from: u64) -> Result<usize> {
    let mut read = 0;
    while let Some(rest) = buffer.get_mut(read..).filter(|rest| !rest.is_empty()) {
        match file.read_at(rest, from + offset(read)) {
            Ok(0) => break,
            Ok(more) => read += more,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(read)
}

fn offset(bytes: usize) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use tempfile::NamedTempFile;

    use super::*;

    fn sha1_of(password: &str) -> String {
        hex(&Sha1::digest(password.as_bytes())).to_ascii_uppercase()
    }

    fn file(text: &str) -> (NamedTempFile, Fuites) {
        let mut file = NamedTempFile::new().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        let fuites = Fuites::new(file.path().to_owned());
        (file, fuites)
    }

    /// A file of these passwords, in the downloader's format.
    fn leaked(passwords: impl Iterator<Item = String>, end: &str) -> String {
        let mut lines: Vec<String> = passwords.map(|password| sha1_of(&password)).collect();
        lines.sort_unstable();
        let count = |at: usize| if at.is_multiple_of(3) { 1 } else { at * 9_999 };
        lines.iter().enumerate().map(|(at, hash)| format!("{hash}:{}{end}", count(at))).collect()
    }

    #[test]
    fn every_password_of_the_file_is_found_and_no_other() {
        for end in ["\n", "\r\n"] {
            for count in [1, 2, 3, 7, 500] {
                let text = leaked((0..count).map(|at| format!("fuite {at}")), end);
                for text in [text.trim_end().to_owned(), text.to_ascii_lowercase(), text] {
                    let (_kept, fuites) = file(&text);
                    for at in 0..count {
                        assert!(fuites.contains(&format!("fuite {at}")).unwrap(), "{at} of {count}, {end:?}");
                        assert!(!fuites.contains(&format!("autre {at}")).unwrap(), "{at} of {count}, {end:?}");
                    }
                    assert_eq!(fuites.inspect().unwrap(), u64::try_from(text.len()).unwrap());
                }
            }
        }
    }

    #[test]
    fn the_hash_is_that_of_the_published_file() {
        // The hash of « password », as the service publishes it.
        let (_kept, fuites) = file("5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8:9545824\r\n");
        assert!(fuites.contains("password").unwrap() && !fuites.contains("Password").unwrap());
    }

    #[test]
    fn what_is_not_such_a_file_is_said_so() {
        let sorted = leaked((0..50).map(|at| format!("fuite {at}")), "\n");
        let mut lines: Vec<&str> = sorted.lines().collect();
        lines.reverse();
        for (text, why) in [
            (String::new(), "il est vide"),
            (lines.join("\n"), "pas dans l’ordre"),
            ("motdepasse123\nazerty\n".to_owned(), "SHA-1:nombre"),
            ("x".repeat(10_000), "SHA-1:nombre"),
            (sorted.replace(':', ";"), "SHA-1:nombre"),
        ] {
            let (_kept, fuites) = file(&text);
            let said = fuites.inspect().unwrap_err().to_string();
            assert!(said.contains(why), "{said}");
        }
        assert!(Fuites::new("/nonexistent".into()).inspect().is_err());
        assert!(Fuites::new("/nonexistent".into()).contains("password").is_err());
    }
}
