"""Where things are in an encrypted film, and how many bytes one takes.

    4096 bytes   the beginning: what it is, its id, the commitment to its own key; then zeros
    4096 bytes   the first slot } each what one data key seals, or zeros
    4096 bytes   the second one }
    then         the film in chunks, each encrypted by itself

Everything that may be written again has a block to itself: a disk that fails while it writes one harms no
other.
"""

ENDING = ".vigfilm"
"""What the name of an encrypted film ends with."""

BLOCK_BYTES = 4096
SLOTS = 2
HEADER_BYTES = BLOCK_BYTES * (1 + SLOTS)
CHUNK_BYTES = 64 * 1024
"""How much of the film is in a chunk."""
STORED_CHUNK_BYTES = CHUNK_BYTES + 16
PADDED_TO = 1024 * 1024
"""Film is filled up with zeros to a whole number of these bytes: its size is one of few."""
MOST_BYTES = 2**44
"""How large a film may say that it is: 17 TB."""
CHUNKS_TOGETHER = PADDED_TO // CHUNK_BYTES

MAGIC = b"vigtui film\0"
VERSION_BYTES = 4
ID_PLACE = len(MAGIC) + VERSION_BYTES
ID_BYTES = 16


def is_encrypted_film(head: bytes) -> bool:
    """Whether a file that begins with this is an encrypted film, be it damaged. Twelve bytes tell."""
    return head.startswith(MAGIC)


def film_id_in(head: bytes) -> str:
    """Return the id of the film whose file begins with this, as 32 hexadecimal digits."""
    return head[ID_PLACE : ID_PLACE + ID_BYTES].hex()


def is_called_encrypted(name: str) -> bool:
    """Whether a file is called as encrypted film is; some disks make all letters of a name large."""
    return name.lower().endswith(ENDING)


def chunks_of(size: int) -> int:
    """Return in how many chunks a film of this many bytes is kept."""
    return max(1, -(-size // PADDED_TO)) * CHUNKS_TOGETHER


def stored_bytes(size: int) -> int:
    """Return how many bytes a film of this many bytes takes when it is encrypted."""
    return HEADER_BYTES + chunks_of(size) * STORED_CHUNK_BYTES


def place_of_slot(number: int) -> int:
    """Return where in the file a slot begins."""
    return BLOCK_BYTES * (1 + number)


def place_of_chunk(number: int) -> int:
    """Return where in the file a chunk begins."""
    return HEADER_BYTES + number * STORED_CHUNK_BYTES
