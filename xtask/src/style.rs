//! `style/main.css` and everything it imports, as one minified style sheet.

use std::path::Path;

use lightningcss::{
    bundler::{Bundler, FileProvider},
    printer::PrinterOptions,
    stylesheet::{MinifyOptions, ParserOptions},
};

use crate::Result;

/// Follows the `@import`s of `main` and returns the whole as minified CSS. Nothing is rewritten for older
/// browsers: those that run our wasm know nesting, layers and `light-dark()`.
pub fn bundle(main: &Path) -> Result<Vec<u8>> {
    let files = FileProvider::new();
    let mut bundler = Bundler::new(&files, None, ParserOptions::default());
    let mut sheet = bundler.bundle(main).map_err(|error| format!("style: {error}"))?;
    sheet.minify(MinifyOptions::default()).map_err(|error| format!("style: {error}"))?;
    let css = sheet
        .to_css(PrinterOptions { minify: true, ..PrinterOptions::default() })
        .map_err(|error| format!("style: {error}"))?;
    Ok(css.code.into_bytes())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn imports_are_inlined_in_order_and_minified() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("main.css"), "@import './tokens.css';\nbody { color: var(--ink) }")
            .unwrap();
        fs::write(dir.path().join("tokens.css"), ":root { --ink: light-dark(#111, #eee) }").unwrap();
        let css = String::from_utf8(bundle(&dir.path().join("main.css")).unwrap()).unwrap();
        assert_eq!(css, ":root{--ink:light-dark(#111,#eee)}body{color:var(--ink)}");
    }

    #[test]
    fn a_missing_import_is_an_error_that_names_it() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("main.css"), "@import './gone.css';").unwrap();
        let error = bundle(&dir.path().join("main.css")).unwrap_err().to_string();
        assert!(error.contains("gone.css") || error.contains("main.css"), "{error}");
    }
}
