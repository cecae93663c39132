//! Markdown to HTML in the browser, beside the two libraries that are used most.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use super::{blog, driver::drive, row::Row, skip};
use crate::npm;
use crate::process::{cargo, on_path, run};
use crate::project::{Project, WASM};
use crate::tools;

/// What is compared: the npm package in its version, and the script in it that a page loads.
const LIBRARIES: [(&str, &str); 2] = [
    ("commonmark@0.31.2", "commonmark/dist/commonmark.min.js"),
    ("marked@18.2.1", "marked/lib/marked.umd.js"),
];

/// Renders every real post by turns in one page.
///
/// # Errors
/// When the module cannot be built or the browser fails.
pub fn measure(project: &Project) -> Result<Vec<Row>> {
    let Some(corpus) = project.corpus() else {
        skip("rendering", "there is no ../shared/corpus beside the work tree");
        return Ok(Vec::new());
    };
    if on_path("npm").is_none() {
        skip("rendering", "there is no npm to bring commonmark and marked");
        return Ok(Vec::new());
    }
    let page = project.path("target/bench/render");
    blog::emptied(&page)?;
    let tools = project.path("target/tools/render");
    fs::create_dir_all(&tools)?;
    npm::install(&tools, &LIBRARIES.map(|(package, _)| package))?;
    for (_, script) in LIBRARIES {
        let script = tools.join("node_modules").join(script);
        let name = script.file_name().context("a script has a name")?;
        fs::copy(&script, page.join(name)).with_context(|| script.display().to_string())?;
    }
    module(project, &page)?;
    drive(
        project,
        &[
            "render".as_ref(),
            corpus.join("hugo-2023").as_os_str(),
            page.as_os_str(),
        ],
    )
}

/// The rendering function as the reader has it, built by the profile of the shipped reader, as a module of its own.
fn module(project: &Project, page: &std::path::Path) -> Result<()> {
    let words = [
        "build",
        "--locked",
        "--package",
        "render-module",
        "--profile",
        "wasm-release",
        "--target",
        WASM,
    ];
    run(&mut cargo(project, &words))?;
    let built = project
        .cargo_target()
        .join(WASM)
        .join("wasm-release/render_module.wasm");
    let mut bindgen = Command::new(tools::WASM_BINDGEN.program(project, "wasm-bindgen")?);
    bindgen.args(["--target", "web", "--no-typescript", "--out-dir"]);
    run(bindgen.arg(page).arg(built))
}
