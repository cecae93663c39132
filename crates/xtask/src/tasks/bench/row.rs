//! What was measured, as one row of the table in docs/performance.md.

/// One row.
#[derive(Debug, PartialEq, Eq)]
pub struct Row {
    /// What was measured.
    pub what: String,
    /// The number, with its unit.
    pub measured: String,
    /// What it is to be, where that was promised.
    pub target: Option<Target>,
}

/// A promise, and whether it is kept.
#[derive(Debug, PartialEq, Eq)]
pub struct Target {
    /// In words.
    pub words: String,
    /// Whether the number is as promised.
    pub is_met: bool,
}

impl Row {
    /// A number that nothing was promised about.
    pub fn told(what: impl Into<String>, measured: impl Into<String>) -> Self {
        Row {
            what: what.into(),
            measured: measured.into(),
            target: None,
        }
    }

    /// A number that is held to a promise.
    pub fn held(
        what: impl Into<String>,
        measured: impl Into<String>,
        words: impl Into<String>,
        is_met: bool,
    ) -> Self {
        let target = Target {
            words: words.into(),
            is_met,
        };
        Row {
            target: Some(target),
            ..Row::told(what, measured)
        }
    }

    /// Reads a row as the driver in `tests` prints it: what, number, and for a promise its words and `met` or `missed`,
    /// with tabs between.
    pub fn read(line: &str) -> Option<Self> {
        match line.split('\t').collect::<Vec<_>>().as_slice() {
            [what, measured] => Some(Row::told(*what, *measured)),
            [what, measured, words, verdict] => Some(Row::held(*what, *measured, *words, *verdict == "met")),
            _ => None,
        }
    }

    /// Whether a promise is not kept.
    pub fn is_missed(&self) -> bool {
        self.target.as_ref().is_some_and(|target| !target.is_met)
    }
}

/// The rows as a Markdown table.
pub fn table(rows: &[Row]) -> String {
    let mut table = String::from("| what | measured | target | |\n|---|---:|---|---|\n");
    for Row {
        what,
        measured,
        target,
    } in rows
    {
        let (words, verdict) = match target {
            None => ("", ""),
            Some(Target { words, is_met: true }) => (words.as_str(), "met"),
            Some(Target { words, is_met: false }) => (words.as_str(), "**missed**"),
        };
        table.push_str(&format!("| {what} | {measured} | {words} | {verdict} |\n"));
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_driver_prints_becomes_a_row_of_the_table() {
        let rows = [
            "first paint\t700 ms",
            "blocking\t12 ms\tunder 10 ms\tmissed",
            "shift\t0.00\t0.00\tmet",
        ]
        .map(|line| Row::read(line).expect("a row"));
        assert_eq!(rows.each_ref().map(Row::is_missed), [false, true, false]);
        assert_eq!(
            table(&rows),
            "| what | measured | target | |\n|---|---:|---|---|\n| first paint | 700 ms |  |  |\n\
             | blocking | 12 ms | under 10 ms | **missed** |\n| shift | 0.00 | 0.00 | met |\n"
        );
        assert_eq!(Row::read("a browser's own chatter"), None);
    }
}
