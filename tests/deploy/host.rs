//! A web server that runs by its recipe, with the demo in its folder.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};
use tempfile::TempDir;

use crate::{
    Serves,
    http::{self, Answer},
    recipe,
    running::{Running, find, free_port, tools},
    site,
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

    fn find(self) -> Option<PathBuf> {
        find(
            &[debian().join("usr/sbin"), debian().join("usr/bin")],
            self.program(),
        )
    }
}

/// The root of Debian's packages that `cargo xtask test` unpacks.
fn debian() -> PathBuf {
    tools().join("debian")
}

/// A web server that runs by its recipe.
pub struct Host {
    // First the server ends, then its folder.
    server: Running,
    folder: TempDir,
    base_path: &'static str,
}

impl Host {
    /// Starts `server` by its recipe over the demo under `base_path`. `None` where it is not there.
    pub fn start(server: Server, base_path: &'static str) -> Result<Option<Host>> {
        let Some(program) = server.find() else {
            return Ok(None);
        };
        let folder = TempDir::with_prefix("passerelle-deploy-")?;
        let more = ["--base-path", base_path, "--compress"];
        site::build(&root(folder.path(), base_path), &more)?;
        let port = free_port()?;
        let mut command = Command::new(program);
        match server {
            Server::Nginx => nginx(&mut command, folder.path(), base_path, port)?,
            Server::Caddy => caddy(&mut command, folder.path(), base_path, port)?,
        }
        Ok(Some(Host {
            server: Running::start(&mut command, port, &folder.path().join("log"))?,
            folder,
            base_path,
        }))
    }
}

impl Serves for Host {
    fn get(&self, path: &str, encodings: Option<&str>) -> Answer {
        http::get(self.server.port, &format!("{}{path}", self.base_path), encodings).unwrap()
    }

    fn site(&self) -> PathBuf {
        root(self.folder.path(), self.base_path)
    }
}

fn root(folder: &Path, base_path: &str) -> PathBuf {
    folder.join("site").join(base_path.trim_matches('/'))
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
