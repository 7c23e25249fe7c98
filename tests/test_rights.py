import pytest
from django.contrib.auth.models import AnonymousUser, Group, User
from django.core.exceptions import ValidationError
from django.core.management import call_command

from sources import publication, rights
from sources.models import Claim, Evidence, Proposal
from tests.cast import make_person

STAFF = ["contributor", "editor", "administrator"]


@pytest.fixture
def staff(contributor, editor, administrator):
    return {
        "contributor": contributor,
        "editor": editor,
        "administrator": administrator,
    }


def permissions(name):
    group = Group.objects.get(name=name)
    return set(group.permissions.values_list("codename", flat=True))


def written(record, user):
    """The record as if this person had just made it."""
    record.history.update(history_user=user)
    return type(record).objects.get(pk=record.pk)


def evidence():
    return Evidence.objects.get(slug="founded-2015-herald-report")


def test_it_works(staff):
    assert [rights.is_editor(staff[name]) for name in STAFF] == [False, True, True]
    assert [rights.is_administrator(staff[name]) for name in STAFF] == [
        *(False, False, True)
    ]


@pytest.mark.parametrize(
    "room_model", ["claim", "evidence", "source", "entity", "person"]
)
def test_the_groups_may_work_on_records(db, room_model):
    for group in ("Contributors", "Editors", "Administrators"):
        assert {f"view_{room_model}", f"add_{room_model}"} <= permissions(group)
        assert f"change_{room_model}" in permissions(group)


def test_the_groups_may_not_do_everything(db):
    assert not {name for name in permissions("Contributors") if "delete" in name}
    assert "add_property" in permissions("Administrators")
    assert "add_user" in permissions("Administrators")
    for group in ("Contributors", "Editors"):
        assert not permissions(group) & {"add_property", "change_property", "add_user"}
        assert "view_property" in permissions(group)
    assert not {name for name in permissions("Administrators") if "historical" in name}


def test_the_groups_stay_as_they_are_when_migrated_again(db):
    before = {name: permissions(name) for name in ("Contributors", "Editors")}
    call_command("migrate", verbosity=0)
    assert {name: permissions(name) for name in before} == before


@pytest.mark.parametrize("is_superuser", [True, False])
def test_it_trusts_nobody_whose_account_is_closed(editor, is_superuser):
    editor.is_active, editor.is_superuser = False, is_superuser
    assert rights.is_editor(editor) is False
    assert rights.is_editor(AnonymousUser()) is False


def test_it_lets_a_superuser_do_everything(db):
    root = User.objects.create_superuser("root")
    assert rights.is_editor(root) and rights.is_administrator(root)


def test_it_lets_nobody_confirm_what_they_alone_wrote(cast, editor, second_editor):
    mine = written(evidence(), editor)
    assert rights.may_confirm(editor, mine) is False
    assert rights.may_confirm(second_editor, mine) is True
    with pytest.raises(ValidationError, match="someone else has to read it"):
        publication.refuse_confirmation(editor, mine)
    publication.refuse_confirmation(second_editor, mine)


def test_it_lets_nobody_publish_the_claim_that_they_alone_wrote(
    cast, editor, second_editor
):
    mine = written(cast.founded_2015, editor)
    assert rights.may_publish(editor, mine) is False
    assert rights.may_publish(second_editor, mine) is True


def test_it_lets_an_editor_publish_other_records_of_their_own(cast, editor):
    assert rights.may_publish(editor, written(make_person("Zora"), editor)) is True


@pytest.mark.parametrize("name", STAFF)
def test_it_lets_a_one_person_desk_do_both(cast, staff, settings, name):
    settings.ONE_PERSON_DESK = True
    user = staff[name]
    may = name != "contributor"
    assert rights.may_confirm(user, written(evidence(), user)) is may
    assert rights.may_publish(user, written(cast.founded_2015, user)) is may


@pytest.mark.parametrize("name", STAFF)
def test_it_never_makes_taking_down_wait(cast, staff, name):
    mine = written(cast.founded_2015, staff[name])
    assert rights.may_take_down(staff[name], mine) is (name != "contributor")


def test_it_takes_what_was_imported_for_nobody_s_own(cast, editor):
    assert rights.may_confirm(editor, evidence()) is True
    assert rights.may_publish(editor, cast.founded_2015) is True


def test_it_takes_what_is_not_saved_yet_for_one_s_own(cast, editor):
    new = Claim(subject=cast.ada, property=cast.founded_on, date="2014")
    assert rights.may_publish(editor, new) is False
    assert rights.may_confirm(editor, Evidence(claim=cast.founded_2015)) is False


def test_it_knows_who_wrote_what_stands_there_now(cast, editor, second_editor):
    mine = written(evidence(), editor)
    mine.quote = "Vance founded"
    mine._history_user = second_editor
    mine.save()
    assert rights.may_confirm(second_editor, evidence()) is False
    assert rights.may_confirm(editor, evidence()) is True


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("draft", "published"),
        ("in_review", "published"),
        ("published", "retracted"),
        ("published", "withdrawn"),
        ("published", "draft"),
        ("withdrawn", "published"),
    ],
)
def test_it_leaves_the_status_readers_see_to_editors(cast, staff, before, after):
    Claim.objects.filter(pk=cast.founded_2015.pk).update(status=before)
    claim = written(cast.founded_2015, None)
    claim.status = after
    publication.refuse_status(staff["editor"], claim)
    with pytest.raises(ValidationError, match="Only an editor"):
        publication.refuse_status(staff["contributor"], claim)


def test_it_lets_a_contributor_send_a_draft_to_review(cast, contributor):
    cast.quiet.status = "in_review"
    publication.refuse_status(contributor, cast.quiet)


def test_it_lets_nobody_accept_their_own_proposal(editor, second_editor, settings):
    proposal = Proposal(kind="person", record_id=1, created_by=editor)
    assert rights.may_decide(editor, proposal) is False
    assert rights.may_decide(second_editor, proposal) is True
    settings.ONE_PERSON_DESK = True
    assert rights.may_decide(editor, proposal) is True


WAITS = [
    ("contributor", "founded_2015", {"statement": "In other words."}, True),
    ("contributor", "quiet", {"name": "Quieter Draft"}, False),
    ("editor", "founded_2015", {"statement": "In other words."}, False),
    ("editor", "founded_2015", {"date": "2014"}, True),
    ("editor", "founded_2015", {"date": "2014", "status": "retracted"}, False),
    ("editor", "ada", {"name": "Ada Stone"}, False),
    ("contributor", "ada", {"name": "Ada Stone"}, True),
]


@pytest.mark.parametrize(("name", "role", "fields", "waits"), WAITS)
def test_it_lets_a_change_to_what_readers_see_wait(
    cast, staff, name, role, fields, waits
):
    record = getattr(cast, role)
    record = type(record).objects.get(pk=record.pk)
    for field, value in fields.items():
        setattr(record, field, value)
    if isinstance(record, Claim):
        record.full_clean()
    assert rights.must_wait(staff[name], record) is waits
    if name == "editor":
        assert rights.must_wait(staff[name], record, confirms=True) is False


def test_it_lets_a_change_of_passage_wait(cast, editor):
    changed = evidence()
    changed.quote = "Vance founded"
    assert rights.must_wait(editor, changed) is True
    assert rights.must_wait(editor, changed, confirms=True) is False
