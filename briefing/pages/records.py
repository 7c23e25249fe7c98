"""The pages of single records: each tells of a past day too, if it is asked to.

`?as_of=` gives the page as it stood on that day. A record's own page answers machines
besides, with JSON, or with JSON-LD.
"""

from __future__ import annotations

from briefing.api.alternates import answering_machines
from briefing.pages import beside, claims, entities, questions, sources
from briefing.pages.dated import dated

entity = answering_machines(dated(entities.entity_detail))
question = answering_machines(dated(questions.question_detail, "question"))
claim = answering_machines(dated(claims.claim_detail, "claim"))
source = answering_machines(dated(sources.source_detail, "source"))
briefing = dated(beside.briefing)
cite = dated(beside.cite)
