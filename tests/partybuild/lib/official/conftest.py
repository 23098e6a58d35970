import io
from datetime import date

import docx
import pytest

from partybuild.lib.official import Heading, OfficialDocument, Paragraph, write_document


@pytest.fixture
def document():
    """Makes a document with what is given; everything else is short."""

    def make(*blocks, **values):
        standard = {
            "kind": "notice", "mark": "示例工委文件", "number": "示工〔2026〕3号", "title": "关于做好年度考核的通知",
            "date": date(2026, 4, 2), "addressee": "各机关党委", "signer": "示例工委",
        }  # fmt: skip
        content = blocks or (Heading(1, "总体情况"), Paragraph("情况良好。"))
        return OfficialDocument(**standard | {"blocks": content} | values)

    return make


@pytest.fixture
def written(document):
    """The document as python-docx opens it again."""

    def make(*blocks, **values):
        stream = io.BytesIO()
        write_document(stream, document(*blocks, **values))
        stream.seek(0)
        return docx.Document(stream)

    return make
