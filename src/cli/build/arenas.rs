//! Memory that stays level over thousands of declarations.

/// Lets all threads take memory from few pools.
///
/// glibc gives each thread a pool of its own, where what one declaration leaves free is of no use to the next in another
/// thread: 600 of them by two workers took 100 MB of the heap and more with each, but 77 MB from one pool, in less time.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub(super) fn share(workers: usize) {
    let pools = i32::try_from(workers / 4).unwrap_or(i32::MAX).max(1);
    // SAFETY: sets a number that the allocator itself guards; called before there is another thread.
    #[allow(unsafe_code)]
    unsafe {
        libc::mallopt(libc::M_ARENA_MAX, pools);
    }
}

/// Other allocators share by themselves.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(super) fn share(_: usize) {}
