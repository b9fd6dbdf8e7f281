"""Sentences on how calls stand together, made from their dates: prose names one, `{calls:here}`, and says no more.

`content/calls.yaml` has the words of each sentence, for each state: `open`, where a call accepts applications on the
day of which the pages tell, `ahead`, where one will later, `unknown`, where dates do not tell, and `over`, where all
calls are. Where calls are in several of the first three, each of them is said, and `over` never is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial

from calculator.figures import figure_text
from calculator.kinds import Kind
from calculator.schedule import CLOSES, OPENS
from calculator.text import LANGUAGES, Text
from site_builder.errors import Gathering, GuidanceError, Place, name_hint
from site_builder.rules.model import Round
from site_builder.site.calls import Call
from site_builder.site.moments import schedule_rows
from site_builder.site.prose import CALLS, Prose, ProseSection
from site_builder.site.standing import Standing, is_past, stood
from site_builder.site.wording import Wording
from site_builder.sources.fields import Fields, keyed, name_of
from site_builder.sources.nodes import Node, ScalarNode
from site_builder.sources.texts import TextDraft, text_draft


class State(StrEnum):
    """How calls stand on a day."""

    OPEN = "open"
    AHEAD = "ahead"
    UNKNOWN = "unknown"
    OVER = "over"


#: What a sentence can be told: the day of which it tells, and the calls that are in its state.
_PARTS = {"day", "calls"}
_PART = re.compile(r"\{([^{}]*)\}")
_STATES = {
    **dict.fromkeys((Standing.FIRST_DAY, Standing.OPEN, Standing.LAST_DAY), State.OPEN),
    Standing.BEFORE: State.AHEAD,
}


def calls_file(node: Node) -> Mapping[str, tuple[Place, Text]]:
    """Read the sentences; that called `here` comes out as the interface words `calls_here_open`, `calls_here_over`…."""
    sentences = keyed(lambda key, value: (key, _sentence(value)), "a file of sentences about calls")(node)
    errors = Gathering()
    texts = {
        _words(name, state): (key.place(), text)
        for name, (key, sentence) in sentences.items()
        for state, text in (errors.attempt(partial(_whole, sentence, sentences)) or {}).items()
    }
    errors.close()
    return texts


@dataclass(frozen=True, slots=True)
class _Sentence:
    """The words that a sentence has of its own, and the name of the one whose words it has otherwise."""

    own: Mapping[State, Text]
    like: ScalarNode | None


def _whole(sentence: _Sentence, every: Mapping[str, tuple[ScalarNode, _Sentence]]) -> Mapping[State, Text]:
    """Return the words for every state, in their order."""
    if sentence.like is None:
        return sentence.own
    names = [name for name, (_, one) in every.items() if one.like is None]
    if sentence.like.value not in names:
        said = f"no sentence about calls with words for every state is called '{sentence.like.value}'"
        hint = name_hint(sentence.like.value, names, "name one that is like no other")
        raise GuidanceError(sentence.like.place(), said, hint, "unknown-sentence")
    words = {**every[sentence.like.value][1].own, **sentence.own}
    return {state: words[state] for state in State}


def _sentence(node: Node) -> _Sentence:
    with Fields(node, "a sentence about calls") as fields:
        is_like = fields.has("like")
        like = fields.required("like", name_of("sentence about calls")) if is_like else None
        read = fields.optional if is_like else fields.required
        found = {state: read(state.value, text_draft) for state in State}
    drafts = {state: draft for state, draft in found.items() if draft is not None}
    errors = Gathering()
    for state, draft in drafts.items():
        for error in _wrong_parts(state, draft):
            errors.add(error)
    errors.close()
    return _Sentence({state: draft.unfilled() for state, draft in drafts.items()}, like)


def _wrong_parts(state: State, draft: TextDraft) -> Iterator[GuidanceError]:
    """Yield an error for a language that names other parts; what may change with time has to name its day."""
    wanted = {"day"} if state is State.OVER else _PARTS
    for language, written in zip(LANGUAGES, (draft.ja, draft.en), strict=True):
        if set(_PART.findall(written.value)) != wanted:
            parts = ", ".join(f"{{{part}}}" for part in sorted(wanted))
            sentence = f"the sentence for '{state}' names other parts in '{language}' than it has"
            yield GuidanceError(written.place(), sentence, f"its parts are: {parts}", "wrong-part")


def sentence_names(interface: Iterable[str]) -> frozenset[str]:
    """Return the names of the sentences that prose can name."""
    pattern = re.compile(_words("(.+)", State.OVER))
    return frozenset(match[1] for match in map(pattern.fullmatch, interface) if match is not None)


def said_of(calls: Iterable[Call], name: str, wording: Wording) -> str:
    """Return the sentence `name` about `calls`, in Markdown: what of it the states take in which they are."""
    return _said(name, _by_state(calls, wording), wording)


def sentences(calls: Iterable[Call], wording: Wording) -> Mapping[str, str]:
    """Return every sentence that prose can name, by its name, about `calls`."""
    listed = _by_state(calls, wording)
    return {name: _said(name, listed, wording) for name in sorted(sentence_names(wording.words))}


def _by_state(calls: Iterable[Call], wording: Wording) -> Mapping[State, str]:
    """Return the states to be told of, in their order, each with the calls in it; those that are over are not named."""
    found: dict[State, list[Call]] = {}
    for call in calls:
        found.setdefault(_state(call.round, wording), []).append(call)
    told = [state for state in State if state in found and state is not State.OVER]
    return {state: _listed(found[state], wording) for state in told} or {State.OVER: ""}


def _said(name: str, listed: Mapping[State, str], wording: Wording) -> str:
    gap = "" if wording.language == "ja" else " "
    day = figure_text(Kind.DATE, wording.as_of.day)
    return gap.join(wording.fill(_words(name, state), day=day, calls=named) for state, named in listed.items())


def with_sentences(prose: Prose, said: Mapping[str, str]) -> Prose:
    """Return prose with the sentences put in that it names."""

    def filled(text: str) -> str:
        return CALLS.sub(lambda match: said[match["name"]], text)

    def section(one: ProseSection) -> ProseSection:
        return replace(one, heading=filled(one.heading), text=filled(one.text))

    return Prose(
        filled(prose.title),
        filled(prose.lead),
        tuple(map(section, prose.sections)),
        None if prose.plain is None else section(prose.plain),
    )


def _words(name: str, state: State) -> str:
    return f"calls_{name}_{state.value}"


def _state(one: Round, wording: Wording) -> State:
    if is_past(one, wording):
        return State.OVER
    return _STATES.get(stood(one, wording.as_of.day).standing, State.UNKNOWN)


def _listed(calls: Iterable[Call], wording: Wording) -> str:
    return wording.listed(_named(call, wording) for call in calls)


def _named(call: Call, wording: Wording) -> str:
    """Name a call, with the way to its page and, where its schedule tells, from when until when it is open."""
    name = wording.fill("check_call", programme=call.programme.short_name, round=call.round.name)
    link = f"[{name}](/{'/'.join(call.address.parts)}/)"
    when = _when(call.round, wording)
    return link if when is None else wording.fill("named_call_when", call=link, when=when)


def _when(one: Round, wording: Wording) -> str | None:
    rows = {row.name: row for row in schedule_rows(one, wording) if row.moment or row.reported}
    parts = {part: rows[name] for part, name in (("opens", OPENS), ("closes", CLOSES)) if name in rows}
    if not parts:
        return None
    times = {part: moment.time.text for part, row in parts.items() if (moment := row.moment or row.reported)}
    when = wording.fill(f"named_call_{'_'.join(parts)}", **times)
    is_reported = any(row.moment is None for row in parts.values())
    return wording.fill("named_call_reported", when=when) if is_reported else when
