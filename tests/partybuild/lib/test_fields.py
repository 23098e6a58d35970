import pytest
from django.core.exceptions import FieldError

from members.models import Member
from partybuild.lib import crypto
from partybuild.lib.fields import EncryptedTextField
from tests.factories.members import MemberFactory


@pytest.fixture
def field(settings):
    settings.FIELD_KEYS = [crypto.new_key()]
    field = EncryptedTextField()
    field.set_attributes_from_name("phone")
    return field


def test_the_column_holds_no_readable_text_and_python_gets_it_back(field):
    stored = field.get_prep_value("13800001234")

    assert "1380" not in stored
    assert field.from_db_value(stored, None, None) == "13800001234"


@pytest.mark.parametrize("empty", ["", None])
def test_empty_stays_empty(field, empty):
    assert field.get_prep_value(empty) == empty
    assert field.from_db_value(empty, None, None) == empty


@pytest.mark.parametrize("lookup", ["in", "contains", "iexact", "gt"])
def test_looking_up_by_an_encrypted_value_is_refused(field, lookup):
    with pytest.raises(FieldError, match="phone"):
        field.get_lookup(lookup)


@pytest.mark.django_db
def test_whether_it_is_empty_can_be_asked_and_nothing_else():
    with_number, without = MemberFactory(phone="13900000001"), MemberFactory(phone="")
    assert list(Member.objects.filter(phone="")) == [without]
    assert list(Member.objects.exclude(phone="")) == [with_number]
    with pytest.raises(FieldError, match="phone"):
        list(Member.objects.filter(phone="13900000001"))


def test_asking_for_null_is_allowed_and_there_are_no_transforms(field):
    assert field.get_lookup("isnull") is not None
    assert field.get_transform("length") is None


def test_a_migration_names_the_field_by_its_path(field):
    assert field.deconstruct() == ("phone", "partybuild.lib.fields.EncryptedTextField", [], {})
