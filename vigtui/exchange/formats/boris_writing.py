"""Writing BORIS's projects (.boris): an observation for each film; a clip is a state that starts and stops, a
tag an event at a moment, of the one whom it is about."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from vigtui.exchange.formats.coded import CLIP, CodedFilm, Mark, code_of
from vigtui.values.text import clean

_VERSION = "7.0"
_PLAYERS = 8
_NO_FRAME = "NA"
_STATE, _POINT = "State event", "Point event"


def boris(films: Sequence[CodedFilm], project: str, made: dt.datetime) -> bytes:
    """Return the project of these films, whose marks are clips and tags, each in a lane."""
    day = made.isoformat(timespec="seconds")
    marks = [mark for film in films for mark in film.marks]
    clips = dict.fromkeys(_clip_code(mark.lane) for mark in marks if mark.code == CLIP)
    tags = dict.fromkeys(_tag_code(mark) for mark in marks if mark.code != CLIP)
    subjects = dict.fromkeys(code_of(mark.who) for mark in marks if code_of(mark.who))
    content = {
        "time_format": "hh:mm:ss",
        "project_date": day,
        "project_name": code_of(project),
        "project_description": "",
        "project_format_version": _VERSION,
        "subjects_conf": {
            str(number): {"key": "", "name": name, "description": ""} for number, name in enumerate(subjects)
        },
        "behaviors_conf": {
            str(number): _behaviour(code, kind)
            for number, (code, kind) in enumerate(
                [*((each, _STATE) for each in clips), *((each, _POINT) for each in tags)]
            )
        },
        "observations": {code_of(film.name): _observation(film, day) for film in films},
        "behavioral_categories": [],
        "independent_variables": {},
        "coding_map": {},
        "behaviors_coding_map": [],
        "converters": {},
    }
    return msgspec.json.format(msgspec.json.encode(content), indent=1)


def _behaviour(code: str, kind: str) -> dict[str, Any]:
    return {
        "type": kind,
        "key": "",
        "code": code,
        "description": "",
        "color": "",
        "category": "",
        "modifiers": {},
        "excluded": "",
        "coding map": "",
    }


def _observation(film: CodedFilm, day: str) -> dict[str, Any]:
    events = [event for mark in film.marks for event in _events(mark)]
    media = [code_of(name) for name in film.media]
    return {
        "file": {str(player): media if player == 1 else [] for player in range(1, _PLAYERS + 1)},
        "type": "MEDIA",
        "date": day,
        "description": "",
        "time offset": 0.0,
        "events": sorted(events, key=lambda event: event[0]),
        "observation time interval": [0, 0],
        "independent_variables": {},
        "visualize_spectrogram": False,
        "visualize_waveform": False,
        "close_behaviors_between_videos": False,
        "media_info": {
            "length": dict.fromkeys(media, film.duration_ms / 1000),
            "fps": {},
            "hasVideo": dict.fromkeys(media, True),
            "hasAudio": dict.fromkeys(media, True),
            "offset": {"1": 0.0},
        },
    }


def _events(mark: Mark) -> Iterable[list[Any]]:
    """Yield time, subject, code, modifiers, comment and frame of each event of a mark."""
    if mark.code != CLIP:
        comment = _clip_code(mark.lane)
        yield [mark.start_ms / 1000, code_of(mark.who), _tag_code(mark), "", comment, _NO_FRAME]
        return
    code = _clip_code(mark.lane)
    yield [mark.start_ms / 1000, "", code, "", clean(mark.title), _NO_FRAME]
    yield [mark.end_ms / 1000, "", code, "", clean(mark.caption), _NO_FRAME]


def _clip_code(lane: int) -> str:
    return CLIP if lane < 2 else f"{CLIP} {lane}"


def _tag_code(mark: Mark) -> str:
    """What is done, as a code; never one that stands for clips."""
    code = code_of(mark.code)
    return f"“{code}”" if code.split(" ")[0] == CLIP else code
