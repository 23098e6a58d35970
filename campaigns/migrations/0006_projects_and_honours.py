import django.contrib.postgres.fields
import django.db.models.deletion
import partybuild.lib.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("branches", "0007_import_problems"),
        ("campaigns", "0005_plans_and_links"),
        ("members", "0012_matters_whole"),
        ("office", "0004_changes_run"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ClaimTask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("study", "党员学习任务"), ("service", "为民服务项目"), ("post", "先锋岗位责任")],
                        max_length=16,
                        verbose_name="类别",
                    ),
                ),
                ("title", models.CharField(max_length=128, verbose_name="任务")),
                ("content", models.TextField(blank=True, default="", max_length=2000, verbose_name="内容和要求")),
                ("places", models.PositiveSmallIntegerField(verbose_name="可认领人数")),
                ("claim_by", models.DateField(verbose_name="认领截止日期")),
                ("due_on", models.DateField(verbose_name="完成期限")),
                ("published_on", models.DateField(verbose_name="发布日期")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="结束日期")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="branches.organization",
                        verbose_name="党组织",
                    ),
                ),
            ],
            options={
                "verbose_name": "认领任务",
                "verbose_name_plural": "认领任务",
                "ordering": ["-published_on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                condition=models.Q(("kind__in", ["study", "service", "post"])), name="claim_task_kind_known"
            ),
                    models.CheckConstraint(
                condition=models.Q(models.Q(("title", ""), _negated=True), ("places__gte", 1)), name="claim_task_whole"
            ),
                    models.CheckConstraint(
                condition=models.Q(("claim_by__gte", models.F("published_on")), ("due_on__gte", models.F("claim_by"))),
                name="claim_task_dates",
            ),
                    models.UniqueConstraint(
                fields=("organization", "title", "published_on"), name="claim_task_once"
            ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("taken", "已认领"),
                            ("reported", "待确认"),
                            ("confirmed", "已完成"),
                            ("given_up", "已放弃"),
                        ],
                        default="taken",
                        max_length=16,
                        verbose_name="状态",
                    ),
                ),
                ("claimed_at", models.DateTimeField(verbose_name="认领时间")),
                ("confirmed_on", models.DateField(blank=True, null=True, verbose_name="确认日期")),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.member",
                        verbose_name="党员",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="claims", to="campaigns.claimtask"
                    ),
                ),
            ],
            options={
                "verbose_name": "认领",
                "verbose_name_plural": "认领",
                "ordering": ["claimed_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                condition=models.Q(("state__in", ["taken", "reported", "confirmed", "given_up"])),
                name="claim_state_known",
            ),
                    models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_on__isnull", False), ("state", "confirmed")),
                    models.Q(models.Q(("state", "confirmed"), _negated=True), ("confirmed_on__isnull", True)),
                    _connector="OR",
                ),
                name="claim_confirmed_has_day",
            ),
                    models.UniqueConstraint(
                condition=models.Q(("state", "given_up"), _negated=True), fields=("task", "member"), name="claim_once"
            ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("preset", models.CharField(blank=True, default="", max_length=32)),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("title", models.CharField(max_length=64, verbose_name="名称")),
                (
                    "subject",
                    models.CharField(
                        choices=[("organization", "党组织"), ("post", "岗位"), ("member", "党员")],
                        max_length=16,
                        verbose_name="争创对象",
                    ),
                ),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("work_committee", "工委"),
                                ("committee", "机关党委"),
                                ("leading_group", "党组"),
                                ("general_branch", "党总支"),
                                ("branch", "党支部"),
                                ("group", "党小组"),
                            ],
                            max_length=24,
                        ),
                        size=None,
                        verbose_name="面向",
                    ),
                ),
                ("content", models.TextField(blank=True, default="", max_length=2000, verbose_name="内容和要求")),
                (
                    "levels",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=32),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="等次",
                    ),
                ),
                ("quota", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="名额")),
                ("starts_on", models.DateField(verbose_name="申报开始")),
                ("ends_on", models.DateField(verbose_name="申报截止")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "草稿"), ("published", "已发布"), ("closed", "已结束")],
                        default="draft",
                        max_length=16,
                        verbose_name="状态",
                    ),
                ),
                (
                    "issuer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="branches.organization",
                        verbose_name="发布单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "争创活动",
                "verbose_name_plural": "争创活动",
                "ordering": ["-year", "-id"],
                "constraints": [
                    models.UniqueConstraint(fields=("issuer", "year", "title"), name="contest_once"),
                    models.CheckConstraint(
                condition=models.Q(("subject__in", ["organization", "post", "member"])), name="contest_subject_known"
            ),
                    models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "published", "closed"])), name="contest_state_known"
            ),
                    models.CheckConstraint(
                condition=models.Q(
                    (
                        "kinds__contained_by",
                        ["work_committee", "committee", "leading_group", "general_branch", "branch", "group"],
                    ),
                    models.Q(("kinds", []), _negated=True),
                ),
                name="contest_kinds_known",
            ),
                    models.CheckConstraint(
                condition=models.Q(models.Q(("title", ""), _negated=True), ("ends_on__gte", models.F("starts_on"))),
                name="contest_whole",
            ),
                    models.CheckConstraint(
                condition=models.Q(("quota__isnull", True), ("quota__gte", 1), _connector="OR"),
                name="contest_quota_positive",
            ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Application",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("post_name", models.CharField(blank=True, default="", max_length=64, verbose_name="岗位")),
                ("statement", models.TextField(max_length=2000, verbose_name="申报理由")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("applied", "待推荐"),
                            ("recommended", "待核验"),
                            ("met", "核验达标"),
                            ("unmet", "核验未达标"),
                            ("awarded", "已授予"),
                            ("withdrawn", "已撤回"),
                            ("declined", "未推荐"),
                            ("revoked", "已撤销"),
                        ],
                        max_length=16,
                        verbose_name="状态",
                    ),
                ),
                ("applied_at", models.DateTimeField(verbose_name="申报时间")),
                ("verified_at", models.DateTimeField(blank=True, null=True, verbose_name="核验时间")),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.member",
                        verbose_name="党员",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="branches.organization",
                        verbose_name="党组织",
                    ),
                ),
                (
                    "contest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="campaigns.contest",
                        verbose_name="争创活动",
                    ),
                ),
            ],
            options={
                "verbose_name": "争创申报",
                "verbose_name_plural": "争创申报",
                "ordering": ["-applied_at", "-id"],
                "indexes": [
                    models.Index(fields=["organization", "-applied_at"], name="application_organization"),
                ],
                "constraints": [
                    models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        ["applied", "recommended", "met", "unmet", "awarded", "withdrawn", "declined", "revoked"],
                    )
                ),
                name="application_state_known",
            ),
                    models.CheckConstraint(
                condition=models.Q(("statement", ""), _negated=True), name="application_has_statement"
            ),
                    models.CheckConstraint(
                condition=models.Q(("post_name", ""), ("member__isnull", False), _connector="OR"),
                name="application_post_has_holder",
            ),
                    models.CheckConstraint(
                condition=models.Q(
                    ("verified_at__isnull", False),
                    models.Q(("state__in", ["met", "unmet", "awarded", "revoked"]), _negated=True),
                    _connector="OR",
                ),
                name="application_verified_has_time",
            ),
                    models.UniqueConstraint(
                condition=models.Q(("state__in", ["applied", "recommended", "met", "awarded"])),
                fields=("contest", "organization", "member", "post_name"),
                name="application_once",
                nulls_distinct=False,
            ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Criterion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=255, verbose_name="条件")),
                ("evidence", models.CharField(blank=True, default="", max_length=255, verbose_name="需要的佐证")),
                (
                    "contest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="criteria", to="campaigns.contest"
                    ),
                ),
            ],
            options={
                "verbose_name": "争创条件",
                "verbose_name_plural": "争创条件",
                "ordering": ["contest", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("contest", "position"), name="criterion_position_once"),
                    models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="criterion_has_text"
            ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CriterionAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("evidence", models.TextField(blank=True, default="", max_length=1000, verbose_name="佐证")),
                ("is_met", models.BooleanField(blank=True, null=True, verbose_name="达标")),
                ("remark", models.CharField(blank=True, default="", max_length=255, verbose_name="核验意见")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="campaigns.application"
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="campaigns.criterion"
                    ),
                ),
            ],
            options={
                "verbose_name": "争创条件佐证",
                "verbose_name_plural": "争创条件佐证",
                "ordering": ["application", "criterion__position"],
                "constraints": [
                    models.UniqueConstraint(fields=("application", "criterion"), name="criterion_answer_once"),
                    models.CheckConstraint(
                condition=models.Q(
                    ("is_met__isnull", True), ("is_met", True), models.Q(("remark", ""), _negated=True), _connector="OR"
                ),
                name="criterion_unmet_has_remark",
            ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Need",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("masses", "我为群众办实事"),
                            ("enterprise", "服务企业“有求必应”"),
                            ("service", "为民服务项目"),
                        ],
                        max_length=16,
                        verbose_name="类别",
                    ),
                ),
                (
                    "asker_kind",
                    models.CharField(
                        choices=[("masses", "群众"), ("staff", "干部职工"), ("enterprise", "企业")],
                        max_length=16,
                        verbose_name="反映人类别",
                    ),
                ),
                ("asker", partybuild.lib.fields.EncryptedTextField(blank=True, default="", verbose_name="反映人")),
                ("phone", partybuild.lib.fields.EncryptedTextField(blank=True, default="", verbose_name="联系电话")),
                ("title", models.CharField(max_length=128, verbose_name="事项")),
                ("content", models.TextField(blank=True, default="", max_length=2000, verbose_name="具体内容")),
                ("raised_on", models.DateField(verbose_name="提出日期")),
                ("due_on", models.DateField(verbose_name="办结期限")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("doing", "办理中"),
                            ("done", "待评价"),
                            ("rated", "待销号"),
                            ("closed", "已销号"),
                            ("declined", "未予办理"),
                        ],
                        default="doing",
                        max_length=16,
                        verbose_name="状态",
                    ),
                ),
                ("result", models.TextField(blank=True, default="", max_length=2000, verbose_name="办理结果")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="办结日期")),
                (
                    "satisfaction",
                    models.CharField(
                        blank=True,
                        choices=[("good", "满意"), ("fair", "基本满意"), ("bad", "不满意")],
                        default="",
                        max_length=16,
                        verbose_name="满意度",
                    ),
                ),
                ("rated_on", models.DateField(blank=True, null=True, verbose_name="评价日期")),
                ("rating_token", models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="销号日期")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="branches.organization",
                        verbose_name="登记单位",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="branches.organization",
                        verbose_name="承办党组织",
                    ),
                ),
                (
                    "rated_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "responsible",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.member",
                        verbose_name="责任人",
                    ),
                ),
            ],
            options={
                "verbose_name": "实事",
                "verbose_name_plural": "实事清单",
                "ordering": ["-raised_on", "-id"],
                "indexes": [
                    models.Index(fields=["organization", "-raised_on"], name="need_organization"),
                    models.Index(fields=["owner", "-raised_on"], name="need_owner"),
                ],
                "constraints": [
                    models.CheckConstraint(
                condition=models.Q(("kind__in", ["masses", "enterprise", "service"])), name="need_kind_known"
            ),
                    models.CheckConstraint(
                condition=models.Q(("asker_kind__in", ["masses", "staff", "enterprise"])), name="need_asker_kind_known"
            ),
                    models.CheckConstraint(
                condition=models.Q(("state__in", ["doing", "done", "rated", "closed", "declined"])),
                name="need_state_known",
            ),
                    models.CheckConstraint(
                condition=models.Q(models.Q(("title", ""), _negated=True), ("due_on__gte", models.F("raised_on"))),
                name="need_whole",
            ),
                    models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_on__isnull", True), ("state__in", ["doing", "declined"])),
                    models.Q(
                        ("done_on__gte", models.F("raised_on")),
                        ("done_on__isnull", False),
                        ("state__in", ["done", "rated", "closed"]),
                        models.Q(("result", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="need_done_with_result",
            ),
                    models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("rated_on__isnull", True), ("satisfaction", ""), ("state__in", ["doing", "done", "declined"])
                    ),
                    models.Q(
                        ("rated_on__isnull", False),
                        ("satisfaction__in", ["good", "fair", "bad"]),
                        ("state__in", ["rated", "closed"]),
                    ),
                    _connector="OR",
                ),
                name="need_rated_whole",
            ),
                    models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_on__isnull", False), ("state", "closed")),
                    models.Q(models.Q(("state", "closed"), _negated=True), ("closed_on__isnull", True)),
                    _connector="OR",
                ),
                name="need_closed_has_day",
            ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pledge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("deed", "践诺事项"), ("post", "岗位承诺"), ("project", "重大项目廉洁承诺")],
                        max_length=16,
                        verbose_name="类别",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("text", models.CharField(max_length=500, verbose_name="承诺内容")),
                (
                    "project",
                    models.CharField(blank=True, default="", max_length=128, verbose_name="重大项目、重点工程"),
                ),
                ("made_on", models.DateField(verbose_name="承诺日期")),
                ("due_on", models.DateField(verbose_name="兑现期限")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "待公示"),
                            ("published", "公示中"),
                            ("reported", "待评定"),
                            ("kept", "已兑现"),
                            ("broken", "未兑现"),
                        ],
                        default="draft",
                        max_length=16,
                        verbose_name="状态",
                    ),
                ),
                ("published_on", models.DateField(blank=True, null=True, verbose_name="公示日期")),
                ("result", models.TextField(blank=True, default="", max_length=2000, verbose_name="践诺情况")),
                ("reported_on", models.DateField(blank=True, null=True, verbose_name="登记日期")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="评定日期")),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.member",
                        verbose_name="承诺人",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="branches.organization",
                        verbose_name="党组织",
                    ),
                ),
            ],
            options={
                "verbose_name": "承诺",
                "verbose_name_plural": "承诺践诺",
                "ordering": ["-year", "organization", "id"],
                "indexes": [
                    models.Index(fields=["organization", "-year"], name="pledge_organization"),
                ],
                "constraints": [
                    models.CheckConstraint(
                condition=models.Q(("kind__in", ["deed", "post", "project"])), name="pledge_kind_known"
            ),
                    models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "published", "reported", "kept", "broken"])),
                name="pledge_state_known",
            ),
                    models.CheckConstraint(
                condition=models.Q(models.Q(("text", ""), _negated=True), ("due_on__gte", models.F("made_on"))),
                name="pledge_whole",
            ),
                    models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "project"), models.Q(("project", ""), _negated=True)),
                    models.Q(models.Q(("kind", "project"), _negated=True), ("project", "")),
                    _connector="OR",
                ),
                name="pledge_project_named",
            ),
                    models.CheckConstraint(
                condition=models.Q(
                    models.Q(("published_on__isnull", True), ("state", "draft")),
                    models.Q(models.Q(("state", "draft"), _negated=True), ("published_on__isnull", False)),
                    _connector="OR",
                ),
                name="pledge_published_has_day",
            ),
                    models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["reported", "kept"]), _negated=True),
                    models.Q(models.Q(("result", ""), _negated=True), ("reported_on__isnull", False)),
                    _connector="OR",
                ),
                name="pledge_reported_whole",
            ),
                    models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_on__isnull", False), ("state__in", ["kept", "broken"])),
                    models.Q(models.Q(("state__in", ["kept", "broken"]), _negated=True), ("closed_on__isnull", True)),
                    _connector="OR",
                ),
                name="pledge_closed_has_day",
            ),
                    models.UniqueConstraint(
                fields=("organization", "member", "kind", "year", "text"), name="pledge_once", nulls_distinct=False
            ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Topic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("title", models.CharField(max_length=128, verbose_name="题目")),
                ("content", models.TextField(blank=True, default="", max_length=2000, verbose_name="内容和要求")),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("work_committee", "工委"),
                                ("committee", "机关党委"),
                                ("leading_group", "党组"),
                                ("general_branch", "党总支"),
                                ("branch", "党支部"),
                                ("group", "党小组"),
                            ],
                            max_length=24,
                        ),
                        size=None,
                        verbose_name="面向",
                    ),
                ),
                ("claim_by", models.DateField(verbose_name="领办截止日期")),
                ("published_on", models.DateField(verbose_name="发布日期")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="结束日期")),
                (
                    "issuer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="branches.organization",
                        verbose_name="出题单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "项目题目",
                "verbose_name_plural": "项目题目",
                "ordering": ["-published_on", "-id"],
                "constraints": [
                    models.UniqueConstraint(fields=("issuer", "year", "title"), name="topic_once"),
                    models.CheckConstraint(
                condition=models.Q(models.Q(("title", ""), _negated=True), models.Q(("kinds", []), _negated=True)),
                name="topic_whole",
            ),
                    models.CheckConstraint(
                condition=models.Q(
                    (
                        "kinds__contained_by",
                        ["work_committee", "committee", "leading_group", "general_branch", "branch", "group"],
                    )
                ),
                name="topic_kinds_known",
            ),
                    models.CheckConstraint(
                condition=models.Q(
                    ("claim_by__gte", models.F("published_on")),
                    models.Q(
                        ("closed_on__isnull", True), ("closed_on__gte", models.F("published_on")), _connector="OR"
                    ),
                ),
                name="topic_dates_in_order",
            ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Project",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("title", models.CharField(max_length=128, verbose_name="项目名称")),
                ("content", models.TextField(blank=True, default="", max_length=2000, verbose_name="主要内容")),
                ("goal", models.TextField(max_length=1000, verbose_name="预期目标")),
                ("starts_on", models.DateField(verbose_name="开始日期")),
                ("ends_on", models.DateField(verbose_name="完成期限")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "进行中"),
                            ("pending", "待验收"),
                            ("accepted", "已验收"),
                            ("abandoned", "已终止"),
                        ],
                        default="running",
                        max_length=16,
                        verbose_name="状态",
                    ),
                ),
                ("result", models.TextField(blank=True, default="", max_length=2000, verbose_name="完成情况")),
                ("taken_at", models.DateTimeField(verbose_name="领办时间")),
                ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="验收时间")),
                ("is_excellent", models.BooleanField(default=False, verbose_name="优秀项目")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="branches.organization",
                        verbose_name="领办党组织",
                    ),
                ),
                (
                    "responsible",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.member",
                        verbose_name="责任人",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="projects",
                        to="campaigns.topic",
                        verbose_name="题目",
                    ),
                ),
            ],
            options={
                "verbose_name": "一支一项项目",
                "verbose_name_plural": "一支一项项目",
                "ordering": ["-year", "-id"],
                "indexes": [
                    models.Index(fields=["organization", "-year"], name="project_organization"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "year", "title"), name="project_once"),
                    models.CheckConstraint(
                condition=models.Q(("state__in", ["running", "pending", "accepted", "abandoned"])),
                name="project_state_known",
            ),
                    models.CheckConstraint(
                condition=models.Q(models.Q(("title", ""), _negated=True), models.Q(("goal", ""), _negated=True)),
                name="project_whole",
            ),
                    models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="project_dates_in_order"
            ),
                    models.CheckConstraint(
                condition=models.Q(
                    models.Q(("accepted_at__isnull", False), ("state", "accepted")),
                    models.Q(
                        models.Q(("state", "accepted"), _negated=True),
                        ("accepted_at__isnull", True),
                        ("is_excellent", False),
                    ),
                    _connector="OR",
                ),
                name="project_accepted_has_time",
            ),
                    models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["pending", "accepted"]), _negated=True),
                    models.Q(("result", ""), _negated=True),
                    _connector="OR",
                ),
                name="project_submitted_has_result",
            ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("verb", models.CharField(max_length=16)),
                ("label", models.CharField(max_length=32, verbose_name="事项")),
                ("text", models.TextField(blank=True, default="", max_length=2000, verbose_name="说明")),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "application",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="campaigns.application",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="campaigns.claim",
                    ),
                ),
                (
                    "need",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="campaigns.need",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="branches.organization",
                    ),
                ),
                (
                    "pledge",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="campaigns.pledge",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="campaigns.project",
                    ),
                ),
            ],
            options={
                "verbose_name": "工作记录",
                "verbose_name_plural": "工作记录",
                "ordering": ["at", "id"],
                "constraints": [
                    models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("application__isnull", True),
                        ("claim__isnull", True),
                        ("need__isnull", True),
                        ("pledge__isnull", True),
                        ("project__isnull", False),
                    ),
                    models.Q(
                        ("application__isnull", True),
                        ("claim__isnull", False),
                        ("need__isnull", True),
                        ("pledge__isnull", True),
                        ("project__isnull", True),
                    ),
                    models.Q(
                        ("application__isnull", False),
                        ("claim__isnull", True),
                        ("need__isnull", True),
                        ("pledge__isnull", True),
                        ("project__isnull", True),
                    ),
                    models.Q(
                        ("application__isnull", True),
                        ("claim__isnull", True),
                        ("need__isnull", False),
                        ("pledge__isnull", True),
                        ("project__isnull", True),
                    ),
                    models.Q(
                        ("application__isnull", True),
                        ("claim__isnull", True),
                        ("need__isnull", True),
                        ("pledge__isnull", False),
                        ("project__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="work_note_of_one_thing",
            ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NoteFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=255, verbose_name="文件名")),
                ("added_at", models.DateTimeField(verbose_name="上传时间")),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="office.storedfile"
                    ),
                ),
                (
                    "note",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="files", to="campaigns.worknote"
                    ),
                ),
            ],
            options={
                "verbose_name": "工作附件",
                "verbose_name_plural": "工作附件",
                "ordering": ["added_at", "id"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("note", "file", "name"), name="note_file_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Award",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("post_name", models.CharField(blank=True, default="", max_length=64, verbose_name="岗位")),
                ("title", models.CharField(max_length=64, verbose_name="称号")),
                ("level", models.CharField(blank=True, default="", max_length=32, verbose_name="等次")),
                ("number", models.CharField(blank=True, default="", max_length=64, verbose_name="文号")),
                ("awarded_on", models.DateField(verbose_name="授予日期")),
                ("revoked_on", models.DateField(blank=True, null=True, verbose_name="撤销日期")),
                ("reason", models.CharField(blank=True, default="", max_length=500, verbose_name="撤销原因")),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="award", to="campaigns.application"
                    ),
                ),
                (
                    "issuer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="branches.organization",
                        verbose_name="授予单位",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.member",
                        verbose_name="党员",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="branches.organization",
                        verbose_name="党组织",
                    ),
                ),
            ],
            options={
                "verbose_name": "荣誉称号",
                "verbose_name_plural": "荣誉称号",
                "ordering": ["-awarded_on", "-id"],
                "indexes": [
                    models.Index(fields=["organization", "-awarded_on"], name="award_organization"),
                    models.Index(fields=["member", "-awarded_on"], name="award_member"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="award_has_title"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", ""), ("revoked_on__isnull", True)),
                            models.Q(
                                ("revoked_on__gte", models.F("awarded_on")),
                                ("revoked_on__isnull", False),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="award_revoked_with_reason",
                    ),
                ],
            },
        ),
    ]
