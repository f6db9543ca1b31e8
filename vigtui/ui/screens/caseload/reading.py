"""What the caseload screen tells of the file: what cannot be read in it, and copies beside it."""

from collections.abc import Sequence

from vigtui.exchange.copy_names import may_be_copy
from vigtui.foreign.files import entries
from vigtui.store.caseload import Caseload
from vigtui.store.format.opening import Finding, unread


def names_of_copies(caseload: Caseload) -> list[str]:
    """Return the names of other versions of this file, of ours or from a synced folder, that are beside it.
    Reads what is there. Raises OSError."""
    path = caseload.path.resolve()
    if not any(may_be_copy(each.name, path.name) for each in entries(path.parent)):
        return []
    from vigtui.exchange.synced_copies import find_copies
    from vigtui.vault.keyring import Keyring

    return [copy.name for copy in find_copies(path, caseload.meta.id, Keyring(caseload.key))]


def finding_words(findings: Sequence[Finding]) -> str:
    """Return a sentence for what cannot be read, and one for what was changed since it was agreed."""
    not_read = unread(findings)
    changed = len(findings) - not_read
    told = []
    if not_read:
        one = not_read == 1
        told.append(
            f"{not_read} {'record' if one else 'records'} of this file cannot be read; "
            f"{'it stays' if one else 'they stay'} in it."
        )
    if changed:
        one = changed == 1
        told.append(
            f"{changed} agreed {'record was' if one else 'records were'} changed with another program; "
            "what was agreed is shown."
        )
    return " ".join([*told, "vigtui check tells more."])
