//! How far long work is: one line on a terminal's standard error, written over and over; nothing when it is piped.

use std::{
    io::{self, IsTerminal, Write},
    sync::Mutex,
    time::{Duration, Instant},
};

/// No more often than this, so that telling costs nothing beside the work.
const EVERY: Duration = Duration::from_millis(100);

/// Takes the line away: back to its start, then everything behind the cursor (ECMA-48, EL).
const CLEAR: &str = "\r\x1b[K";

/// Tells how far work is.
#[derive(Debug)]
pub struct Progress {
    is_shown: bool,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    what: String,
    done: usize,
    of: usize,
    told: Option<Instant>,
}

impl Progress {
    /// Tells on standard error when that is a terminal, and nowhere otherwise.
    pub fn on_terminal() -> Progress {
        Progress::new(io::stderr().is_terminal())
    }

    fn new(is_shown: bool) -> Progress {
        Progress {
            is_shown,
            state: Mutex::new(State {
                what: String::new(),
                done: 0,
                of: 0,
                told: None,
            }),
        }
    }

    /// Begins a stretch of work of `of` steps; 0 where nobody knows how many.
    pub fn begin(&self, what: &str, of: usize) {
        self.change(|state| {
            *state = State {
                what: what.to_owned(),
                done: 0,
                of,
                told: None,
            }
        });
    }

    /// One step more is done.
    pub fn step(&self) {
        self.change(|state| state.done += 1);
    }

    /// Takes the line away, so that something else can be printed.
    pub fn clear(&self) {
        if self.is_shown {
            let _ = write!(io::stderr(), "{CLEAR}");
        }
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        if !self.is_shown {
            return;
        }
        // Somebody who panicked while telling is no reason to stop the work.
        let mut state = self
            .state
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        change(&mut state);
        if state.told.is_none_or(|told| told.elapsed() >= EVERY) {
            state.told = Some(Instant::now());
            let _ = write!(io::stderr(), "{CLEAR}{}", line(&state));
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.clear();
    }
}

fn line(state: &State) -> String {
    match state.of {
        0 => format!("{}…", state.what),
        of => format!("{} {} of {of}", state.what, state.done),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_how_far_the_work_is() {
        let progress = Progress::new(true);
        progress.begin("Rendering", 3);
        progress.step();
        assert_eq!(line(&progress.state.lock().unwrap()), "Rendering 1 of 3");
        progress.begin("Reading", 0);
        assert_eq!(line(&progress.state.lock().unwrap()), "Reading…");
    }
}
