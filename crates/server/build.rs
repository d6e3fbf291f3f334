//! The demo carries the province and its items inside the program: new files in their folders make it anew.

fn main() {
    for folder in ["../../tenants", "src/demo/items", "src/demo/pictures"] {
        println!("cargo:rerun-if-changed={folder}");
    }
}
