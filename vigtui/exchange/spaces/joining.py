"""Making a space, joining one, changing its code, leaving it."""

import contextlib
import re
from pathlib import Path

from vigtui.domain.records import AgendaFilm
from vigtui.exchange.agenda_films.keeping import let_all_go
from vigtui.exchange.agenda_films.place import take_out
from vigtui.exchange.spaces.content import SpaceFile, unpack
from vigtui.exchange.spaces.membership import (
    Membership,
    forget_membership,
    keep_own_places,
    load_membership,
    machine_name,
    new_membership,
    require_encrypted,
    save_membership,
)
from vigtui.exchange.spaces.space import Space
from vigtui.exchange.spaces.writing import ENDING, own_name
from vigtui.foreign.files import entries, is_folder, read_file
from vigtui.store.caseload import Caseload
from vigtui.store.disk.access import make_shared
from vigtui.store.disk.file import CaseloadFile
from vigtui.store.errors import CannotSaveError, CaseloadError, CaseloadExistsError
from vigtui.store.format.layout import encode
from vigtui.values.identity import is_id
from vigtui.values.text import one_line, shown_path
from vigtui.vault.key import Key
from vigtui.vault.space.code import new_code
from vigtui.vault.space.file import MOST_BYTES, NotWholeError, OtherCodeError, SpaceFileError
from vigtui.vault.space.key import SpaceKey

FOLDER_ENDING = ".space"
_CARRIED = (".stfolder", ".sync_*.db", "._sync_*.db")
"""What Syncthing and Nextcloud keep in the folder that they carry."""
_IDENTITY = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


class SpaceError(CaseloadError):
    """Why a space cannot be made, joined or left."""


def make_space(caseload: Caseload, beside: Path, machine: str = "") -> Membership:
    """Make a space for a caseload in a folder that others keep in step, and write the first file. Its name
    has the caseload's id, which whoever joins needs. This machine is called `machine` there, or as its
    network calls it. Raises CaseloadError."""
    require_encrypted(caseload.key, caseload.path.name)
    _refuse_second(caseload)
    refuse_inside(caseload.path, beside)
    stem = caseload.path.name.removesuffix(".json").removesuffix(".vig")[:80]
    folder = beside / f"{stem} {caseload.meta.id}{FOLDER_ENDING}"
    try:
        with contextlib.suppress(FileExistsError):
            make_shared(folder)
        if entries(folder, 1):
            raise SpaceError(f"{shown_path(str(folder))} is there already: join it instead.")
    except OSError as error:
        raise SpaceError(f"{shown_path(str(folder))} cannot be made: {error.strerror or error}.") from None
    membership = new_membership(new_code(), folder, machine)
    _begin(caseload, membership)
    return membership


def join_space(caseload: Caseload, folder: Path, code: str, machine: str = "") -> Membership:
    """Join the space in a folder with a copy of its caseload: take in what is there, and write a first file.
    `machine` as in `make_space`. Raises CaseloadError."""
    require_encrypted(caseload.key, caseload.path.name)
    refuse_inside(caseload.path, folder)
    known = load_membership(caseload)
    if known is not None and not is_folder(known.path):
        return _go_on_in(caseload, known, folder, code)
    _refuse_second(caseload)
    _any_file(folder, SpaceKey(code, caseload.meta.id))
    membership = new_membership(code, folder, machine)
    _begin(caseload, membership)
    return membership


def _go_on_in(caseload: Caseload, known: Membership, folder: Path, code: str) -> Membership:
    """Go on as the same writer: the space's folder was moved, or the caseload is on another machine now."""
    _any_file(folder, SpaceKey(code, caseload.meta.id))
    known.folder, known.code = str(folder.absolute()), code
    _begin(caseload, known)
    return known


def refuse_inside(path: Path, folder: Path) -> None:
    """Raise SpaceError where the caseload at `path` would be carried itself, with all that is to stay here:
    it is in this folder, or in one above it that Syncthing or Nextcloud carries."""
    above = folder.absolute().parents
    carried = [folder, *(each for each in above if any(True for name in _CARRIED for _ in each.glob(name)))]
    if any(path.resolve().is_relative_to(each.resolve()) for each in carried):
        raise SpaceError(
            f"{one_line(path.name)} is in the folder that is kept in step: its notes “only me” and its film"
            " would go to the others, too. Keep it in another folder."
        )


def join_anew(path: Path, folder: Path, code: str, key: Key, by: str = "", machine: str = "") -> Caseload:
    """Make a caseload at `path`, which must not exist yet, of what is in a space, and join that as `by`.
    `machine` as in `make_space`. Raises CaseloadError."""
    if path.exists():
        raise CaseloadExistsError(f"{one_line(path.name)} exists already. Choose another name.")
    refuse_inside(path, folder)
    named = _IDENTITY.search(folder.name)
    if named is None or not is_id(named[0]):
        raise SpaceError(
            f"The name of {shown_path(folder.name)} does not say which caseload it is of: somebody has"
            " changed it. Give it its name again, or join with a copy of the caseload."
        )
    found = _any_file(folder, SpaceKey(code, named[0]))
    file = CaseloadFile(path, key)
    try:
        file.create(encode(found.tables))
    except OSError as error:
        raise CannotSaveError(f"{file.name} cannot be made: {error.strerror or error}.") from None
    caseload = Caseload.open(path, by=by, key=key)
    try:
        join_space(caseload, folder, code, machine)
    except BaseException:  # Nobody has seen it yet: the next try finds its name free.
        caseload.close()
        path.unlink(missing_ok=True)
        raise
    return caseload


def change_code(caseload: Caseload, membership: Membership, code: str = "") -> Membership:
    """Go on with a new code, or with one that another member has made: `code`. Everything that is there is
    taken in first, with the old one; then the own file is encrypted anew. Raises CaseloadError."""
    if code == membership.code:
        raise SpaceError("This is the code that this machine has already. The new one is another.")
    space = Space(caseload, membership)
    if not space.look():
        raise SpaceError("The space's folder is not there: nothing was changed.")
    space.leave()
    before = membership.key(caseload.meta.id).name.hex()
    if code:
        _any_file(membership.path, SpaceKey(code, caseload.meta.id))
    membership.code = code or new_code()
    membership.file = membership.content = ""
    membership.earlier = [*dict.fromkeys([*membership.earlier, before])]
    _begin(caseload, membership)
    return membership


def rename_machine(caseload: Caseload, membership: Membership, name: str) -> None:
    """Give this machine another name, which the others see from its next file on. Raises CaseloadError."""
    membership.machine = machine_name(name)
    membership.content = ""  # The file is written anew, though no word in it is.
    _begin(caseload, membership)


def remove_writer(caseload: Caseload, membership: Membership, writer: str) -> None:
    """Take the file of a writer who has left out of the space, once all of it is taken in, and the film for
    agendas that they made; the others are told in our own file. Raises SpaceError."""
    space = Space(caseload, membership)
    standing = space.standing if space.look() else None
    found = next((each for each in standing.writers if each.writer == writer), None) if standing else None
    space.leave()
    if found is None:
        raise SpaceError("There is no such writer in the space, or its folder is not there.")
    if not found.taken_in:
        raise SpaceError("Their file is not taken in: it stays.")
    try:
        (membership.path / own_name(writer)).unlink(missing_ok=True)
    except OSError as error:
        raise SpaceError(f"Their file cannot be deleted: {error.strerror or error}.") from None
    theirs = (each for each in caseload.all(AgendaFilm) if each.writer == writer)
    take_out(caseload, membership.path, tuple(theirs))
    membership.take_out(writer, membership.heard[writer].count)
    membership.content = ""  # The file is written anew, though no word in it is.
    _begin(caseload, membership)


def leave_space(caseload: Caseload, membership: Membership) -> bool:
    """Take out the film for agendas that this machine made, write what is not sent yet, and belong to the
    space no more. The own file stays there for the others; no film is seen from there any more. Return
    whether all was sent."""
    own = (each for each in caseload.all(AgendaFilm) if each.writer == membership.writer)
    take_out(caseload, membership.path, tuple(own))
    space = Space(caseload, membership)
    space.leave()
    all_sent = space.has_sent_all()
    forget_membership(caseload)
    let_all_go(caseload)
    return all_sent


def membership_of(caseload: Caseload) -> Membership:
    """Return what is kept of the space of this caseload. Raises SpaceError where it is in none."""
    membership = load_membership(caseload)
    if membership is None:
        raise SpaceError(f"{one_line(caseload.path.name)} is in no space.")
    return membership


def _refuse_second(caseload: Caseload) -> None:
    known = load_membership(caseload)
    if known is not None:
        raise SpaceError(
            f"{one_line(caseload.path.name)} is in a space already: {shown_path(known.folder)}."
            " Leave that first: `vigtui space FILE --leave`."
        )


def _begin(caseload: Caseload, membership: Membership) -> None:
    """Read what is there, and write the first file with this code. Raises SpaceError."""
    _keep(caseload, membership)
    keep_own_places(caseload)
    space = Space(caseload, membership)
    space.leave()
    if space.standing.state != "in_step":
        why = space.standing.why
        raise SpaceError(f"The space's folder cannot be written to ({why}). vigtui goes on trying.")


def _keep(caseload: Caseload, membership: Membership) -> None:
    try:
        save_membership(caseload, membership)
    except OSError as error:
        why = error.strerror or error
        raise CannotSaveError(f"What is kept of the space cannot be saved: {why}.") from None


def _any_file(folder: Path, key: SpaceKey) -> SpaceFile:
    """Return a file of the space. Raises SpaceError, which says why none opens."""
    try:
        paths = sorted(path for path in entries(folder) if path.name.endswith(ENDING))
    except OSError as error:
        raise SpaceError(f"{shown_path(str(folder))} cannot be read: {error.strerror or error}.") from None
    why: Exception = NotWholeError()
    for path in paths:
        try:
            return unpack(key, read_file(path, MOST_BYTES, follow_links=False))
        except (OSError, SpaceFileError) as error:
            why = why if isinstance(why, OtherCodeError) else error
    if isinstance(why, OtherCodeError):
        raise SpaceError("This is not the code of this space, or the space is of another caseload.")
    raise SpaceError(f"There is no file of a space in {shown_path(folder.name)} yet that can be read.")
