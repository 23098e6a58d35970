"""What the portal stands on while it runs or is tested: PostgreSQL, Redis, and the processes around them.

Only the standard library is used here, and nothing imports Django, so that this package works before anything is
installed. `python -m services` is what the Makefile calls; `tests/plugin.py` uses the same modules.
"""
