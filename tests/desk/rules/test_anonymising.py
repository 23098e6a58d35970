"""Row 42: every table that leads to a member is cleared, or named with the reason why it stays."""

from django.apps import apps

from desk.rules import anonymising as above
from members.queries.member_tables import member_tables
from members.rules import anonymising as here

CLEARED = here.CLEARED | above.CLEARED
KEPT = here.KEPT | above.KEPT


def labels():
    return {model._meta.label for model in member_tables()}


def test_r42_every_table_is_cleared_or_kept_for_a_reason():
    assert labels() - set(CLEARED) - set(KEPT) == set()


def test_r42_no_table_is_both_and_each_reason_is_told():
    assert set(CLEARED) & set(KEPT) == set()
    assert all(len(reason) > 5 for reason in KEPT.values())


def test_r42_the_tables_name_what_there_is():
    found = {model._meta.label: paths for model, paths in member_tables().items()}
    for label in KEPT:
        assert label in found, label
    for label, what in CLEARED.items():
        fields = {field.name for field in apps.get_model(label)._meta.local_fields}
        assert what.path in found[label], label
        assert {*what.blank, *what.hidden} <= fields, label
        assert what.blank or what.hidden or what.files, label


def test_r42_tables_behind_tables_are_found():
    found = {model._meta.label: paths for model, paths in member_tables().items()}

    assert found["members.CareVisit"] == ("case__member",)
    assert found["members.DutyProof"] == ("duty__member", "duty__talker")
