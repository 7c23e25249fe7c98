"""The demonstration data: what its files promise, and the texts prove."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import TestCase

from entities.models import Distinction, Entity
from sources.exchange import fixtures
from sources.management.commands.loaddata import FOLDER
from sources.models import Claim, Evidence, Omission, Question, Source, SourceText
from sources.reading.layout import sentences
from tests.needs import texts_folder

LONGEST_QUOTE = 8


def rows(name: str) -> list[dict]:
    return [row.values for row in fixtures.read(FOLDER / f"{name}.yaml")]


def test_it_quotes_eight_words_at_most():
    quotes = [row.get("quote", "") for row in rows("evidence")]
    assert [quote for quote in quotes if len(quote.split()) > LONGEST_QUOTE] == []


def test_it_gives_a_reason_for_every_lineage_and_inference():
    lineage = [row["slug"] for row in rows("sources") if not row.get("note")]
    inferred = [row["slug"] for row in rows("evidence") if row.get("is_inferred")]
    noted = {row["slug"] for row in rows("evidence") if row.get("note")}
    assert (lineage, [slug for slug in inferred if slug not in noted]) == ([], [])


def test_it_was_read_by_a_second_person():
    unread = [row["slug"] for row in rows("evidence") if not row.get("confirmed_by")]
    assert unread == []


class TestDataSet(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.said = StringIO()
        call_command("loaddemo", stdout=cls.said)

    def test_it_ends_with_counts_in_json(self):
        counts = json.loads(self.said.getvalue().splitlines()[-1])
        assert counts["claim"] == Claim.objects.count() > 150
        assert counts["evidence"] == Evidence.objects.count() > 250

    def test_it_writes_nothing_the_second_time(self):
        before = Claim.history.count() + Evidence.history.count()
        said = StringIO()
        call_command("loaddemo", stdout=said)
        assert said.getvalue().startswith("0 added, 0 changed,")
        assert Claim.history.count() + Evidence.history.count() == before

    def test_its_pages_weigh_less_than_a_hundred_kilobytes(self):
        records = [*Entity.objects.public(), *Question.objects.public()]
        weights = {
            address: len(self.client.get(address).content)
            for address in (record.get_absolute_url() for record in records)
        }
        assert {page: size for page, size in weights.items() if size >= 100_000} == {}

    def test_it_shows_every_claim_to_readers(self):
        assert not Claim.objects.published().filter(is_public=False).exists()

    def test_it_has_evidence_from_all_five_articles(self):
        articles = Source.objects.exclude(text_sha256="")
        assert articles.count() == 5
        assert not articles.filter(evidence=None).exists()

    def test_it_finds_that_sources_differ_on_the_founding_year(self):
        question = Question.objects.get(
            subject__slug="high-flyer", property__question__startswith="When was"
        )
        years = question.claims.order_by("date").values_list("date", flat=True)
        assert (question.state, list(years)) == ("differ", ["2015", "2016"])

    def test_it_does_not_flag_numbers_that_only_look_alike(self):
        chips = Claim.objects.public().filter(amount__in=[2000, 10_000])
        assert chips.count() >= 3
        assert not chips.filter(is_contested=True).exists()

    def test_it_agrees_where_six_million_is_about_and_less_than(self):
        costs = Claim.objects.public().filter(amount=6_000_000, unit="USD")
        assert {claim.bound for claim in costs} >= {"about", "less_than"}
        assert not costs.filter(is_contested=True).exists()

    def test_it_keeps_the_namesake_apart(self):
        first, second = Entity.objects.named("Liang Wenfeng")
        told_apart = Distinction.objects.filter(
            first__in=[first, second], second__in=[first, second]
        )
        assert told_apart.exists()

    def test_it_never_calls_paraphrase_a_quotation(self):
        rewritten = Evidence.objects.filter(source__genre="rewrite")
        assert rewritten.exists()
        assert not rewritten.filter(form="verbatim_speech").exists()


@pytest.mark.texts
class TestTexts(TestCase):
    @classmethod
    def setUpTestData(cls):
        call_command("loaddemo", texts=texts_folder(), stdout=StringIO())

    def test_it_attaches_the_five_articles(self):
        assert SourceText.objects.count() == 5

    def test_it_finds_every_quote(self):
        said = StringIO()
        call_command("verify", stdout=said, stderr=StringIO())
        assert said.getvalue() == ""
        quoted = Evidence.objects.exclude(stance="silent")
        lost = quoted.exclude(anchor__in=["verified", "no_text"])
        assert list(lost.values_list("slug", flat=True)) == []

    def test_it_covers_every_sentence(self):
        bare = []
        for copy in SourceText.objects.select_related("source"):
            covered = self.covered(copy.source)
            bare += [
                f"{copy.source.slug} {start}: {copy.text[start : start + 30]}"
                for start, end in sentences(copy.text)
                if not any(a < end and start < b for a, b in covered)
            ]
        assert bare == []

    def covered(self, source):
        cited = Evidence.objects.public().filter(source=source, start__isnull=False)
        omitted = Omission.objects.filter(source=source)
        return [
            *cited.values_list("start", "end"),
            *omitted.values_list("start", "end"),
        ]
