"""Film in any Textual app: what plays it, turns it into cells and sends it to a terminal."""
