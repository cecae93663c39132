//! Which crates the reader's wasm is made of.
//!
//! The shipped file has no names. The same code is built once more with them, and each function's body is counted
//! for the crate that its name begins with: a method of a generic type for the crate of the type, not of its caller.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result};
use rustc_demangle::demangle;
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

use super::row::Row;
use crate::process::{cargo, run};
use crate::project::{Project, WASM};
use crate::small_std;

/// How many are told.
const TOLD: usize = 10;

/// The crates with the most code, the heaviest first.
///
/// # Errors
/// When the reader cannot be built with names.
pub fn heaviest(project: &Project) -> Result<Vec<Row>> {
    let target = project.path("target/named");
    let mut build = cargo(
        project,
        &[
            "build",
            "--locked",
            "--package",
            "passerelle-reader",
            "--profile",
            "wasm-release",
            "--target",
            WASM,
            // Debug information would be kept as well, if there were any; the profile has none.
            "--config",
            "profile.wasm-release.strip=\"none\"",
        ],
    );
    small_std::ask(project, &mut build);
    run(build.arg("--target-dir").arg(&target))?;
    let module = target.join(WASM).join("wasm-release/passerelle-reader.wasm");
    let module = fs::read(&module).with_context(|| module.display().to_string())?;
    let mut crates: Vec<(String, usize)> = code_of_crates(&module)?.into_iter().collect();
    let all: usize = crates.iter().map(|(_, bytes)| bytes).sum();
    crates.sort_by_key(|(name, bytes)| (std::cmp::Reverse(*bytes), name.clone()));
    Ok(crates
        .into_iter()
        .take(TOLD)
        .map(|(name, bytes)| {
            let share = bytes * 100 / all.max(1);
            Row::told(
                format!("code of crate `{name}` (unstripped build, not packed)"),
                format!("{bytes} B, {share} %"),
            )
        })
        .collect())
}

/// The bytes of function bodies of every crate.
fn code_of_crates(module: &[u8]) -> Result<BTreeMap<String, usize>> {
    let (mut imported, mut bodies, mut names) = (0, Vec::new(), BTreeMap::new());
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes().len()),
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(section) = section.as_known() {
                    for group in section {
                        if let Name::Function(functions) = group? {
                            for function in functions {
                                let function = function?;
                                names.insert(function.index, function.name);
                            }
                        }
                    }
                }
            }
            _ => {}
        }
    }
    let mut crates = BTreeMap::new();
    for (index, bytes) in (imported..).zip(bodies) {
        let name = names
            .get(&index)
            .map_or("(no name)".to_owned(), |name| crate_of(name));
        *crates.entry(name).or_default() += bytes;
    }
    Ok(crates)
}

/// The crate that a mangled name begins with, whatever stands round it: `<`, `&`, `dyn`.
fn crate_of(name: &str) -> String {
    let plain = format!("{:#}", demangle(name));
    let path = plain.split("::").next().unwrap_or_default();
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let first = path.rsplit(|c| !is_part(c)).next().unwrap_or_default();
    if plain.contains("::") && !first.is_empty() {
        first.to_owned()
    } else {
        "(no crate)".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_is_of_the_crate_that_its_name_begins_with() {
        for (name, expected) in [
            ("_ZN7content6render6render17h0123456789abcdefE", "content"),
            (
                "_ZN54_$LT$leptos..view..Any$u20$as$u20$core..fmt..Debug$GT$3fmt17h0123456789abcdefE",
                "leptos",
            ),
            (
                "_ZN44_$LT$$RF$T$u20$as$u20$core..fmt..Display$GT$3fmt17h0123456789abcdefE",
                "core",
            ),
            ("_RNvNtCs1234_7content6render6render", "content"),
            ("memcpy", "(no crate)"),
        ] {
            assert_eq!(crate_of(name), expected, "{name}");
        }
    }

    #[test]
    fn what_is_no_module_is_an_error() {
        assert!(code_of_crates(b"no wasm").is_err());
    }
}
