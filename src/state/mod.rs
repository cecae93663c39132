//! What the reader holds: the visit that is shown, the site, the choice of a language, what the service worker tells.

pub mod choice;
pub mod crossing;
pub mod head;
mod kept;
mod offline;
mod site;
mod visit;

pub use kept::Kept;
pub use offline::Offline;
pub use site::{provide_site, use_site};
pub use visit::{Visit, Visits};
