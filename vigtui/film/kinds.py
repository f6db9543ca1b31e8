"""Tells films, and what is certainly none, by their first bytes; of the rest only libmpv knows."""

HEAD_BYTES = 4096
"""How much of the beginning of a file the functions here want to see."""

DEMUXERS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpeg,mpegts,ogg,asf,flv,mxf,dv,mpegvideo,m4v,ivf"
"""FFmpeg's names for the readers of film: the player lets it use no other. None of them opens a second file,
and all tell when each picture is shown, which H.264 and H.265 without a container do not."""
STREAMS = ("mpeg", "mpegts")
"""Its names for those of films without an index."""

_PROGRAM_STREAM, _TRANSPORT_STREAM = "MPEG", "MPEG transport stream"
_PACK = b"\x00\x00\x01\xba"
# What an MP4 or MOV may begin with; some programs and cameras put their own things first.
_BOXES = b"ftyp moov mdat wide free skip pnot uuid styp sidx moof emsg prft pdin meta udta junk PICT".split()
_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    *((4, box, "MP4 or MOV") for box in _BOXES),
    (0, b"\x1a\x45\xdf\xa3", "Matroska or WebM"),
    (8, b"AVI ", "AVI"),
    (0, _PACK, _PROGRAM_STREAM),
    (0, b"OggS", "Ogg"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "Windows Media"),
    (0, b"FLV\x01", "FLV"),
    *((0, b"\x1f\x07\x00" + system, "DV") for system in (b"\x3f", b"\xbf")),
    (0, b"\x06\x0e\x2b\x34\x02\x05\x01\x01", "MXF"),
    *((0, b"\x00\x00\x01" + start, "MPEG pictures alone") for start in (b"\xb0", b"\xb3")),
    (0, b"DKIF", "IVF"),
)
_CERTAINLY_OTHERS: dict[str, tuple[tuple[int, bytes], ...]] = {
    "an archive, or a document of an office program": (
        *((0, magic) for magic in (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"BZh")),
        *((0, magic) for magic in (b"\xfd7zXZ\0", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"\x28\xb5\x2f\xfd")),
        (257, b"ustar"),
    ),
    "a picture": (
        *((0, magic) for magic in (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")),
        *((4, b"ftyp" + brand) for brand in (b"heic", b"heix", b"mif1", b"avif")),
        (8, b"WEBP"),
    ),
    "sound without a picture": ((0, b"ID3"), (0, b"fLaC"), (8, b"WAVE")),
    "a program": tuple((0, magic) for magic in (b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")),
    "a PDF document": ((0, b"%PDF"),),
    "a database": ((0, b"SQLite format 3"),),
}
_PLAYLISTS = (
    "#extm3u",
    "[playlist]",
    "# mpv edl",
    "mpv edl",
    "ffconcat",
    "[reference]",
    "<asx",
    "<smil",
    'file "',
)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_TS_PACKET = 188
_M2TS_PACKET = 192


def kind_of(head: bytes) -> str:
    """Return the kind of film that begins with `head`, or "" when it is none that is known by that."""
    for offset, magic, kind in _MAGIC:
        if head[offset : offset + len(magic)] == magic:
            return kind
    if head.count(_PACK) > 1:  # cut in the middle of one
        return _PROGRAM_STREAM
    return _TRANSPORT_STREAM if _has_packets(head) else ""


def _has_packets(head: bytes) -> bool:
    """Whether there is a sync byte at the start of each packet; cameras put 4 bytes before each. A stream
    that was cut in the middle of a packet must show more of them."""
    starts = ((0, _TS_PACKET, 4), (4, _M2TS_PACKET, 4))
    anywhere = ((start, packet, 10) for packet in (_TS_PACKET, _M2TS_PACKET) for start in range(packet))
    return any(
        head[start : start + count * packet : packet] == b"\x47" * count
        for start, packet, count in (*starts, *anywhere)
    )


def has_index(kind: str) -> bool:
    """Whether films of this kind say where their pictures are, or libmpv finds it out by reading them."""
    return kind not in (_PROGRAM_STREAM, _TRANSPORT_STREAM)


def why_not_film(head: bytes) -> str:
    """Return what a file that begins with `head` certainly is instead of a film, as the end of a sentence; ""
    where it is a film, or may be one: then libmpv is to be asked."""
    for what, marks in _CERTAINLY_OTHERS.items():
        if any(head[offset : offset + len(magic)] == magic for offset, magic in marks):
            return f"is {what}, not a film"
    if kind_of(head):
        return ""
    start = head.decode("utf-8", "replace").lstrip("\ufeff \t\r\n").lower()
    if start.startswith(_PLAYLISTS):
        return "is a playlist, which only points to other files"
    is_utf8 = b"\0" not in head and "\ufffd" not in start[:-3]
    return "is a text file, not a film" if is_utf8 or head.startswith(_UTF16) else ""
