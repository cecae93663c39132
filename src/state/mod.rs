//! What the reader holds: the visit that is shown, the site, the choice of a language.

pub mod choice;
pub mod crossing;
pub mod head;
mod site;
mod visit;

pub use site::{provide_site, use_site};
pub use visit::{Visit, Visits};
