"""An invented roster as a workbook, and the branches that it names."""

from datetime import date, timedelta
from pathlib import Path

from branches.actions.organizations import create_organization
from branches.enums import OrganizationKind
from branches.models import Organization
from branches.permissions import Actor
from partybuild.lib.identity import check_character
from partybuild.lib.workbook import Sheet, write_table

COLUMNS = (
    "序号", "姓名", "性别", "民族", "籍贯", "出生日期", "身份证号", "学历", "人员类别", "所在党支部", "入党时间",
    "转正时间", "参加工作时间", "工作岗位", "手机号码",
)  # fmt: skip
PER_BRANCH = 20
_NAMES = "王李张刘陈杨赵黄周吴", "伟芳娜敏静强磊军洋勇", "明华丽平建国文海宁杰"


def make_branches(count: int) -> list[Organization]:
    """A tree with so many branches under committees of fifty each."""
    system = Actor.system()
    root = create_organization(by=system, parent=None, kind=OrganizationKind.WORK_COMMITTEE, name="测量机关工委")
    branches: list[Organization] = []
    committee = root
    for number in range(count):
        if number % 50 == 0:
            name = f"第{number // 50 + 1}机关党委"
            committee = create_organization(by=system, parent=root, kind=OrganizationKind.COMMITTEE, name=name)
        branches.append(
            create_organization(by=system, parent=committee, kind=OrganizationKind.BRANCH, name=f"第{number + 1}党支部")
        )
    return branches


def write_roster(path: Path, rows: int) -> None:
    """A workbook of so many members, twenty a branch; every number passes its check."""
    with path.open("wb") as file:
        write_table(file, [Sheet("党员名册", COLUMNS, (_row(number) for number in range(rows)))])


def _row(number: int) -> list[object]:
    first, second, third = _NAMES
    name = first[number % 10] + second[number // 10 % 10] + third[number // 100 % 10]
    born_on = date(1965, 1, 1) + timedelta(days=number % 9000)
    digits = f"{110101 + number // 9000 % 8:06d}{born_on:%Y%m%d}{number % 99:02d}{number % 2 + 1}"
    return [
        number + 1, name, "女" if number % 2 else "男", "汉族", "江苏无锡", born_on.isoformat(),
        digits + check_character(digits), "大学本科", "正式党员", f"第{number // PER_BRANCH + 1}党支部", "2010-07-01",
        "2011-07-01", "2002.08", "科员", f"139{number:08d}",
    ]  # fmt: skip
