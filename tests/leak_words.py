"""What docs/leaks.md says around its tables."""

INTRODUCTION = """# Who may meet what, address by address

Written by `make leaks` from `tests/leak_matrix.py`; `tests/test_leak_matrix.py` holds
it against the addresses that there are. Into each text of each table of a database goes
a word of its own, which says in what state its record is (`tests/canaries.py`,
`tests/planted.py`). Then every address is asked for as every role, filled with records
in every state, and no answer, header or file may hold a word that its row does not
allow. `make test` does so with a sample of the records, `make check` with more of them,
`make soak` with all.

Readers are visitors, accounts that are not of the desk, and staff without any right:
what readers reach is the same for all roles. The static edition holds what the pages
do, the SQLite edition what the lists do.

What each cell allows:

| cell | words in these states |
|---|---|"""
MATRIX = """
Nobody meets a *key*, a *suppressed* version or what was *erased*, anywhere.

What is told on purpose:

- A page's `ETag` and `Last-Modified` change with any write (`briefing/caching.py`), so
  that nothing old is ever shown again. Whoever asks again and again learns that the
  desk wrote something, and when; not what, nor of which record.
- `/api/v1/changes/` tells that an address is gone, by the address alone, so that copies
  can follow; of what was never public it tells nothing, and erasing takes it out. That
  the desk saved a public record is told, though what it changed may be its own.
- 410 tells that something was withdrawn, to whoever knows its address.

Nothing made for the desk or for an account is kept by a shared cache.

| address | readers | contributors | editors | administrators |
|---|---|---|---|---|"""
