"""How we know: sources and their texts, questions, claims, evidence, decisions."""

from sources.models.care import Approach, Note
from sources.models.changes import PublicChange
from sources.models.claims import Claim
from sources.models.decisions import Correction, Finding
from sources.models.desk import AliasUse, Merge, Omission, Proposal
from sources.models.evidence import Evidence
from sources.models.questions import Question
from sources.models.search import SearchEntry
from sources.models.sources import Source, SourceText
from sources.models.suppressions import Suppression
from sources.models.tokens import Token
from sources.models.vocabulary import Property

__all__ = [
    "AliasUse",
    "Approach",
    "Claim",
    "Correction",
    "Evidence",
    "Finding",
    "Merge",
    "Note",
    "Omission",
    "Property",
    "Proposal",
    "PublicChange",
    "Question",
    "SearchEntry",
    "Source",
    "SourceText",
    "Suppression",
    "Token",
]
