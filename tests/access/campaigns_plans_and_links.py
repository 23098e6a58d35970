"""Expected codes of plans, information, contacts, agreements, lists, mass organisations and calls."""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from branches.enums import ImportKind
from branches.models import Organization
from campaigns.models import (
    Agreement,
    BranchPlan,
    Call,
    Contact,
    ContactVisit,
    InfoItem,
    MassOrganization,
    Piece,
    PlanItem,
    WorkList,
    WorkListItem,
)
from office.actions.files import store_upload
from tests.access.table import NEVER, Row, World, only
from tests.access.uploads import upload_rows
from tests.factories.campaigns import FiledActivityFactory
from tests.factories.plans_and_links import (
    AgreementFactory,
    BranchPlanFactory,
    CallFactory,
    ContactFactory,
    ContactVisitFactory,
    InfoItemFactory,
    MassOrganizationFactory,
    PieceFactory,
    PlanItemFactory,
    SentInfoFactory,
    WorkFileFactory,
    WorkListFactory,
    WorkListItemFactory,
)

READERS = ("staff", "secretary", "leader", "member", "inspector")
# The staff's post is at the superior; the secretary's at the organisation itself.
KEEPER = ("secretary",)
DOERS = ("staff", "secretary")
OWN_ONLY = {"staff": {"child": 403}}
NOT_OWN = {"staff": {"own": 403}}
_NO: Any = None
At = Callable[[World, Organization], dict[str, Any]]


def _one(model: Any, make: Callable[[Organization], Any], path: str = "organization") -> At:
    """The first row of an organisation, made when there is none."""

    def at(_: World, organization: Organization) -> dict[str, Any]:
        return {"pk": (model.objects.filter(**{path: organization}).first() or make(organization)).pk}

    return at


_plan = _one(BranchPlan, lambda place: BranchPlanFactory(organization=place))
_planned = _one(
    PlanItem, lambda place: PlanItemFactory(plan=BranchPlan.objects.get(**_plan(_NO, place))), "plan__organization"
)


def _draft_info(_: World, place: Organization) -> dict[str, Any]:
    """The place's draft: another item that is found there may have been sent."""
    found = InfoItem.objects.filter(organization=place, state="draft").first()
    return {"pk": (found or InfoItemFactory(organization=place)).pk}


_contact = _one(Contact, lambda place: ContactFactory(organization=place))
_visit = _one(ContactVisit, lambda place: ContactVisitFactory(contact__organization=place), "contact__organization")
_list = _one(WorkList, lambda place: WorkListFactory(organization=place))
_line = _one(
    WorkListItem,
    lambda place: WorkListItemFactory(work_list=WorkList.objects.get(**_list(_NO, place))),
    "work_list__organization",
)
_mass = _one(MassOrganization, lambda place: MassOrganizationFactory(organization=place))
_call = _one(Call, lambda place: CallFactory(issuer=place, state="open"), "issuer")
_piece = _one(Piece, lambda place: PieceFactory(organization=place, call__issuer=place))


def _sent_info(_: World, organization: Organization) -> dict[str, Any]:
    return {"pk": SentInfoFactory(organization=organization).pk}


def _published(_: World, organization: Organization) -> dict[str, Any]:
    made = SentInfoFactory(
        organization=organization, receiver=organization, state="published", level="own", published_on="2026-03-03"
    )
    return {"pk": made.pk}


def _agreement(_: World, organization: Organization) -> dict[str, Any] | None:
    if organization.parent is None:
        return None
    found = Agreement.objects.live().filter(organization=organization, year=2026).first()
    sent = {"state": "sent", "sent_at": "2026-03-02T10:00:00+08:00"}
    return {"pk": (found or AgreementFactory(organization=organization, **sent)).pk}


def _link(world: World, organization: Organization) -> dict[str, Any]:
    mass = MassOrganizationFactory(organization=organization)
    activity = FiledActivityFactory(organization=organization, kind="mass_activity")
    mass.activities.add(activity)
    return {"pk": mass.pk, "activity": activity.pk}


def _file(world: World, organization: Organization) -> dict[str, Any]:
    file = store_upload(SimpleUploadedFile("方案.txt", "共建方案".encode(), "text/plain"))
    return {"pk": WorkFileFactory(contact=ContactFactory(organization=organization), file=file, name="方案.txt").pk}


def _list_rows(*names: str) -> dict[str, Row]:
    return {f"campaigns:{name}": Row(get=only(200, *READERS), post=NEVER) for name in names}


def _asks(at: At, *names: str, invalid: int = 422) -> dict[str, Row]:
    """Forms on an organisation's own row: its secretary, and for their own organisation the staff."""
    codes = only(200, *KEEPER), only(invalid, *KEEPER)
    own = {"staff": {"own": 200, "child": 403, "parent": 404, "sibling": 404, "foreign": 404}}
    return {f"campaigns:{name}": Row(get=codes[0], post=codes[1], at=at, places=own) for name in names}


def _does(at: At, *names: str) -> dict[str, Row]:
    """Verbs on an organisation's own row."""
    own = {"staff": {"own": 302, "child": 403, "parent": 404, "sibling": 404, "foreign": 404}}
    return {
        f"campaigns:{name}": Row(get=NEVER, post=only(302, *KEEPER), at=at, places=own, place_method="post")
        for name in names
    }


PLANS = {
    **_list_rows("branch_plan_list", "branch_plan_export", "branch_plan_coverage", "planned_list", "planned_export"),
    "campaigns:branch_plan_new": Row(get=only(200, *DOERS), post=only(422, *DOERS)),
    "campaigns:branch_plan_detail": Row(get=only(200, *READERS), post=NEVER, at=_plan),
    **_asks(_plan, "branch_plan_edit", "planned_new"),
    **_asks(_planned, "planned_edit"),
    **_does(_planned, "planned_remove"),
    **_does(_plan, "branch_plan_submit", "branch_plan_withdraw"),
    **upload_rows("campaigns:planned_import", "campaigns:planned_upload_", ImportKind.PLANNED, *DOERS),
    "campaigns:branch_plan_decide": Row(get=only(200, "staff"), post=only(422, "staff"), at=_plan),
}

INFO = {
    **_list_rows("info_list", "info_export", "info_matrix", "info_matrix_export", "experience_list"),
    "campaigns:info_new": Row(get=only(200, *DOERS), post=only(422, *DOERS)),
    "campaigns:info_detail": Row(get=only(200, *READERS), post=NEVER, at=_sent_info),
    # A draft is its organisation's own.
    "campaigns:info_edit": Row(
        get=only(200, *KEEPER, staff=404), post=only(422, *KEEPER, staff=404), at=_draft_info,
        places={"staff": {"own": 200, "child": 404}, "secretary": {"child": 404}},
    ),
    "campaigns:info_submit": Row(
        get=NEVER, post=only(302, *KEEPER, staff=404), at=_draft_info, place_method="post",
        places={"staff": {"own": 302, "child": 404}, "secretary": {"child": 404}},
    ),
    **_does(_sent_info, "info_withdraw"),
    "campaigns:info_adopt": Row(get=only(200, "staff"), post=only(422, "staff"), at=_sent_info),
    "campaigns:info_decline": Row(get=only(200, "staff"), post=only(422, "staff"), at=_sent_info),
    "campaigns:info_publish": Row(get=NEVER, post=only(302, "staff"), at=_sent_info, place_method="post"),
    "campaigns:info_take_back": Row(get=NEVER, post=only(302, "staff"), at=_sent_info, place_method="post"),
    # What one's own organisation or a superior has published is there for everybody below it.
    "campaigns:experience_detail": Row(
        get=only(200, "secretary", "member", staff=404, leader=404, inspector=404), post=NEVER, at=_published,
        places={
            "staff": {"own": 200, "child": 404, "parent": 200}, "secretary": {"child": 404, "parent": 200},
        },
    ),
}  # fmt: skip

CONTACTS = {
    **upload_rows("campaigns:contact_import", "campaigns:contact_upload_", ImportKind.CONTACTS, *DOERS),
    **_list_rows("contact_list", "contact_export"),
    "campaigns:contact_new": Row(get=only(200, *DOERS), post=only(422, *DOERS)),
    "campaigns:contact_detail": Row(get=only(200, *READERS), post=NEVER, at=_contact),
    **_asks(_contact, "contact_edit", "contact_end", "contact_paper_add", "visit_new"),
    **_asks(_visit, "visit_solve"),
    "campaigns:work_file": Row(get=only(200, *READERS), post=NEVER, at=_file),
    **_does(_file, "work_file_remove"),
}

AGREEMENTS = {
    **_list_rows("agreement_list", "agreement_export"),
    **_list_rows("agreement_coverage", "agreement_coverage_export"),
    "campaigns:agreement_draw_up": Row(get=only(200, "staff"), post=only(422, "staff")),
    "campaigns:agreement_detail": Row(get=only(200, *READERS), post=NEVER, at=_agreement),
    "campaigns:agreement_paper": Row(get=only(200, *READERS), post=NEVER, at=_agreement),
    # The superior's own: those with the organisations directly below.
    "campaigns:agreement_edit": Row(
        get=only(200, "staff"), post=only(422, "staff"), at=_agreement, places=NOT_OWN
    ),
    "campaigns:agreement_void": Row(
        get=only(200, "staff"), post=only(422, "staff"), at=_agreement, places=NOT_OWN
    ),
    "campaigns:agreement_send": Row(
        get=NEVER, post=only(302, "staff"), at=_agreement, places=NOT_OWN, place_method="post"
    ),
    # Whose post is at neither side is refused with a word.
    "campaigns:agreement_sign": Row(
        get=NEVER, post=only(302, "staff", "secretary", "leader"), at=_agreement, place_method="post",
        places={"secretary": {"child": 403}},
    ),
    "campaigns:agreement_scan": Row(get=only(200, *DOERS), post=only(422, *DOERS), at=_agreement),
}  # fmt: skip

LISTS = {
    **_list_rows("worklist_list", "worklist_export"),
    "campaigns:worklist_new": Row(get=only(200, *DOERS), post=only(422, *DOERS)),
    "campaigns:worklist_detail": Row(get=only(200, *READERS), post=NEVER, at=_list),
    "campaigns:worklist_paper": Row(get=only(200, *READERS), post=NEVER, at=_list),
    "campaigns:worklist_workbook": Row(get=only(200, *READERS), post=NEVER, at=_list),
    **_asks(_list, "worklist_item_new"),
    **_asks(_line, "worklist_item_edit", "worklist_item_finish"),
    **_does(_line, "worklist_item_remove"),
    **_does(_list, "worklist_confirm", "worklist_reopen"),
}

MASS = {
    **upload_rows("campaigns:mass_import", "campaigns:mass_upload_", ImportKind.MASS, *DOERS),
    **_list_rows("mass_list", "mass_export"),
    "campaigns:mass_new": Row(get=only(200, *DOERS), post=only(422, *DOERS)),
    "campaigns:mass_detail": Row(get=only(200, *READERS), post=NEVER, at=_mass),
    **_asks(_mass, "mass_edit", "mass_end", "mass_link"),
    **_does(_link, "mass_unlink"),
}

# A call is its issuer's; one that is open reaches everybody below.
BELOW = {"staff": {"parent": 200}, "secretary": {"parent": 200}}
ISSUED = {"staff": {"own": 200, "child": 403, "parent": 403, "sibling": 404, "foreign": 404}}

CALLS = {
    **_list_rows("call_list"),
    "campaigns:call_new": Row(get=only(200, "staff"), post=only(422, "staff")),
    "campaigns:call_detail": Row(get=only(200, *READERS), post=NEVER, at=_call, places=BELOW),
    "campaigns:piece_export": Row(get=only(200, *READERS), post=NEVER, at=_call, places=BELOW),
    "campaigns:call_edit": Row(get=only(200), post=only(422), at=_call, places=ISSUED),
    "campaigns:call_select": Row(get=only(200), post=only(302), at=_call, places=ISSUED),
    "campaigns:piece_new": Row(
        get=only(200, "staff", "secretary", "member"), post=only(422, "staff", "secretary", "member"), at=_call,
        places=BELOW,
    ),
    # A member without a link to his account has sent nothing.
    "campaigns:piece_detail": Row(get=only(200, *READERS, member=404), post=NEVER, at=_piece),
}  # fmt: skip
for _verb in ("call_publish", "call_close", "call_show"):
    CALLS[f"campaigns:{_verb}"] = Row(
        get=NEVER, post=only(302), at=_call, place_method="post",
        places={"staff": {**ISSUED["staff"], "own": 302}},
    )  # fmt: skip

TABLE = {**PLANS, **INFO, **CONTACTS, **AGREEMENTS, **LISTS, **MASS, **CALLS}
