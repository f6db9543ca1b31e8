"""The demo: an invented caseload, and the scenes that draw its film."""

from vigtui.demo.making import demo_file, make_demo

__all__ = ["demo_file", "make_demo"]
