"""Expected codes of what the desk does with transfers."""

from tests.access.members_transfers import KEEPERS, incoming, letter
from tests.access.table import NEVER, Row, only

TABLE = {
    "desk:transfer_admit": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS)),
    "desk:transfer_accept": Row(get=NEVER, post=only(302, *KEEPERS), at=incoming, place_method="post"),
    "desk:transfer_receipt": Row(get=only(200, *KEEPERS), post=only(422, *KEEPERS), at=letter),
}
