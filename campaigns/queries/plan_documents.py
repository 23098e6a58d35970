"""Documents that hold a plan, as text."""

from campaigns.queries.plan_files import stream_text as document_text

__all__ = ["document_text"]
