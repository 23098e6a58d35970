"""Invented names. Nobody of these exists; identity numbers carry a district that is not given out."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from members.enums import Sex
from partybuild.lib.identity import check_character

DISTRICT = "云川区"
# Digits of a district that no authority has ever given out: an invented number belongs to nobody.
REGION = "119999"
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
MALE = "伟强磊军洋勇杰涛明超刚平辉鹏华健飞斌波宇浩凯俊帆哲博晨轩志远国庆建文学宏海峰立新永康"
FEMALE = "芳娜敏静丽艳娟霞秀玲桂红燕萍梅莉颖洁琳雪倩婷慧欣怡佳琪月兰英华云晶璐瑶悦宁雅文思雨"
ETHNICITIES = ("汉族",) * 18 + ("回族", "满族")
EDUCATIONS = ("大学本科", "大学本科", "大学本科", "研究生", "研究生", "大学专科")
JOBS = (
    "一级科员",
    "二级科员",
    "副科长",
    "科长",
    "一级主任科员",
    "二级主任科员",
    "四级主任科员",
    "办公室主任",
    "工程师",
    "会计师",
)
DEPARTMENTS = (
    "财政局", "司法局", "教育局", "民政局", "住房和城乡建设局", "人力资源和社会保障局", "卫生健康局", "审计局",
    "统计局", "农业农村局", "市场监督管理局", "文化和旅游局", "发展和改革局", "自然资源局", "交通运输局", "水务局",
    "商务局", "应急管理局", "退役军人事务局", "医疗保障局", "生态环境局", "行政审批服务局", "信访局", "城市管理局",
)  # fmt: skip
SECTIONS = (
    "机关第一",
    "机关第二",
    "机关第三",
    "业务",
    "服务中心",
    "执法大队",
    "离退休干部",
    "综合",
    "直属单位",
    "窗口",
)


@dataclass(frozen=True)
class Person:
    """An invented person."""

    name: str
    sex: Sex
    born_on: date
    id_number: str
    phone: str
    ethnicity: str
    education: str
    job: str
    work_started_on: date
    joined_on: date
    converted_on: date | None


def person(random: Random, order: int, until: date) -> Person:
    """The next invented person; ``order`` makes the identity number unique."""
    sex = Sex.MALE if random.random() < 0.58 else Sex.FEMALE
    given = MALE if sex == Sex.MALE else FEMALE
    name = random.choice(SURNAMES) + "".join(random.choice(given) for _ in range(random.choice((1, 2, 2))))
    born_on = date(random.randint(1964, 2000), 1, 1) + timedelta(days=random.randint(0, 364))
    started_on = date(born_on.year + random.randint(21, 25), random.choice((7, 8, 9)), 1)
    is_probationary = random.random() < 0.05
    joined_on = _joined_on(random, born_on, is_probationary, until)
    converted_on = None if is_probationary else _a_year_after(joined_on)
    return Person(
        name=name,
        sex=sex,
        born_on=born_on,
        id_number=_id_number(born_on, order, sex),
        phone=f"1990000{order % 10000:04d}",
        ethnicity=random.choice(ETHNICITIES),
        education=random.choice(EDUCATIONS),
        job=random.choice(JOBS),
        work_started_on=min(started_on, joined_on),
        joined_on=joined_on,
        converted_on=converted_on,
    )


def _joined_on(random: Random, born_on: date, is_probationary: bool, until: date) -> date:
    if is_probationary:
        return until - timedelta(days=random.randint(30, 300))
    year = min(random.randint(born_on.year + 19, born_on.year + 30), until.year - 3)
    return date(year, random.choice((6, 7, 11, 12)), random.randint(1, 28))


def _a_year_after(day: date) -> date:
    return day.replace(year=day.year + 1) if (day.month, day.day) != (2, 29) else date(day.year + 1, 3, 1)


def _id_number(born_on: date, order: int, sex: Sex) -> str:
    # Three digits: sequence, the last one odd for men; people born on one day are told apart by their order.
    sequence = order % 499 * 2 + (1 if sex == Sex.MALE else 0)
    digits = f"{REGION}{born_on:%Y%m%d}{sequence:03d}"
    return digits + check_character(digits)


def committee_name(number: int) -> tuple[str, str, str]:
    """Full name, short name and department of the n-th 机关党委, counted from 0; beyond the list they are numbered."""
    base = DEPARTMENTS[number % len(DEPARTMENTS)]
    turn = number // len(DEPARTMENTS)
    department = base if not turn else f"第{turn + 1}{base}"
    return f"中共{DISTRICT}{department}机关委员会", f"{department}机关党委", f"{DISTRICT}{department}"


def branch_name(department: str, number: int) -> tuple[str, str]:
    """Full and short name of the n-th branch of a department, counted from 0."""
    section = SECTIONS[number % len(SECTIONS)]
    turn = number // len(SECTIONS)
    section = section if not turn else f"{section}第{turn + 1}"
    short = department.removeprefix(DISTRICT)
    return f"中共{department}{section}支部委员会", f"{short}{section}支部"
