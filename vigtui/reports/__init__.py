"""Papers: what is said of the records, laid out to be read, kept and printed."""
