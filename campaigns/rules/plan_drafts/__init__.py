"""A plan while staff are at it: items that are corrected, confirmed, dropped, split and moved. Source: X01."""
