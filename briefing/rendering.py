"""How a reader's page is made of its template."""

from functools import partial

from django import shortcuts

# Of the two kinds of template only theirs: to make those of the desk ready takes long.
render = partial(shortcuts.render, using="site")
