//! What knows no GEN noun: buttons, notes, icons, times.
