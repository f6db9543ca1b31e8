"""What belongs to a supervision session beside its walk: skill scales, the minute after, working points."""
