"""The demonstration: an invented district with its people, campaigns and a year of records."""

from desk.actions.demo.make import DemoError, make_demo

__all__ = ["DemoError", "make_demo"]
