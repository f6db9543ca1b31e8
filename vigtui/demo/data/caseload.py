"""The whole invented caseload."""

import datetime as dt

from vigtui.demo.data import at_work, ended
from vigtui.demo.data.book import Book
from vigtui.demo.data.dunlin import dunlin
from vigtui.demo.data.heron import heron
from vigtui.demo.data.people import staff
from vigtui.demo.data.plover import plover
from vigtui.demo.data.sessions import sessions
from vigtui.demo.data.wren import wren
from vigtui.domain.records import Record


def demo_records(today: dt.date) -> list[Record]:
    """Return every record of the demo, with its dates placed around `today`; film is missing at first."""
    book = Book(today)
    people = staff(book)
    ended.wigeon(book, people)
    ended.lapwing(book, people)
    ended.curlew(book, people)
    at_work.osprey(book, people)
    told = heron(book, people)
    of_plover = plover(book, people)
    of_wren = wren(book, people)
    at_work.siskin(book, people)
    at_work.avocet(book, people)
    of_dunlin = dunlin(book, people)
    at_work.tern(book, people)
    at_work.knot(book, people)
    sessions(book, people, told, of_wren, of_plover, of_dunlin)
    return book.records
