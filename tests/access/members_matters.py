"""Expected codes of matters, opinions asked of branches, members' suggestions and delegates."""

from typing import Any

from branches.enums import OrganizationKind
from branches.models import Organization
from members.models import Delegate, Matter, OpinionRequest, Suggestion
from tests.access.table import NEVER, Row, World, only
from tests.factories.members_matters import (
    DelegateFactory,
    MatterFactory,
    MatterPaperFactory,
    OpinionRequestFactory,
    SuggestionFactory,
)

READERS = ("staff", "secretary", "leader", "inspector")
KEEPERS = ("staff", "secretary")


def _made(model: Any, factory: Any, organization: Organization) -> Any:
    if organization.kind != OrganizationKind.BRANCH:
        return None
    return model.objects.filter(organization=organization).first() or factory(organization=organization)


def _matter(world: World, organization: Organization) -> dict[str, Any] | None:
    found = _made(Matter, MatterFactory, organization)
    return {"pk": found.pk} if found else None


def _paper(world: World, organization: Organization) -> dict[str, Any] | None:
    found = _made(Matter, MatterFactory, organization)
    return {"pk": (found.papers.first() or MatterPaperFactory(matter=found)).pk} if found else None


def _opinion(world: World, organization: Organization) -> dict[str, Any] | None:
    found = _made(OpinionRequest, OpinionRequestFactory, organization)
    return {"pk": found.pk} if found else None


def _suggestion(world: World, organization: Organization) -> dict[str, Any] | None:
    found = _made(Suggestion, SuggestionFactory, organization)
    return {"pk": found.pk} if found else None


def _delegate(world: World, organization: Organization) -> dict[str, Any] | None:
    found = _made(Delegate, DelegateFactory, organization)
    return {"pk": found.pk} if found else None


TABLE = {
    "members:matter_list": Row(get=only(200, *READERS), post=NEVER),
    "members:matter_export": Row(get=only(200, *READERS), post=NEVER),
    "members:matter_new": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS)),
    "members:matter_detail": Row(get=only(200, *READERS), post=NEVER, at=_matter),
    "members:matter_edit": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS), at=_matter),
    "members:matter_answer": Row(get=NEVER, post=only(422, "staff"), at=_matter, place_method="post"),
    "members:matter_paper_add": Row(get=NEVER, post=only(422, *KEEPERS), at=_matter, place_method="post"),
    "members:matter_paper": Row(get=only(200, *READERS), post=NEVER, at=_paper),
    "members:matter_paper_remove": Row(get=NEVER, post=only(302, *KEEPERS), at=_paper, place_method="post"),
    "members:opinion_list": Row(get=only(200, *READERS), post=NEVER),
    "members:opinion_export": Row(get=only(200, *READERS), post=NEVER),
    "members:opinion_new": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS)),
    "members:opinion_detail": Row(get=only(200, *READERS), post=NEVER, at=_opinion),
    "members:opinion_answer": Row(get=NEVER, post=only(422, *KEEPERS), at=_opinion, place_method="post"),
    # Refused with a word: the branch has not answered yet.
    "members:opinion_close": Row(get=NEVER, post=only(302, *KEEPERS), at=_opinion, place_method="post"),
    "members:suggestion_list": Row(get=only(200, *READERS), post=NEVER),
    "members:suggestion_export": Row(get=only(200, *READERS), post=NEVER),
    # The page of whoever is a member; the account of the role 党员 is not linked to one here.
    "members:suggestion_own": Row(get=only(200, "member"), post=only(422, "member")),
    "members:suggestion_detail": Row(get=only(200, *READERS), post=NEVER, at=_suggestion),
    "members:suggestion_answer": Row(get=NEVER, post=only(422, *KEEPERS), at=_suggestion, place_method="post"),
    "members:suggestion_pass": Row(get=NEVER, post=only(302, *KEEPERS), at=_suggestion, place_method="post"),
    "members:delegate_list": Row(get=only(200, *READERS), post=NEVER),
    "members:delegate_export": Row(get=only(200, *READERS), post=NEVER),
    "members:delegate_new": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS)),
    "members:delegate_end": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS), at=_delegate),
}
