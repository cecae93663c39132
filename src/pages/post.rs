//! A post.

use std::sync::Arc;

use content::post::PostDocument;
use leptos::prelude::*;

use crate::{
    components::{
        keep::Keep, neighbours::Neighbours, post_body::PostBody, post_figure::PostFigure,
        post_header::PostHeader, way_back::WayBack,
    },
    i18n::use_interface,
    routes::link,
    state::use_site,
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
    let path = link(&item.url, &use_site()).unwrap_or_default();
    view! {
        <article class="post">
            <PostHeader item=item.clone() />
            <div class="keep" data-bytes=bytes>
                <Keep path bytes interface=use_interface() />
            </div>
            <PostFigure item />
            <PostBody body=post.body.clone() />
        </article>
        <Neighbours previous=post.previous.clone() next=post.next.clone() />
        <WayBack language />
    }
}
