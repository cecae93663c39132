//! A post.

use std::sync::Arc;

use content::post::PostDocument;
use leptos::prelude::*;

use crate::{
    components::{
        keep::keep, neighbours::Neighbours, post_body::PostBody, post_figure::PostFigure,
        post_header::PostHeader, way_back::WayBack,
    },
    i18n::use_interface,
    routes::link,
    state::{Offline, use_site},
};

/// Draws a post and the ways on from it.
#[component]
pub fn PostPage(
    /// The post.
    post: Arc<PostDocument>,
) -> impl IntoView {
    let item = post.item.clone();
    let language = item.language.clone();
    let bytes = item.offline_bytes();
    let site = use_site();
    let path = link(&item.url, &site).unwrap_or_default();
    let keep = use_context::<Offline>().map(|offline| keep(offline, site, use_interface(), path, bytes));
    view! {
        <article class="post">
            <PostHeader item=item.clone() />
            <div class="keep" data-bytes=bytes>{keep}</div>
            <PostFigure item />
            <PostBody body=post.body.clone() />
        </article>
        <Neighbours previous=post.previous.clone() next=post.next.clone() />
        <WayBack language />
    }
}
