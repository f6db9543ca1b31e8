"""How a paper is laid out: as Markdown, as HTML to be printed, as plain text, as CSV."""
