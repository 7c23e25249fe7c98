"""A small set of records as a file gives them, and short ways to import them."""

import pytest

from sources.exchange.importer import Importer
from sources.exchange.kinds import BY_NAME, ORDER
from sources.exchange.records import ImportRefused, Place, Row

PERSON = {"name": "Ada Vance", "slug": "ada-vance", "status": "published"}
LABS = {"name": "Northwind Labs", "slug": "northwind-labs", "status": "published"}
HERALD = {"slug": "herald", "title": "A founder", "status": "published"}
FOUNDER = {
    "key": "founder_of",
    "label": "Founder of",
    "question": "What did {subject} found?",
    "value_type": "entity",
}
COST = {
    "key": "cost",
    "label": "Cost",
    "question": "What did {subject} spend?",
    "value_type": "quantity",
    "is_single_valued": True,
}
FOUNDED = {
    "slug": "ada-founded",
    "subject": ["ada-vance"],
    "property": ["founder_of"],
    "object": ["northwind-labs"],
    "statement": "Ada Vance founded Northwind Labs.",
    "status": "published",
}
SPENT = {
    "slug": "labs-cost",
    "subject": ["northwind-labs"],
    "property": ["cost"],
    "amount": "6000000",
    "unit": "USD",
    "bound": "about",
    "statement": "Northwind Labs spent about $6 million.",
}
CITED = {
    "slug": "ada-founded-herald",
    "claim": ["ada-founded"],
    "source": ["herald"],
    "quote": "founded Northwind Labs",
    "status": "published",
    "confirmed_by": "Demo desk",
}
FILE = [
    ("person", PERSON),
    ("organisation", LABS),
    ("source", HERALD),
    ("property", FOUNDER),
    ("property", COST),
    ("claim", FOUNDED),
    ("claim", SPENT),
    ("evidence", CITED),
]


def rows(*records):
    return [
        Row(BY_NAME[name], dict(values), Place("test.yaml", line))
        for line, (name, values) in enumerate(records, 1)
    ]


def load(*records, **options):
    dry_run = options.pop("dry_run", False)
    return Importer(**({"reason": "loaded"} | options)).run(rows(*records), dry_run)


def problems(*records, **options):
    """What is wrong with these records; nothing may have been written."""
    before = counts()
    with pytest.raises(ImportRefused) as refusal:
        load(*records, **options)
    assert counts() == before
    return [str(problem) for problem in refusal.value.problems]


def counts():
    tables = {kind.model for kind in ORDER}
    return {model: (model.objects.count(), model.history.count()) for model in tables}
