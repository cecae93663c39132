//! What guards a reader against each fault, as text of the worker or of the boot script that can be taken out. A test
//! that stays green without its guard is no test: `cargo xtask test --only guards` takes them out one by one.

use std::env;

use anyhow::{Context, Result};

/// A guard against one fault.
#[derive(Debug)]
pub struct Guard {
    /// The fault, as the names of its tests begin: `fault_05`.
    pub fault: &'static str,
    /// What it does.
    pub what: &'static str,
    /// How it is taken out.
    pub changes: &'static [Change],
}

/// A text that stands once in a script, and what stands there when the guard is out.
#[derive(Debug)]
pub struct Change {
    /// Where it stands.
    pub part: Part,
    /// The text.
    pub text: &'static str,
    /// What is in its place.
    pub without: &'static str,
}

/// A script with guards in it.
#[derive(Clone, Copy, Debug)]
pub enum Part {
    /// The service worker.
    Worker,
    /// The boot script.
    Boot,
    /// The kill switch, which is in no bundle.
    KillSwitch,
}

/// Names the fault whose guard is out.
pub const VARIABLE: &str = "PASSERELLE_WITHOUT_GUARD";

impl Guard {
    /// The guard that [`VARIABLE`] takes out of every site that this process builds.
    ///
    /// # Errors
    /// When there is no such guard.
    pub fn taken_out() -> Result<Option<&'static Guard>> {
        let Ok(fault) = env::var(VARIABLE) else {
            return Ok(None);
        };
        let guard = GUARDS.iter().find(|guard| guard.fault == fault);
        guard
            .with_context(|| format!("{VARIABLE} is {fault:?}, which has no guard"))
            .map(Some)
    }
}

const fn worker(text: &'static str, without: &'static str) -> Change {
    Change {
        part: Part::Worker,
        text,
        without,
    }
}

const fn boot(text: &'static str, without: &'static str) -> Change {
    Change {
        part: Part::Boot,
        text,
        without,
    }
}

/// The check of what was fetched for the shell, and what takes everything.
const SHELL_CHECK: Change = worker("if (isRight) {", "if (answer !== undefined) {");

/// Every guard, in the order of the faults.
pub const GUARDS: &[Guard] = &[
    Guard {
        fault: "fault_01",
        what: "what is kept of a page is looked for",
        changes: &[worker(
            "const kept = await keptPage(key);",
            "const kept = undefined;",
        )],
    },
    Guard {
        fault: "fault_02",
        what: "the worker brings the index when it comes",
        changes: &[worker(
            "event.waitUntil(fillShell().then(seed));",
            "event.waitUntil(fillShell());",
        )],
    },
    Guard {
        fault: "fault_03",
        what: "an install without one of its files fails",
        changes: &[worker(
            "throw new TypeError(`${path} is not as it was built`);",
            "",
        )],
    },
    Guard {
        fault: "fault_04",
        what: "files of the shell are kept when they are as they were built",
        changes: &[SHELL_CHECK],
    },
    Guard {
        fault: "fault_05",
        what: "files of the shell are kept when they are as they were built",
        changes: &[SHELL_CHECK],
    },
    Guard {
        fault: "fault_11",
        what: "no page loads itself again when a worker takes over",
        changes: &[RELOAD_WHEN_TAKEN_OVER],
    },
    Guard {
        fault: "fault_14",
        what: "the kill switch removes",
        changes: &[Change {
            part: Part::KillSwitch,
            text: "event.waitUntil(remove());",
            without: "",
        }],
    },
    Guard {
        fault: "fault_15",
        what: "a page does not take the worker away when it does not come",
        changes: &[boot(
            "let looked = performance.now();",
            "let looked = performance.now();\n  await registration.update().catch(() => registration.unregister());",
        )],
    },
    Guard {
        fault: "fault_18",
        what: "an answer is shown in the place of what is kept when it is a page of the site",
        changes: &[worker("if (await isGood(first)) return", "if (first) return")],
    },
    Guard {
        fault: "fault_21",
        what: "a page is kept when it is whole and one of the site's",
        changes: &[worker(
            "if (isOfAPost && (await bringPost(dataKeyOf(key)))) await",
            "await",
        )],
    },
    Guard {
        fault: "fault_31",
        what: "a page has one key however its address is written",
        changes: &[worker(
            "const trimmed = decoded.normalize(\"NFC\")",
            "const trimmed = path",
        )],
    },
];

/// What other sites' workers do: a page that loads itself again when another worker has taken over.
const RELOAD_WHEN_TAKEN_OVER: Change = boot(
    "async function keepOffline() {",
    "async function keepOffline() {\n  navigator.serviceWorker.addEventListener(\"controllerchange\", () => location.reload());",
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fault_has_one_guard_and_they_are_in_order() {
        assert!(GUARDS.is_sorted_by(|one, next| one.fault < next.fault));
    }
}
