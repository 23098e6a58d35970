"""Boring rows for tests: one factory per model, nothing interesting unless asked for."""
