from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines


class Person(forms.Form):
    name = forms.CharField(label="姓名")
    joined = forms.DateField(label="入党日期")
    phone = forms.CharField(label="手机号码", required=False, help_text="用于接收提醒。")
    kind = forms.ChoiceField(
        label="类别", widget=forms.RadioSelect, choices=[("full", "正式党员"), ("probation", "预备党员")]
    )
    age = forms.IntegerField(label="年龄", required=False, error_messages={"invalid": "请填写整数"})
    is_sure = forms.BooleanField(label="已核对")


@pytest.fixture
def render(rf):
    def _render(source, url="/", **context):
        return engines["django"].from_string("{% load ui %}" + source).render(context, rf.get(url))

    return _render


def test_query_changes_keys_and_starts_at_the_first_page(render):
    html = render("{% query state='open' kind=None %}", "/?kind=x&page=4&after=9&q=a%26b")

    assert html == "?q=a%26b&amp;state=open"


def test_query_keeps_a_page_that_is_given(render):
    assert render("{% query page=2 %}", "/?page=4") == "?page=2"


def test_a_head_sorts_and_turns_round(render):
    first = render("{% sort_head 'due' '期限' %}", "/?q=1")
    again = render("{% sort_head 'due' '期限' %}", "/?q=1&sort=due")

    assert 'href="?q=1&amp;sort=due"' in first
    assert "aria-sort" not in first
    assert 'href="?q=1&amp;sort=-due"' in again
    assert 'aria-sort="ascending"' in again


def test_a_head_of_numbers_begins_with_the_largest(render):
    html = render("{% sort_head 'rate' '完成率' num=True hide=True %}")

    assert 'href="?sort=-rate"' in html
    assert 'class="num hide-phone"' in html


def test_the_default_order_is_marked(render):
    assert 'aria-sort="descending"' in render("{% sort_head 'rate' '完成率' default='-rate' %}")


def test_pages_keep_the_filters(render):
    html = render("{% pager page %}", "/?q=1&page=3", page=Paginator(range(100), 10).page(3))

    assert 'href="?q=1&amp;page=2" rel="prev"' in html
    assert 'href="?q=1&amp;page=4" rel="next"' in html
    assert '<span class="on" aria-current="page">3</span>' in html


def test_one_page_needs_no_pager(render):
    assert render("{% pager page %}", page=Paginator(range(3), 10).page(1)).strip() == ""


def test_keyset_pages_go_by_their_keys(render):
    html = render("{% pager page %}", "/?q=1&after=5", page=SimpleNamespace(previous_key="6", next_key="15"))

    assert 'href="?q=1&amp;before=6"' in html
    assert 'href="?q=1&amp;after=15"' in html


def test_optional_fields_are_marked_and_help_is_tied_to_the_field(render):
    html = render("{% field form.phone %}{% field form.name %}", form=Person())

    assert html.count("（选填）") == 1
    assert '<div class="help" id="id_phone_helptext">用于接收提醒。</div>' in html
    assert 'aria-describedby="id_phone_helptext"' in html


def test_days_are_picked_with_the_browsers_own_picker(render):
    html = render("{% field form.joined %}", form=Person(initial={"joined": "2026-03-05"}))

    assert 'type="date"' in html
    assert 'value="2026-03-05"' in html


def test_choices_are_big_choices_in_a_fieldset(render):
    html = render("{% field form.kind %}", form=Person())

    assert html.count('<label class="choice">') == 2
    assert "<legend>类别" in html


def test_missing_answers_are_worded_as_what_to_do(render):
    html = render("{% error_summary form %}", form=Person({"age": "x"}))

    assert "有 5 处需要改正" in html
    for target, text in [
        ("id_name", "姓名：请填写姓名"),
        ("id_joined", "入党日期：请选择入党日期"),
        ("id_kind", "类别：请选择类别"),
        ("id_age", "年龄：请填写整数"),
        ("id_is_sure", "已核对：请勾选“已核对”"),
    ]:
        assert f'<a href="#{target}">{text}</a>' in html


def test_the_summary_leads_to_fields_that_exist(render):
    form = Person({})
    html = render("{% for bound in form %}{% field bound %}{% endfor %}", form=form)

    for name in form.errors:
        assert f'id="id_{name}"' in html


def test_errors_of_the_whole_form_and_of_formsets_are_in_the_summary(render):
    formset = forms.formset_factory(Person, max_num=1, validate_max=True)(
        {"p-TOTAL_FORMS": "1", "p-INITIAL_FORMS": "0", "p-0-name": "周敏"}, prefix="p"
    )
    form = Person({"name": "周敏"})
    form.add_error(None, "本月已登记。")

    html = render("{% error_summary form formset %}", form=form, formset=formset)

    assert "<li>本月已登记。</li>" in html
    assert '<a href="#id_joined">' in html


def test_a_form_without_errors_has_no_summary(render):
    assert render("{% error_summary form %}", form=Person()).strip() == ""


def test_hostile_text_is_shown_as_text(render):
    form = Person({"name": '"><script>x</script>'})

    assert "<script>x" not in render("{% field form.name %}{% error_summary form %}", form=form)
    assert "<script>x" not in render("{% sort_head 'a' 'b' %}", "/?q=<script>x")
    data = {"labels": ["</script><script>x"], "series": [{"name": "a", "values": [1]}]}
    assert "<script>x" not in render("{% chart 'c' 'bar' data %}", data=data)


def test_a_chart_brings_its_figures_as_a_table(render):
    data = {"labels": ["一月", "二月"], "series": [{"name": "完成率", "values": [81, None]}], "unit": "%"}

    html = render("{% chart 'c1' 'line' data caption='完成率' %}", data=data)

    assert '<th scope="row">一月</th><td class="num">81 %</td>' in html
    assert '<th scope="row">二月</th><td class="num">—</td>' in html
    assert 'data-chart="c1"' in html
    assert '<script id="c1" type="application/json">' in html


def test_an_icon_names_its_symbol(render):
    assert "bootstrap-icons.svg#printer" in render("{% icon 'printer' %}")
