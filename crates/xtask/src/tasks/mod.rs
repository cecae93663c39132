//! One file a task.

pub mod bench;
pub mod corpus;
pub mod dist;
pub mod integrity;
pub mod screenshots;
pub mod scripts;
pub mod serve;
pub mod setup;
pub mod slim;
pub mod style;
pub mod test;
