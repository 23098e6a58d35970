"""Drafts of plans: kept, corrected part by part, made into a campaign. Source: X01."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction

from branches.actions import audit
from branches.enums import OrganizationKind
from branches.models import Organization
from branches.permissions import Actor
from campaigns.actions.campaigns import create_campaign
from campaigns.models import Campaign, PlanDraft, Task
from campaigns.models.plan_draft import LONGEST_TEXT
from campaigns.queries.campaigns import plan_of as plan_of_campaign
from campaigns.queries.plan_drafts import free_code
from campaigns.rules.campaigns import ISSUERS, CampaignError
from campaigns.rules.plan_drafts import edits
from campaigns.rules.plan_drafts.copying import plan_in_year
from campaigns.rules.plan_drafts.items import Content, ItemKind, content_to_data
from campaigns.rules.plan_drafts.making import content_of, plan_of
from campaigns.rules.plan_drafts.states import DraftVerb, PlanDraftError, StaleItemError, next_state
from campaigns.rules.plans import Plan, PlanError
from campaigns.rules.reading.shapes import Reading, reading_to_data
from office.models import StoredFile
from partybuild.lib import clock

_NO_YEAR = "方案没有写明年度，暂按今年，请核对"


@transaction.atomic
def save_draft(
    *, by: Actor, issuer: Organization, text: str, reading: Reading, file: StoredFile | None = None, file_name: str = ""
) -> PlanDraft:
    """Keep a document as it was read, for staff to correct."""
    if len(text) > LONGEST_TEXT:
        raise PlanDraftError(f"方案共 {len(text):,} 字，超过 {LONGEST_TEXT:,} 字。请分成几份分别生成。", "text")
    draft = _new(by, issuer, reading.plan, content_of(reading.plan, reading.findings))
    draft.text, draft.reading = text, reading_to_data(reading)
    draft.file, draft.file_name = file, (file_name or "方案")[-255:] if file else ""
    return _added(by, draft, "识别方案")


@transaction.atomic
def start_draft(*, by: Actor, issuer: Organization, plan: Plan) -> PlanDraft:
    """A draft of a person's own: empty but for its name, or with what a workbook says."""
    return _added(by, _new(by, issuer, plan, content_of(plan)), "新建方案草稿")


@transaction.atomic
def copy_campaign(*, by: Actor, campaign: Campaign, issuer: Organization, year: int) -> PlanDraft:
    """A draft of the same plan for another year, its days moved."""
    plan = plan_in_year(plan_of_campaign(campaign), year)
    draft = _new(by, issuer, plan, content_of(plan))
    return _added(by, draft, "复制创建活动", {"from": campaign.symbol, "year": year})


@transaction.atomic
def change_item(
    *, by: Actor, draft: PlanDraft, item: int, data: dict[str, Any], seen: int, parent: int | None = None
) -> PlanDraft:
    """Correct a part, which is thereby confirmed; with another parent it is moved there."""
    return _edit(by, draft, "修改方案草稿", lambda content: edits.change(content, item, data, seen, parent), item)


@transaction.atomic
def confirm_items(*, by: Actor, draft: PlanDraft, items: Collection[int], seen: int) -> PlanDraft:
    """Say that parts are right as they stand."""
    return _edit(by, draft, "核对方案草稿", lambda content: edits.confirm(content, items, seen), *items)


@transaction.atomic
def drop_item(*, by: Actor, draft: PlanDraft, item: int, seen: int) -> PlanDraft:
    """Leave a part out of the plan."""
    return _edit(by, draft, "移除方案草稿内容", lambda content: edits.drop(content, item, seen), item)


@transaction.atomic
def restore_item(*, by: Actor, draft: PlanDraft, item: int) -> PlanDraft:
    """Take a part back that was left out."""
    return _edit(by, draft, "恢复方案草稿内容", lambda content: edits.restore(content, item), item)


@transaction.atomic
def add_item(*, by: Actor, draft: PlanDraft, kind: str, data: dict[str, Any], parent: int = 0) -> PlanDraft:
    """Add a part that the reader did not find."""
    verb = f"添加{ItemKind(kind).label}"
    return _edit(by, draft, verb, lambda content: edits.add(content, kind, data, parent))


@transaction.atomic
def split_task(
    *, by: Actor, draft: PlanDraft, item: int, title: str, targets: Collection[int], lines: Sequence[int], seen: int
) -> PlanDraft:
    """Make two tasks of one."""
    return _edit(by, draft, "拆分任务", lambda content: edits.split(content, item, title, targets, lines, seen), item)


@transaction.atomic
def merge_task(*, by: Actor, draft: PlanDraft, item: int, seen: int) -> PlanDraft:
    """Put the next task into this one."""
    return _edit(by, draft, "合并任务", lambda content: edits.merge(content, item, seen), item)


@transaction.atomic
def publish_draft(*, by: Actor, draft: PlanDraft, seen: int) -> Campaign:
    """Make the campaign's draft of it, each task with the sentence it comes from.

    What the reader was not sure of is never published unseen: as long as there is such a part it is refused.
    """
    draft = _locked(draft)
    state, content = next_state(draft.state, DraftVerb.PUBLISH), draft.parts
    if content.revision > seen:
        raise StaleItemError("草稿刚在另一窗口被修改，还没有生成。请核对现在的内容后再生成。")
    if content.unseen:
        raise PlanDraftError(f"还有 {len(content.unseen)} 项待核对，核对后才能生成创建活动。")
    try:
        campaign = create_campaign(by=by, plan=plan_of(content), issuer=draft.issuer, year=draft.year)
    except (PlanError, CampaignError) as error:
        raise PlanDraftError(str(error)) from error
    _keep_sentences(campaign, content)
    draft.state, draft.campaign = state, campaign
    _save(by, draft, "由方案生成创建活动", {"code": campaign.symbol})
    return campaign


@transaction.atomic
def drop_draft(*, by: Actor, draft: PlanDraft) -> PlanDraft:
    """Give a draft up; it stays in the list and can be taken up again."""
    draft = _locked(draft)
    draft.state = next_state(draft.state, DraftVerb.DROP)
    return _save(by, draft, "放弃方案草稿")


@transaction.atomic
def take_up_draft(*, by: Actor, draft: PlanDraft) -> PlanDraft:
    """Go on with a draft that was given up."""
    draft = _locked(draft)
    draft.state = next_state(draft.state, DraftVerb.TAKE_UP)
    return _save(by, draft, "重新编辑方案草稿")


def _new(by: Actor, issuer: Organization, plan: Plan, content: Content) -> PlanDraft:
    """A row that is not saved yet, with a code and a year where the plan has none."""
    if issuer.kind not in ISSUERS:
        raise PlanDraftError(f"{OrganizationKind(issuer.kind).label}不能发布创建活动，请由工委、机关党委或党组起草。")
    Organization.objects.select_for_update(no_key=True).get(pk=issuer.pk)
    code = plan.code if plan.code != "DRAFT" else free_code(issuer)
    head = replace(content.head, data={**content.head.data, "code": code, "year": plan.year or clock.today().year})
    if plan.year is None:
        head = replace(head, is_sure=False, why="；".join(filter(None, [head.why, _NO_YEAR])))
    content = Content(tuple(head if item.id == head.id else item for item in content.items), content.revision)
    now = clock.now()
    draft = PlanDraft(issuer=issuer, created_at=now, created_by_id=by.user_id, changed_at=now, changed_by_id=by.user_id)
    return _with(draft, content)


def _with(draft: PlanDraft, content: Content) -> PlanDraft:
    head = content.head.data
    draft.content = content_to_data(content)
    draft.code, draft.name, draft.year = head["code"], head["name"], head["year"]
    return draft


def _added(by: Actor, draft: PlanDraft, verb: str, detail: dict[str, object] | None = None) -> PlanDraft:
    draft.save()
    audit.record(by=by, verb=verb, obj=draft, organization=draft.issuer, detail=detail)
    return draft


def _edit(by: Actor, draft: PlanDraft, verb: str, edit: Callable[[Content], Content], *items: int) -> PlanDraft:
    """Apply an edit to the draft as it stands now; one that changes nothing leaves no trace."""
    draft = _locked(draft)
    next_state(draft.state, DraftVerb.EDIT)
    before = draft.parts
    after = edit(before)
    if after == before:
        return draft
    named = [before.by_id[item].label for item in items if item in before.by_id]
    return _save(by, _with(draft, after), verb, {"note": "；".join(named)[:255]} if named else None)


def _save(by: Actor, draft: PlanDraft, verb: str, detail: dict[str, object] | None = None) -> PlanDraft:
    draft.changed_at, draft.changed_by_id = clock.now(), by.user_id
    draft.save(
        update_fields=["state", "code", "name", "year", "content", "campaign", "changed_at", "changed_by"]
    )  # fmt: skip
    audit.record(by=by, verb=verb, obj=draft, organization=draft.issuer, detail=detail)
    return draft


def _keep_sentences(campaign: Campaign, content: Content) -> None:
    """Each task keeps the sentence that it was read from."""
    sentences = {item.data["number"]: item.sentence for item in content.live(ItemKind.TASK) if item.sentence}
    tasks = list(Task.objects.filter(campaign=campaign, number__in=sentences))
    for task in tasks:
        task.sentence = sentences[task.number]
    Task.objects.bulk_update(tasks, ["sentence"])


def _locked(draft: PlanDraft) -> PlanDraft:
    return PlanDraft.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=draft.pk)
