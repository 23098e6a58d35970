"""Activity rooms and figures of years.

RoomFactory(organization=branch)                          # with everything, not checked yet
YearFactsFactory(organization=committee, year=2026)       # 100 staff, 2 dedicated, 60 000 yuan
"""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from factory.django import DjangoModelFactory
from PIL import Image

from members.models import Room, RoomPhoto, YearFacts
from office.actions.files import store_upload
from partybuild.lib.clock import ZONE
from tests.factories.branches import BranchFactory, CommitteeFactory

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)
EVERYTHING = ["a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "b1", "b4", "b5"]


def picture(name: str = "活动室.png", colour: str = "red") -> SimpleUploadedFile:
    """A small real picture."""
    stream = BytesIO()
    Image.new("RGB", (8, 8), colour).save(stream, "PNG")
    return SimpleUploadedFile(name, stream.getvalue(), "image/png")


class RoomFactory(DjangoModelFactory):
    """A room that has everything by the branch's word and waits for the check."""

    class Meta:
        model = Room

    organization = factory.SubFactory(BranchFactory)
    name = "党员活动室"
    place = "三楼301"
    starts_on = date(2024, 7, 1)
    present = factory.LazyFunction(lambda: [*EVERYTHING])


class RoomPhotoFactory(DjangoModelFactory):
    """A picture of a room."""

    class Meta:
        model = RoomPhoto

    room = factory.SubFactory(RoomFactory)
    file = factory.LazyFunction(lambda: store_upload(picture()))
    name = "活动室.png"
    added_at = NOW


class YearFactsFactory(DjangoModelFactory):
    """A committee's year."""

    class Meta:
        model = YearFacts

    organization = factory.SubFactory(CommitteeFactory)
    year = 2026
    staff = 100
    dedicated_staff = 2
    funds_budget = Decimal("60000.00")
    is_in_budget = True
    recorded_at = NOW
