"""Papers: what is told of the records, laid out to be read, kept and printed."""
