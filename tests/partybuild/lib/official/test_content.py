import json

from partybuild.lib.official import (
    Attendance,
    BarChart,
    Heading,
    OfficialDocument,
    Paragraph,
    Picture,
    Table,
    as_dict,
    from_dict,
)


def test_a_document_survives_being_stored_as_json(document):
    whole = document(
        Heading(1, "总体情况"),
        Paragraph("正文", lead="提要。"),
        Table("表", ["甲", "乙"], [["1", "2"]], alignments=["left", "right"], widths=[1, 2], note="单位：项"),
        BarChart("图", [("一", 1.5, "1.5")], full=2),
        Picture(b"\x89PNG", caption="图", width_mm=80),
        attendance=[Attendance("出席", "甲、乙")],
        attachments=["清单"],
        copies="办公室",
        printed_by="办公室",
    )

    stored = json.loads(json.dumps(as_dict(whole)))

    assert from_dict(stored) == from_dict(as_dict(whole))
    assert json.loads(json.dumps(as_dict(from_dict(stored)))) == stored
    assert from_dict(stored).blocks == list(whole.blocks)
    assert from_dict(stored).date == whole.date


def test_what_a_stored_document_has_beyond_is_left_out(document):
    stored = as_dict(document()) | {"unknown": 1}

    assert isinstance(from_dict(stored), OfficialDocument)


def test_the_form_of_minutes_goes_by_the_kind(document):
    assert document(kind="minutes").is_minutes
    assert not document(kind="bulletin").is_minutes
