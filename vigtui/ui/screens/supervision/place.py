"""Where a person was in a walk, as it is remembered."""

from dataclasses import dataclass

from vigtui.ui.screens.supervision.texts import ALL_TEXTS


@dataclass(frozen=True)
class Place:
    """The item, the text and the cursor in it, and each clip seen with the moment of its film, in ms. The
    first is the one that was at hand; there is none where no film could be shown."""

    item: str
    text: str
    cursor: int
    films: tuple[tuple[str, int], ...]

    def moment(self, clip: str) -> int | None:
        """Where this clip's film was; None when it was not shown."""
        return dict(self.films).get(clip)

    def written(self) -> list[str | int]:
        """As the places keep it."""
        return [self.item, self.text, self.cursor, *(value for film in self.films for value in film)]


def read_place(kept: object) -> Place | None:
    """What was kept; None when it is nothing of ours."""
    match kept:
        case [str(item), str(text), int(cursor), *more] if text in ALL_TEXTS:
            match more:
                case [str(clip), int(ms), str(other), int(other_ms)]:
                    return Place(item, text, cursor, ((clip, ms), (other, other_ms)))
                case [str(clip), int(ms)]:
                    return Place(item, text, cursor, ((clip, ms),))
                case []:
                    return Place(item, text, cursor, ())
    return None
