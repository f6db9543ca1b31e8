"""vigtui: walk through Video Interaction Guidance cases together, in a terminal."""

__version__ = "0.1.0"
