from django.utils import timezone

from briefing import wording
from tests.pages import links, read


def test_it_works(client, cast):
    assert "Your last visit:" not in read(client, "/changes/")
    answer = client.post("/changes/", {"visit": "today"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/changes/")
    today = timezone.localdate()
    page = read(client, "/changes/")
    assert f"Your last visit: {wording.day(today)}." in page
    assert f"?since={today}" in links(client, "/changes/")


def test_it_is_kept_only_when_asked_and_for_this_page(client, cast):
    assert not client.get("/changes/").cookies
    cookie = client.post("/changes/", {"visit": "today"}).cookies["last_visit"]
    assert (cookie["path"], cookie["samesite"]) == ("/changes/", "Strict")
    assert cookie["httponly"]
    assert "Cookie" in client.get("/changes/").headers["Vary"]


def test_it_is_forgotten_when_asked(client, cast):
    client.post("/changes/", {"visit": "today"})
    client.post("/changes/", {"visit": ""})
    assert "Your last visit:" not in read(client, "/changes/")


def test_it_takes_no_nonsense_for_a_day(client, cast):
    client.cookies["last_visit"] = "<script>"
    assert "Your last visit:" not in read(client, "/changes/")
