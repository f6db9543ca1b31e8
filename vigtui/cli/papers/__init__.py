"""Commands that write papers and figures."""
