//! What the bundled reader carries and never uses, taken out.
//!
//! wasm-bindgen keeps whatever a crate offers to scripts; Leptos brings streams that way, which the reader has no use
//! for. And it tells imports apart by sixteen random digits, twice each: in the wasm and in its script (the glue).
//! Together they are 8 kB in brotli.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};
use walrus::{Module, passes::gc};

use super::scripts::compact;

/// How a function stands in the glue that the wasm imports.
const ENTRY: &str = "        __wb";
const ENTRY_ENDS: [&str; 2] = ["        },", "        }, arguments); },"];

/// How the name of the wasm ends, behind what it has in common with the glue's.
const WASM: &str = "_bg.wasm";

/// Rewrites the wasm and the glue of a bundle, and puts `with`, a script that the reader needs, in front of the glue: so it
/// costs the first page nothing. Both get a name of their new bytes, since browsers keep what has a name for ever.
///
/// # Errors
/// When a file cannot be read or written, is no module, or is not as this version of wasm-bindgen writes it.
pub fn run(bundle: &Path, with: &Path) -> Result<()> {
    let name = fs::read_dir(bundle)
        .with_context(|| bundle.display().to_string())?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .find_map(|name| Some(name.strip_suffix(WASM)?.to_owned()))
        .context("there is no wasm in the bundle")?;
    let [wasm, script] = [WASM, ".js"].map(|end| bundle.join(name.clone() + end));
    let glue = fs::read_to_string(&script).with_context(|| script.display().to_string())?;
    let module = fs::read(&wasm).with_context(|| wasm.display().to_string())?;
    let (glue, module) = slim(&glue, &module)?;
    let with = fs::read_to_string(with).with_context(|| with.display().to_string())?;
    // In a block, what it declares is its own.
    let glue = ["{\n", &with, "}\n", &glue].concat();
    let digest = Sha256::new().chain_update(&glue).chain_update(&module).finalize();
    let digest: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let slimmed = format!("passerelle-reader-{digest}");
    for (old, end, bytes) in [(wasm, WASM, module), (script, ".js", glue.into_bytes())] {
        let new = bundle.join(slimmed.clone() + end);
        fs::write(&new, bytes).with_context(|| new.display().to_string())?;
        fs::remove_file(&old).with_context(|| old.display().to_string())?;
    }
    let shell = bundle.join("index.html");
    let html = fs::read_to_string(&shell).with_context(|| shell.display().to_string())?;
    fs::write(&shell, html.replace(&name, &slimmed)).with_context(|| shell.display().to_string())
}

fn slim(glue: &str, module: &[u8]) -> Result<(String, Vec<u8>)> {
    let glue = without_classes(glue);
    let mut module = Module::from_buffer(module)?;
    let unused: Vec<_> = module
        .exports
        .iter()
        .filter(|export| !glue.contains(&format!("wasm.{}", export.name)))
        .map(|export| export.id())
        .collect();
    unused
        .into_iter()
        .for_each(|export| module.exports.delete(export));
    gc::run(&mut module);
    let mut names = BTreeMap::new();
    for (number, import) in module.imports.iter_mut().enumerate() {
        let short = format!("_{number}");
        names.insert(std::mem::replace(&mut import.name, short.clone()), short);
    }
    Ok((compact(&with_imports(&glue, &names)?), module.emit_wasm()))
}

/// The glue without the classes that it offers to other scripts.
fn without_classes(glue: &str) -> String {
    let classes: Vec<&str> = glue
        .lines()
        .filter_map(|line| line.strip_prefix("export class ")?.split(' ').next())
        .collect();
    let mut kept = String::new();
    let mut is_kept = true;
    for line in glue.lines() {
        // What begins in the first column begins a declaration, a brace ends one.
        if line.starts_with(|first: char| !first.is_whitespace() && first != '}') {
            is_kept = !classes.iter().any(|class| line.contains(class));
        }
        if is_kept {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

/// The glue with those of its entries that are imported, under their new names.
fn with_imports(glue: &str, names: &BTreeMap<String, String>) -> Result<String> {
    let mut kept = String::new();
    let mut is_kept = true;
    let mut found = 0;
    for line in glue.lines() {
        let entry = line
            .starts_with(ENTRY)
            .then(|| line.trim_start().split_once(": function"));
        if let Some((name, rest)) = entry.flatten() {
            let short = names.get(name);
            is_kept = short.is_some();
            if let Some(short) = short {
                found += 1;
                kept.extend([short, ": function", rest, "\n"]);
            }
        } else if is_kept {
            kept.extend([line, "\n"]);
        }
        is_kept |= ENTRY_ENDS.contains(&line);
    }
    ensure!(
        found == names.len(),
        "the reader's script has {found} of the {} functions that its wasm imports; wasm-bindgen writes it another way \
         than crates/xtask/src/tasks/slim.rs reads it",
        names.len()
    );
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = "\
export class Stream {
    pull() {
        wasm.stream_pull(this.ptr);
    }
}
if (Symbol.dispose) Stream.prototype[Symbol.dispose] = Stream.prototype.free;
function __wbg_get_imports() {
    const import0 = {
        __proto__: null,
        __wbg_now_0123456789abcdef: function() {
            return Date.now();
        },
        __wbg_pull_0123456789abcdef: function() { return handleError(function (arg0) {
            pull(arg0);
        }, arguments); },
    };
}
const StreamFinalization = (typeof FinalizationRegistry === 'undefined')
    ? { register: () => {} }
    : new FinalizationRegistry(ptr => wasm.stream_free(ptr));
// starts it
wasm.start();
";

    /// Imports both functions of the glue; `start` calls the first, `stream_pull` the second.
    fn module() -> Vec<u8> {
        use walrus::{FunctionBuilder, ModuleConfig};
        let mut module = Module::with_config(ModuleConfig::new());
        let of = module.types.add(&[], &[]);
        for (import, export) in [("now", "start"), ("pull", "stream_pull")] {
            let name = format!("__wbg_{import}_0123456789abcdef");
            let (imported, _) = module.add_import_func("./glue.js", &name, of);
            let mut function = FunctionBuilder::new(&mut module.types, &[], &[]);
            function.func_body().call(imported);
            let function = function.finish(Vec::new(), &mut module.funcs);
            module.exports.add(export, function);
        }
        module.emit_wasm()
    }

    #[test]
    fn what_nothing_calls_is_taken_out_and_imports_get_short_names() {
        let (glue, wasm) = slim(GLUE, &module()).unwrap();
        assert_eq!(
            glue,
            "function __wbg_get_imports() {\nconst import0 = {\n__proto__: null,\n_0: function() {\nreturn Date.now();\n},\n};\n}\nwasm.start();\n"
        );
        let module = Module::from_buffer(&wasm).unwrap();
        let imports: Vec<_> = module.imports.iter().map(|import| import.name.as_str()).collect();
        let exports: Vec<_> = module.exports.iter().map(|export| export.name.as_str()).collect();
        assert_eq!((imports, exports), (vec!["_0"], vec!["start"]));
    }

    #[test]
    fn glue_of_another_shape_is_refused() {
        let other = GLUE.replace("        __wbg_now", "    __wbg_now");
        assert!(slim(&other, &module()).is_err());
        assert!(slim(GLUE, b"no wasm").is_err());
    }
}
