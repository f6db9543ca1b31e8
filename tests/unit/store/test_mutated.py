"""A caseload file may hold anything: it opens with findings or is refused with a sentence.

`python -m tests.bench mutated` tries ten thousand, walks over screens, and watches which paths are touched.
"""

from pathlib import Path

import pytest

from tests.bench.spoiled.mutation_trial import examine
from tests.bench.spoiled.mutations import Mutator
from tests.ui.heron import make_heron
from tests.ui.sample import make_sample


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    folder = tmp_path_factory.mktemp("good")
    return [make_heron(folder / "heron.vig.json").read_bytes(), make_sample(folder).read_bytes()]


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_in_a_file_it_opens_with_findings_or_is_refused_in_a_sentence(
    tmp_path: Path, good: list[bytes], seed: int
) -> None:
    """Otherwise one bad byte, or one bad file from somebody else, costs an evening, or a whole caseload."""
    mutator = Mutator(seed, good)
    became = set()
    for number in range(20):
        folder = tmp_path / str(number)
        folder.mkdir()
        path = folder / "case.vig.json"
        path.write_bytes(mutator.file(number))
        became.add(examine(path, mutator.origin(number)))
    assert {"found fault with", "refused"} <= became
