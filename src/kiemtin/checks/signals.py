"""What the rooms above hear of checks, inside the transaction of what it tells about.

So nothing can be published past those who asked: the room of questions listens, and an error there undoes the
publication.
"""

from django.dispatch import Signal

stage_changed = Signal()
"""A working copy went to another stage. Arguments: `fact_check`, `action` (`workflow.Action`), `by` (`User`)."""

revision_published = Signal()
"""A revision became public. Arguments: `fact_check`, `revision`, `by` (`User`)."""

reviews_changed = Signal()
"""Publishers changed what askers are shown of their reviews. Argument: `pks` of the `ExternalReview`s."""

reviews_withdrawn = Signal()
"""Reviews of other publishers are no longer given. Arguments: `pks`, `by` (as the log calls who does it)."""
