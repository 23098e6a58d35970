"""What a member may ask to be put right in his own data. Pure."""

CORRECTABLE: dict[str, str] = {
    "name": "姓名", "ethnicity": "民族", "native_place": "籍贯", "born_on": "出生日期", "id_number": "身份证号",
    "phone": "手机号码", "landline": "固定电话", "address": "家庭住址", "education": "学历", "degree": "学位",
    "work_started_on": "参加工作时间", "job": "工作岗位", "joined_on": "入党时间", "converted_on": "转正时间",
}  # fmt: skip
"""Field → its Chinese name, in the order of the form."""

DAYS = frozenset({"born_on", "work_started_on", "joined_on", "converted_on"})
PRIVATE = frozenset({"id_number", "phone", "landline", "address"})
