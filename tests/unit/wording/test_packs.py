"""What would be lost: which clips stay behind, in a list that says the same again and again."""

from vigtui.exchange.left_out import LeftOut
from vigtui.wording.film.packs import told


def test_what_stays_behind_for_one_reason_is_one_line() -> None:
    why = "Tali has not been asked about supervision."
    left_out = [LeftOut("F-021 SR1-1", why), LeftOut("F-021 C2-1", "No film."), LeftOut("F-021 C1-1", why)]
    assert told(left_out) == [f"F-021 SR1-1, F-021 C1-1: {why}", "F-021 C2-1: No film."]
