//! How long each stage took, for `--timings`.

use std::time::{Duration, Instant};

use shenbao::render::trace;

/// The stages of one declaration, in their order.
#[derive(Default)]
pub(in crate::cli) struct Timings {
    steps: Vec<(&'static str, Duration)>,
    open: Option<(&'static str, Instant, trace::Scope)>,
}

impl Timings {
    /// Does the work of a stage and notes how long it took.
    pub fn time<T>(&mut self, step: &'static str, work: impl FnOnce() -> T) -> T {
        let _scope = trace::scope(step);
        let start = Instant::now();
        let result = work();
        self.steps.push((step, start.elapsed()));
        result
    }

    /// Notes that a stage begins, and the one before it ends.
    pub fn begin(&mut self, step: &'static str) {
        self.end();
        self.open = Some((step, Instant::now(), trace::scope(step)));
    }

    /// Notes that the stage that was begun has ended.
    pub fn end(&mut self) {
        self.steps.extend(self.open.take().map(|(step, start, _)| (step, start.elapsed())));
    }

    /// All of them as a line.
    pub fn line(&self) -> String {
        let steps: Vec<String> = self
            .steps
            .iter()
            .map(|(step, took)| {
                let micros = took.as_micros();
                format!("{step} {}.{:02} ms", micros / 1000, micros % 1000 / 10)
            })
            .collect();
        format!("timings: {}", steps.join(", "))
    }
}
