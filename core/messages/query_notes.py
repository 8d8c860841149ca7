"""What of a question was not understood as it was perhaps meant. Never an error: it is looked for as words."""

from __future__ import annotations

from core.messages.message import Wording

UNKNOWN_FIELD = Wording("question_unknown_field", "There is no “{field}:” to ask for; “{text}” is looked for as words.")
NO_VALUE = Wording("question_no_value", "Nothing stands behind “{field}:”; it is looked for as words.")
BAD_VALUE = Wording("question_bad_value", "“{value}” cannot be asked for with “{field}:”; it is looked for as words.")
STRAY_OR = Wording("question_stray_or", "“{text}” joins facts only; it is looked for as a word.")
NO_PICTURE = Wording("question_no_picture", "There is no picture “{name}”; it is left out.")
TOO_MANY = Wording("question_too_many", "Only the first {count} things to look like are used.")
