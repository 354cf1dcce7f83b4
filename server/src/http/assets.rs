use std::path::Path;

use app::Assets;
use leptos::config::LeptosOptions;

/// The file beside the program that lists the built files by what they are. `.ci/nommer.mjs` writes it.
const NAMES: &str = "noms.txt";

/// The paths of the built files. If their names change with their content, a list beside the program gives them.
pub fn locate(options: &LeptosOptions, beside: &Path) -> Assets {
    let names = match options.hash_files {
        true => std::fs::read_to_string(beside.join(NAMES)).unwrap_or_default(),
        false => String::new(),
    };
    named(&options.output_name, &options.site_pkg_dir, &names)
}

fn named(output: &str, folder: &str, names: &str) -> Assets {
    let at = |name: &str| format!("/{folder}/{name}");
    let listed = |kind: &str| names.lines().filter_map(|line| line.split_once(": ")).find(|(known, _)| *known == kind);
    let file = |kind: &str| match listed(kind) {
        Some((_, name)) => at(name),
        None => at(&format!("{output}.{kind}")),
    };
    let part = |name: &str| listed(name).map(|(_, files)| files.split(' ').map(at).collect()).unwrap_or_default();
    Assets {
        js: file("js"),
        wasm: file("wasm"),
        css: file("css"),
        loader: listed("loader").map(|(_, name)| at(name)),
        compte: part("compte"),
        formations: part("formations"),
        gestion: part("gestion"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_from_the_list_when_there_is_one() {
        let list = "wasm: iel.1.wasm\ncss: iel.2.css\njs: iel.3.js\nloader: l.3.js\ngestion: c.wasm g.wasm\n";
        let assets = named("iel", "pkg", list);
        assert_eq!((assets.js.as_str(), assets.wasm.as_str()), ("/pkg/iel.3.js", "/pkg/iel.1.wasm"));
        assert_eq!((assets.css.as_str(), assets.loader.as_deref()), ("/pkg/iel.2.css", Some("/pkg/l.3.js")));
        assert_eq!(assets.gestion, ["/pkg/c.wasm", "/pkg/g.wasm"]);
        assert!(assets.compte.is_empty());
        let plain = named("iel", "pkg", "");
        assert_eq!((plain.wasm.as_str(), plain.loader), ("/pkg/iel.wasm", None));
    }
}
