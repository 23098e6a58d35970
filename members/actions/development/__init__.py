"""Writes on files of development: opened and closed, step by step, with votes, decisions, notices and quotas."""
