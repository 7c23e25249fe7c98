import pytest

from entities.models import Alias, Distinction, Entity
from sources.models import Correction
from tests import cast as casting
from tests.pages import links, read


def summarise(entity, summary):
    entity.refresh_from_db()
    entity.summary = summary
    entity.save()


def test_it_works(client, cast):
    page = read(client, "/people/ada-vance/")
    assert "Person Ada Vance" in page
    assert "Founder of Northwind Labs1 2" in page
    assert "2 articles; 1 original source identified, 1 not established" in page


def test_it_gives_each_note_its_words_source_and_speaker(client, cast):
    page = read(client, "/people/ada-vance/")
    assert "…founded Northwind Labs… Herald report" in page
    assert "who says it: Ada Vance" in page
    assert "in our copy · confirmed by Demo desk" in page
    assert {"#n1", "#r1"} <= set(links(client, "/people/ada-vance/"))


def test_it_shows_only_sentences_that_cite_a_public_claim(client, cast):
    draft = casting.make_claim(cast.ada, cast.cost, "draft-one", text="", **MONEY)
    summarise(
        cast.ada,
        "She founded a firm. [[ada-founded]] She is rich. "
        f"She is shy [[{draft.slug}]]. She wed. [[quiet-claim]] She left. [[no-such]]",
    )
    page = read(client, "/people/ada-vance/")
    assert "She founded a firm.1 2" in page
    for hidden in ("rich", "shy", "wed", "left", "[["):
        assert hidden not in page


MONEY = {"amount": 5, "unit": "USD", "bound": "exactly", "status": "draft"}


def test_it_hides_a_sentence_that_also_rests_on_a_hidden_claim(client, cast):
    summarise(cast.ada, "Both at once. [[ada-founded]][[quiet-claim]]")
    assert "Both at once" not in read(client, "/people/ada-vance/")


def test_it_renders_markdown_and_nothing_more(client, cast):
    summarise(
        cast.ada,
        "**Bold** <script>alert(1)</script> [ok](https://a.example) "
        "[bad](javascript:alert(1)) ![x](http://a.example/x) [[ada-founded]]",
    )
    source = client.get("/people/ada-vance/").content.decode()
    assert "<strong>Bold</strong> &lt;script&gt;" in source
    assert 'href="https://a.example"' in source
    assert 'href="javascript' not in source
    assert "<img" not in source


def test_it_escapes_hostile_names_and_quotes(client, cast):
    text = "He wrote <script>alert(1)</script> in it."
    page = casting.make_source("odd-page", text, title="<b>Odd</b>")
    casting.cite(cast.ada_founded, page, "<script>alert(1)</script>", hedge="<i>so</i>")
    casting.make_person("<img src=x>", slug="hostile")
    source = client.get("/people/ada-vance/").content.decode()
    assert "<script>" not in source
    assert "<i>so" not in source
    assert "<img" not in client.get("/people/hostile/").content.decode()


def test_it_shows_names_and_namesakes(client, cast):
    Alias(
        entity=cast.ada, text="A. Wance", kind="misspelling", status="published"
    ).save()
    Alias(entity=cast.ada, text="Secret Name").save()
    other = casting.make_person("Ada Vance", slug="ada-vance-skater")
    Distinction(first=other, second=cast.ada, reason="Another woman.").save()
    Distinction(first=cast.ada, second=cast.quiet, reason="Not Quiet.").save()
    page = read(client, "/people/ada-vance/")
    assert "A. Wance (misspelt in a source)" in page
    assert "Not to be taken for Ada Vance: Another woman." in page
    assert "Secret" not in page
    assert "Quiet" not in page


def test_it_shows_what_they_are_reported_to_have_said(client, cast):
    page = read(client, "/people/ada-vance/")
    assert "Reported to have said Claim founded-2015." in page


def test_it_shows_corrections(client, cast):
    words = {"said": "Funded.", "says": "Founded.", "reason": "A slip."}
    Correction(slug="slip", claim=cast.ada_founded, **words).save()
    page = read(client, "/people/ada-vance/")
    assert "We said: Funded. We say now: Founded. A slip." in page
    assert page.count("corrected") == 1


@pytest.mark.parametrize("status", ["draft", "in_review"])
def test_it_does_not_know_drafts(client, cast, status):
    Entity.objects.filter(pk=cast.quiet.pk).update(status=status)
    assert "Quiet" not in read(client, "/people/quiet-draft/", 404)


def test_it_says_only_when_a_withdrawn_record_was_withdrawn(client, cast):
    cast.ada.refresh_from_db()
    cast.ada.status, cast.ada.status_reason = "withdrawn", "By court order."
    cast.ada.save()
    page = read(client, "/people/ada-vance/", 410)
    assert "Withdrawn on" in page
    assert "Ada" not in page
    assert "court" not in page


def test_it_says_when_and_why_we_withdrew_a_record(client, cast):
    cast.ada.refresh_from_db()
    cast.ada.status, cast.ada.status_reason = "retracted", "There is no such person."
    cast.ada.save()
    page = read(client, "/people/ada-vance/")
    assert "Withdrawn by us on" in page
    assert "There is no such person." in page
    assert "Founder of" not in page


def test_it_leads_on_from_an_old_or_merged_address(client, cast):
    cast.ada.refresh_from_db()
    cast.ada.slug = "ada-v"
    cast.ada.save()
    assert client.get("/people/ada-vance/").headers["Location"] == "/people/ada-v/"
    twin = casting.make_person("Ada Twin")
    Entity.objects.filter(pk=twin.pk).update(merged_into=cast.ada)
    answer = client.get("/people/ada-twin/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/people/ada-v/")


def test_it_never_leads_to_a_draft(client, cast):
    cast.quiet.refresh_from_db()
    cast.quiet.slug = "quiet-still"
    cast.quiet.save()
    read(client, "/people/quiet-draft/", 404)
    twin = casting.make_person("Quiet Twin")
    Entity.objects.filter(pk=twin.pk).update(merged_into=cast.quiet)
    read(client, "/people/quiet-twin/", 404)


def test_it_does_not_take_one_kind_for_another(client, cast):
    read(client, "/people/northwind-labs/", 404)
    read(client, "/people/nobody/", 404)
