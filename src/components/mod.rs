//! One component a file. A component is given what it draws by props, and its words by context; it fetches nothing.

pub mod crossing;
pub mod inline;
pub mod keep;
pub mod loading;
pub mod neighbours;
pub mod notices;
pub mod pager;
pub mod plain;
pub mod post_body;
pub mod post_card;
pub mod post_date;
pub mod post_figure;
pub mod post_header;
pub mod problem;
pub mod save_blog;
pub mod site_footer;
pub mod site_header;
pub mod skip_link;
pub mod way_back;
