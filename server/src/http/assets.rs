use std::path::Path;

use app::Assets;
use leptos::config::LeptosOptions;

/// The paths of the files that cargo-leptos built. If their names contain hashes, `hash.txt` beside the program gives
/// the hashes.
pub fn locate(options: &LeptosOptions, beside: &Path) -> Assets {
    let hashes = if options.hash_files {
        std::fs::read_to_string(beside.join(options.hash_file.as_ref())).unwrap_or_default()
    } else {
        String::new()
    };
    named(&options.output_name, &options.site_pkg_dir, &hashes)
}

fn named(output: &str, folder: &str, hashes: &str) -> Assets {
    let file = |kind: &str| {
        let hash = hashes.lines().filter_map(|line| line.split_once(':')).find(|(name, _)| name.trim() == kind);
        match hash {
            Some((_, hash)) => format!("/{folder}/{output}.{}.{kind}", hash.trim()),
            None => format!("/{folder}/{output}.{kind}"),
        }
    };
    Assets { js: file("js"), wasm: file("wasm"), css: file("css") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_carry_their_hash_when_there_is_one() {
        let assets = named("iel", "pkg", "js: abc\nwasm: def\ncss: ghi\n");
        assert_eq!(assets.js, "/pkg/iel.abc.js");
        assert_eq!(assets.wasm, "/pkg/iel.def.wasm");
        assert_eq!(assets.css, "/pkg/iel.ghi.css");
        assert_eq!(named("iel", "pkg", "").wasm, "/pkg/iel.wasm");
    }
}
