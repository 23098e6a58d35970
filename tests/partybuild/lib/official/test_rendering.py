"""X09: the rendered page, measured. Needs LibreOffice and poppler; without them the measures in the file must do."""

import re
import shutil
import subprocess
from itertools import pairwise

import pytest

from partybuild.lib.official import Paragraph, Table, write_document

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (shutil.which("soffice") and shutil.which("pdftotext")), reason="LibreOffice or poppler is not installed"
    ),
]
POINTS = 72 / 25.4
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</word>')


@pytest.fixture
def pages(document, tmp_path):
    """The words of each page with their places in millimetres."""

    def make(*blocks, **values):
        path = tmp_path / "document.docx"
        with path.open("wb") as stream:
            write_document(stream, document(*blocks, **values))
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        command = ["pdftotext", "-bbox", str(path.with_suffix(".pdf")), "-"]
        shown = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        return [
            [([float(place) / POINTS for place in word[:4]], word[4]) for word in WORD.findall(page)]
            for page in shown.split("<page ")[1:]
        ]

    return make


def lines(page):
    return [(place, text) for place, text in page if "党" in text]


def test_a_page_holds_22_lines_of_28_characters_within_the_margins(pages):
    second = lines(pages(Paragraph("党" * 28 * 60), title="测试", mark="示例文件")[1])

    assert [text for _, text in second] == ["党" * 28] * 22
    assert min(place[0] for place, _ in second) == pytest.approx(28, abs=1)
    assert max(place[2] for place, _ in second) == pytest.approx(28 + 156, abs=1)
    pitches = [later[0][1] - earlier[0][1] for earlier, later in pairwise(second)]
    assert all(pitch == pytest.approx(28.95 / POINTS, abs=0.1) for pitch in pitches)
    assert second[0][0][1] >= 37 - 1
    assert second[-1][0][1] + 28.95 / POINTS <= 37 + 225 + 3


def test_page_numbers_stand_at_their_sides(pages):
    first, second, *_ = pages(Paragraph("党" * 28 * 30))
    odd = next(place for place, text in first if text == "1")
    even = next(place for place, text in second if text == "2")

    assert odd[0] > 105 > even[0]
    assert 37 + 225 + 6 < odd[1] < 297 - 20


def test_the_heading_row_of_a_long_table_is_on_each_page_and_the_imprint_at_the_foot_of_the_last(pages):
    table = Table("情况", ["单位名称", "完成率"], [[f"第{n}局", f"{n}%"] for n in range(80)])
    shown = pages(table, copies="党办", printed_by="党工委办")

    with_rows = [page for page in shown if any("局" in text for _, text in page)]
    assert len(with_rows) >= 3
    assert all(any(text == "单位名称" for _, text in page) for page in with_rows)
    printed = next(place for place, text in shown[-1] if text == "党工委办")
    assert printed[3] == pytest.approx(37 + 225, abs=3)
