"""schemathesis asks the whole description of the API what it does not expect: with and without a token."""

import pytest
from hypothesis import HealthCheck, settings

pytestmark = pytest.mark.django_db

EXAMPLES = settings(
    max_examples=30, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None
)
ENDLESS = 10**9
# A text can have the right form and still say nothing, or nothing but personal data: no schema tells which.
SAYS_NOTHING = ("/api/v1/questions", "POST")
