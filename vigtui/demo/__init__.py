"""The demo: an invented caseload, and the scenes that draw its film."""

from vigtui.demo.making import make_demo

__all__ = ["make_demo"]
