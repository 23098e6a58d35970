"""The way of an official document: draft → checked → signed → issued, and how its number reads."""

from dataclasses import dataclass

from office.enums import DocumentStatus as Status


@dataclass(frozen=True)
class Step:
    """One verb: from which states, to which; ``needs_note`` when a reason must be given."""

    verb: str
    label: str
    sources: frozenset[Status]
    target: Status
    needs_note: bool = False


STEPS = (
    Step("check", "核稿", frozenset({Status.DRAFT}), Status.CHECKED),
    Step("sign", "签发", frozenset({Status.CHECKED}), Status.SIGNED),
    Step("issue", "印发", frozenset({Status.SIGNED}), Status.ISSUED),
    Step("return", "退回修改", frozenset({Status.CHECKED, Status.SIGNED}), Status.DRAFT, needs_note=True),
)
"""The one transition table. What is issued stays."""

MARKS = {Status.DRAFT: "open", Status.CHECKED: "progress", Status.SIGNED: "pending", Status.ISSUED: "done"}
"""Status → the mark that stands before its word."""


def steps_from(status: str) -> list[Step]:
    """The steps that a document in this state may take."""
    return [step for step in STEPS if status in step.sources]


def step_of(verb: str) -> Step:
    """The step of a verb; KeyError for a verb that is none."""
    return {step.verb: step for step in STEPS}[verb]


def number_text(year: int, number: int | None, word: str = "") -> str:
    """〔2026〕1号 after the issuer's word (机关代字); with room for the number while there is none."""
    return f"{word}〔{year}〕{number or '　'}号"
