//! English.

use super::{Around, Day, Words, month_name, size};

pub(super) static WORDS: Words = Words {
    tag: "en",

    skip_link: "Skip to main content",
    languages: "Language selection",
    blog: "Blog",
    feed: "JSON Feed",

    no_translation: Around {
        before: "No translation of this post: the link ",
        after: " leads to all the posts in that language.",
    },
    posts_in: |name| format!("See the posts in {name}"),
    in_language: |name| format!("(in {name})"),
    choice_saved: |name| format!("This site will open in {name} next time."),

    all_posts: "All posts",
    all_posts_page: |page| format!("All posts, page {page}"),
    no_posts: "There are no posts yet.",
    pages: "Pages of the list",
    newer: "Newer posts",
    older: "Older posts",
    page_of: |page, pages| format!("Page {page} of {pages}"),

    published: "Published",
    date,
    by: |authors| format!("By {authors}"),
    reading_time: |minutes| format!("{minutes} min read"),
    neighbours: "Other posts",
    previous_post: "Previous post",
    next_post: "Next post",

    loading: "Loading…",
    try_again: "Try again",
    not_found: "Page not found",
    not_found_help: "The address may be mistyped, or the page may have moved. You can look for it in the list of posts.",
    unknown_post: "There is no such post",
    unknown_post_help: "It may have been removed, or the address may be mistyped. You can look for it in the list of posts.",
    offline: "You are offline",
    offline_help: "This page is not saved on your device. Try again when you are connected.",
    on_this_device: "Posts saved on this device",
    server_error: "The server is not answering as it should",
    server_error_help: |status| {
        format!("It reported error {status}. The problem is not on your side. Try again in a few minutes.")
    },
    broken_data: "This page arrived damaged",
    broken_data_help: "The connection may have changed it on the way. Try again.",
    newer_version: "This site has been updated",
    newer_version_help: "Reload the page to get the current version.",
    reload: "Reload the page",

    no_network: "Offline",
    new_version: "A new version is ready.",
    use_new_version: "Use it now",
    new_posts: "There are new or changed posts.",
    show_new_posts: "Show them",
    dismiss: "Dismiss",

    size: |bytes| size(bytes, ["kB", "MB", "GB"], '.'),
    opens_offline: "Opens offline",
    save: |size| ["Keep for offline (", size, ")"].concat(),
    saving: "Saving…",
    is_saved: "Saved on this device",
    remove: "Remove",
    remove_post: |title| ["Remove: ", title].concat(),
    not_saved_network: "It could not be saved: there is no connection. Try again when there is.",
    not_saved_full: "It could not be saved: this device has no room left for this site. You can go on reading, and make room under “Saved posts”.",
    not_saved_missing: "It could not be saved: the site did not send all of it. Try again later.",
    saved: "Saved posts",
    saved_help: "These posts open without a connection, in all their languages.",
    saved_needs: "This list is made on your device. It needs JavaScript, and a browser that lets sites save something; private windows often do not.",
    nothing_saved: "Nothing is saved yet. Under the title of each post there is a button that keeps it.",
    saved_total: |posts, size| {
        let unit = if posts == 1 { " post, " } else { " posts, " };
        [&posts.to_string(), unit, size].concat()
    },
    saved_quota: |size| [" of the ", size, " that the browser gives this site"].concat(),
    saved_at_risk: "Your browser has not promised to keep this: it may delete it when the device runs short of space.",
    remove_all: "Remove everything",
    save_blog: "Keep the whole blog",
    every_language: "All languages",
    saved_of: |done, all| [&done.to_string(), " of ", &all.to_string(), " posts are saved"].concat(),
    unfinished: "The whole blog was to be kept, and is not all here yet.",
    go_on: "Go on",
    stop: "Cancel",
};

fn date(Day { year, month, day }: Day) -> String {
    let months = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    format!("{} {day}, {year}", month_name(months, month))
}
