//! A bucket that is filled by the recipe for S3, behind the function of the recipe for CloudFront: in the place of Amazon's
//! servers is moto, which answers Amazon's own command as S3 does.

use std::{path::PathBuf, process::Command};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    Serves,
    http::{self, Answer},
    recipe,
    running::{Running, find, free_port, tools},
    site,
};

const NAME: &str = "blog";

/// The bucket, with the site in it.
pub struct Bucket {
    // First the server ends, then its folder.
    server: Running,
    aws: PathBuf,
    folder: TempDir,
}

impl Bucket {
    /// An empty bucket, and the demo, built. `None` where there is nothing to run it with.
    pub fn start() -> Result<Option<Bucket>> {
        let folders = [tools().join("python/bin")];
        let (Some(moto), Some(aws)) = (find(&folders, "moto_server"), find(&folders, "aws")) else {
            return Ok(None);
        };
        let folder = TempDir::with_prefix("passerelle-deploy-")?;
        site::build(&folder.path().join("site"), &[])?;
        let port = free_port()?;
        let mut command = Command::new(moto);
        command.args(["--host", "127.0.0.1", "--port", &port.to_string()]);
        let bucket = Bucket {
            server: Running::start(&mut command, port, &folder.path().join("log"))?,
            aws,
            folder,
        };
        // The distribution may read it.
        let policy = json!({
            "Version": "2012-10-17",
            "Statement": [{
                "Effect": "Allow",
                "Principal": "*",
                "Action": "s3:GetObject",
                "Resource": format!("arn:aws:s3:::{NAME}/*"),
            }],
        });
        bucket.shell(&format!(
            "aws s3 mb s3://{NAME}; aws s3api put-bucket-policy --bucket {NAME} --policy '{policy}'"
        ))?;
        Ok(Some(bucket))
    }

    /// Brings the site there by the recipe.
    pub fn deploy(&self) -> Result<()> {
        self.shell(&recipe::put(&recipe::block("sh"), "BUCKET", NAME))
    }

    fn shell(&self, script: &str) -> Result<()> {
        let program = self.aws.parent().context("a program stands in a folder")?;
        let path = std::env::var("PATH").unwrap_or_default();
        let output = Command::new("sh")
            .args(["-e", "-c", script])
            .current_dir(self.folder.path())
            .env("PATH", format!("{}:{path}", program.display()))
            // Nothing of whoever runs the test is asked or touched.
            .env("HOME", self.folder.path())
            .env(
                "AWS_ENDPOINT_URL",
                format!("http://127.0.0.1:{}", self.server.port),
            )
            .env("AWS_ACCESS_KEY_ID", "test")
            .env("AWS_SECRET_ACCESS_KEY", "test")
            .env("AWS_DEFAULT_REGION", "us-east-1")
            .output()?;
        ensure!(
            output.status.success(),
            "{script}\n{}",
            String::from_utf8_lossy(&output.stderr)
        );
        Ok(())
    }
}

impl Serves for Bucket {
    /// As the distribution answers: the function first, then the bucket, then the page for what is not there.
    fn get(&self, path: &str, encodings: Option<&str>) -> Answer {
        let object = |uri: &str| http::get(self.server.port, &format!("/{NAME}{uri}"), encodings).unwrap();
        let given = function(&format!("/{path}"));
        if let Some(status) = given["statusCode"].as_u64() {
            let location = given["headers"]["location"]["value"].as_str().unwrap();
            return Answer::leading_to(status.try_into().unwrap(), location);
        }
        let answer = object(given["uri"].as_str().unwrap());
        if answer.status == 200 {
            return answer;
        }
        let mut page = object("/404.html");
        page.status = 404;
        page
    }

    fn site(&self) -> PathBuf {
        self.folder.path().join("site")
    }
}

/// What the recipe's function makes of a request: a request again, or an answer.
fn function(uri: &str) -> Value {
    let call = format!(
        "{}\nJSON.stringify(handler({}))",
        recipe::block("js"),
        json!({ "request": { "uri": uri } })
    );
    let context = rquickjs::Context::full(&rquickjs::Runtime::new().unwrap()).unwrap();
    let text: String = context.with(|context| context.eval(call)).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// An earlier URL of a post may end as no file does, and its page stands in a folder of that name.
#[test]
fn the_function_tells_files_from_pages() {
    for file in ["/en/feed.json", "/a/b.HTML", "/a.b/c.jpeg", "/.well-known/a"] {
        assert_eq!(function(file), json!({ "uri": file }));
    }
    for page in ["/old.php", "/v1.2", "/en", "/a.png/b"] {
        assert_eq!(function(page)["headers"]["location"]["value"], format!("{page}/"));
    }
    assert_eq!(function("/old.php/"), json!({ "uri": "/old.php/index.html" }));
}
