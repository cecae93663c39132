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

/// What other sites' workers do: a page that loads itself again when another worker has taken over.
const RELOAD_WHEN_TAKEN_OVER: Change = boot(
    "async function keepOffline() {",
    "async function keepOffline() {\n  navigator.serviceWorker.addEventListener(\"controllerchange\", () => location.reload());",
);

/// And a worker that does not wait to be chosen.
const TAKE_OVER_AT_ONCE: Change = worker(
    r#"self.addEventListener("install", (event) => {"#,
    "self.addEventListener(\"install\", (event) => {\n  self.skipWaiting();",
);

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
        fault: "fault_06",
        what: "an install ends when all has come",
        changes: &[worker(
            "event.waitUntil(fillShell().then(seed));",
            "fillShell().then(seed);",
        )],
    },
    Guard {
        fault: "fault_07",
        what: "files of the shell come from the device",
        changes: &[worker(
            "const kept = await shellFile(key);",
            "const kept = undefined;",
        )],
    },
    Guard {
        fault: "fault_08",
        what: "the new version is offered once",
        changes: &[boot(
            r#"if (!notice || sessionStorage.getItem("passerelle newer") === files[0].url) return;"#,
            "if (!notice) return;",
        )],
    },
    Guard {
        fault: "fault_09",
        what: "a worker waits, and no page loads itself again",
        changes: &[RELOAD_WHEN_TAKEN_OVER, TAKE_OVER_AT_ONCE],
    },
    Guard {
        fault: "fault_10",
        what: "the files of a version stay until the last page of it is closed",
        changes: &[worker(
            "if (open.some((client) => client !== undefined)) return;",
            "",
        )],
    },
    Guard {
        fault: "fault_11",
        what: "no page loads itself again when a worker takes over",
        changes: &[RELOAD_WHEN_TAKEN_OVER],
    },
    Guard {
        fault: "fault_12",
        what: "a worker waits, and no page loads itself again",
        changes: &[RELOAD_WHEN_TAKEN_OVER, TAKE_OVER_AT_ONCE],
    },
    Guard {
        fault: "fault_13",
        what: "the worker is asked for past the browser’s cache",
        changes: &[boot(r#"updateViaCache: "none""#, r#"updateViaCache: "all""#)],
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
            "keepOffline().catch(() => {});",
            "keepOffline()\n  .then(() => navigator.serviceWorker.getRegistration())\n  .then((registration) => registration.update().catch(() => registration.unregister()));",
        )],
    },
    Guard {
        fault: "fault_16",
        what: "a file of the shell may stand at another address, and is kept as if it did not",
        changes: &[worker(
            "isWhole({ ...answer.facts, redirected: false }, answer.bytes.byteLength)",
            "isWhole(answer.facts, answer.bytes.byteLength)",
        )],
    },
    Guard {
        fault: "fault_17",
        what: "files of the shell are kept when they are as they were built",
        changes: &[SHELL_CHECK],
    },
    Guard {
        fault: "fault_18",
        what: "an answer is shown in the place of what is kept when it is a page of the site",
        changes: &[worker("if (!(await isGood(first))) return kept;", "")],
    },
    Guard {
        fault: "fault_19",
        what: "a redirect is followed in the place of what is kept when it stays within the site",
        changes: &[worker(
            r#"answer.facts.type === "opaqueredirect" ? staysHere(url)"#,
            r#"answer.facts.type === "opaqueredirect" ? true"#,
        )],
    },
    Guard {
        fault: "fault_20",
        what: "what is no index does not replace one",
        changes: &[worker("if (!isIndex) return;", "if (!answer) return;")],
    },
    Guard {
        fault: "fault_21",
        what: "a page is kept when it is whole, was there, and is one of a post",
        changes: &[
            worker(r#"response.status === 200 && response.type === "basic""#, "true"),
            worker(
                "if (isOfAPost && (await bringPost(dataKeyOf(key)))) await",
                "await bringPost(dataKeyOf(key));\n  await",
            ),
        ],
    },
    Guard {
        fault: "fault_22",
        what: "what was read longest ago makes room",
        changes: &[worker(
            "await forgetHalf();\nisStored = await attempt(store);",
            "isStored = await attempt(store);",
        )],
    },
    Guard {
        fault: "fault_23",
        what: "files of other sites are none of the worker’s business, and opaque answers are not kept",
        changes: &[
            worker("|| !isOwn ||", "||"),
            worker(r#"response.status === 200 && response.type === "basic""#, "true"),
            worker(
                "if (isPicture(answer)) await keepOne(key, answer);",
                "await keepOne(key, answer);",
            ),
        ],
    },
    Guard {
        fault: "fault_24",
        what: "what was deleted is filled in again",
        changes: &[worker("event.waitUntil(refill());", "")],
    },
    Guard {
        fault: "fault_25",
        what: "what is open when the worker comes is kept",
        changes: &[worker("await attempt(() => keepPage(key, answer));", "")],
    },
    Guard {
        fault: "fault_26",
        what: "a browser without workers, or that refuses them, is none that fails",
        changes: &[boot("keepOffline().catch(() => {});", "keepOffline();")],
    },
    Guard {
        fault: "fault_27",
        what: "the network has three seconds, body included",
        changes: &[worker("await Promise.race([answer, late]);", "await answer;")],
    },
    Guard {
        fault: "fault_28",
        what: "no page loads itself again",
        changes: &[boot(
            "async function keepOffline() {",
            "async function keepOffline() {\n  setTimeout(() => location.reload(), 1000);",
        )],
    },
    Guard {
        fault: "fault_29",
        what: "a request for a part is none of the worker’s business",
        changes: &[worker(
            r#"hasRange: request.headers.has("range"),"#,
            "hasRange: false,",
        )],
    },
    Guard {
        fault: "fault_30",
        what: "files that are no pages are none of the worker’s business",
        changes: &[worker(
            r#"return /\.[a-z][a-z0-9]*$/i.test(path) && !path.endsWith(".html") ? "other" : "page";"#,
            r#"return "page";"#,
        )],
    },
    Guard {
        fault: "fault_31",
        what: "a page has one key however its address is written",
        changes: &[worker(r#"decoded.normalize("NFC")"#, "decoded")],
    },
    Guard {
        fault: "fault_32",
        what: "a post is fresh when its digest is the index’s",
        changes: &[worker(
            "if (revision !== undefined && isRevision(kept.headers.get(DIGEST), revision)) {",
            "{",
        )],
    },
    Guard {
        fault: "fault_33",
        what: "a post is kept when its digest is the index’s",
        changes: &[worker("if (!(await isPublished(key, answer))) return false;", "")],
    },
    Guard {
        fault: "fault_34",
        what: "a page that is not kept is told to be so",
        changes: &[worker(
            "(await attempt(() => streamed(event, store))) ?? unsavedPage()",
            "(await attempt(() => streamed(event, store))) ?? Response.error()",
        )],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fault_has_one_guard_and_they_are_in_order() {
        assert!(GUARDS.is_sorted_by(|one, next| one.fault < next.fault));
    }
}
