"""A small cast with fixed roles, and short ways to add to it.

Ada Vance is well sourced; Northwind Labs has a founding year that sources differ on;
Quiet Draft is not published, and no reader may meet him.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from entities.models import Entity, Event, Organisation, Person
from sources import settling
from sources.models import Claim, Evidence, Property, Source, SourceText

PUBLISHED = "published"
HERALD_TEXT = (
    "Ada Vance founded Northwind Labs in 2015, she told the Herald. “We began in a "
    "kitchen,” Vance said. The firm spent about $6 million."
)
COURIER_TEXT = (
    "Ada Vance founded Northwind Labs in 2015, according to the Herald. "
    "Analysts doubt the figure."
)
POST_TEXT = "In 2016, Vance set up Northwind Labs. It spent less than $6 million."


def make_person(name: str, **fields: Any) -> Person:
    return _entity(Person, name, **fields)


def make_organisation(name: str, **fields: Any) -> Organisation:
    return _entity(Organisation, name, **({"category": "company"} | fields))


def make_event(name: str, **fields: Any) -> Event:
    return _entity(Event, name, **({"category": "other"} | fields))


def _entity(model: Any, name: str, **fields: Any) -> Any:
    slug = fields.pop("slug", name.lower().replace(" ", "-"))
    return _saved(model(name=name, slug=slug, **({"status": PUBLISHED} | fields)))


def make_property(key: str, value_type: str = "text", **fields: Any) -> Property:
    label = key.replace("_", " ").capitalize()
    question = fields.pop("question", f"What is the {label.lower()} of {{subject}}?")
    row = {"label": label, "is_single_valued": True} | fields
    return _saved(Property(key=key, value_type=value_type, question=question, **row))


def make_source(slug: str, text: str = "", **fields: Any) -> Source:
    title = fields.pop("title", slug.replace("-", " ").capitalize())
    source = _saved(Source(slug=slug, title=title, **({"status": PUBLISHED} | fields)))
    if text:
        _saved(SourceText(source=source, text=text))
        source.refresh_from_db()
    return source


def make_claim(subject: Entity, property: Property, slug: str, **fields: Any) -> Claim:
    row = {"statement": f"Claim {slug}.", "status": PUBLISHED} | fields
    return _saved(Claim(subject=subject, property=property, slug=slug, **row))


def cite(claim: Claim, source: Source, quote: str, **fields: Any) -> Evidence:
    slug = fields.pop("slug", f"{claim.slug}-{source.slug}")
    row = {"status": PUBLISHED, "confirmed_by": "Demo desk"} | fields
    return _saved(Evidence(claim=claim, source=source, quote=quote, slug=slug, **row))


def _saved(record: Any) -> Any:
    record.full_clean()
    record.save()
    return record


@dataclass
class Cast:
    ada: Person
    northwind: Organisation
    quiet: Person
    herald: Source
    courier: Source
    post: Source
    founded_on: Property
    founder_of: Property
    cost: Property
    founded_2015: Claim
    founded_2016: Claim
    ada_founded: Claim
    cost_about: Claim
    cost_less: Claim
    quiet_claim: Claim


def build() -> Cast:
    """The whole cast, in the database."""
    with settling.together():
        return _build()


def _build() -> Cast:
    people = {
        "ada": make_person("Ada Vance", family_name="Vance", given_name="Ada"),
        "northwind": make_organisation("Northwind Labs"),
        "quiet": make_person("Quiet Draft", status="draft"),
    }
    herald = make_source("herald-report", HERALD_TEXT, lineage="original")
    sources = {
        "herald": herald,
        "courier": make_source(
            "courier-copy", COURIER_TEXT, lineage="derived", derived_from=herald
        ),
        "post": make_source("post-story", POST_TEXT, published="2025-01-28"),
    }
    return Cast(**people, **sources, **_claims(**people, **sources))


def _claims(
    ada: Person, northwind: Organisation, quiet: Person, **papers: Source
) -> Any:
    asked = _properties()
    founded, founder, cost = asked.values()
    about = {"amount": 6_000_000, "unit": "USD", "bound": "about"}
    claims = {
        "founded_2015": make_claim(northwind, founded, "founded-2015", date="2015"),
        "founded_2016": make_claim(northwind, founded, "founded-2016", date="2016"),
        "ada_founded": make_claim(ada, founder, "ada-founded", object=northwind),
        "cost_about": make_claim(northwind, cost, "cost-about", **about),
        "cost_less": make_claim(
            northwind, cost, "cost-less", **about | {"bound": "less_than"}
        ),
        "quiet_claim": make_claim(quiet, founder, "quiet-claim", object=northwind),
    }
    _cite_all(ada=ada, **papers, **claims)
    return asked | claims


def _properties() -> dict[str, Property]:
    return {
        "founded_on": make_property(
            "founded_on", "date", question="When was {subject} founded?", order=10
        ),
        "founder_of": make_property(
            "founder_of",
            "entity",
            question="What did {subject} found?",
            inverse_label="Founded by",
            is_single_valued=False,
            confers_control=True,
            order=20,
        ),
        "cost": make_property("cost", "quantity", question="What did {subject} spend?"),
    }


def _cite_all(*, ada: Any, herald: Any, courier: Any, post: Any, **claims: Any) -> None:
    cite(claims["founded_2015"], herald, "in 2015", speaker=ada, voice="named")
    cite(claims["founded_2015"], courier, "in 2015", via=herald)
    cite(claims["founded_2016"], post, "In 2016")
    cite(claims["ada_founded"], herald, "founded Northwind Labs", speaker=ada)
    cite(claims["ada_founded"], post, "Vance set up")
    cite(claims["cost_about"], herald, "about $6 million")
    cite(claims["cost_about"], courier, "doubt the figure", stance="questions")
    cite(claims["cost_less"], post, "less than $6 million")
    cite(claims["quiet_claim"], herald, "Vance said")
