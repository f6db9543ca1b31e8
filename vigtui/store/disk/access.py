"""Who may do what with a file: kept when a new file takes its place, and followed by what is beside it."""

import contextlib
import errno
import os
import stat
import struct
from pathlib import Path

from msgspec import Struct

_ACL = "system.posix_acl_access"
_VERSION = struct.pack("<I", 2)
_ENTRY = struct.Struct("<HHI")
_OWNER, _USER, _OWNING_GROUP, _GROUP, _MASK, _OTHERS = 0x01, 0x02, 0x04, 0x08, 0x10, 0x20
_NOBODY_NAMED = 0xFFFFFFFF
_MASKED = (_USER, _OWNING_GROUP, _GROUP)
_READ, _PASS = 4, 1

Entries = dict[tuple[int, int], int]
"""The entries of an access control list: what each may do, by its tag and the number of whom it names."""


class Access(Struct, frozen=True):
    """A file's owner, group and mode, and its POSIX access control list where it has one."""

    owner: int
    group: int
    mode: int
    acl: bytes = b""

    @property
    def is_private(self) -> bool:
        """Whether nobody but the owner may do anything."""
        return not (self.mode & 0o077 or self.acl)

    def for_folder(self) -> "Access":
        """Return the same for a folder: whoever may read the file may pass through it, too."""
        mode = 0o700 | self.mode | _passing(self.mode >> 3) << 3 | _passing(self.mode)
        entries = {key: may | _passing(may) for key, may in _entries(self).items()}
        return Access(self.owner, self.group, mode, _packed(entries) if self.acl else b"")


def access_of(path: Path | int) -> Access:
    """Return a file's, or an open one's, access. Raises OSError."""
    status = os.fstat(path) if isinstance(path, int) else path.stat()
    acl = b""
    if hasattr(os, "getxattr"):
        with contextlib.suppress(OSError):
            acl = os.getxattr(path, _ACL)
    return Access(status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode) & 0o777, acl)


def rights_in(folder: Path) -> int:
    """Return the mode of a new file for others: whoever may read, or write in, the folder may do so with the
    file. Raises OSError."""
    return folder.stat().st_mode & 0o666 | 0o600


def make_shared(folder: Path) -> None:
    """Make a folder that is open to whom the one above it is. Raises OSError."""
    folder.mkdir()
    with contextlib.suppress(OSError):  # Some disks have no rights of their own.
        folder.chmod(stat.S_IMODE(folder.parent.stat().st_mode) & (stat.S_ISGID | 0o777) | 0o700)


def give_like(descriptor: int, model: Path) -> None:
    """Let an open file of ours have the access of another, if that is there. Raises OSError."""
    with contextlib.suppress(FileNotFoundError):
        _give(descriptor, access_of(model))


def _give(descriptor: int, access: Access) -> None:
    """Let an open file of ours have this access, as far as the system lets us. Whoever had the file, or its
    group, and cannot be given it keeps the same rights by an entry in its access control list."""
    found = access_of(descriptor)
    if found == access:
        return
    if (found.owner, found.group) != (access.owner, access.group):
        found = _change_owner(descriptor, access)
    kept = Access(found.owner, found.group, access.mode, access.acl)
    if kept != access:
        kept = _with_entries_for_others(kept, access)
    if found.acl and not kept.acl:
        with contextlib.suppress(OSError):
            os.removexattr(descriptor, _ACL)  # The folder gives it to all new files.
    with contextlib.suppress(OSError):
        # Where no list can be kept another group must not get the rights of the one before.
        os.fchmod(descriptor, access.mode if kept.group == access.group else _without_group(access.mode))
    if kept.acl:
        with contextlib.suppress(OSError, AttributeError):
            os.setxattr(descriptor, _ACL, kept.acl)


def follow(path: Path, access: Access) -> bool:
    """Give a file or folder of ours this access; return whether it had another. Raises OSError."""
    found = access_of(path)
    if os.geteuid() not in (0, found.owner):
        return False
    if (found.group, found.mode, found.acl) == (access.group, access.mode, access.acl):
        return False
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
    try:
        _give(descriptor, access)
    finally:
        os.close(descriptor)
    return True


def is_lost(access: Access, folder: Path) -> bool:
    """Whether somebody who may use a file loses that when a file of ours takes its place in this folder."""
    if os.geteuid() == 0:
        return False
    owner_kept = access.owner == os.geteuid()
    group_kept = access.group in (os.getegid(), *os.getgroups())
    if (owner_kept and group_kept) or _keeps_lists(folder):
        return False
    owner_may, group_may, others_may = (access.mode >> 6) & 7, (access.mode >> 3) & 7, access.mode & 7
    group_loses = not group_kept and bool(group_may & ~others_may)
    through_group = group_may if group_kept and _is_member(access.owner, access.group) else others_may
    return group_loses or (not owner_kept and bool(owner_may & ~through_group))


def name_of_owner(path: Path) -> str:
    """Return the account that a file belongs to, as people know it. Raises OSError."""
    import pwd

    owner = path.stat().st_uid
    with contextlib.suppress(KeyError):
        return pwd.getpwuid(owner).pw_name
    return f"account {owner}"


def _change_owner(descriptor: int, access: Access) -> Access:
    for owner in (access.owner, -1):
        with contextlib.suppress(OSError):
            os.fchown(descriptor, owner, access.group)
            break
    return access_of(descriptor)


def _with_entries_for_others(kept: Access, access: Access) -> Access:
    entries = _entries(access)
    owner_may, group_may = entries[_OWNER, _NOBODY_NAMED], entries[_OWNING_GROUP, _NOBODY_NAMED]
    if kept.owner != access.owner:
        entries[_USER, access.owner] = owner_may
    if kept.group != access.group:
        entries[_GROUP, access.group] = group_may
        entries[_OWNING_GROUP, _NOBODY_NAMED] = entries[_OTHERS, _NOBODY_NAMED]
    return Access(kept.owner, kept.group, access.mode, _packed(entries))


def _entries(access: Access) -> Entries:
    """Return what each may do, the mask already taken off."""
    listed = access.acl[len(_VERSION) :]
    found = {(tag, who): may for tag, may, who in _ENTRY.iter_unpack(listed)}
    if not found:
        for shift, tag in ((6, _OWNER), (3, _OWNING_GROUP), (0, _OTHERS)):
            found[tag, _NOBODY_NAMED] = (access.mode >> shift) & 7
    mask = found.pop((_MASK, _NOBODY_NAMED), 7)
    return {
        key: may & mask if key[0] in (_USER, _OWNING_GROUP, _GROUP) else may for key, may in found.items()
    }


def _packed(entries: Entries) -> bytes:
    mask = 0
    for (tag, _), may in entries.items():
        mask |= may if tag in _MASKED else 0
    rows = sorted({**entries, (_MASK, _NOBODY_NAMED): mask}.items())
    return _VERSION + b"".join(_ENTRY.pack(tag, may, who) for (tag, who), may in rows)


def _passing(may: int) -> int:
    return _PASS if may & _READ else 0


def _without_group(mode: int) -> int:
    """Return a mode in which the group may do what everybody may."""
    return mode & 0o707 | (mode & 0o007) << 3


def _keeps_lists(folder: Path) -> bool:
    if not hasattr(os, "getxattr"):
        return False
    try:
        os.getxattr(folder, _ACL)
    except OSError as error:
        return error.errno == errno.ENODATA
    return True


def _is_member(owner: int, group: int) -> bool:
    import grp
    import pwd

    with contextlib.suppress(KeyError):
        account = pwd.getpwuid(owner)
        return account.pw_gid == group or account.pw_name in grp.getgrgid(group).gr_mem
    return False
