"""What the examination finds: a place, a sentence, a hint, a stable code, and a company that shows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from site_builder.errors import Place
from site_builder.rules.drafts.accepted import AcceptedDraft

#: Every code, and what it means.
MEANINGS: Mapping[str, str] = {
    "accepted-nothing": "a line of rules/accepted.yaml is of nothing that is found",
    "date-before-close": "a round's statement speaks of a day before its applications close",
    "dated-in-future": "a document was posted, or something on the site done, on a day that has not come",
    "date-far": "a date of a schedule lies in another year than those beside it",
    "border-differs": "以上 in one language, and more than in the other: a number belongs to the other side",
    "checked-in-future": "a document was read on a day that has not come",
    "contradiction": "requirements can each be met, but not together: no company passes",
    "figure-in-one-language": "a figure is named in one language of a text only",
    "figure-in-words": "a number is written out in words, where a figure is named",
    "figure-typed": "a number is typed that is a figure of the rules",
    "figure-unnamed": "money, a share or a rate is typed that is no figure of the rules",
    "fact-never-asked": "a requirement or an award reads a fact that no form asks for",
    "implied-requirement": "whenever this requirement fails, others fail too",
    "link-in-one-language": "a link stands in one language of a text only",
    "name-alike": "two names of the same sort in rules of repayment differ in a letter",
    "never-failed": "every company meets the requirement",
    "never-met": "no company meets the requirement",
    "number-differs": "an amount, a share, a fraction, a count or a day stands in one language of a text only",
    "other-language": "a text is not in the language that it is given for",
    "part-without-effect": "a part of a condition makes no difference to anybody",
    "parts-differ": "a text has more paragraphs, items or rows in one language than in the other",
    "rate-lowered": "a rate that has a condition is lower than the ordinary one",
    "rate-suspect": "a rate is above 1, or a percentage above 100 or below a twentieth",
    "rounds-overlap": "a round closes after the next one has opened",
    "suspicious-change": "a value is double, a tenth, ten times or otherwise far from what it is beside it",
    "threshold-one-side": "no worked example stands at a threshold, or just on its other side",
    "unreachable": "no company comes to a rate, a limit, a class or a case of repayment",
    "unused-definition": "nothing names the definition",
    "unused-fact": "nothing reads the fact",
    "unused-figure": "nothing names the figure",
    "unused-open-point": "nothing names the open point",
    "unused-source": "nothing cites the document",
    "unused-tag": "no frame has the tag",
}

#: Of these a value is odd beside others: the sentence has the others, and differs from frame to frame.
_OF_A_VALUE = ("rate-lowered", "suspicious-change")

_NO_ANSWER_RESTS = "none: no answer rests on it"
_SEEN_IN_DATES = "none: it is seen in the dates beside it, not in an answer"
_SEEN_IN_WORDS = "none: it is seen in the words, and no answer rests on words"

#: Why there is no company that shows a finding of these codes.
WITHOUT_COMPANY: Mapping[str, str] = {
    "accepted-nothing": "none: nothing is found",
    "border-differs": _SEEN_IN_WORDS,
    "checked-in-future": _NO_ANSWER_RESTS,
    "date-before-close": _NO_ANSWER_RESTS,
    "dated-in-future": _NO_ANSWER_RESTS,
    "date-far": _SEEN_IN_DATES,
    "figure-in-one-language": _SEEN_IN_WORDS,
    "figure-in-words": _SEEN_IN_WORDS,
    "figure-typed": _SEEN_IN_WORDS,
    "figure-unnamed": _SEEN_IN_WORDS,
    "link-in-one-language": _SEEN_IN_WORDS,
    "name-alike": "none: it is seen in the names",
    "number-differs": _SEEN_IN_WORDS,
    "other-language": _SEEN_IN_WORDS,
    "parts-differ": _SEEN_IN_WORDS,
    "part-without-effect": "none: everybody gets the same answer with it and without it",
    "rounds-overlap": _SEEN_IN_DATES,
    "unreachable": "none: nobody comes to it",
    **{code: _NO_ANSWER_RESTS for code in MEANINGS if code.startswith("unused-")},
}
#: Why there is none of another code.
NOT_FOUND = "none was found by changing one or two answers of the worked examples"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about the rules that a maintainer should look at.

    `of` names what it is about, as `rules/accepted.yaml` names it. `example` is a worked example that shows it, ready
    for the file that its first line names; None where no company can show it. `accepted` says why it is as it should
    be; None where nobody has said so. `rounds` are those in which it is found. `also` names what else it is found of
    at the same place: a figure that is wrong is odd in each frame that names it, and is mended once.
    """

    code: str
    place: Place
    of: str
    sentence: str
    hint: str
    example: str | None = None
    accepted: str | None = None
    rounds: tuple[int | None, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def without_company(self) -> str | None:
        """Why no company is shown; None where one is."""
        return None if self.example is not None else WITHOUT_COMPANY.get(self.code, NOT_FOUND)


def weighed(findings: Iterable[Finding], accepted: Iterable[AcceptedDraft]) -> tuple[Finding, ...]:
    """Return the findings in reading order, with why they are accepted; and each acceptance of nothing."""
    reasons = {(one.code.value, one.of.value): one for one in accepted}
    found = [replace(one, accepted=_reason(one, reasons)) for one in findings]
    found = list(_merged(found))
    used = {(one.code, one.of) for one in found}
    for key, draft in reasons.items():
        if key not in used:
            sentence = f"nothing of the code '{draft.code.value}' is found of '{draft.of.value}'"
            hint = "take this line away, or mend its code and name"
            found.append(Finding("accepted-nothing", draft.of.place(), draft.of.value, sentence, hint))
    found = list(_gathered(found))
    return tuple(sorted(found, key=lambda one: (one.place.path, one.place.line, one.place.column, one.code, one.of)))


def _merged(findings: Iterable[Finding]) -> Iterable[Finding]:
    """Return what is found of one thing in several rounds once, with its rounds."""
    merged: dict[tuple[str, str, Place], Finding] = {}
    for one in findings:
        key = (one.code, one.of, one.place)
        first = merged.setdefault(key, one)
        if first is not one:
            rounds = tuple(dict.fromkeys((*first.rounds, *one.rounds)))
            merged[key] = replace(first, rounds=rounds, example=first.example or one.example)
    return merged.values()


def _gathered(findings: Iterable[Finding]) -> Iterable[Finding]:
    """Return what one place makes odd in several frames once, with the names of all; what is accepted stays apart."""
    gathered: dict[tuple[str, Place, str], Finding] = {}
    for one in findings:
        sentence = "" if one.code in _OF_A_VALUE else one.sentence
        key = (one.code, one.place, one.of if one.accepted is not None else sentence)
        first = gathered.setdefault(key, one)
        if first is not one:
            rounds = tuple(dict.fromkeys((*first.rounds, *one.rounds)))
            example = first.example or one.example
            gathered[key] = replace(first, rounds=rounds, example=example, also=(*first.also, one.of))
    return gathered.values()


def _reason(finding: Finding, reasons: Mapping[tuple[str, str], AcceptedDraft]) -> str | None:
    draft = reasons.get((finding.code, finding.of))
    return None if draft is None else draft.because
