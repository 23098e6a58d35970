"""Rows of an Excel file of organisations, read and judged. Pure."""
