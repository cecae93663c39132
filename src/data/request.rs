//! A request that ends with its owner.

use web_sys::{AbortController, AbortSignal};

/// A request in flight. Dropping it cancels the request, so that a page that was left costs nothing more.
#[derive(Debug)]
pub struct Request {
    controller: Option<AbortController>,
}

/// What a fetch listens to, so that it ends when its [`Request`] is dropped.
#[derive(Clone, Debug, Default)]
pub struct Signal(Option<AbortSignal>);

impl Request {
    /// A request that has not been sent yet. In a browser without cancellation it cannot be cancelled.
    pub fn new() -> (Request, Signal) {
        let controller = AbortController::new().ok();
        let signal = Signal(controller.as_ref().map(AbortController::signal));
        (Request { controller }, signal)
    }
}

impl Signal {
    pub(super) fn as_ref(&self) -> Option<&AbortSignal> {
        self.0.as_ref()
    }
}

impl Drop for Request {
    fn drop(&mut self) {
        if let Some(controller) = &self.controller {
            controller.abort();
        }
    }
}

#[cfg(test)]
#[cfg(target_arch = "wasm32")]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_request_that_is_dropped_is_cancelled() {
        let (request, signal) = Request::new();
        assert_eq!(signal.as_ref().map(AbortSignal::aborted), Some(false));
        drop(request);
        assert_eq!(signal.as_ref().map(AbortSignal::aborted), Some(true));
    }
}
