"""How the API speaks HTTP: versions, problems, other origins, machines at the pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from briefing.api.described import FILE
from sources.models import PublicChange
from tests.cast import Cast, make_person

API = "/api/v1"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def ask(client: Client, path: str, **headers: str) -> Any:
    return client.get(path, headers=headers)


def test_it_works(client: Client, cast: Cast) -> None:
    answer = ask(client, f"{API}/people/ada-vance/", Accept="application/json")
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Vary"] == "Accept, Authorization"
    assert answer.headers["Cache-Control"] == "public, no-cache"


@pytest.mark.parametrize("path", ["/people/", "/claims/founded-2015/", "/schema/"])
def test_what_has_not_changed_is_not_sent_again(
    client: Client, cast: Cast, path: str
) -> None:
    etag = ask(client, f"{API}{path}").headers["ETag"]
    again = ask(client, f"{API}{path}", **{"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == etag


def test_a_change_behind_a_record_gives_it_another_tag(
    client: Client, cast: Cast
) -> None:
    path = f"{API}/questions/northwind-labs-founded-on/"
    before = ask(client, path).headers["ETag"]
    cast.post.standing = "retracted"
    cast.post.save()
    assert ask(client, path).headers["ETag"] != before


def test_a_word_of_the_vocabulary_says_when_it_changed(
    client: Client, cast: Cast
) -> None:
    path = f"{API}/properties/founded_on/"
    since = ask(client, path).headers["Last-Modified"]
    assert ask(client, path, **{"If-Modified-Since": since}).status_code == 304


@pytest.mark.parametrize(
    ("method", "path", "accept", "status"),
    [
        ("get", "/people/nobody/", "*/*", 404),
        ("get", "/planets/", "*/*", 404),
        ("get", "/people/", "text/csv", 406),
        ("post", "/properties/", "*/*", 405),
        ("delete", "/people/ada-vance/", "*/*", 405),
        ("get", "/people/?sort=x", "application/json", 400),
    ],
)
def test_every_error_is_a_problem_document(
    client: Client, cast: Cast, method: str, path: str, accept: str, status: int
) -> None:
    answer = getattr(client, method)(f"{API}{path}", headers={"Accept": accept})
    problem = answer.json()
    assert answer.status_code == problem["status"] == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert problem["title"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_a_fault_of_ours_tells_nothing_but_that(
    cast: Cast, monkeypatch: Any, caplog: Any
) -> None:
    def broken(*args: Any) -> None:
        raise RuntimeError("on purpose")

    monkeypatch.setattr("briefing.api.asking.page", broken)
    client = Client(raise_request_exception=False)
    answer = client.get(f"{API}/people/")
    assert answer.status_code == 500
    assert answer.json()["title"] == "Something went wrong"
    assert "on purpose" not in answer.content.decode()
    assert "on purpose" in caplog.text


def test_other_origins_may_read(client: Client, cast: Cast) -> None:
    answer = client.options(
        f"{API}/people/", headers={"Origin": "https://other.example"}
    )
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" not in answer.headers["Access-Control-Allow-Methods"]
    assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize(
    "page",
    ["/people/ada-vance/", "/sources/post-story/", "/claims/founded-2015/"]
    + ["/questions/northwind-labs-founded-on/", "/organisations/northwind-labs/"],
)
def test_pages_answer_machines(client: Client, cast: Cast, page: str) -> None:
    record = ask(client, page, Accept="application/json")
    assert record.json() == ask(client, f"/api/v1{page}").json()
    linked = ask(client, page, Accept="application/ld+json")
    assert linked.json()["@context"] == "https://schema.org"
    for accept in (BROWSER, "*/*"):
        shown = ask(client, page, Accept=accept)
        assert shown.headers["Content-Type"].startswith("text/html")
        assert f'href="/api/v1{page}"' in shown.content.decode()
    assert all("Accept" in one.headers["Vary"] for one in (record, linked, shown))


def test_a_page_that_moved_leads_machines_to_the_page(
    client: Client, cast: Cast
) -> None:
    cast.ada.slug = "ada-quill"
    cast.ada.save()
    answer = ask(client, "/people/ada-vance/", Accept="application/json")
    assert (answer.status_code, answer.url) == (301, "/people/ada-quill/")


def test_the_description_is_what_the_code_would_write(tmp_path: Any) -> None:
    made = tmp_path / "openapi.yaml"
    call_command("spectacular", file=str(made), validate=True, fail_on_warn=True)
    assert made.read_text() == FILE.read_text(), "Run: make schema"


def test_a_page_to_try_it_has_no_inline_script(client: Client) -> None:
    page = ask(client, f"{API}/docs/").content.decode()
    assert 'data-schema="/api/v1/schema/"' in page
    assert "<style" not in page
    assert "<script>" not in page


def told(client: Client, address: str = "/changes/?page_size=100") -> Any:
    return ask(client, f"{API}{address}").json()


def test_changes_tell_what_was_published(client: Client, cast: Cast) -> None:
    found = {(row["type"], row["slug"]): row for row in told(client)["results"]}
    assert found["person", "ada-vance"]["what"] == "published"
    assert ("person", "quiet-draft") not in found
    assert ("claim", "quiet-claim") not in found
    for row in found.values():
        assert ask(client, row["record"]).status_code == 200


def happened(client: Client, since: str) -> set[tuple[str, str]]:
    page = ask(client, since).json()
    return {(row["slug"], row["what"]) for row in page["results"]}


def test_changes_go_on_from_where_they_ended(client: Client, cast: Cast) -> None:
    since = told(client)["next"]
    assert happened(client, since) == set()
    cast.ada.summary = "New."
    cast.ada.save()
    assert happened(client, since) == {("ada-vance", "changed")}


@pytest.mark.parametrize(
    ("status", "what"),
    [("withdrawn", "withdrawn"), ("retracted", "retracted"), ("draft", "unpublished")],
)
def test_changes_tell_what_was_taken_down_and_what_went_with_it(
    client: Client, cast: Cast, status: str, what: str
) -> None:
    since = told(client)["next"]
    cast.post.status, cast.post.status_reason = status, "Why."
    cast.post.save()
    found = happened(client, since)
    assert ("post-story", what) in found
    assert ("founded-2016", "unpublished") in found


def test_changes_tell_of_a_withdrawal_after_a_retraction(
    client: Client, cast: Cast
) -> None:
    for status in ("retracted", "withdrawn"):
        since = told(client)["next"]
        cast.ada.status, cast.ada.status_reason = status, "Why."
        cast.ada.save()
        assert ("ada-vance", status) in happened(client, since)


def test_changes_tell_nothing_of_what_was_never_public(
    client: Client, cast: Cast
) -> None:
    since = told(client)["next"]
    cast.quiet.status = "withdrawn"
    cast.quiet.save()
    make_person("New Draft", status="draft").delete()
    assert happened(client, since) == set()


def test_changes_tell_where_a_record_has_gone(client: Client, cast: Cast) -> None:
    since = told(client)["next"]
    cast.ada.slug = "ada-quill"
    cast.ada.save()
    rows = {row["slug"]: row for row in ask(client, since).json()["results"]}
    assert (rows["ada-vance"]["what"], rows["ada-vance"]["to"]) == (
        "renamed",
        "ada-quill",
    )
    other = make_person("Ada V.", slug="ada-v")
    other.merged_into = cast.ada
    other.save()
    rows = {row["slug"]: row for row in ask(client, since).json()["results"]}
    assert (rows["ada-v"]["what"], rows["ada-v"]["to"]) == ("merged", "ada-quill")


def test_each_address_is_told_once_and_page_by_page(client: Client, cast: Cast) -> None:
    seen, address = [], f"{API}/changes/?page_size=3"
    while True:
        page = ask(client, address).json()
        seen += [(row["type"], row["slug"]) for row in page["results"]]
        address = page["next"]
        if not page["has_more"]:
            break
    assert len(seen) == len(set(seen)) == PublicChange.objects.count()
