//! A server that runs by its recipe, with the demo in its folder.

use std::{
    env, fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use passerelle_tests::repository;
use tempfile::TempDir;

use crate::{
    http::{self, Answer},
    recipe,
};

/// A server that the documentation has a recipe for.
#[derive(Clone, Copy)]
pub enum Server {
    Nginx,
    Caddy,
}

impl Server {
    /// The name of its program.
    pub fn program(self) -> &'static str {
        match self {
            Server::Nginx => "nginx",
            Server::Caddy => "caddy",
        }
    }

    /// Where it stands: among what `cargo xtask test` has fetched, else on `PATH`.
    fn find(self) -> Option<PathBuf> {
        let path = env::var_os("PATH").unwrap_or_default();
        [debian().join("usr/sbin"), debian().join("usr/bin")]
            .into_iter()
            .chain(env::split_paths(&path))
            .map(|folder| folder.join(self.program()))
            .find(|file| file.is_file())
    }
}

/// The root of Debian's packages that `cargo xtask test` unpacks.
fn debian() -> PathBuf {
    repository::root().join("target/tools/debian")
}

/// How long a server may take to answer for the first time.
const START: Duration = Duration::from_secs(20);

/// A running server; it ends when dropped.
pub struct Host {
    folder: TempDir,
    base_path: &'static str,
    port: u16,
    child: Child,
}

impl Host {
    /// Starts `server` by its recipe over the demo under `base_path`. `None` where it is not there.
    pub fn start(server: Server, base_path: &'static str) -> Result<Option<Host>> {
        let Some(program) = server.find() else {
            return Ok(None);
        };
        let folder = TempDir::with_prefix("passerelle-deploy-")?;
        build(folder.path(), base_path)?;
        // Free a moment ago; whoever takes it meanwhile makes the server say so.
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut command = Command::new(program);
        match server {
            Server::Nginx => nginx(&mut command, folder.path(), base_path, port)?,
            Server::Caddy => caddy(&mut command, folder.path(), base_path, port)?,
        }
        let log = fs::File::create(folder.path().join("log"))?;
        let child = command
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()?;
        let mut host = Host {
            folder,
            base_path,
            port,
            child,
        };
        host.wait()?;
        Ok(Some(host))
    }

    fn wait(&mut self) -> Result<()> {
        let started = Instant::now();
        while http::get(self.port, "/", None).is_err() {
            if started.elapsed() > START || self.child.try_wait()?.is_some() {
                let log = fs::read_to_string(self.folder.path().join("log"))?;
                bail!("the server does not answer; it says:\n{log}");
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }

    /// The answer to a request for `path`, from the base path.
    #[track_caller]
    pub fn get(&self, path: &str, encodings: Option<&str>) -> Answer {
        http::get(self.port, &format!("{}{path}", self.base_path), encodings).unwrap()
    }

    /// The folder of the site.
    pub fn site(&self) -> PathBuf {
        site(self.folder.path(), self.base_path)
    }

    /// The file that answers `path`.
    pub fn file(&self, path: &str) -> PathBuf {
        let page = if path.is_empty() || path.ends_with('/') {
            "index.html"
        } else {
            ""
        };
        self.site().join(format!("{path}{page}"))
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        // It has ended by itself, or it ends now.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn site(folder: &Path, base_path: &str) -> PathBuf {
    folder.join("site").join(base_path.trim_matches('/'))
}

/// The demo with an origin, so that it has all that a site can have, and with compressed copies.
fn build(folder: &Path, base_path: &str) -> Result<()> {
    let demo = repository::root().join("demo");
    let config = folder.join("passerelle.toml");
    let text = fs::read_to_string(demo.join("passerelle.toml"))?;
    fs::write(&config, format!("origin = \"https://blog.example.ca\"\n{text}"))?;
    let output = Command::new(repository::command()?)
        .arg("build")
        .arg(demo)
        .arg("--out")
        .arg(site(folder, base_path))
        .arg("--config")
        .arg(config)
        .args(["--base-path", base_path, "--compress"])
        .output()
        .context("cannot run the command")?;
    if !output.status.success() {
        bail!("{}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(())
}

/// What stands round `conf.d/blog.conf` in Debian's nginx.conf, with everything that it writes in our folder.
fn nginx(command: &mut Command, folder: &Path, base_path: &str, port: u16) -> Result<()> {
    let recipe = recipe::under(&recipe::block("nginx"), base_path);
    let recipe = recipe::put(&recipe, "listen 80;", &format!("listen 127.0.0.1:{port};"));
    let recipe = recipe::put(
        &recipe,
        "/var/www/site",
        &folder.join("site").display().to_string(),
    );
    let root = if debian().join("usr/sbin/nginx").is_file() {
        debian().canonicalize()?
    } else {
        PathBuf::from("/")
    };
    let module = root.join("usr/lib/nginx/modules/ngx_http_brotli_static_module.so");
    let types = root.join("etc/nginx/mime.types");
    // nginx looks for what it includes beside its configuration.
    fs::copy(&types, folder.join("mime.types")).with_context(|| format!("no {}", types.display()))?;
    let here = folder.display();
    let paths: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .iter()
        .map(|name| format!("{name}_temp_path {here}/{name};\n"))
        .collect();
    // As root it would serve as a user who cannot read the folder of a test.
    let is_root = Command::new("id").arg("-u").output()?.stdout == b"0\n";
    let user = if is_root { "user root;\n" } else { "" };
    let text = format!(
        "{user}daemon off;\nmaster_process off;\npid {here}/pid;\nload_module {};\nevents {{}}\nhttp {{\n\
         access_log off;\n{paths}include mime.types;\ndefault_type application/octet-stream;\n{recipe}\n}}\n",
        module.display()
    );
    let config = folder.join("nginx.conf");
    fs::write(&config, text)?;
    command
        .args(["-e", "stderr", "-p"])
        .arg(folder)
        .arg("-c")
        .arg(config);
    Ok(())
}

fn caddy(command: &mut Command, folder: &Path, base_path: &str, port: u16) -> Result<()> {
    let recipe = recipe::under(&recipe::block("caddyfile"), base_path);
    let recipe = recipe::put(
        &recipe,
        "blog.example.ca {",
        &format!("http://127.0.0.1:{port} {{"),
    );
    let recipe = recipe::put(
        &recipe,
        "/var/www/site",
        &folder.join("site").display().to_string(),
    );
    let config = folder.join("Caddyfile");
    // Its administration would listen on a port of its own.
    fs::write(&config, format!("{{\n\tadmin off\n}}\n{recipe}\n"))?;
    command
        .args(["run", "--adapter", "caddyfile", "--config"])
        .arg(config)
        .env("XDG_DATA_HOME", folder)
        .env("XDG_CONFIG_HOME", folder);
    Ok(())
}
