//! A screen for the one engine that does not run without: an Xvfb on a display that it finds free itself.

use std::{
    io::{BufRead, BufReader},
    os::unix::process::CommandExt,
    process::{Child, Command, Stdio},
};

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process};

/// A running Xvfb. Dropping it ends it.
pub(super) struct Screen {
    process: Child,
    display: String,
}

impl Screen {
    /// Starts Xvfb and waits until it takes connections.
    pub(super) fn start() -> Result<Self> {
        let process = Command::new("setpriv")
            .args(["--pdeathsig", "TERM", "Xvfb"])
            .args([
                "-displayfd",
                "1",
                "-screen",
                "0",
                "1280x900x24",
                "-nolisten",
                "tcp",
            ])
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("there is no `setpriv`; install util-linux")?;
        let mut screen = Screen {
            process,
            display: String::new(),
        };
        // Xvfb writes the number of its display when it is ready.
        let written = screen.process.stdout.take().context("the output is piped")?;
        BufReader::new(written).read_line(&mut screen.display)?;
        if screen.display.trim().is_empty() {
            bail!("`Xvfb` did not start; is it installed? Debian has it in: xvfb xauth");
        }
        Ok(screen)
    }

    /// What `DISPLAY` names it.
    pub(super) fn display(&self) -> String {
        format!(":{}", self.display.trim())
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        if let Some(own) = i32::try_from(self.process.id()).ok().and_then(Pid::from_raw) {
            // It may have ended already. Asked to end, it takes its lock away.
            let _ = kill_process(own, Signal::TERM);
        }
        let _ = self.process.wait();
    }
}
