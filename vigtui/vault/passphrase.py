"""What a passphrase for an encrypted caseload must be."""

TRIES = 3
"""How many passphrases may be tried before the caseload stays closed."""

SHORTEST = 8
A_GOOD_ONE = "Four or five words that do not belong together make a good passphrase."
ADVICE = f"{A_GOOD_ONE} Without it nobody can open the caseload again."


def why_weak(words: str) -> str:
    """Return a sentence when a new passphrase is too short to protect anything, or could not be typed again,
    else ""."""
    if any(each < " " or "\x7f" <= each < "\xa0" for each in words):
        return "There are characters in this passphrase that nobody can type."
    return f"A passphrase has {SHORTEST} characters at least." if len(words) < SHORTEST else ""
