//! How the data of a page travel to it: as Postcard in base 64, in a JSON text. The text is decoded in the view of its
//! page, so that the code that knows its type stays in the part of the program that has the page.

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use leptos::server_fn::codec::Post;
use leptos::server_fn::{Bytes, ContentType, Decodes, Encodes, Format, FormatType};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The encoding of an answer that a page reads.
pub struct PaquetEncoding;

/// The output of a server function that a page reads: `#[server(output = Paquet)]`.
pub type Paquet = Post<PaquetEncoding>;

/// A value as a text.
pub fn packed<T: Serialize>(value: &T) -> Result<String, postcard::Error> {
    Ok(STANDARD_NO_PAD.encode(postcard::to_allocvec(value)?))
}

/// The value of a text, or `None` for a text of another version of the program.
pub fn unpacked<T: DeserializeOwned>(text: &str) -> Option<T> {
    postcard::from_bytes(&STANDARD_NO_PAD.decode(text).ok()?).ok()
}

impl ContentType for PaquetEncoding {
    const CONTENT_TYPE: &'static str = "application/json";
}

impl FormatType for PaquetEncoding {
    const FORMAT_TYPE: Format = Format::Text;
}

impl<T: Serialize> Encodes<T> for PaquetEncoding {
    type Error = postcard::Error;

    fn encode(value: &T) -> Result<Bytes, Self::Error> {
        // No character of base 64 needs an escape in JSON.
        Ok(format!("\"{}\"", packed(value)?).into())
    }
}

impl<T: DeserializeOwned> Decodes<T> for PaquetEncoding {
    type Error = postcard::Error;

    fn decode(bytes: Bytes) -> Result<T, Self::Error> {
        let text = std::str::from_utf8(&bytes).map_err(|_| postcard::Error::DeserializeBadUtf8)?;
        unpacked(text.trim_matches('"')).ok_or(postcard::Error::DeserializeBadEncoding)
    }
}
