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
    // A main thread has 8 MiB of stack on Linux and macOS, but 1 MiB on Windows; deep documents need more.
    let of_target = |what: &str| std::env::var(format!("CARGO_CFG_TARGET_{what}")).unwrap_or_default();
    match (of_target("OS").as_str(), of_target("ENV").as_str()) {
        ("windows", "msvc") => println!("cargo::rustc-link-arg-bins=/STACK:8388608"),
        ("windows", _) => println!("cargo::rustc-link-arg-bins=-Wl,--stack,8388608"),
        _ => {}
    }
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
