"""The API does what its description says, whatever it is asked: Schemathesis."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core import signals
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from briefing.wsgi import application
from tests.cast import Cast

schema = schemathesis.openapi.from_wsgi("/api/v1/schema/", application)


@pytest.fixture
def same_connection(db: Any) -> Iterator[None]:
    """A server would close the connection that the test's transaction is on."""
    both = (signals.request_started, signals.request_finished)
    for signal in both:
        signal.disconnect(close_old_connections)
    yield
    for signal in both:
        signal.connect(close_old_connections)


@pytest.mark.slow
@schema.parametrize()
@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_case_51_no_answer_is_undocumented(
    case: Any, same_connection: None, cast: Cast
) -> None:
    # No schema can tell which cursors and names of records there are.
    case.call_and_validate(excluded_checks=[positive_data_acceptance])
