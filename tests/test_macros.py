"""Macros that are filters: each value is rendered once, then remembered."""

from __future__ import annotations

from jinja2 import DictLoader

from briefing import site
from briefing.pages.passages import Name

TEMPLATE = "{% macro named(name) %}<b>{{ name.words }}</b>{% endmacro %}"


def _filtered(monkeypatch, is_worked_on):
    monkeypatch.setattr(site, "MACROS", {"named": "marks.html"})
    loader = DictLoader({"marks.html": TEMPLATE})
    env = site.environment(loader=loader, autoescape=True, auto_reload=is_worked_on)
    return env.filters["named"], loader.mapping


def test_equal_values_are_rendered_once(monkeypatch):
    named, templates = _filtered(monkeypatch, is_worked_on=False)
    first = named(Name("A & B"))
    templates.clear()
    assert first == "<b>A &amp; B</b>"
    assert named(Name("A & B")) is first


def test_another_value_is_another_rendering(monkeypatch):
    named, _ = _filtered(monkeypatch, is_worked_on=False)
    assert named(Name("A")) != named(Name("B"))


def test_while_templates_are_worked_on_all_is_rendered_anew(monkeypatch):
    named, templates = _filtered(monkeypatch, is_worked_on=True)
    assert named(Name("A")) == "<b>A</b>"
    templates["marks.html"] = TEMPLATE.replace("b>", "i>")
    assert named(Name("A")) == "<i>A</i>"


def test_a_list_is_as_good_as_a_tuple():
    template = "{% macro marks(all) %}{{ all | join }}{% endmacro %}"
    loader = DictLoader({"includes/_marks.html": template})
    env = site.environment(loader=loader, auto_reload=False)
    assert env.filters["marks"](["a", "b"]) == env.filters["marks"](("a", "b")) == "ab"
