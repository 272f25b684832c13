//! A new migration must be noticed: the macro that embeds them watches the files it knows, not the folder.

fn main() {
    println!("cargo:rerun-if-changed=../migrations");
}
