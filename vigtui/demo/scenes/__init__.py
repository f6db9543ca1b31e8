"""The drawn scenes of the demo's film."""
