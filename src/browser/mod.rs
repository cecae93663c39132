//! The only room that knows the browser's own interfaces. What a browser refuses (storage, history) is done without.

pub mod arrival;
pub mod date;
pub mod environment;
pub mod focus;
pub mod head;
pub mod history;
pub mod links;
pub mod pictures;
pub mod prerendered;
pub mod scroll;
pub mod storage;
pub mod worker;
