"""How many inputs hypothesis and schemathesis try: few and the same in `make test`, many new ones in `make examples`.

What they find in `make test` would else be found by chance, in somebody's change that has nothing to do with it.
"""

import os

from hypothesis import HealthCheck, settings

TIMES = int(os.environ.get("KIEMTIN_EXAMPLES", "1"))
"""How many times as many."""


def examples(count, **more):
    """Return the settings for tests that try `count` inputs, however slow the machine is."""
    return settings(max_examples=count * TIMES, **more)


settings.register_profile(
    "kiemtin",
    max_examples=100 * TIMES,
    derandomize=TIMES == 1,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("kiemtin")
