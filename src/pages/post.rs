//! A post.

use std::sync::Arc;

use content::post::PostDocument;
use leptos::prelude::*;

use crate::components::{
    neighbours::Neighbours, post_body::PostBody, post_figure::PostFigure, post_header::PostHeader,
    way_back::WayBack,
};

/// Draws a post and the ways on from it.
#[component]
pub fn PostPage(
    /// The post.
    post: Arc<PostDocument>,
) -> impl IntoView {
    let item = post.item.clone();
    let language = item.language.clone();
    view! {
        <article class="post">
            <PostHeader item=item.clone() />
            <PostFigure item />
            <PostBody body=post.body.clone() />
        </article>
        <Neighbours previous=post.previous.clone() next=post.next.clone() />
        <WayBack language />
    }
}
