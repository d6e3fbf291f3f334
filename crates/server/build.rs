//! The demo carries the province and its items inside the program: new files in their folders make it anew.

#[expect(clippy::print_stdout, reason = "cargo reads it")]
fn main() {
    for folder in ["../../tenants", "src/demo/items", "src/demo/pictures"] {
        println!("cargo:rerun-if-changed={folder}");
    }
}
