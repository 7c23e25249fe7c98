"""Writing does what its description says, whatever is sent: Schemathesis, a token."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import (
    ignored_auth,
    missing_required_header,
    negative_data_rejection,
    positive_data_acceptance,
)

from briefing.wsgi import application
from tests.cast import Cast
from tests.test_api_schema import same_connection
from tests.tokens import make_token

schema = schemathesis.openapi.from_wsgi("/api/v1/schema/", application)
writing = schema.include(method=["POST", "PATCH"])
# No schema can tell which keys there are, nor what only the desk's rules refuse; and
# words that are a number are taken for that number, as from a table. A token is sent
# always: what happens without one, tests/test_api_rights.py asks.
BEYOND_A_SCHEMA = [
    *(positive_data_acceptance, negative_data_rejection),
    *(ignored_auth, missing_required_header),
]
__all__ = ["same_connection"]


@pytest.mark.slow
@writing.parametrize()
@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_no_answer_is_undocumented(
    case: Any, same_connection: None, cast: Cast, token: str
) -> None:
    case.headers = {**(case.headers or {}), "Authorization": f"Bearer {token}"}
    case.call_and_validate(excluded_checks=BEYOND_A_SCHEMA)


@pytest.fixture
def token(editor: Any) -> str:
    return make_token(editor)
