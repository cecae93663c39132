//! Programs that a test runs a server with: where they stand, and how one runs until it is dropped.

use std::{
    env, fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Result, bail};
use passerelle_tests::repository;

use crate::http;

/// Where `cargo xtask test` puts what it fetches.
pub fn tools() -> PathBuf {
    repository::root().join("target/tools")
}

/// Where a program stands: in one of `folders`, else on `PATH`.
pub fn find(folders: &[PathBuf], program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let all = folders.iter().cloned().chain(env::split_paths(&path));
    all.map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// A port that was free a moment ago; whoever takes it meanwhile makes the server say so.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// How long a server may take to answer for the first time.
const START: Duration = Duration::from_secs(20);

/// A running server; it ends when dropped.
pub struct Running {
    child: Child,
    /// Where it listens.
    pub port: u16,
}

impl Running {
    /// Runs `command`, whose output goes to the file `log`, until it answers on `port`.
    pub fn start(command: &mut Command, port: u16, log: &Path) -> Result<Running> {
        let output = fs::File::create(log)?;
        let child = command
            .stdin(Stdio::null())
            .stdout(output.try_clone()?)
            .stderr(output)
            .spawn()?;
        let mut running = Running { child, port };
        let started = Instant::now();
        while http::get(port, "/", None).is_err() {
            if started.elapsed() > START || running.child.try_wait()?.is_some() {
                bail!(
                    "the server does not answer; it says:\n{}",
                    fs::read_to_string(log)?
                );
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(running)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It has ended by itself, or it ends now.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
