"""Where scenes take place: what is behind the people, and the table or floor in front of them."""

from collections.abc import Callable

from vigtui.demo.scenes.ink import Canvas, Colour, shade

WIDTH, HEIGHT = 320, 180
TABLE_TOP = 146


def kitchen() -> Canvas:
    canvas = Canvas(WIDTH, HEIGHT, (236, 214, 160))
    canvas.box(118, 8, 204, 66, (252, 250, 240), 3)
    canvas.box(123, 13, 199, 61, (150, 205, 232))
    canvas.circle((184, 26), 9, (255, 228, 120))
    canvas.box(159, 13, 163, 61, (252, 250, 240))
    canvas.box(-5, 96, 325, 180, (206, 172, 120))
    return canvas


def living_room() -> Canvas:
    canvas = Canvas(WIDTH, HEIGHT, (190, 214, 196))
    canvas.box(112, 12, 168, 56, (96, 66, 48), 2)
    canvas.box(117, 17, 163, 51, (240, 226, 190))
    canvas.ellipse((134, 42), 15, 10, (104, 150, 96))
    canvas.ellipse((152, 45), 14, 9, (130, 176, 110))
    canvas.box(-10, 88, 330, 190, (126, 158, 150), 16)
    return canvas


def bedroom() -> Canvas:
    canvas = Canvas(WIDTH, HEIGHT, (74, 84, 128))
    canvas.circle((160, 30), 18, (250, 240, 200))
    canvas.circle((168, 25), 15, (74, 84, 128))
    for x, y in ((120, 20), (138, 50), (196, 16), (206, 48)):
        canvas.circle((x, y), 2, (250, 240, 200))
    canvas.box(-10, 92, 330, 190, (116, 92, 122), 18)
    return canvas


def nursery() -> Canvas:
    canvas = Canvas(WIDTH, HEIGHT, (244, 220, 196))
    for index, colour in enumerate(((220, 90, 80), (240, 180, 70), (96, 160, 110), (84, 132, 190))):
        canvas.box(100 + index * 32, 14, 124 + index * 32, 44, colour, 4)
    canvas.box(-5, 100, 325, 180, (190, 170, 150))
    return canvas


def meeting_room() -> Canvas:
    canvas = Canvas(WIDTH, HEIGHT, (208, 204, 214))
    canvas.box(8, 10, 44, 84, (150, 120, 92), 2)
    canvas.ellipse((292, 60), 17, 26, (92, 142, 96))
    canvas.ellipse((280, 44), 12, 18, (112, 164, 108))
    canvas.box(-5, 108, 325, 180, (166, 158, 170))
    return canvas


def table(colour: Colour = (150, 98, 62)) -> Callable[[Canvas], None]:
    """Return what paints a table in front of the people."""

    def paint(canvas: Canvas) -> None:
        canvas.box(12, TABLE_TOP, 308, HEIGHT + 20, shade(colour, 0.72), 9)
        canvas.box(12, TABLE_TOP, 308, TABLE_TOP + 24, colour, 9)

    return paint


def blanket(canvas: Canvas) -> None:
    canvas.box(-20, TABLE_TOP - 2, 340, HEIGHT + 30, (196, 92, 88), 22)
    for x in range(-4, 330, 44):
        canvas.circle((x, TABLE_TOP + 16), 6, (238, 200, 130))


def rug(canvas: Canvas) -> None:
    canvas.box(-20, TABLE_TOP - 2, 340, HEIGHT + 30, (178, 132, 84))
    canvas.ellipse((160, 172), 150, 24, (206, 92, 80))
    canvas.ellipse((160, 172), 128, 18, (236, 196, 130))
