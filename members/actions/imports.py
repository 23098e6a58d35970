"""Import of members from Excel: checked, previewed, confirmed, reported."""
