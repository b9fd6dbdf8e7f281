"""How Japanese is written here: short sentences in です・ます, one notation for numbers, full-width marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.style.faults import DIGITS, Fault, Pattern, all_faults, blanked
from site_builder.style.passages import HIDDEN

#: The most letters of a sentence, and of one in the plainest words.
LONGEST, LONGEST_PLAIN = 100, 45
#: Words that are not ours: between corner brackets, which may hold others.
_QUOTED = re.compile(r"「(?:[^「」]|「[^「」]*」)*」")
_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
#: How a sentence ends that is not in です or ます: 対象だ。 申請できる。 採択された。
_PLAIN_STYLE = re.compile(r"(?:る|[^んま]だ|(?<![まで]し)た|ない|(?<![でま])す|(?<!しょ)う|[くむ])(?:（[^（）]*）)?。$")
#: How most sentences end, and none that is in the plain style.
_POLITE = ("です。", "ます。", "ません。", "ました。", "でした。", "ください。")
_LETTER = "\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff"

PATTERNS = (
    Pattern(
        re.compile(r"[０-９]+"),
        "'{}' has full-width digits",
        "write half-width digits",
        tuple("０１２３４５６７８９"),
        "full-width-digits",
    ),
    Pattern(
        re.compile(r"[\uff66-\uff9f]+"),
        "'{}' is half-width katakana",
        "write it full-width",
        (),
        "half-width-katakana",
    ),
    Pattern(
        re.compile(r"(?<![0-9,.])[0-9]{4,}(?=(?:[万億]?円|人|件|者|社|%))"),
        "'{}' has no comma",
        "put a comma before every three digits: 1,000",
        DIGITS,
        "number-without-comma",
    ),
    Pattern(
        re.compile(r"(?<![0-9,])[0-9,]*0,000円"),
        "'{}' is a round amount in yen",
        "write it in 万円: 50万円",
        ("0,000円",),
        "round-amount",
    ),
    Pattern(
        re.compile(rf"[0-9一二三四五六七八九十何数{HIDDEN}\ufffc]([ヶケヵカ])(?=[月所国年条])"),
        "'{}' stands for か",
        "write か月, か所, か国",
        tuple("ヶケヵカ"),
        "small-ka",
    ),
    Pattern(
        re.compile(r"(?:^|[。\n ])(※)"),
        "'{}' begins a remark",
        "say it in a sentence of its own",
        ("※",),
        "reference-mark",
    ),
    Pattern(
        re.compile(rf"(?<=[{_LETTER}])\(|\)(?=[{_LETTER}])"),
        "'{}' is a half-width bracket between Japanese letters",
        "write （ and ）",
        ("(", ")"),
        "half-width-bracket",
    ),
    Pattern(re.compile(r"  +"), "two spaces follow one another", "write one, or none", ("  ",), "double-space"),
    Pattern(
        re.compile(rf"[，．､｡]|(?<=[{_LETTER}])[,.](?=[{_LETTER}])"),
        "'{}' is not the comma or full stop used here",
        "write 、 and 。",
        tuple("，．､｡,."),
        "other-comma",
    ),
    Pattern(
        re.compile(
            r"(?:ない(?:わけで|こと|と)は|(?:なく|ず)(?:は|も)|ないことも)(?:ない|ありません|限[らり]|言え|いえ)"
        ),
        "'{}' denies twice",
        "say what is",
        ("ないわけでは", "ないことは", "ないとは", "なくは", "なくも", "ずは", "ずも", "ないことも"),
        "double-negative",
    ),
    Pattern(
        re.compile(
            r"出来[るなまた]|下さい|(?<![合一])致し|頂[いきけ]|させていただ|クリック|有り得|殆ど|尚、|所謂|是非とも|全ての|事ができ"
        ),
        "'{}' is not written here",
        "write it in kana, or say it more plainly: できる, ください, いただく, すべての",
        (
            *("出来", "下さい", "致し", "頂", "させていただ", "クリック", "有り得", "殆ど", "尚、", "所謂", "是非とも"),
            *("全ての", "事ができ"),
        ),
        "banned-word",
    ),
)
_LINK_TEXT = Pattern(
    re.compile(r"\[(こちら|ここ|詳細|リンク)\]\("),
    "the link is called '{}'",
    "let the link say where it leads",
    (),
    "empty-link-text",
)


def japanese_faults(text: str, raw: str, *, is_plain: bool) -> Iterator[Fault]:
    """Yield what reads badly in a Japanese text whose markup is hidden; `raw` has it."""
    ours = blanked(_QUOTED, text, HIDDEN)
    yield from all_faults(PATTERNS, ours)
    yield from _LINK_TEXT.faults(raw)
    longest = LONGEST_PLAIN if is_plain else LONGEST
    for match in _SENTENCE.finditer(_with_whole_quotes(text)):
        sentence = match[0].replace(HIDDEN, "").strip()
        if len(sentence) > longest and sentence[-1] in "。！？":  # a name or a title is no sentence
            said = f"the sentence has {len(sentence)} letters: {sentence[:20]}…"
            yield Fault(*match.span(), said, f"cut it: {longest} at the most", "long-sentence")
    for match in _SENTENCE.finditer(ours):
        if match[0].endswith(_POLITE):
            continue
        if _PLAIN_STYLE.search(match[0].replace(HIDDEN, "")):
            hint = "end it in です or ます"
            yield Fault(match.end() - 3, match.end(), "the sentence does not end politely", hint, "plain-style")


def _with_whole_quotes(text: str) -> str:
    """Return `text` with the full stops inside of quotes made into letters, so that no sentence ends there."""
    return _QUOTED.sub(lambda match: re.sub("[。！？\n]", "・", match[0]), text)
