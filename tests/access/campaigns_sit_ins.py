"""Expected codes of the deputies who sit in on meetings."""

from tests.access.table import NEVER, Row, only

VIEWERS = ("staff", "secretary", "leader", "member", "inspector")

TABLE = {
    "campaigns:sit_in_list": Row(get=only(200, *VIEWERS), post=NEVER),
    "campaigns:sit_in_export": Row(get=only(200, *VIEWERS), post=NEVER),
}
