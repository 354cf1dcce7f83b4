//! The second factor: TOTP and recovery codes. TOTP follows RFC 6238, with SHA-1, six digits, steps of 30 seconds, and
//! one step of tolerance on each side. Both are derived from the secret key and a random id, like the mailed links. So
//! the database alone gives neither.

use app::areas::gestion::second_facteur::{Enrolement, Qr};
use domain::instant::Millis;
use qrcode::{Color, EcLevel, QrCode};
use totp_rs::{Builder, Secret, Totp, TotpError};

use super::secrets::{at_rest, public_id};
use super::tokens::SecretKey;
use crate::clock::{Random, SECOND};

const EMETTEUR: &str = "Préinscription IEL";

pub const CODES_DE_SECOURS: usize = 10;

/// 120 bits: twenty-four letters and digits of base 32. ASVS 5.0 (6.5.2) allows a plain hash from 112 bits.
const CODE_BYTES: usize = 15;

/// The prefix of a lot of such codes. A lot without it has codes of `FORMER_CODE_BYTES`, and may still be on a screen.
const LOT: &str = "120.";

/// 80 bits: the length of former codes.
const FORMER_CODE_BYTES: usize = 10;

/// The quiet zone around the QR code (ISO/IEC 18004), in modules.
const MARGE: usize = 4;

impl SecretKey {
    /// The secret of a factor: 160 bits, as RFC 4226 recommends (section 4, R6).
    pub fn factor(&self, facteur_id: &str) -> Secret {
        let derived = self.derive("second facteur", facteur_id);
        let mut bytes = [0; 20];
        bytes.copy_from_slice(&derived[..20]);
        Secret::new_stack(bytes)
    }

    /// The recovery codes of a lot, as people read them: « ABCD-EFGH-IJKL-MNOP-QRST-UVWX ».
    pub fn recovery_codes(&self, lot: &str) -> Vec<String> {
        let bytes = if lot.starts_with(LOT) { CODE_BYTES } else { FORMER_CODE_BYTES };
        let code = |at: usize| {
            let derived = self.derive("code de secours", &format!("{lot}.{at}"));
            let text = Secret::from(derived[..bytes].to_vec()).to_base32();
            let groups: Vec<&str> = (0..text.len()).step_by(4).filter_map(|from| text.get(from..from + 4)).collect();
            groups.join("-")
        };
        (0..CODES_DE_SECOURS).map(code).collect()
    }
}

/// Makes the random text from which the recovery codes of a lot are derived.
pub fn new_lot(random: &dyn Random) -> String {
    format!("{LOT}{}", public_id(random))
}

/// The time step of a code: the step of `now` or one of its two neighbours. Blanks are ignored.
pub fn step_of(secret: Secret, typed: &str, now: Millis) -> Option<i64> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let seconds = u64::try_from(now.div_euclid(SECOND)).ok()?;
    let totp = totp(secret, "").ok()?;
    totp.check(&digits, seconds).and_then(|step| i64::try_from(step).ok())
}

/// The data shown once to a person who enrols.
///
/// # Errors
/// None for our addresses and secrets: the library checks both.
pub fn enrolment(secret: Secret, courriel: &str) -> Result<Enrolement, TotpError> {
    let totp = totp(secret, courriel)?;
    let uri = totp.to_url()?;
    Ok(Enrolement { secret: totp.secret().to_base32(), qr: qr(&uri), uri })
}

/// The hash stored for a recovery code. A code has 120 random bits, so a plain hash is enough. Dashes, blanks and case
/// are ignored. Former codes of 80 bits are still accepted.
pub fn recovery_at_rest(typed: &str) -> String {
    let code: String = typed.chars().filter(char::is_ascii_alphanumeric).take(64).collect();
    at_rest(&format!("secours:{}", code.to_ascii_uppercase()))
}

/// These are the library's defaults. They are written out because every enrolled application depends on them.
fn totp(secret: Secret, courriel: &str) -> Result<Totp, TotpError> {
    Builder::new()
        .with_secret(secret)
        .with_algorithm(totp_rs::Algorithm::SHA1)
        .with_digits(6)
        .with_step_duration(30)
        .with_skew(1)
        .with_account_name(courriel)
        .with_issuer(Some(EMETTEUR))
        .build()
}

/// Draws the QR code as one path: each run of dark modules is a rectangle. A text too long for a code gives an empty
/// drawing; no address of ours is so long.
fn qr(text: &str) -> Qr {
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::M) else {
        return Qr { cote: 2 * MARGE, trace: String::new() };
    };
    let width = code.width();
    let modules = code.to_colors();
    let mut trace = String::new();
    for (row, line) in modules.chunks(width).enumerate() {
        let mut column = 0;
        for run in line.chunk_by(|one, next| one == next) {
            if run.first() == Some(&Color::Dark) {
                trace += &format!("M{} {}h{}v1h-{}z", column + MARGE, row + MARGE, run.len(), run.len());
            }
            column += run.len();
        }
    }
    Qr { cote: width + 2 * MARGE, trace }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SystemRandom;

    /// RFC 6238, appendix B, SHA-1. The RFC has eight digits; ours are the last six.
    const VECTORS: [(i64, &str); 6] = [
        (59, "94287082"),
        (1_111_111_109, "07081804"),
        (1_111_111_111, "14050471"),
        (1_234_567_890, "89005924"),
        (2_000_000_000, "69279037"),
        (20_000_000_000, "65353130"),
    ];

    fn secret() -> Secret {
        Secret::from(b"12345678901234567890".to_vec())
    }

    #[test]
    fn the_codes_are_those_of_rfc_6238() {
        for (seconds, code) in VECTORS {
            let step = Some(seconds / 30);
            assert_eq!(step_of(secret(), &code[2..], seconds * SECOND), step, "{seconds}");
            assert_eq!(step_of(secret(), &format!(" {} {} ", &code[2..5], &code[5..]), seconds * SECOND), step);
            for (off, accepted) in [(-60, false), (-30, true), (30, true), (60, false)] {
                let found = step_of(secret(), &code[2..], (seconds + off) * SECOND);
                assert_eq!(found, step.filter(|_| accepted), "{seconds} {off}");
            }
        }
    }

    #[test]
    fn what_is_not_six_digits_is_no_code() {
        for wrong in ["", "2", "28708", "94287082", "28708é", "２８７０８２", "-28708", "+28708", "28708\0"] {
            assert_eq!(step_of(secret(), wrong, 59 * SECOND), None, "{wrong}");
        }
        assert_eq!(step_of(secret(), "287082", -1), None);
    }

    #[test]
    fn a_factor_depends_on_the_key_and_on_the_id() {
        let key = SecretKey::from_bytes([7; 32]);
        assert_eq!(key.factor("a").to_base32(), key.factor("a").to_base32());
        assert_eq!(key.factor("a").to_base32().len(), 32);
        assert_ne!(key.factor("a").to_base32(), key.factor("b").to_base32());
        assert_ne!(key.factor("a").to_base32(), SecretKey::from_bytes([8; 32]).factor("a").to_base32());
        assert!(!key.recovery_codes("a").contains(&key.factor("a").to_base32()));
    }

    #[test]
    fn recovery_codes_differ_and_are_read_as_people_type_them() {
        let key = SecretKey::from_bytes([7; 32]);
        let codes = key.recovery_codes(&new_lot(&SystemRandom));
        assert_eq!(codes.len(), CODES_DE_SECOURS);
        let mut unique: Vec<String> = codes.iter().map(|code| recovery_at_rest(code)).collect();
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(unique.len(), CODES_DE_SECOURS);
        let code = &codes[0];
        let letters: Vec<&str> = code.split('-').collect();
        assert!(letters.iter().all(|group| group.len() == 4), "{code}");
        assert!(letters.concat().len() * 5 >= 112, "bits, of five a letter: {code}");
        let typed = format!(" {} ", code.to_lowercase().replace('-', " "));
        assert_eq!(recovery_at_rest(&typed), recovery_at_rest(code));
        assert!(!recovery_at_rest(code).contains(&code[..4]));
        assert!(codes.iter().all(|code| !key.recovery_codes(&new_lot(&SystemRandom)).contains(code)));
    }

    #[test]
    fn a_lot_of_before_shows_the_codes_it_gave() {
        let codes = SecretKey::from_bytes([7; 32]).recovery_codes("9d2b7c1e5f3a48608d1c2e4b6a7f9035");
        assert!(codes.iter().all(|code| code.len() == 19), "{codes:?}");
    }

    #[test]
    fn the_address_of_an_application_says_whose_and_where() {
        let Enrolement { secret, uri, qr } = enrolment(secret(), "anne+a@exemple.fr").unwrap();
        assert_eq!(secret, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert!(
            uri.starts_with("otpauth://totp/Pr%C3%A9inscription%20IEL:anne%2Ba%40exemple.fr?secret=GEZDG"),
            "{uri}"
        );
        assert!(uri.ends_with("&issuer=Pr%C3%A9inscription%20IEL"), "{uri}");
        assert!(qr.trace.starts_with("M4 4h7v1h-7z"), "the first finder pattern: {}", qr.trace);
        assert!(qr.trace.chars().all(|c| c.is_ascii_digit() || "Mhvz -".contains(c)));
        assert_eq!((qr.cote - 2 * MARGE) % 4, 1, "{}", qr.cote);
    }
}
