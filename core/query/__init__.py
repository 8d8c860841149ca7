"""The question: a value, its text, and what is typed.

value    the frozen `Query`: terms, filter, order, limit
writing  a query as text
text     what was typed, tidied; the plain questions
parser   what is typed, read as a question: `cursor` takes its pieces, `facts` reads filters, `fields` is the table of
         what can be asked for
dates    dates in English and Chinese: two grammars over `days` and `holidays`
"""

from core.query.text import LONGEST, described, similar_to, tidied
from core.query.value import (
    EVERYTHING,
    SHOWN,
    All,
    AnyOf,
    Fact,
    Filter,
    Missing,
    Not,
    Order,
    PhotoLike,
    PictureLike,
    Query,
    Range,
    Term,
    Text,
    Value,
    Words,
)

__all__ = [
    "EVERYTHING",
    "LONGEST",
    "SHOWN",
    "All",
    "AnyOf",
    "Fact",
    "Filter",
    "Missing",
    "Not",
    "Order",
    "PhotoLike",
    "PictureLike",
    "Query",
    "Range",
    "Term",
    "Text",
    "Value",
    "Words",
    "described",
    "similar_to",
    "tidied",
]
