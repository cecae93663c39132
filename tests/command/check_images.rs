//! `passerelle check`: images and links of posts that lead to nothing in the tree.

use std::{fs, path::Path};

use tempfile::TempDir;

use crate::run::{build, run, scratch, write_post};

/// A Hugo tree with one picture and these posts: file, more front matter, body.
fn tree(posts: &[(&str, &str, &str)]) -> TempDir {
    let folder = scratch();
    for (file, front, body) in posts {
        let front = format!("title: A\ndate: 2021-01-01\nlang: en\nimage-alt: Text{front}");
        write_post(&folder.path().join("content/posts").join(file), &front, body);
    }
    let images = folder.path().join("static/images");
    fs::create_dir_all(&images).unwrap();
    fs::write(images.join("ferry.jpg"), "x").unwrap();
    folder
}

/// What is told of a folder, named from its posts.
fn told(folder: &Path, more: &[&str]) -> Vec<String> {
    let ended = run(["check", folder.to_str().unwrap()].iter().chain(more)).with(0);
    let prefix = format!("{}/content/posts/", folder.display());
    ended.out.lines().map(|line| line.replace(&prefix, "")).collect()
}

#[test]
fn an_image_that_is_not_in_the_tree_is_told_with_the_one_that_was_meant() {
    let folder = tree(&[(
        "a.md",
        "\nimage: /images/fery.jpg",
        "![The ferry](/images/ferry.jpg) ![The ferry](/images/Ferry.jpg)\n\n<img src=\"/pictures/ferry.jpg\" alt=\"\">\n\n\
         ![A boat](/images/boat.jpg?v=2) ![A boat](boat.jpg) ![A plan](plan.png)",
    )]);
    fs::write(folder.path().join("content/posts/plan.png"), "x").unwrap();
    let cure = "add it, correct its path, or leave it where something else serves it";
    assert_eq!(
        told(folder.path(), &[]),
        [
            "a.md:6:8: the main image /images/fery.jpg is not in the tree, and the post is shown without; did you mean \
             /images/ferry.jpg?"
                .to_owned(),
            "a.md:8:33: the image /images/Ferry.jpg is not in the tree; did you mean /images/ferry.jpg?".to_owned(),
            "a.md:10:1: the image /pictures/ferry.jpg is not in the tree; did you mean /images/ferry.jpg?".to_owned(),
            format!("a.md:12:1: the image /images/boat.jpg?v=2 is not in the tree; {cure}"),
            format!("a.md:12:33: the image boat.jpg is not in the tree; {cure}"),
            "a.md:12:53: the image plan.png stands where no file is published from; move what is shown to a folder whose files are, \
             such as `static` of Hugo's"
                .to_owned(),
        ]
    );
    let site = scratch();
    let built = build(folder.path(), site.path(), &[]).with(0);
    let line =
        "without picture: 1 post names a main image that is not in the tree; `passerelle check` tells which";
    assert!(built.out.contains(line), "{}", built.out);
}

#[test]
fn images_that_may_be_served_elsewhere_are_not_told() {
    let folder = tree(&[(
        "a.md",
        "\nimage: https://cdn.example.ca/a.jpg",
        "![a](https://cdn.example.ca/a.jpg) ![a](//cdn.example.ca/a.jpg) ![a](https://blog.example.ca/images/a.jpg) \
         ![a](/other/a.jpg) ![a](/blog/images/ferry.jpg)",
    )]);
    fs::write(
        folder.path().join("hugo.toml"),
        "baseURL = 'https://blog.example.ca/blog/'\n",
    )
    .unwrap();
    assert_eq!(told(folder.path(), &[]), [""; 0]);
}

#[test]
fn a_folder_of_images_that_is_not_in_the_tree_at_all_is_told_once() {
    let body = "![a](/uploads/1/a.jpg) ![b](/uploads/2/b.jpg)";
    let folder = tree(&[("a.md", "\nimage: a.jpg", body), ("b.md", "\nimage: b.jpg", body)]);
    let image = |file, column, path| {
        format!(
            "{file}:8:{column}: the image {path} is not in the tree; add it, correct its path, or leave it where \
             something else serves it"
        )
    };
    let main = |file, path| {
        format!(
            "{file}:6:8: the main image {path} is not in the tree, and the post is shown without; add it, or correct \
             its path"
        )
    };
    assert_eq!(
        told(folder.path(), &[]),
        [
            main("a.md", "a.jpg"),
            "a.md:8:1: 4 images in /uploads/ are not in the tree, which has none there; add them, or leave them \
             where something else serves them; `--verbose` tells each"
                .to_owned(),
            main("b.md", "b.jpg"),
        ]
    );
    assert_eq!(
        told(folder.path(), &["--verbose"]),
        [
            main("a.md", "a.jpg"),
            image("a.md", 1, "/uploads/1/a.jpg"),
            image("a.md", 24, "/uploads/2/b.jpg"),
            main("b.md", "b.jpg"),
            image("b.md", 1, "/uploads/1/a.jpg"),
            image("b.md", 24, "/uploads/2/b.jpg"),
        ]
    );
}

#[test]
fn main_images_that_a_theme_looks_for_in_a_folder_are_told_once_with_that_folder() {
    let names = ["a", "b", "c", "d"];
    let files = names.map(|name| (format!("{name}.md"), format!("\nimage: {name}-photo.jpg")));
    let posts: Vec<_> = files
        .iter()
        .map(|(file, front)| (file.as_str(), front.as_str(), ""))
        .collect();
    let folder = tree(&posts);
    for name in names {
        fs::write(folder.path().join(format!("static/images/{name}-photo.jpg")), "x").unwrap();
    }
    assert_eq!(
        told(folder.path(), &[]),
        [
            "a.md:6:8: 4 images without a folder are not in the tree, which has none beside the posts; did you mean \
             /images/a-photo.jpg for this one? `--verbose` tells each"
        ]
    );
}

#[test]
fn a_link_to_a_file_of_markdown_that_is_no_post_is_told() {
    let folder = tree(&[
        (
            "a.md",
            "",
            "[b](b.md) [b](bridge.md#x) [b](../posts/brigde.md) [c](/notes/c.md) [d](draft.md) [e](e.markdown)\n\n\
             [there](https://example.org/b.md) [plan](plan.pdf) [about](/about/)",
        ),
        ("bridge.md", "", ""),
        ("draft.md", "\ndraft: true", ""),
    ]);
    let publish = "correct it, or publish the post that it leads to";
    assert_eq!(
        told(folder.path(), &[]),
        [
            format!("a.md:7:1: the link b.md leads to no post; {publish}"),
            "a.md:7:28: the link ../posts/brigde.md leads to no post; did you mean bridge.md?".to_owned(),
            format!("a.md:7:52: the link /notes/c.md leads to no post; {publish}"),
            "a.md:7:69: the link draft.md leads to a file that is not published; publish it, or write the URL where it \
             can be seen"
                .to_owned(),
            format!("a.md:7:83: the link e.markdown leads to no post; {publish}"),
        ]
    );
}

#[test]
fn a_folder_that_no_file_is_published_from_is_told_once() {
    let body = "![a](pics/a.png) ![b](pics/b.png) ![c](pics/c.png) ![d](pics/d.png)";
    let folder = tree(&[("a.md", "", body)]);
    let pictures = folder.path().join("content/posts/pics");
    fs::create_dir(&pictures).unwrap();
    for name in ["a", "b", "c", "d"] {
        fs::write(pictures.join(name).with_extension("png"), "x").unwrap();
    }
    assert_eq!(
        told(folder.path(), &[]),
        [
            "a.md:7:1: 4 images in pics/ stand where no file is published from; move what is shown to a folder whose files are, such \
             as `static` of Hugo's; `--verbose` tells each"
        ]
    );
}
