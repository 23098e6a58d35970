import pytest

from members.models import Member
from partybuild.lib.lookups import AnyOf
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db


def test_any_of_finds_what_in_finds():
    MemberFactory(name="甲")
    MemberFactory(name="乙'\"\\{}")
    MemberFactory(name="丙")

    def found(names):
        return set(Member.objects.filter(AnyOf("name", names)).values_list("name", flat=True))

    assert found({"甲", "乙'\"\\{}", "丁"}) == {"甲", "乙'\"\\{}"}
    assert found([]) == set()
