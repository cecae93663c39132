//! What is on the screen, by what it is to a person: pages of a list, a post, a page that is not there.
//!
//! A page object is made by waiting until its page is showing. It holds nothing that the page may replace.

mod list;
mod notices;
mod post;
mod problem;
mod reader;
mod saved;
mod screen;

pub use list::{Entry, ListPage};
pub use notices::Notices;
pub use post::PostPage;
pub use problem::ProblemPage;
pub use reader::Reader;
pub use saved::SavedPage;
pub use screen::Screen;
