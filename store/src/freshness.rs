//! How old a saved copy may be.
