//! Rebuilds the crate when a template is added or removed: the embedding macro sees only changed ones. With the
//! feature `embed-fonts`, writes the code that compiles the fonts in.

#[cfg(feature = "embed-fonts")]
#[path = "build/files.rs"]
mod files;
#[cfg(feature = "embed-fonts")]
#[path = "build/index.rs"]
mod index;

fn main() {
    println!("cargo::rerun-if-changed=templates");
    #[cfg(feature = "embed-fonts")]
    embed();
}

/// Writes `built_in.rs`. What is wrong ends the build, said as errors of Cargo.
#[cfg(feature = "embed-fonts")]
fn embed() {
    println!("cargo::rerun-if-env-changed={}", files::VARIABLE);
    let written = files::files(std::env::var_os(files::VARIABLE).as_deref()).and_then(|files| {
        for file in &files {
            println!("cargo::rerun-if-changed={}", file.display());
        }
        let code = index::expression(&files)?;
        let folder = std::env::var("OUT_DIR").map_err(|error| vec![error.to_string()])?;
        let target = std::path::Path::new(&folder).join("built_in.rs");
        std::fs::write(target, code).map_err(|error| vec![error.to_string()])
    });
    for line in written.err().into_iter().flatten() {
        println!("cargo::error={line}");
    }
}
