//! The driver's process: on a port of its own, in a process group of its own, ended with the session.

use std::{
    io::{self, ErrorKind},
    net::{Ipv4Addr, TcpListener, TcpStream},
    ops::Range,
    os::unix::process::CommandExt,
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use super::{Engine, screen::Screen};
use crate::repository;

const PATIENCE: Duration = Duration::from_secs(20);

/// A running driver. Dropping it ends it, and the browsers that it started.
pub(super) struct Driver {
    process: Child,
    watch: Child,
    port: u16,
    // The browser is gone before its screen is.
    _screen: Option<Screen>,
}

impl Driver {
    /// Starts the engine's driver and waits until it listens.
    pub(super) fn start(engine: Engine) -> Result<Self> {
        let port = free_port()?;
        let (program, arguments) = engine.driver(port);
        let mut command = Command::new(program);
        command.args(arguments);
        command.env("PATH", repository::path_with_tools()?);
        engine.prepare(&mut command);
        let screen = (engine == Engine::WebKit).then(Screen::start).transpose()?;
        if let Some(screen) = &screen {
            command.env("DISPLAY", screen.display());
        }
        let mut process = command
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| match error.kind() {
                ErrorKind::NotFound => {
                    anyhow::anyhow!("there is no `{program}`; Debian has it in: {}", engine.packages())
                }
                _ => error.into(),
            })?;
        let watch = watch(process.id()).inspect_err(|_| {
            // Nobody else would end it.
            let _ = process.kill();
        })?;
        let mut driver = Driver {
            process,
            watch,
            port,
            _screen: screen,
        };
        driver.wait_until_it_listens(engine, program)?;
        Ok(driver)
    }

    /// Where it takes commands.
    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    fn wait_until_it_listens(&mut self, engine: Engine, program: &str) -> Result<()> {
        let end = Instant::now() + PATIENCE;
        while TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).is_err() {
            if let Some(status) = self.process.try_wait()? {
                bail!(
                    "`{program}` ended with {status}; is it installed? Debian has it in: {}",
                    engine.packages()
                );
            }
            if Instant::now() > end {
                bail!("`{program}` does not listen after {} s", PATIENCE.as_secs());
            }
            thread::sleep(Duration::from_millis(10));
        }
        Ok(())
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // The pipe closes, as it does when the test process is killed.
        drop(self.watch.stdin.take());
        let _ = self.watch.wait();
        let _ = self.process.wait();
    }
}

/// A test process that is killed cannot tidy up. This one waits until the pipe from it closes, however it ended, and
/// then ends `group`: the driver, and the browser, which outlives a driver that is killed. It has a group of its own,
/// since an interrupt from the keyboard reaches all of the test's.
fn watch(group: u32) -> io::Result<Child> {
    Command::new("sh")
        .args([
            "-c",
            "read -r _; kill -s TERM -- \"-$1\"",
            "sh",
            &group.to_string(),
        ])
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
}

/// Ports below those that systems hand out by themselves (from 32768 on Linux): between the time that a port is found
/// free and the time that the driver has it, no test server is given it.
const PORTS: Range<u16> = 20_000..32_000;

/// A port that nobody listens on, another one each time. Should another test process take it first, the driver ends at
/// once, and says so.
fn free_port() -> Result<u16> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let range = u32::from(PORTS.end - PORTS.start);
    (0..range)
        .map(|_| {
            std::process::id()
                .wrapping_mul(97)
                .wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed))
                % range
        })
        .filter_map(|offset| u16::try_from(offset).ok())
        .map(|offset| PORTS.start + offset)
        .find(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok())
        .context("no port for the driver")
}
