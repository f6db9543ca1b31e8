"""What the kernel's pen does, written once more and plainly, to compare the two. Far too slow for film."""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from vigtui.film.picture.glyphs import FULL, SPACE
from vigtui.film.terminal.pen import Wanted

F = np.float32
WALKS, KEPT = 4, F(30)
SPACE_BYTES, GLYPH_BYTES, ESCAPE_BYTES, ROW_BYTES = F(1), F(3), F(3), F(8)
LEVELS = [F(level) for level in (0, 95, 135, 175, 215, 255)]
Colour = tuple[np.float32, np.float32, np.float32]


class Pen(NamedTuple):
    """A colour that is set: the mean of its run, how much of a cell that is, and which run; -1 for none."""

    colour: Colour = (F(0), F(0), F(0))
    size: np.float32 = F(0)
    run: int = -1

    def joining(self, colour: Colour, size: np.float32) -> np.float32:
        if self.run < 0:
            return F(1e12)
        return F(apart(colour, self.colour) * (self.size * (size / (self.size + size))))

    def joined(self, colour: Colour, size: np.float32) -> "Pen":
        share = size / (self.size + size)
        red, green, blue = (own + (new - own) * share for own, new in zip(self.colour, colour, strict=True))
        return Pen((red, green, blue), self.size + size, self.run)


NOTHING, UNSET = F(0), Pen()


@dataclass(frozen=True)
class Step:
    """How a cell is drawn, and in which runs."""

    cell: int
    glyph: int
    turned: bool
    behind: int
    front: int


@dataclass(frozen=True)
class Walk:
    """A way to draw the cells so far, and what it costs."""

    cost: np.float32 = NOTHING
    front: Pen = UNSET
    behind: Pen = UNSET
    last: int = -1
    steps: tuple[Step, ...] = ()


def apart(some: Colour, other: Colour) -> np.float32:
    red, green, blue = (one - another for one, another in zip(some, other, strict=True))
    return F(red * red + green * green + blue * blue)


def digits(value: float) -> int:
    return len(str(int(value)))


def nearest(own: Colour) -> tuple[int, Colour]:
    """The nearest of the 256 colours, without the first 16."""
    steps = [0 if each < 48 else 1 if each < 116 else (int(each) - 36) // 40 for each in own]
    level = min(F(23), max(F(0), np.rint((own[0] + own[1] + own[2] - F(24)) / F(30))))
    grey = F(8) + F(10) * level
    cube = LEVELS[steps[0]], LEVELS[steps[1]], LEVELS[steps[2]]
    if apart(own, (grey, grey, grey)) < apart(own, cube):
        return 232 + int(level), (grey, grey, grey)
    return 16 + 36 * steps[0] + 6 * steps[1] + steps[2], cube


def setting(colour: Colour, size: np.float32, price: np.float32, bytes_each: int) -> np.float32:
    """What setting a colour costs."""
    if bytes_each >= 0:
        return F(bytes_each) * price
    red, green, blue = (np.rint(each) for each in colour)
    own = red, green, blue
    number, near = nearest(own)
    whole = F(7 + sum(map(digits, own))) * price
    brief = F(5 + digits(number)) * price + size * apart(near, own)
    return F(brief if number >= 22 and brief < whole else whole)


def walked(wanted: Wanted, price: float, bytes_each: int, complements: dict[int, int]) -> list[Step]:
    """The steps of the cheapest walk, without the cells that are left out."""
    walks, paid = [Walk()], max(F(price), F(1e-4))
    blocks = bool((wanted.glyph >= 0x80).any())
    for cell in range(len(wanted.row)):
        found: list[Walk] = []
        ways = [_drawn(wanted, cell, walk, paid, bytes_each, complements, blocks=blocks) for walk in walks]
        if not wanted.due[cell]:
            for walk, drawn in zip(walks, ways, strict=True):
                drawn.insert(0, replace(walk, cost=walk.cost + wanted.worth[cell]))
        # In the runs of the walk, with a new one behind, in front, and both.
        for new_front, new_behind in ((False, False), (False, True), (True, False), (True, True)):
            for walk, drawn in zip(walks, ways, strict=True):
                _add_cheapest(
                    found,
                    [
                        each
                        for each in drawn
                        if (each.front.run != walk.front.run) is new_front
                        and (each.behind.run != walk.behind.run) is new_behind
                    ],
                )
        least = found[0].cost
        walks = [
            replace(walk, cost=walk.cost - least) for walk in found if not walk.cost > least + KEPT * paid
        ]
    return list(walks[0].steps)


def _add_cheapest(walks: list[Walk], alike: list[Walk]) -> None:
    """Of those that cost the same the last one."""
    if alike:
        _add(walks, min(reversed(alike), key=lambda walk: walk.cost))


def _add(walks: list[Walk], new: Walk) -> None:
    same = next((w for w in walks if (w.front.run, w.behind.run) == (new.front.run, new.behind.run)), None)
    if len(walks) == WALKS and not new.cost < walks[-1].cost:
        return
    if same:
        if new.cost > same.cost:
            return
        walks.remove(same)
    place = sum(walk.cost <= new.cost for walk in walks)
    walks.insert(place, new)
    del walks[WALKS:]


def _drawn(
    wanted: Wanted,
    cell: int,
    walk: Walk,
    price: np.float32,
    bytes_each: int,
    complements: dict[int, int],
    *,
    blocks: bool,
) -> list[Walk]:
    fore, back = (tuple(map(F, each[cell])) for each in (wanted.fore, wanted.back))
    share, all_of_it = F(wanted.share[cell]), F(wanted.lasting[cell])
    rest = F(1) - share
    counts, others = share * all_of_it, rest * all_of_it
    red, green, blue = (front * share + behind * rest for front, behind in zip(fore, back, strict=True))
    mean, glyph = (red, green, blue), int(wanted.glyph[cell])
    came = walk.cost + _going(wanted, walk.last, cell) * price
    found: list[Walk] = []

    def draw(cost: np.float32, glyph: int, front: Pen, behind: Pen, **how: bool) -> None:
        runs = (
            -1 if how.get("no_behind") else behind.run,
            -1 if glyph == SPACE and how.get("one") else front.run,
        )
        step = Step(cell, glyph, how.get("turned", False), *runs)
        found.append(Walk(cost, front, behind, cell, (*walk.steps, step)))

    flat = came + share * rest * all_of_it * apart(fore, back)
    cost = flat + walk.behind.joining(mean, all_of_it) + SPACE_BYTES * price
    draw(cost, SPACE, walk.front, walk.behind.joined(mean, all_of_it), one=True)
    cost = flat + setting(mean, all_of_it, price, bytes_each) + (SPACE_BYTES + ESCAPE_BYTES) * price
    draw(cost, SPACE, walk.front, Pen(mean, all_of_it, 2 * cell + 1), one=True)
    if blocks:
        cost = flat + walk.front.joining(mean, all_of_it) + GLYPH_BYTES * price
        draw(cost, FULL, walk.front.joined(mean, all_of_it), walk.behind, no_behind=True)
    if not 0 < share < 1:
        return found
    turns = [(False, glyph, fore, back, counts, others)]
    if complement := complements.get(glyph, 0):
        turns.append((True, complement, back, fore, others, counts))
    for turned, shape, front, behind, size, left in turns:
        set_front = setting(front, size, price, bytes_each)
        set_behind = setting(behind, left, price, bytes_each)
        join_front, join_behind = walk.front.joining(front, size), walk.behind.joining(behind, left)
        fronts = walk.front.joined(front, size), Pen(front, size, 2 * cell)
        behinds = walk.behind.joined(behind, left), Pen(behind, left, 2 * cell + 1)
        plain = came + GLYPH_BYTES * price
        escape = plain + ESCAPE_BYTES * price
        draw(plain + join_front + join_behind, shape, fronts[0], behinds[0], turned=turned)
        draw(escape + set_front + join_behind, shape, fronts[1], behinds[0], turned=turned)
        draw(escape + join_front + set_behind, shape, fronts[0], behinds[1], turned=turned)
        if not turned:  # it would be as dear
            draw(escape + price + set_front + set_behind, shape, fronts[1], behinds[1])
    return found


def _going(wanted: Wanted, last: int, cell: int) -> np.float32:
    if last < 0 or wanted.row[last] != wanted.row[cell]:
        return ROW_BYTES
    right = int(wanted.column[cell] - wanted.column[last])
    return F({1: 0, 2: 3}.get(right, 4 if right <= 10 else 5))
