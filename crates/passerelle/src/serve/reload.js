// Served by `passerelle serve` alone: loads the page again when the site has been built anew.
new EventSource("/_passerelle/events").addEventListener("built", () => location.reload());
