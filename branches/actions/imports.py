"""Import of organisations from Excel: checked, previewed, confirmed, reported."""
