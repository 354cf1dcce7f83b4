//! A sum over the kinds and names of a page's nodes, written into `<main>`. The page's loader (`chargeur.js` in `app`)
//! computes the same sum over the document. If the sums differ, something changed the page before hydration.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;

use super::page;

const OPENING: &str = "<main id=\"contenu\"";
/// Elements without an end tag.
const VOID: [&str; 7] = ["input", "br", "hr", "img", "wbr", "link", "meta"];
/// Elements that contain only text, even if it looks like tags.
const RAW: [&str; 3] = ["textarea", "script", "style"];

/// Writes the sum into each page that will be hydrated.
pub async fn summed(request: Request, next: Next) -> Response {
    page::rewritten(next.run(request).await, with_sum).await
}

fn with_sum(page: &str) -> Option<String> {
    let (before, rest) = page.split_once(OPENING)?;
    let (attributes, rest) = rest.split_once('>')?;
    let (content, after) = rest.rsplit_once("</main>")?;
    let sum = sum(content);
    Some(format!("{before}{OPENING} data-noeuds=\"{sum}\"{attributes}>{content}</main>{after}"))
}

/// Computes FNV-1a, 32 bits, over the nodes in document order. An element gives its name, its content, then `/`. A text
/// gives `#`, a comment `!`.
fn sum(html: &str) -> u32 {
    let mut hash = 0x811c_9dc5_u32;
    let mut add = |text: &str| {
        hash = text.bytes().fold(hash, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    };
    let mut rest = html;
    while !rest.is_empty() {
        if let Some(comment) = rest.strip_prefix("<!--") {
            add("!");
            rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
        } else if rest.starts_with("<!") {
            add("!");
            rest = rest.split_once('>').map_or("", |(_, rest)| rest);
        } else if rest.starts_with("</") {
            add("/");
            rest = rest.split_once('>').map_or("", |(_, rest)| rest);
        } else if let Some(tag) = rest.strip_prefix('<') {
            let length = tag.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(tag.len());
            let (name, attributes) = tag.split_at(length);
            add(name);
            rest = after_attributes(attributes);
            if VOID.contains(&name) {
                add("/");
            } else if RAW.contains(&name) {
                let length = rest.find(&format!("</{name}")).unwrap_or(rest.len());
                // A browser drops the line feed that begins a text area.
                if !rest[..length].trim_start_matches(['\r', '\n']).is_empty() {
                    add("#");
                }
                rest = &rest[length..];
            }
        } else {
            add("#");
            rest = &rest[rest.find('<').unwrap_or(rest.len())..];
        }
    }
    hash
}

/// The text after the end of a tag. A quoted value may contain `>`.
fn after_attributes(tag: &str) -> &str {
    let mut quoted = false;
    for (at, c) in tag.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '>' if !quoted => return &tag[at + 1..],
            _ => {}
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_change_changes_the_sum() {
        let page = "<p class=\"a>b\">Nom<!></p><input value=\"x\"><textarea>a<b</textarea>";
        for changed in [
            "<p class=\"a>b\">Nom<!></p><input value=\"x\"><span></span><textarea>a<b</textarea>",
            "<p class=\"a>b\"><font>Nom</font><!></p><input value=\"x\"><textarea>a<b</textarea>",
            "<p class=\"a>b\">Nom</p><input value=\"x\"><textarea>a<b</textarea>",
            "<p class=\"a>b\">Nom<!><input value=\"x\"></p><textarea>a<b</textarea>",
            "<p class=\"a>b\">Nom<!></p> <input value=\"x\"><textarea>a<b</textarea>",
            "<div class=\"a>b\">Nom<!></div><input value=\"x\"><textarea>a<b</textarea>",
        ] {
            assert_ne!(sum(page), sum(changed), "{changed}");
        }
    }

    #[test]
    fn what_a_person_types_does_not_change_the_sum() {
        let page = "<p>Nom</p><!----><input value=\"x\"><textarea>abc</textarea>";
        let same = "<p class=\"b\">Autre</p><!><input value=\"<>\"><textarea>\n</p>d</textarea>";
        assert_eq!(sum(page), sum(same));
        assert_eq!(sum("<textarea></textarea>"), sum("<textarea>\n</textarea>"));
    }

    #[test]
    fn the_sum_stands_in_main() {
        let page = "<body><main id=\"contenu\" tabindex=\"-1\"><p>a</p></main></body>";
        let summed = with_sum(page).unwrap();
        assert_eq!(summed.replace(&format!(" data-noeuds=\"{}\"", sum("<p>a</p>")), ""), page);
        assert_eq!(with_sum("<p>refused</p>"), None);
    }
}
