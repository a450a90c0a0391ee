//! Rebuilds the crate when a template is added or removed: the embedding macro sees only changed ones.

fn main() {
    println!("cargo::rerun-if-changed=templates");
}
