use std::borrow::Cow;

/// What a spreadsheet takes for the beginning of a formula, or skips before one.
const BEGINNINGS: [char; 12] = ['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠'];

/// A text that no spreadsheet runs: an apostrophe before what begins like a formula (requirement X4).
pub fn harmless(text: &str) -> Cow<'_, str> {
    if text.starts_with(BEGINNINGS) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text as it was before [`harmless`], so that what is exported and read back is the same.
pub fn unharmed(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| rest.starts_with(BEGINNINGS)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn x4_no_formula_stays_one_and_every_text_comes_back() {
        for text in
            ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\0=1", "＝1", "＋1", "－1", "＠a"]
        {
            assert_eq!(harmless(text), format!("'{text}"));
            assert_eq!(unharmed(&harmless(text)), text);
        }
        for text in ["", "plain", "'quoted'", "a=1", " =1"] {
            assert_eq!((harmless(text).as_ref(), unharmed(text)), (text, text));
        }
    }
}
