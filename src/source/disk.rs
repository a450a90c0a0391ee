//! What Linux tells of folders and the disks that they are on.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use rustix::fs::{AtFlags, CWD, StatxFlags, getxattr, statx};

/// Whether a file can be renamed from one folder into the other.
pub(super) fn same_disk(one: &Path, other: &Path) -> bool {
    let of = |path: &Path| {
        let found = statx(CWD, path, AtFlags::empty(), StatxFlags::MNT_ID).ok()?;
        // Volumes of one disk have devices of their own, and the same disk may be mounted twice.
        let told = found.stx_mask & StatxFlags::MNT_ID.bits() != 0;
        told.then_some((found.stx_mnt_id, found.stx_dev_major, found.stx_dev_minor))
    };
    of(one).is_some_and(|own| of(other) == Some(own))
}

/// Whether what is made in a folder gets its group or its list of rights.
pub(super) fn gives_rights(folder: &Path) -> bool {
    let keeps_group = fs::metadata(folder).is_ok_and(|folder| folder.mode() & 0o2000 != 0);
    keeps_group || getxattr(folder, "system.posix_acl_default", &mut [0_u8; 0]).is_ok_and(|length| length > 0)
}
