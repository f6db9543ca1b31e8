"""A whole film with its subtitle files, brought from one folder into another: encrypted there where that is.

Nobody sees it on the way, so no consent is asked for.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from vigtui.casefilm.encrypted.files import (
    Progress,
    encrypt_into,
    encrypt_words,
    opened_beside,
    remove_encrypted,
    word_files,
    words_ending,
    write_clear,
)
from vigtui.casefilm.home import FilmHome, encrypts, film_in
from vigtui.film.source import FilmSource, cannot_be_read
from vigtui.film.subtitles import MOST_BYTES, files_beside
from vigtui.foreign.files import open_file
from vigtui.vault.film.reading import EncryptedFilm

_PIECE = 1 << 20
_MOST_WORDS = 40


def carry(
    source: FilmHome, path: str, target: FilmHome, name: str, progress: Progress = lambda _: None
) -> Path:
    """Bring a film, and what is said in it, into the media folder of `target`, and return where it is there.
    In clear it is called `name`. It appears whole or not at all. Blocks. Raises FilmError, and whatever
    `progress` raises."""
    film = film_in(source, path)
    try:
        with film.open() as content:
            if encrypts(target):
                made = encrypt_into(target, content, _ending(film, content), progress)
            else:
                made = write_clear(target, content, name, _ending(film, content), progress)
        clear = [] if encrypts(target) else [made]
        try:
            for words, ending in _words(source, film):
                with words:
                    clear += _carry_words(target, made, words, ending)
        except BaseException:
            if encrypts(target):
                remove_encrypted(made)
            for each in clear:  # Words that lay there before, under the same name, are another film's.
                each.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise cannot_be_read(film.name, error) from error
    return made


def carry_words(source: FilmHome, path: str, target: FilmHome, there: str) -> None:
    """Bring what is said in a film, which is `there` in `target` already, as far as that does not have it: a
    program may have been killed between the film and its words. Blocks. Raises FilmError."""
    film, made = film_in(source, path), film_in(target, there)
    try:
        known = set()
        for words, ending in _words(target, made):
            with words:
                known.add(_read(words, ending))
        for words, ending in _words(source, film):
            with words:
                if _read(words, ending) not in known:
                    _carry_words(target, made.path, words, ending)
    except OSError as error:
        raise cannot_be_read(film.name, error) from error


def _read(words: BinaryIO, ending: str) -> tuple[str, bytes]:
    """Return what tells a subtitle file from others; its place stays at the start."""
    words.seek(0)
    said = words.read(MOST_BYTES)
    words.seek(0)
    return ending, said


def size_and_digest(home: FilmHome, path: str) -> tuple[int, str]:
    """Return how many clear bytes a film has, and their SHA-256. Blocks. Raises FilmError."""
    film, digest, size = film_in(home, path), hashlib.sha256(), 0
    try:
        with film.open() as content:
            while piece := content.read(_PIECE):
                digest.update(piece)
                size += len(piece)
    except OSError as error:
        raise cannot_be_read(film.name, error) from error
    return size, digest.hexdigest()


def _ending(film: FilmSource, content: BinaryIO) -> str:
    return content.ending if isinstance(content, EncryptedFilm) else film.path.suffix.lower()


def _words(home: FilmHome, film: FilmSource) -> Iterator[tuple[BinaryIO, str]]:
    """Yield the subtitle files of a film, open to be read, and what the names of the clear ones end with."""
    if film.clear_file is not None:
        for words in files_beside(film.path)[:_MOST_WORDS]:
            yield open_file(words, follow_links=False), words_ending(words, film.path)
        return
    for words in word_files(film.path)[:_MOST_WORDS]:
        yield opened_beside(home, film.path, words)


def _carry_words(target: FilmHome, film: Path, words: BinaryIO, ending: str) -> list[Path]:
    """Write a subtitle file for a film, and return where it is in clear, if it is."""
    if words.seek(0, 2) > MOST_BYTES:
        return []  # Nothing reads it, here or there.
    words.seek(0)
    if encrypts(target):
        encrypt_words(target, film, words, ending)
        return []
    return [write_clear(target, words, film.stem, ending)]
