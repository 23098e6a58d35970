"""Invented people, places and doings of the demonstration. Pure: everything follows from the seed."""
