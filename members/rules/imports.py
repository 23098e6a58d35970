"""Rows of an Excel file of members, read and judged. Pure."""
