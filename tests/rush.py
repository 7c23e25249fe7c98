"""Several editors at once, each with a thread and a connection of their own."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

from django.db import connection

# Who is not ready by then never will be, in seconds.
PATIENCE = 120


def at_once(*acts: Callable[[], Callable[[], object]]) -> list[Exception]:
    """Let everyone get ready, then act together; what the acts raised.

    Each act reads what it needs and returns the step that all take at one time.
    """
    start, raised = Barrier(len(acts)), []

    def run(act: Callable[[], Callable[[], object]]) -> None:
        try:
            step = act()
            start.wait(timeout=PATIENCE)
            step()
        except Exception as error:
            raised.append(error)
        finally:
            connection.close()

    editors = [Thread(target=run, args=[act]) for act in acts]
    for editor in editors:
        editor.start()
    for editor in editors:
        editor.join()
    return raised
