"""Fixed vocabularies of the roster."""

from django.db.models import TextChoices


class Sex(TextChoices):
    MALE = "male", "男"
    FEMALE = "female", "女"


class MemberKind(TextChoices):
    """Kind of member on a roster; a full member votes, a probationary one takes part."""

    FULL = "full", "正式党员"
    PROBATIONARY = "probationary", "预备党员"


class OfficeKind(TextChoices):
    """A party office that a member holds."""

    SECRETARY = "secretary", "书记"
    DEPUTY_SECRETARY = "deputy_secretary", "副书记"
    COMMITTEE_MEMBER = "committee_member", "委员"
    GROUP_LEADER = "group_leader", "党小组组长"
    LEADER = "leader", "领导干部"
