//! A fuzz target from its two parts: how an input is changed, and what has to hold of one.
//!
//! libFuzzer goes on from the inputs that reached new code, which differ from run to run. Where a change of the program is
//! judged, `replay` takes its place: so many inputs made of the seeds alone, the same ones on any machine.

use std::path::{Path, PathBuf};
use std::{env, fs, process};

use fastrand::Rng;

use crate::seeds::seeds;

/// The most bytes of an input, as `tools/fuzz/run` tells libFuzzer.
const MAX_LEN: usize = 200_000;

/// Defines a target: `target!(change, hold)`, where `change` is `fn(&[u8], &mut Rng) -> Vec<u8>` and `hold`, a
/// `fn(&[u8])`, panics on an input that does not hold.
#[macro_export]
macro_rules! target {
    ($change:expr, $hold:expr) => {
        libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
            $crate::bundle::structured(data, size, max_size, seed, $change)
        });

        libfuzzer_sys::fuzz_target!(init: $crate::target::replay($change, $hold), |input: &[u8]| { $hold(input) });
    };
}

/// With `COUNT` in the environment, holds that many changed seeds and all seeds to the target, and ends the process. The
/// input at hand is in the file that `FOUND` names, where it stays when it does not hold.
pub fn replay(change: impl Fn(&[u8], &mut Rng) -> Vec<u8>, hold: impl Fn(&[u8])) {
    let Some(count) = env::var("COUNT").ok().and_then(|count| count.parse::<u64>().ok()) else { return };
    let found = PathBuf::from(env::var_os("FOUND").expect("FOUND names a file"));
    let name = env::args().next().unwrap_or_default();
    let seeds = seeds(Path::new(&name).file_name().and_then(|name| name.to_str()).unwrap_or_default());
    let made = (1..=count).map(|number| {
        let mut rng = Rng::with_seed(number);
        let mut input = seeds[rng.usize(..seeds.len())].clone();
        for _ in 0..rng.usize(1..9) {
            let changed = change(&input, &mut rng);
            if changed.len() > MAX_LEN {
                break;
            }
            input = changed;
        }
        input
    });
    let mut runs = 0_usize;
    for input in seeds.iter().cloned().chain(made) {
        fs::write(&found, &input).expect("FOUND can be written");
        hold(&input);
        runs += 1;
    }
    fs::remove_file(&found).expect("FOUND can be removed");
    println!("{runs} inputs hold");
    process::exit(0);
}
