//! Posts that bodies name otherwise than by URL: Jekyll's `post_url` and `link`, Hugo's `ref` and `relref`.

use std::{fs, path::Path};

use tempfile::TempDir;

use crate::run::{build, run, scratch, write_post};

/// Posts by file, each with a date and its body.
fn tree(posts: &[(&str, &str)]) -> TempDir {
    let folder = scratch();
    for (file, body) in posts {
        write_post(
            &folder.path().join(file),
            "title: A\ndate: 2021-02-04\nlang: en",
            body,
        );
    }
    if posts.iter().all(|(file, _)| file.starts_with("content/")) {
        let config = "baseURL = 'https://blog.example.ca/'\ndefaultContentLanguage = 'en'\n";
        fs::write(folder.path().join("hugo.toml"), config).unwrap();
    }
    folder
}

/// The destinations of the links in the article of a page.
fn links(site: &Path, page: &str) -> Vec<String> {
    let html = fs::read_to_string(site.join(page)).unwrap();
    let body = html.split("<a>").next().unwrap();
    assert_eq!(body.len(), html.len(), "a link was taken out of {html}");
    let begins = html.split("<p><a href=\"").skip(1);
    begins
        .map(|link| link.split('"').next().unwrap().to_owned())
        .collect()
}

/// What is told of a folder, named from there.
fn told(folder: &Path) -> Vec<String> {
    let ended = run(["check", folder.to_str().unwrap()]).with(0);
    let prefix = format!("{}/", folder.display());
    ended.out.lines().map(|line| line.replace(&prefix, "")).collect()
}

/// The first of the posts holds the references, each a paragraph; where they lead to.
#[track_caller]
fn lead(posts: &[(&str, &str)], page: &str, references: &[(&str, &str)]) {
    let body: String = references
        .iter()
        .map(|(reference, _)| format!("[x]({reference})\n\n"))
        .collect();
    let mut posts = posts.to_vec();
    posts[0].1 = &body;
    let folder = tree(&posts);
    let site = scratch();
    build(folder.path(), site.path(), &[]).with(0);
    let expected: Vec<&str> = references.iter().map(|(_, url)| *url).collect();
    assert_eq!(links(site.path(), page), expected);
    assert_eq!(told(folder.path()), [""; 0]);
}

#[test]
fn jekylls_references_lead_to_the_posts() {
    lead(
        &[
            ("_posts/2021-02-04-a.md", ""),
            ("_posts/2021-02-05-b.md", ""),
            ("_posts/notes/2021-02-06-c d.md", ""),
            ("news/_posts/2021-02-07-e.html", ""),
            ("_posts/2021-02-05-c.md", ""),
        ],
        "2021/02/04/a/index.html",
        &[
            ("{% post_url 2021-02-05-b %}", "/2021/02/04/b/"),
            ("{% post_url /2021-02-05-b %}", "/2021/02/04/b/"),
            (
                "{{ site.baseurl }}{% post_url 2021-02-05-b %}#x",
                "/2021/02/04/b/#post-x",
            ),
            ("{% post_url notes/2021-02-06-c d %}", "/2021/02/04/c-d/"),
            ("{% post_url 2021-02-06-c d %}", "/2021/02/04/c-d/"),
            ("{% post_url news/2021-02-07-e %}", "/2021/02/04/e/"),
            ("{% link _posts/2021-02-05-b.md %}", "/2021/02/04/b/"),
            ("{% link news/_posts/2021-02-07-e.html %}", "/2021/02/04/e/"),
        ],
    );
}

#[test]
fn a_link_of_jekylls_leads_to_a_file_too() {
    let folder = tree(&[(
        "_posts/2021-02-04-a.md",
        "[x]({% link files/plan.pdf %})\n\n![The plan]({% link /files/plan.png %})",
    )]);
    fs::create_dir(folder.path().join("files")).unwrap();
    for name in ["plan.pdf", "plan.png"] {
        fs::write(folder.path().join("files").join(name), "x").unwrap();
    }
    let site = scratch();
    build(folder.path(), site.path(), &[]).with(0);
    assert_eq!(links(site.path(), "2021/02/04/a/index.html"), ["/files/plan.pdf"]);
    let html = fs::read_to_string(site.path().join("2021/02/04/a/index.html")).unwrap();
    assert!(html.contains("<img src=\"/files/plan.png\""), "{html}");
    assert!(site.path().join("files/plan.pdf").is_file());
}

#[test]
fn hugos_references_lead_to_the_posts() {
    lead(
        &[
            ("content/posts/a.md", ""),
            ("content/posts/b.md", ""),
            ("content/notes/b.md", ""),
            ("content/notes/c/index.md", ""),
            ("content/notes/Two Words.md", ""),
        ],
        "posts/a/index.html",
        &[
            ("{{< ref \"b\" >}}", "/posts/b/"),
            ("{{< ref \"/posts/b\" >}}", "/posts/b/"),
            ("{{< relref \"b.md\" >}}", "/posts/b/"),
            ("{{< relref \"./b.md\" >}}", "/posts/b/"),
            ("{{< ref \"posts/b.md\" >}}", "/posts/b/"),
            ("{{< ref \"b#frag\" >}}", "/posts/b/#post-frag"),
            ("{{< ref \"#self\" >}}", "/posts/a/#post-self"),
            ("{{% relref path=\"../notes/c/\" %}}", "/notes/c/"),
            ("{{< ref \"c\" >}}", "/notes/c/"),
            ("{{< ref \"/notes/c/index.md\" >}}", "/notes/c/"),
            ("{{< ref \"notes/two-words\" >}}", "/notes/two-words/"),
            ("{{< ref \"two words.md\" >}}", "/notes/two-words/"),
        ],
    );
}

#[test]
fn of_equal_names_the_post_of_the_same_language_is_meant() {
    let folder = scratch();
    let body = "[x]({{< ref \"b\" >}})\n\n[x]({{< ref \"/posts/b.md\" >}})\n\n[x]({{< ref path=\"b#c\" lang=\"fr\" >}})\n\n\
                [x]({{< ref \"b.fr.md\" >}})\n\n[x]({{< ref \"seul\" >}})";
    for (file, body) in [
        ("content/en/posts/a.md", body),
        ("content/en/posts/b.md", ""),
        ("content/fr/posts/b.md", ""),
        ("content/fr/posts/seul.md", ""),
    ] {
        let front = format!("title: A\ndate: 2021-02-04\npermalink: /{}", &file[8..]);
        write_post(&folder.path().join(file), front.trim_end_matches(".md"), body);
    }
    let site = scratch();
    build(folder.path(), site.path(), &[]).with(0);
    assert_eq!(
        links(site.path(), "en/posts/a/index.html"),
        [
            "/en/posts/b/",
            "/en/posts/b/",
            "/fr/posts/b/#post-c",
            "/fr/posts/b/",
            "/fr/posts/seul/"
        ]
    );
    assert_eq!(told(folder.path()), [""; 0]);
}

#[test]
fn references_that_lead_nowhere_are_told_with_the_cure() {
    let folder = tree(&[
        (
            "_posts/2021-02-04-a.md",
            "[x]({% post_url 2021-02-04-brigde %})\n[y]({% link _posts/2021-02-05-bridge.markdown %})\n\
             [z]({% post_url none %}) [about]({% link about.md %})\n![x]({% link bridge.png %})",
        ),
        ("_posts/2021-02-05-bridge.md", ""),
    ]);
    fs::write(folder.path().join("about.md"), "---\ntitle: A\n---\n").unwrap();
    let file = "_posts/2021-02-04-a.md";
    let taken = "and was taken out";
    assert_eq!(
        told(folder.path()),
        [
            format!(
                "{file}:6:5: post_url \"2021-02-04-brigde\" leads to no post, {taken}; did you mean \"2021-02-05-bridge\"?"
            ),
            format!(
                "{file}:7:5: link \"_posts/2021-02-05-bridge.markdown\" leads to no post, {taken}; did you mean \
                 \"_posts/2021-02-05-bridge.md\"?"
            ),
            format!(
                "{file}:8:5: post_url \"none\" leads to no post, {taken}; correct it, or publish the post that it leads to"
            ),
            format!(
                "{file}:8:34: link \"about.md\" leads to a file that is not published, {taken}; publish it, or write the \
                 URL where it can be seen"
            ),
            format!(
                "{file}:9:6: link \"bridge.png\" leads to no file, {taken}; correct it, or add the file that it leads to"
            ),
        ]
    );
    let folder = tree(&[
        ("content/posts/a.md", "[x]({{< ref \"/notes/brigde.md\" >}})"),
        ("content/posts/bridge.md", ""),
    ]);
    assert_eq!(
        told(folder.path()),
        [format!(
            "content/posts/a.md:6:5: ref \"/notes/brigde.md\" leads to no post, {taken}; did you mean \"/posts/bridge\"?"
        )]
    );
}

#[test]
fn a_reference_to_two_posts_is_not_guessed() {
    let folder = tree(&[
        ("content/posts/a.md", "[x]({{< ref \"b\" >}})"),
        ("content/notes/b.md", ""),
        ("content/walks/b.md", ""),
    ]);
    assert_eq!(
        told(folder.path()),
        [
            "content/posts/a.md:6:5: ref \"b\" leads to 2 posts, content/notes/b.md and content/walks/b.md, and was \
             taken out; write \"/notes/b\" or \"/walks/b\""
        ]
    );
}

/// The first paragraph of a page.
fn paragraph(site: &Path, page: &str) -> String {
    let html = fs::read_to_string(site.join(page)).unwrap();
    let (_, behind) = html.split_once("<p>").unwrap();
    behind.split("</p>").next().unwrap().to_owned()
}

#[test]
fn a_reference_in_running_text_or_in_another_url_is_what_the_generator_writes() {
    let folder = tree(&[
        (
            "_posts/2021-02-04-a.md",
            "see {% post_url 2021-02-05-b %}\n[x]({{ site.url }}{% post_url 2021-02-05-b %})\n\
             [x](https://blog.example.ca/x{% post_url 2021-02-05-b %}#y)\n\
             [x](https://share.example/?u={{ site.url }}{% post_url 2021-02-05-b %})",
        ),
        ("_posts/2021-02-05-b.md", ""),
    ]);
    let config = "url: https://blog.example.ca\nbaseurl: /x\npermalink: pretty\n";
    fs::write(folder.path().join("_config.yml"), config).unwrap();
    let site = scratch();
    build(folder.path(), site.path(), &[]).with(0);
    assert_eq!(
        paragraph(site.path(), "2021/02/04/a/index.html"),
        "see /x/2021/02/04/b/\n<a href=\"/x/2021/02/04/b/\">x</a>\n<a href=\"/x/2021/02/04/b/#post-y\">x</a>\n\
         <a href=\"https://share.example/?u=https://blog.example.ca/x/2021/02/04/b/\" rel=\"noopener noreferrer\">x</a>"
    );
    assert_eq!(told(folder.path()), [""; 0]);

    let folder = tree(&[
        (
            "content/posts/a.md",
            "see {{< relref \"b\" >}} [x](https://share.example/?u={{< ref \"b\" >}})",
        ),
        ("content/posts/b.md", ""),
    ]);
    let site = scratch();
    build(folder.path(), site.path(), &[]).with(0);
    assert_eq!(
        paragraph(site.path(), "posts/a/index.html"),
        "see /posts/b/ <a href=\"https://share.example/?u=https://blog.example.ca/posts/b/\" \
         rel=\"noopener noreferrer\">x</a>"
    );
    assert_eq!(told(folder.path()), [""; 0]);
}

#[test]
fn a_reference_in_running_text_that_leads_nowhere_is_told() {
    let folder = tree(&[(
        "content/posts/a.md",
        "see {{< ref \"nope.md\" >}}, https://share.example/?u={{< relref \"none\" >}}",
    )]);
    let site = scratch();
    build(folder.path(), site.path(), &[]).with(0);
    assert_eq!(
        paragraph(site.path(), "posts/a/index.html"),
        "see , <a href=\"https://share.example/?u=\" rel=\"noopener noreferrer\">https://share.example/?u=</a>"
    );
    let cure = "leads to no post, and was taken out; correct it, or publish the post that it leads to";
    assert_eq!(
        told(folder.path()),
        [
            format!("content/posts/a.md:6:5: ref \"nope.md\" {cure}"),
            format!("content/posts/a.md:6:53: ref \"none\" {cure}"),
        ]
    );
}
