from tests import cast as casting
from tests.pages import links, read


def test_it_works(client, cast):
    page = read(client, "/organisations/northwind-labs/")
    assert "Organisation · Company Northwind Labs" in page


def test_it_sets_rivals_side_by_side_and_marks_them(client, cast):
    page = read(client, "/organisations/northwind-labs/")
    assert "Founded on sources differ 2015" in page
    assert "Where sources differ When was Northwind Labs founded?" in page
    source = client.get("/organisations/northwind-labs/").content.decode()
    assert 'class="fact rivals"' in source
    assert 'popovertarget="meaning-differ"' in source
    assert 'id="meaning-differ" popover' in source


def test_it_opens_to_what_folds_into_what(client, cast):
    page = read(client, "/organisations/northwind-labs/")
    assert (
        "Original source: Herald report, carried by Herald report; Courier copy" in page
    )


def test_it_marks_one_original_source_and_a_voice_that_is_no_outsider(client, cast):
    page = read(client, "/organisations/northwind-labs/")
    # Ada founded it, and she alone is named.
    assert "one original source" in page
    assert "only named source: Northwind Labs itself" in page
    assert "doubted" in page


def test_an_outside_voice_clears_the_mark(client, cast):
    clerk = casting.make_person("Clara Clerk")
    casting.cite(cast.founded_2015, cast.post, "In 2016", speaker=clerk, voice="named")
    page = read(client, "/organisations/northwind-labs/")
    assert "only named source: Northwind" not in page


def test_repetition_that_names_nobody_clears_nothing(client, cast):
    casting.cite(cast.founded_2015, cast.post, "In 2016")
    page = read(client, "/organisations/northwind-labs/")
    assert "only named source: Northwind Labs itself" in page
    assert "one original source" not in page


def test_it_marks_what_all_have_from_one_speaker(client, cast):
    for evidence in cast.founded_2015.evidence.all():
        evidence.speaker, evidence.speaker_label = None, "a former clerk"
        evidence.voice = "anonymous"
        evidence.save()
    page = read(client, "/organisations/northwind-labs/")
    assert "one speaker" in page
    assert "only named source: Northwind" not in page


def test_it_hides_who_is_not_published(client, cast):
    evidence = cast.founded_2016.evidence.get()
    evidence.speaker, evidence.voice = cast.quiet, "named"
    evidence.save()
    page = read(client, "/organisations/northwind-labs/")
    assert "who says it: not published" in page
    assert "Quiet" not in page
    assert "quiet" not in " ".join(links(client, "/organisations/northwind-labs/"))


def test_it_lists_claims_that_name_it(client, cast):
    page = read(client, "/organisations/northwind-labs/")
    assert "Where Northwind Labs is the answer Founded by Ada Vance" in page


def test_it_draws_its_dates(client, cast):
    source = client.get("/organisations/northwind-labs/").content.decode()
    assert source.count('<rect x="') == 2
    assert 'style="' not in source
    assert "<script>" not in source


def test_it_goes_on_after_fifty_questions(client, cast):
    many(cast, 70)
    address = "/organisations/northwind-labs/"
    first = client.get(address).content.decode()
    following = next(href for href in links(client, address) if "cursor=" in href)
    second = client.get(f"{address}{following}").content.decode()
    shown = [first.count('<div class="fact'), second.count('<div class="fact')]
    # The founding date, the cost, seventy more, and who founded it on each page.
    assert sum(shown) == 72 + 2
    assert "More questions" not in second


def test_it_only_counts_the_answers_of_a_question_with_very_many(client, cast):
    for number in range(42):
        other = casting.make_person(f"Partner {number}")
        claim = casting.make_claim(
            cast.northwind, cast.founder_of, f"with-{number}", object=other
        )
        casting.cite(claim, cast.herald, "in 2015", slug=f"with-{number}-e")
    page = read(client, "/organisations/northwind-labs/")
    assert "Founder of 42 answers" in page
    assert "42 answers." in read(client, "/questions/?property=founder_of")


def many(cast, count):
    for number in range(count):
        fields = {"qualifier": f"sort {number:02}", "date": "2001"}
        claim = casting.make_claim(
            cast.northwind, cast.founded_on, f"more-{number}", **fields
        )
        casting.cite(claim, cast.herald, "in 2015", slug=f"more-{number}-e")


def test_it_takes_no_nonsense_for_a_place(client, cast):
    page = read(client, "/organisations/northwind-labs/?cursor=WzEsIngiLDFd")
    assert "This place on the page is not known" in page


def test_it_asks_as_few_queries_with_five_times_the_data(
    client, cast, django_assert_max_num_queries
):
    for more in (0, 20):
        many(cast, more)
        with django_assert_max_num_queries(12):
            client.get("/organisations/northwind-labs/")
