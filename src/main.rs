//! Starts the reader in the page that it stands in.

fn main() {
    passerelle_reader::app::start();
}
