"""Two people write the same at the same instant, or one whose request was sent twice."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import IntegrityError


def when_quicker[Answer](view: Callable[..., Answer]) -> Callable[..., Answer]:
    """Ask `view` again when the database has refused what it wrote: somebody else was quicker after it had looked.

    Now it sees what she has written, and says so as if it had been there all along. What is refused must have been
    written in a transaction, so that nothing of it is left. No row is locked for this: whoever adds would wait for
    everybody who changes something in the plan.
    """

    @wraps(view)
    def asked(*args: Any, **kwargs: Any) -> Answer:
        try:
            return view(*args, **kwargs)
        except IntegrityError:
            return view(*args, **kwargs)

    return asked
