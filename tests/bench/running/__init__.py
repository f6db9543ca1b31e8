"""Programs run as a user runs them: which ones, in which terminal, at the end of which line, on how much of a
core, and what they take.
"""
