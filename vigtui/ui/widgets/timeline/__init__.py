"""A family's cycle timeline: lanes of events, and how they are drawn."""
