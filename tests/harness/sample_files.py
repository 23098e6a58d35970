"""Small files of every kind that may be uploaded, and of some that may not."""

import io
import zipfile

from PIL import Image

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
STREAMS = {"doc": "WordDocument", "wps": "WordDocument", "xls": "Workbook", "ppt": "PowerPoint Document"}
FORMATS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "gif": "GIF", "webp": "WEBP"}


def office(extension, **parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(PARTS[extension], parts.pop("main", "<document/>"))
        for name, content in parts.items():
            archive.writestr(f"word/{name.replace('_', '.')}", content)
    return stream.getvalue()


def ole(stream_name):
    return OLE + bytes(600) + stream_name.encode("utf-16-le") + bytes(600)


def image(extension, size=(40, 30), mode="RGB", colour="red", **options):
    stream = io.BytesIO()
    Image.new(mode, size, colour).save(stream, FORMATS[extension], **options)
    return stream.getvalue()


def sample(extension):
    """A small good file of the kind."""
    if extension in PARTS:
        return office(extension)
    if extension in STREAMS:
        return ole(STREAMS[extension])
    if extension in FORMATS:
        return image(extension)
    return {"pdf": b"%PDF-1.4\n%%EOF\n", "txt": "会议记录\r\n".encode()}[extension]
