import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("branches", "0007_import_problems"),
        ("campaigns", "0004_problems"),
        ("members", "0012_matters_whole"),
        ("office", "0004_changes_run"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("title", models.CharField(max_length=128, verbose_name="标题")),
                ("text", models.TextField(max_length=20000, verbose_name="内容")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "草稿"), ("sent", "待签订"), ("signed", "已签订"), ("void", "已作废")],
                        default="draft",
                        max_length=16,
                        verbose_name="状态",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="建立时间")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="送签时间")),
                ("superior_signed_at", models.DateTimeField(blank=True, null=True, verbose_name="上级签订时间")),
                ("own_signed_at", models.DateTimeField(blank=True, null=True, verbose_name="责任单位签订时间")),
                ("signed_on", models.DateField(blank=True, null=True, verbose_name="签订日期")),
                ("void_reason", models.CharField(blank=True, default="", max_length=255, verbose_name="作废原因")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="branches.organization",
                        verbose_name="责任单位",
                    ),
                ),
                (
                    "own_signed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "superior",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="branches.organization",
                        verbose_name="上级党组织",
                    ),
                ),
                (
                    "superior_signed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "目标责任书",
                "verbose_name_plural": "目标责任书",
                "ordering": ["-year", "organization__path"],
                "constraints": [
                    models.UniqueConstraint(
                condition=models.Q(("state", "void"), _negated=True),
                fields=("organization", "year"),
                name="agreement_once_a_year",
            ),
                    models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "sent", "signed", "void"])), name="agreement_state_known"
            ),
                    models.CheckConstraint(
                condition=models.Q(("superior", models.F("organization")), _negated=True), name="agreement_two_sides"
            ),
                    models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("superior_signed_at__isnull", False), ("superior_signed_by__isnull", False)),
                        models.Q(("superior_signed_at__isnull", True), ("superior_signed_by__isnull", True)),
                        _connector="OR",
                    ),
                    models.Q(
                        models.Q(("own_signed_at__isnull", False), ("own_signed_by__isnull", False)),
                        models.Q(("own_signed_at__isnull", True), ("own_signed_by__isnull", True)),
                        _connector="OR",
                    ),
                ),
                name="agreement_signature_whole",
            ),
                    models.CheckConstraint(
                condition=models.Q(
                    ("superior_signed_by__isnull", True),
                    ("own_signed_by__isnull", True),
                    models.Q(("superior_signed_by", models.F("own_signed_by")), _negated=True),
                    _connector="OR",
                ),
                name="agreement_two_people",
            ),
                    models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "signed"), _negated=True),
                    models.Q(
                        ("superior_signed_at__isnull", False),
                        ("superior_signed_by__isnull", False),
                        ("own_signed_at__isnull", False),
                        ("own_signed_by__isnull", False),
                        ("signed_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="agreement_signed_by_both",
            ),
                    models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "void"]), ("sent_at__isnull", False), _connector="OR"),
                name="agreement_sent_has_time",
            ),
                    models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "void"), _negated=True),
                    models.Q(("void_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="agreement_void_says_why",
            ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BranchPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("title", models.CharField(max_length=128, verbose_name="标题")),
                ("text", models.TextField(blank=True, default="", max_length=20000, verbose_name="计划内容")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "草稿"),
                            ("submitted", "待审核"),
                            ("returned", "已退回"),
                            ("approved", "已通过"),
                        ],
                        default="draft",
                        max_length=16,
                        verbose_name="状态",
                    ),
                ),
                ("remark", models.CharField(blank=True, default="", max_length=500, verbose_name="审核意见")),
                ("created_at", models.DateTimeField(verbose_name="建立时间")),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="提交时间")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="审核时间")),
                (
                    "campaign",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="branch_plans",
                        to="campaigns.campaign",
                        verbose_name="创建活动",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="branch_plans",
                        to="branches.organization",
                        verbose_name="党组织",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "支部计划",
                "verbose_name_plural": "支部计划",
                "ordering": ["-year", "-id"],
                "indexes": [
                    models.Index(fields=["year", "state"], name="branch_plan_year"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                fields=("organization", "campaign", "year"), name="branch_plan_once", nulls_distinct=False
            ),
                    models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "submitted", "returned", "approved"])),
                name="branch_plan_state_known",
            ),
                    models.CheckConstraint(
                condition=models.Q(("year__range", (2000, 2100))), name="branch_plan_year_range"
            ),
                    models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="branch_plan_has_title"
            ),
                    models.CheckConstraint(
                condition=models.Q(("state", "draft"), ("submitted_at__isnull", False), _connector="OR"),
                name="branch_plan_filed_has_time",
            ),
                    models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["returned", "approved"]), _negated=True),
                    ("decided_at__isnull", False),
                    _connector="OR",
                ),
                name="branch_plan_decided_has_time",
            ),
                    models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "returned"), _negated=True),
                    models.Q(("remark", ""), _negated=True),
                    _connector="OR",
                ),
                name="branch_plan_returned_says_why",
            ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Call",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("review", "读后感"), ("video", "小视频"), ("article", "稿件"), ("other", "其他")],
                        max_length=16,
                        verbose_name="类别",
                    ),
                ),
                ("title", models.CharField(max_length=128, verbose_name="标题")),
                ("text", models.TextField(blank=True, default="", max_length=5000, verbose_name="征集要求")),
                (
                    "audience",
                    models.CharField(
                        choices=[("all", "党组织和党员"), ("organizations", "党组织"), ("members", "党员")],
                        default="all",
                        max_length=16,
                        verbose_name="征集对象",
                    ),
                ),
                ("opens_on", models.DateField(verbose_name="开始日期")),
                ("closes_on", models.DateField(verbose_name="截止日期")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "草稿"), ("open", "征集中"), ("closed", "已结束"), ("shown", "已展示")],
                        default="draft",
                        max_length=16,
                        verbose_name="状态",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="建立时间")),
                (
                    "issuer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls",
                        to="branches.organization",
                        verbose_name="征集单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "征集",
                "verbose_name_plural": "征集",
                "ordering": ["-opens_on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                condition=models.Q(("kind__in", ["review", "video", "article", "other"])), name="call_kind_known"
            ),
                    models.CheckConstraint(
                condition=models.Q(("audience__in", ["all", "organizations", "members"])), name="call_audience_known"
            ),
                    models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "open", "closed", "shown"])), name="call_state_known"
            ),
                    models.CheckConstraint(
                condition=models.Q(("closes_on__gte", models.F("opens_on"))), name="call_dates_in_order"
            ),
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="call_has_title"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("point", "党建联系点"),
                            ("district", "片区联系"),
                            ("pairing", "双联系一共建双推进"),
                            ("linked", "挂钩联系"),
                            ("street", "包帮包街"),
                        ],
                        max_length=16,
                        verbose_name="类别",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "partner_kind",
                    models.CharField(
                        choices=[
                            ("branch", "党组织"),
                            ("community", "社区"),
                            ("village", "村"),
                            ("enterprise", "企业"),
                            ("street", "街道"),
                            ("other", "其他单位"),
                        ],
                        max_length=16,
                        verbose_name="联系对象类别",
                    ),
                ),
                ("partner", models.CharField(max_length=128, verbose_name="联系对象")),
                ("aim", models.TextField(blank=True, default="", max_length=2000, verbose_name="目标和任务")),
                ("effect", models.TextField(blank=True, default="", max_length=2000, verbose_name="成效")),
                ("starts_on", models.DateField(verbose_name="开始日期")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="结束日期")),
                ("created_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "leader",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.member",
                        verbose_name="联系人",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="branches.organization",
                        verbose_name="党组织",
                    ),
                ),
                (
                    "partner_organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="branches.organization",
                        verbose_name="联系的党组织",
                    ),
                ),
            ],
            options={
                "verbose_name": "联系点",
                "verbose_name_plural": "联系点",
                "ordering": ["-year", "-id"],
                "indexes": [
                    models.Index(fields=["organization", "year"], name="contact_organization"),
                ],
                "constraints": [
                    models.CheckConstraint(
                condition=models.Q(("kind__in", ["point", "district", "pairing", "linked", "street"])),
                name="contact_kind_known",
            ),
                    models.CheckConstraint(
                condition=models.Q(
                    ("partner_kind__in", ["branch", "community", "village", "enterprise", "street", "other"])
                ),
                name="contact_partner_known",
            ),
                    models.CheckConstraint(
                condition=models.Q(("partner", ""), _negated=True), name="contact_has_partner"
            ),
                    models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ("point",)), _negated=True), ("leader__isnull", False), _connector="OR"
                ),
                name="contact_point_has_leader",
            ),
                    models.CheckConstraint(
                condition=models.Q(
                    ("ended_on__isnull", True), ("ended_on__gte", models.F("starts_on")), _connector="OR"
                ),
                name="contact_dates_in_order",
            ),
                    models.UniqueConstraint(
                condition=models.Q(("ended_on__isnull", True), ("kind", "point")),
                fields=("leader", "year"),
                name="contact_one_point_a_year",
            ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactVisit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("visited_on", models.DateField(verbose_name="走访日期")),
                ("visitors", models.CharField(max_length=128, verbose_name="走访人员")),
                ("note", models.TextField(blank=True, default="", max_length=2000, verbose_name="走访情况")),
                ("problem", models.CharField(blank=True, default="", max_length=500, verbose_name="发现的问题")),
                ("solution", models.CharField(blank=True, default="", max_length=500, verbose_name="解决情况")),
                ("solved_on", models.DateField(blank=True, null=True, verbose_name="解决日期")),
                ("created_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "activity",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contact_visit",
                        to="campaigns.activity",
                        verbose_name="活动记录",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="visits", to="campaigns.contact"
                    ),
                ),
            ],
            options={
                "verbose_name": "走访",
                "verbose_name_plural": "走访",
                "ordering": ["-visited_on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                condition=models.Q(("visitors", ""), _negated=True), name="contact_visit_has_visitors"
            ),
                    models.CheckConstraint(
                condition=models.Q(
                    models.Q(("solution", ""), ("solved_on__isnull", True)),
                    models.Q(
                        ("solved_on__isnull", False),
                        models.Q(("solution", ""), _negated=True),
                        models.Q(("problem", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="contact_visit_solved_whole",
            ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InfoItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("information", "信息"),
                            ("practice", "经验做法"),
                            ("model", "典型"),
                            ("article", "稿件"),
                        ],
                        max_length=16,
                        verbose_name="类别",
                    ),
                ),
                ("title", models.CharField(max_length=128, verbose_name="标题")),
                ("text", models.TextField(max_length=20000, verbose_name="正文")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "草稿"),
                            ("submitted", "待处理"),
                            ("adopted", "已采用"),
                            ("declined", "未采用"),
                            ("published", "已发布"),
                        ],
                        default="draft",
                        max_length=16,
                        verbose_name="状态",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("own", "本级采用"),
                            ("city", "市级采用"),
                            ("province", "省级采用"),
                            ("state", "国家级采用"),
                        ],
                        default="",
                        max_length=16,
                        verbose_name="采用级别",
                    ),
                ),
                ("remark", models.CharField(blank=True, default="", max_length=500, verbose_name="处理意见")),
                ("created_at", models.DateTimeField(verbose_name="建立时间")),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="报送时间")),
                ("submitted_on", models.DateField(blank=True, null=True, verbose_name="报送日期")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="处理时间")),
                ("published_on", models.DateField(blank=True, null=True, verbose_name="发布日期")),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="info_items",
                        to="branches.organization",
                        verbose_name="报送单位",
                    ),
                ),
                (
                    "receiver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="branches.organization",
                        verbose_name="上级党组织",
                    ),
                ),
            ],
            options={
                "verbose_name": "信息",
                "verbose_name_plural": "信息",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["organization", "-submitted_on"], name="info_item_organization"),
                    models.Index(fields=["receiver", "state"], name="info_item_receiver"),
                ],
                "constraints": [
                    models.CheckConstraint(
                condition=models.Q(("kind__in", ["information", "practice", "model", "article"])),
                name="info_item_kind_known",
            ),
                    models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "submitted", "adopted", "declined", "published"])),
                name="info_item_state_known",
            ),
                    models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="info_item_has_title"
            ),
                    models.CheckConstraint(
                condition=models.Q(
                    ("state", "draft"),
                    models.Q(("submitted_at__isnull", False), ("submitted_on__isnull", False)),
                    _connector="OR",
                ),
                name="info_item_sent_has_time",
            ),
                    models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("level__in", ["own", "city", "province", "state"]), ("state__in", ("adopted", "published"))
                    ),
                    models.Q(models.Q(("state__in", ("adopted", "published")), _negated=True), ("level", "")),
                    _connector="OR",
                ),
                name="info_item_level_when_adopted",
            ),
                    models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "declined"), _negated=True),
                    models.Q(("remark", ""), _negated=True),
                    _connector="OR",
                ),
                name="info_item_declined_says_why",
            ),
                    models.CheckConstraint(
                condition=models.Q(
                    models.Q(("published_on__isnull", False), ("state", "published")),
                    models.Q(models.Q(("state", "published"), _negated=True), ("published_on__isnull", True)),
                    _connector="OR",
                ),
                name="info_item_published_has_day",
            ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MassOrganization",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("union", "工会"), ("youth", "共青团"), ("women", "妇女组织")],
                        max_length=16,
                        verbose_name="类别",
                    ),
                ),
                ("name", models.CharField(max_length=128, verbose_name="名称")),
                ("head", models.CharField(blank=True, default="", max_length=64, verbose_name="负责人")),
                ("members_count", models.PositiveIntegerField(default=0, verbose_name="成员人数")),
                ("founded_on", models.DateField(blank=True, null=True, verbose_name="成立时间")),
                ("term_ends_on", models.DateField(blank=True, null=True, verbose_name="任期届满")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="撤销时间")),
                (
                    "activities",
                    models.ManyToManyField(
                        blank=True, related_name="mass_organizations", to="campaigns.activity", verbose_name="活动"
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mass_organizations",
                        to="branches.organization",
                        verbose_name="党组织",
                    ),
                ),
            ],
            options={
                "verbose_name": "群团组织",
                "verbose_name_plural": "群团组织",
                "ordering": ["organization__path", "kind", "id"],
                "constraints": [
                    models.CheckConstraint(
                condition=models.Q(("kind__in", ["union", "youth", "women"])), name="mass_organization_kind_known"
            ),
                    models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="mass_organization_has_name"
            ),
                    models.UniqueConstraint(fields=("organization", "name"), name="mass_organization_once"),
                    models.CheckConstraint(
                condition=models.Q(
                    ("ended_on__isnull", True),
                    ("founded_on__isnull", True),
                    ("ended_on__gte", models.F("founded_on")),
                    _connector="OR",
                ),
                name="mass_organization_dates_in_order",
            ),
                    models.CheckConstraint(
                condition=models.Q(
                    ("term_ends_on__isnull", True),
                    ("founded_on__isnull", True),
                    ("term_ends_on__gte", models.F("founded_on")),
                    _connector="OR",
                ),
                name="mass_organization_term_in_order",
            ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Piece",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=128, verbose_name="标题")),
                ("text", models.TextField(blank=True, default="", max_length=20000, verbose_name="内容")),
                (
                    "state",
                    models.CharField(
                        choices=[("sent", "已报送"), ("selected", "入选"), ("passed_over", "未入选")],
                        default="sent",
                        max_length=16,
                        verbose_name="状态",
                    ),
                ),
                ("remark", models.CharField(blank=True, default="", max_length=255, verbose_name="评语")),
                ("sent_at", models.DateTimeField(verbose_name="报送时间")),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pieces", to="campaigns.call"
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
                        verbose_name="作者",
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
                    "sent_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "作品",
                "verbose_name_plural": "作品",
                "ordering": ["-sent_at", "-id"],
                "indexes": [
                    models.Index(fields=["call", "state"], name="piece_call"),
                ],
                "constraints": [
                    models.CheckConstraint(
                condition=models.Q(("state__in", ["sent", "selected", "passed_over"])), name="piece_state_known"
            ),
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="piece_has_title"),
                    models.UniqueConstraint(
                fields=("call", "organization", "member", "title"), name="piece_once", nulls_distinct=False
            ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.PositiveSmallIntegerField(verbose_name="月份")),
                ("day", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="日")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("member_assembly", "支部党员大会"),
                            ("branch_committee", "支部委员会"),
                            ("group_meeting", "党小组会"),
                            ("party_lecture", "党课"),
                            ("theme_day", "主题党日"),
                            ("study", "集中学习研讨"),
                            ("seminar", "专题学习研讨"),
                            ("training", "集中教育培训"),
                            ("volunteer", "志愿服务"),
                            ("organization_life", "组织生活会"),
                            ("member_review", "民主评议党员"),
                            ("democratic_life", "民主生活会"),
                            ("central_group", "理论学习中心组学习"),
                            ("committee_meeting", "党委（党组）会议"),
                            ("party_work", "专题研究党建工作"),
                            ("report_hearing", "听取党建工作汇报"),
                            ("congress", "党员大会或党员代表会议"),
                            ("integrity_lecture", "廉政党课"),
                            ("warning_education", "警示教育"),
                            ("red_education", "红色教育"),
                            ("policy_lecture", "政策形势宣讲"),
                            ("reading", "读书交流活动"),
                            ("heart_talk", "谈心谈话"),
                            ("contact_visit", "联系点走访调研"),
                            ("special_inspection", "专项督查"),
                            ("tour", "巡回观摩"),
                            ("debriefing", "述职评议"),
                            ("discipline_drive", "作风纪律教育整顿"),
                            ("discipline_check", "专项纪律检查"),
                            ("field_check", "实地检查考核"),
                            ("culture", "主题宣传和道德讲堂"),
                            ("mass_activity", "群团活动"),
                            ("other", "其他活动"),
                        ],
                        max_length=24,
                        verbose_name="活动类型",
                    ),
                ),
                ("title", models.CharField(max_length=128, verbose_name="主题")),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="campaigns.branchplan"
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
                        verbose_name="负责人",
                    ),
                ),
            ],
            options={
                "verbose_name": "计划活动",
                "verbose_name_plural": "计划活动",
                "ordering": ["month", models.OrderBy(models.F("day"), nulls_last=True), "id"],
                "constraints": [
                    models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "member_assembly",
                            "branch_committee",
                            "group_meeting",
                            "party_lecture",
                            "theme_day",
                            "study",
                            "seminar",
                            "training",
                            "volunteer",
                            "organization_life",
                            "member_review",
                            "democratic_life",
                            "central_group",
                            "committee_meeting",
                            "party_work",
                            "report_hearing",
                            "congress",
                            "integrity_lecture",
                            "warning_education",
                            "red_education",
                            "policy_lecture",
                            "reading",
                            "heart_talk",
                            "contact_visit",
                            "special_inspection",
                            "tour",
                            "debriefing",
                            "discipline_drive",
                            "discipline_check",
                            "field_check",
                            "culture",
                            "mass_activity",
                            "other",
                        ],
                    )
                ),
                name="plan_item_kind_known",
            ),
                    models.CheckConstraint(
                condition=models.Q(("month__range", (1, 12))), name="plan_item_month_range"
            ),
                    models.CheckConstraint(
                condition=models.Q(("day__isnull", True), ("day__range", (1, 31)), _connector="OR"),
                name="plan_item_day_range",
            ),
                    models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="plan_item_has_title"
            ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=255, verbose_name="文件名")),
                ("added_at", models.DateTimeField(verbose_name="上传时间")),
                (
                    "slot",
                    models.CharField(
                        choices=[
                            ("plan", "方案"),
                            ("agreement", "协议"),
                            ("record", "记录"),
                            ("effect", "效果"),
                            ("scan", "扫描件"),
                            ("other", "附件"),
                        ],
                        default="other",
                        max_length=16,
                        verbose_name="材料",
                    ),
                ),
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
                    "agreement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="campaigns.agreement",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="campaigns.contact",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="office.storedfile"
                    ),
                ),
                (
                    "info_item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="campaigns.infoitem",
                    ),
                ),
                (
                    "piece",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="campaigns.piece",
                    ),
                ),
            ],
            options={
                "verbose_name": "专项工作材料",
                "verbose_name_plural": "专项工作材料",
                "ordering": ["added_at", "id"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("agreement__isnull", True),
                        ("contact__isnull", True),
                        ("info_item__isnull", False),
                        ("piece__isnull", True),
                    ),
                    models.Q(
                        ("agreement__isnull", True),
                        ("contact__isnull", False),
                        ("info_item__isnull", True),
                        ("piece__isnull", True),
                    ),
                    models.Q(
                        ("agreement__isnull", False),
                        ("contact__isnull", True),
                        ("info_item__isnull", True),
                        ("piece__isnull", True),
                    ),
                    models.Q(
                        ("agreement__isnull", True),
                        ("contact__isnull", True),
                        ("info_item__isnull", True),
                        ("piece__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="work_file_has_one_owner",
            ),
                    models.CheckConstraint(
                condition=models.Q(("slot__in", ["plan", "agreement", "record", "effect", "scan", "other"])),
                name="work_file_slot_known",
            ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("project", "项目清单"),
                            ("duty", "责任清单"),
                            ("assessment", "考评清单"),
                            ("secretary", "书记抓党建项目清单"),
                            ("key_task", "重点任务项目清单"),
                            ("main_duty", "主体责任清单"),
                            ("leader", "领导责任清单"),
                            ("three_clear", "三清责任清单"),
                        ],
                        max_length=16,
                        verbose_name="类别",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "草稿"), ("confirmed", "已确认")],
                        default="draft",
                        max_length=16,
                        verbose_name="状态",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="生成时间")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="确认时间")),
                ("confirmed_on", models.DateField(blank=True, null=True, verbose_name="确认日期")),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "leader",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.member",
                        verbose_name="责任人",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="work_lists",
                        to="branches.organization",
                        verbose_name="党组织",
                    ),
                ),
            ],
            options={
                "verbose_name": "清单",
                "verbose_name_plural": "清单",
                "ordering": ["-year", "organization__path", "kind", "id"],
                "constraints": [
                    models.UniqueConstraint(
                fields=("organization", "kind", "year", "leader"), name="work_list_once", nulls_distinct=False
            ),
                    models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "project",
                            "duty",
                            "assessment",
                            "secretary",
                            "key_task",
                            "main_duty",
                            "leader",
                            "three_clear",
                        ],
                    )
                ),
                name="work_list_kind_known",
            ),
                    models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "confirmed"])), name="work_list_state_known"
            ),
                    models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ("secretary", "leader")), ("leader__isnull", False)),
                    models.Q(models.Q(("kind__in", ("secretary", "leader")), _negated=True), ("leader__isnull", True)),
                    _connector="OR",
                ),
                name="work_list_person_named",
            ),
                    models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_at__isnull", False), ("confirmed_on__isnull", False), ("state", "confirmed")),
                    models.Q(("confirmed_at__isnull", True), ("confirmed_on__isnull", True), ("state", "draft")),
                    _connector="OR",
                ),
                name="work_list_confirmed_has_time",
            ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkListItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(max_length=255, verbose_name="事项")),
                ("standard", models.CharField(blank=True, default="", max_length=500, verbose_name="要求和标准")),
                ("post", models.CharField(blank=True, default="", max_length=64, verbose_name="责任岗位")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="完成时限")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="完成日期")),
                ("note", models.CharField(blank=True, default="", max_length=500, verbose_name="完成情况")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.member",
                        verbose_name="责任人",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="campaigns.target",
                    ),
                ),
                (
                    "work_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="campaigns.worklist"
                    ),
                ),
            ],
            options={
                "verbose_name": "清单事项",
                "verbose_name_plural": "清单事项",
                "ordering": ["position", "id"],
                "constraints": [
                    models.CheckConstraint(
                condition=models.Q(("what", ""), _negated=True), name="work_list_item_has_words"
            ),
                ],
            },
        ),
    ]
