//! What the fuzz targets and the campaign of mutated declarations share.

pub mod mutate;
pub mod samples;

#[cfg(feature = "targets")]
pub mod bundle;
#[cfg(feature = "targets")]
pub mod imported;
#[cfg(feature = "targets")]
pub mod packed;
#[cfg(feature = "targets")]
pub mod place;
#[cfg(feature = "targets")]
pub mod seeds;
#[cfg(feature = "targets")]
pub mod sound;
#[cfg(feature = "targets")]
pub mod target;
#[cfg(feature = "targets")]
pub mod written;
