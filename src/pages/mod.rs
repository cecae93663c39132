//! One file a page. A page is given what it shows and names its parts; it fetches nothing.

pub mod list;
pub mod post;
pub mod problem;
pub mod saved;
pub mod visit_page;
