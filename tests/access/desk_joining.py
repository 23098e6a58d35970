"""Expected codes of a new member and of the steps of a file of development."""

from tests.access.members_development import branch_step
from tests.access.table import Row, only

KEEPERS = ("staff", "secretary")

TABLE = {
    "desk:member_new": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS)),
    "desk:development_step": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS), at=branch_step),
}
