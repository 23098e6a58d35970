"""Row 42: the extract of one member reaches every table that leads to him."""

from datetime import date
from io import BytesIO

import pytest
from django.apps import apps
from django.utils.module_loading import import_string

from members.models import Standing
from members.queries.extracts import TOLD, exceptions, extract_of
from members.queries.member_tables import member_tables
from members.rules.extracts import WITHHELD
from tests.factories.branches import BranchFactory
from tests.factories.development import drive, make_file
from tests.factories.members import MembershipFactory
from tests.factories.members_roster import SearchNoteFactory, StandingFactory
from tests.factories.transfers import DuesEntryFactory, DuesLineFactory

pytestmark = pytest.mark.django_db


def text_of(member):
    parts = extract_of(member)
    out = BytesIO()
    for part in parts:
        for row in part.rows:
            out.write("|".join(map(str, [part.name, *row])).encode() + b"\n")
    return out.getvalue().decode()


def test_r42_every_table_is_in_the_extract_or_named_with_a_reason():
    """A table is told by its app, told row by row, withheld, or excepted: the generic part takes all the others."""
    member = MembershipFactory().member
    told = {model._meta.label for model in TOLD}
    for config in apps.get_app_configs():
        for name in getattr(config, "member_extracts", ()):
            told |= set(import_string(name)(member)[1])
    known = {model._meta.label for model in member_tables()}

    for label in {*told, *WITHHELD, *exceptions()} - {"members.Member"}:
        assert label in known, label
    assert not set(WITHHELD) & set(exceptions())
    assert all(len(reason) > 3 for reason in {**WITHHELD, **exceptions()}.values())
    # What is left has columns to show: nothing is left out by having no heading.
    for model in member_tables():
        label = model._meta.label
        if label not in told and label not in WITHHELD and label not in exceptions():
            names = [field.verbose_name for field in model._meta.local_fields]
            assert any(not str(name).isascii() for name in names), label


def test_r42_steps_and_materials_of_his_development_are_in_it():
    file = drive(make_file(BranchFactory()), "activist_filed")

    found = text_of(file.member)

    for part in ("发展党员步骤", "发展党员材料"):
        assert part in found, part
    assert "入党申请书" in found


def test_r42_lines_of_dues_and_searches_are_in_it():
    entry = DuesEntryFactory()
    DuesLineFactory(entry=entry, note="现金，收据 7")
    standing = StandingFactory(member=entry.member, starts_on=date(2020, 1, 1), ends_on=date(2020, 2, 1))
    SearchNoteFactory(standing=standing, result="见到本人")

    found = text_of(entry.member)

    assert "现金，收据 7" in found
    assert "见到本人" in found


def test_r42_of_others_there_is_nothing_in_it():
    SearchNoteFactory(result="别人的记录")

    assert "别人的记录" not in text_of(MembershipFactory().member)
    assert Standing.objects.exists()
