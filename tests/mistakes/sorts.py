# ruff: noqa: E501 - a table reads best with a row for each sort
"""The sorts of mistakes: what slips in when people edit rules and content."""

from __future__ import annotations

from unicodedata import normalize

from tests.mistakes.seeding import Sort, exchanged, put, swapped, wide, with_more, without

FRAME = r"rules/[a-z-]+/\w+/(?!rule_set|call)[a-z-]+\.yaml"
RULE_SET = r"rules/.*/rule_set\.yaml"
ROUND = r"rules/.*/(rounds/\d+|call)\.yaml"
EXAMPLES = r"rules/.*/examples/.*\.yaml"
GUIDE = r"content/guides/.*\.md"
PROSE = r"content/.*\.md"
ENGLISH, JAPANESE = r"content/.*\.en\.md", r"content/.*\.ja\.md"
WORDS = r"content/(interface|guides|check|result|batch|changes|words|following)\.yaml"
ANY = r"rules/.*\.yaml"

OF_RULES = (
    Sort("a key with a slip in it", ANY, r"^ +(?P<x>explanation|publisher|short_title|summary|condition):", swapped, ("unknown-key", "missing-key")),
    Sort("a key that there is not", FRAME, r"^(?P<x>award|offered|purpose):", with_more("s"), ("unknown-key",)),
    Sort("a fact with a slip in its name", FRAME, r"condition: (?P<x>[a-z_]{8,}) ", swapped, ("unknown-name",)),
    Sort("a figure with a slip in its name", FRAME, r"(?:amount|rate): (?P<x>[a-z_]{8,})\}?$", swapped, ("unknown-name",)),
    Sort("a limit without its amount", FRAME, r"\{to: [^,}]+(?P<x>, amount: [^}]+)\}", put(""), ("missing-key",)),
    Sort("the upper limit's tiers left out", FRAME, r"(?P<at>^    by: regular_employees\n)(?P<x>    tiers:\n(?:      - .*\n)+)", put(""), ("missing-key",), "at"),
    Sort("a line too far in", RULE_SET, r"^(?P<x>    )label:", put("     "), ("yaml-syntax",)),
    Sort("a line not far enough in", FRAME, r"^(?P<x>    )(?:label|explanation|condition):", put("   "), ("yaml-syntax",)),
    Sort("a line too far in, in a round", ROUND, r"^(?P<x>  )(?:applications_close|call_opens):", put("   "), ("yaml-syntax",)),
    Sort("English left out", ANY, r"label: \{ja: \"[^\"]*\"(?P<x>, en: \"[^\"]*\")\}", put(""), ("missing-translation",)),
    Sort("Japanese left out", ANY, r"(?P<x>^ +ja: .*\n)(?P<at>^ +en: )", put(""), ("missing-translation",)),
    Sort("the two languages exchanged", ANY, r"\{ja: (?P<x>\"[^\"\n]*[ぁ-ん][^\"\n]*\", en: \"[^\"\n{}]*\")\}", exchanged, ("languages-swapped",)),
    Sort("English left empty", ANY, r"^ +en: (?P<x>\"[^\"]*\")$", put('""'), ("missing-translation",)),
    Sort("a full-width digit in a figure", RULE_SET, r"value: (?P<x>[0-9,]+[万億]?(?:円|人|年))", wide, ("bad-literal", "full-width-digits")),
    Sort("a full-width digit in a date", ROUND, r"at: (?P<x>[0-9-]+ )", wide, ("bad-literal",)),
    Sort("a tab", ANY, r"^(?P<x>  )[a-z_]+:", put("\t"), ("tab",)),
    Sort("a thirteenth month", ROUND, r"at: \d{4}-(?P<x>\d\d)-", put("13"), ("bad-literal",)),
    Sort("the thirtieth of February", ROUND, r"at: \d{4}-(?P<x>\d\d-\d\d)", put("02-30"), ("bad-literal",)),
    Sort("a deadline before the opening", r"rules/monozukuri/r[34]s2?/rounds/1\d\.yaml", r"applications_close:\n    at: (?P<x>\d{4})", put("2012"), ("schedule-order",)),
    Sort("a citation left out", FRAME, r"(?P<at>^  - code: .*)\n(?:    .*\n)*?(?P<x>    citation: .*\n)", put(""), ("missing-citation",), "at"),
    Sort("a citation left out of a figure", RULE_SET, r"(?P<at>^    value: .*)\n    label: .*\n(?P<x>    citation: .*\n)", put(""), ("missing-citation",), "at"),
    Sort("a section left empty", ANY, r"section: (?P<x>\"[^\"]+\"), status", put('""'), ("wrong-type",)),
    Sort("a code that stands twice", RULE_SET, r"^  - code: size\.sme_or_specified\n(?:(?!  - code:).*\n)+  - code: (?P<x>[a-z_.0-9]+)$", put("size.sme_or_specified"), ("duplicate-code",)),
    Sort("a frame that there is not", FRAME, r"^reexamination:\n  frame: (?P<x>[a-z-]{5,})$", swapped, ("unknown-frame",)),
    Sort("a frame that there is not, in the order", RULE_SET, r"^frames: \[(?:[a-z-]+, )?(?P<x>[a-z-]{4,})", swapped, ("unknown-frame",)),
    Sort("a bracket that is not closed", r"rules/(definitions|.*/rule_set)\.yaml", r"(?P<x>\([^()\n]+\))$", without(")"), ("unclosed-bracket", "unexpected-token")),
    Sort("a quote that is not closed", ANY, r"^ +ja: \"[^\"\n]*(?P<x>\")$", put(""), ("yaml-syntax",)),
    Sort("a quote that is not closed, in brackets", ANY, r"\{ja: \"[^\"\n]*(?P<x>\"), en:", put(""), ("yaml-syntax",)),
    Sort("a brace that is not closed", ANY, r"^ +label: \{ja: .*\"(?P<x>\})$", put(""), ("yaml-syntax",)),
    Sort("a colon in words without quotes", ANY, r"^ +en: (?P<x>\"[A-Z][^\":#{}]*\")$", put("Note: this has no quotes"), ("yaml-syntax",)),
    Sort("a source with a slip in its name", ANY, r"\{source: (?P<x>[a-z_0-9]{6,}),", swapped, ("unknown-source",)),
    Sort("a status that there is not", ANY, r"status: (?P<x>printed|outside)\}", swapped, ("unknown-status",)),
    Sort("a round that has no file", r"rules/monozukuri/.*\.yaml", r"^  rounds: \[(?P<x>[0-9]+)", put("31"), ("unknown-round",)),
    Sort("a round that has no file, in an example", EXAMPLES, r"^    rounds: \[(?P<x>[0-9]+)", put("77"), ("unknown-round",)),
    Sort("a tag that there is not", FRAME, r"^tags: \[(?P<x>[a-z]+)", swapped, ("unknown-name",)),
    Sort("a key twice", FRAME, r"^(?P<x>tags: .*\n)", lambda line: line * 2, ("duplicate-key",), "end"),
    Sort("a figure in a text with a slip in its name", RULE_SET, r"\"[^\"\n]*\{(?P<x>[a-z_]{8,})\}[^\"\n]*\"$", swapped, ("unknown-figure",)),
    Sort("a figure in a text that is not closed", RULE_SET, r"^ +ja: \"[^\"\n]*\{[a-z_]{8,}(?P<x>\})", put(""), ("unclosed-bracket",)),
    Sort("a choice that there is not", r"rules/(definitions|.*/rule_set)\.yaml", r"(?:applicant_type|industry) == (?P<x>[a-z_]+)", swapped, ("unknown-choice",)),
    Sort("a frame that is followed and that there is not", FRAME, r"^follows:\n  frame: [a-z-]+/\w+/(?P<x>[a-z-]+)", swapped, ("unknown-frame",)),
    Sort("a note about nothing", FRAME, r"^    about: (?P<x>[a-z_]+)", swapped, ("unknown-about",)),
    Sort("an amount without its unit", RULE_SET, r"value: [0-9,]+(?P<x>万円)", put("万"), ("bad-literal",)),
    Sort("a rate as a decimal", RULE_SET, r"value: (?P<x>[12]/[23])$", put("0.5"), ("bad-literal", "kinds-differ", "bad-rate")),
    Sort("one equals sign", FRAME, r"condition: [a-z_]+ (?P<x>>=|==)", put("="), ("unexpected-token",)),
    Sort("an answer of another kind", FRAME, r"condition: [a-z_]+ is (?P<x>yes|no)$", put("true"), ("unexpected-token", "unknown-name", "kinds-differ")),
    Sort("an example that expects something else", EXAMPLES, r"^    expected: ?\{?(?:\n      )?outcome: (?P<x>eligible|not_eligible)\b", lambda old: "eligible" if old.startswith("not") else "not_eligible", ("example-differs",)),
    Sort("an example with an unknown fact", EXAMPLES, r"^      (?P<x>regular_employees): \d", swapped, ("unknown-name",)),
    Sort("a choice of an example that there is not", EXAMPLES, r"^      applicant_type: (?P<x>company)", swapped, ("example-differs", "unknown-choice")),
    Sort("more adopted than applied", r"rules/statistics\.yaml", r"(?P<at>^  - rule_set: .*\n)(?:    round: .*\n)?(?:    frame: .*\n)?    applied: [0-9,]+\n    adopted: (?P<x>[0-9,]+)", put("999,999"), ("more-adopted",), "at"),
    Sort("a budget that there is not, in the statistics", r"rules/statistics\.yaml", r"^  - rule_set: (?P<x>[a-z-]+/\w+)$", swapped, ("unknown-name",)),
    Sort("a round that a document cannot print", r"rules/sources\.yaml", r"^      monozukuri/\w+: \[(?P<x>\d+)", put("99"), ("unknown-round",)),
    Sort("a kind that there is not", r"rules/facts\.yaml", r"^    kind: (?P<x>count|choice|date)$", swapped, ("unknown-kind",)),
    Sort("neither yes nor no", r"rules/facts\.yaml", r"optional: (?P<x>yes)$", put("true"), ("bad-literal",)),
    Sort("an alias of YAML", RULE_SET, r"^    value: (?P<x>.+)$", put("*other"), ("yaml-syntax", "yaml-alias")),
    Sort("Shift_JIS, as far as it looks so", FRAME, r"^(?P<x>name: )", put("name： "), ("yaml-syntax", "unknown-key", "wrong-type", "missing-key")),
)  # fmt: skip

OF_STYLE = (
    Sort("a Japanese full stop in English", ANY, r"^ +en: \"[A-Z][^\"]*[a-z](?P<x>\.)\"$", put("。"), ("japanese-mark",)),
    Sort("a sentence that does not end politely", ANY, r"^ +ja: \"[^\"]*(?P<x>ます。)\"$", put("るのである。"), ("plain-style",)),
    Sort("full-width digits", JAPANESE, r"^[^#{|\n]*(?P<x>。)$", put("３番目です。"), ("full-width-digits",)),
    Sort("American spelling", ENGLISH, r"^[A-Z][^{#|\[\n]*(?P<x>\.)$", put(", and the labor of all programs."), ("american-spelling",)),
    Sort("half-width brackets", JAPANESE, r"^[^#{|\[（\n]+(?P<x>です。)$", put("会社(法人)です。"), ("half-width-bracket",)),
    Sort("a word that is not written here", JAPANESE, r"^[^#{|\[\n]+(?P<x>です。)$", put("です。申請して下さい。"), ("banned-word",)),
    Sort("two spaces", ENGLISH, r"^[A-Z][a-z]+(?P<x> )[a-z]", put("  "), ("double-space",)),
    Sort("a link that says nothing", JAPANESE, r"^[^#{|\[\n]+(?P<x>です。)$", put("です。[こちら](/check/)です。"), ("empty-link-text",)),
    Sort("a sentence that does not end", ENGLISH, r"^[A-Z][^{#|\[\n]*(?P<x>\.)$", put(" and then" + " so on" * 40 + "."), ("long-sentence",)),
)  # fmt: skip

OF_CONTENT = (
    Sort("a figure typed", PROSE, r"^[^#{|\[\n]+(?P<x>。|\.)$", put(" 750万円。"), ("typed-figure",)),
    Sort("a figure of the rules with a slip in its name", PROSE, r"\{[a-z-]+/\w+/\w+/[a-z-]+:(?P<x>[a-z_]{5,})", swapped, ("unknown-figure",)),
    Sort("a figure of the rules that is not closed", PROSE, r"\{[a-z-]+/\w+/\w+/[a-z-]+:[a-z_.0-9]+(?P<x>\})", put(""), ("unclosed-bracket",)),
    Sort("a block that there is not", GUIDE, r"^\{block:(?P<x>[a-z-]{5,})", swapped, ("unknown-block",)),
    Sort("a block told of something unknown", GUIDE, r"^\{block:[a-z-]+ (?P<x>[a-z_.]{5,})", swapped, ("unknown-name-in-block",)),
    Sort("a block in a sentence", GUIDE, r"^(?P<x>)\{block:", put("See "), ("block-in-sentence",)),
    Sort("a link to no page", PROSE, r"\]\(/(?P<x>[a-z-]{4,})/", swapped, ("unknown-page",)),
    Sort("a heading without anchor", PROSE, r"^## .*(?P<x> \{#[a-z-]+\})$", put(""), ("no-anchor",)),
    Sort("an anchor in capitals", r"content/guides/faq\..*\.md", r"^### .*\{#(?P<x>[a-z-]+)\}$", str.upper, ("no-anchor",)),
    Sort("an anchor twice", r"content/guides/faq\..*\.md", r"^### .*\{#(?P<x>again)\}$", put("sme"), ("duplicate-anchor",)),
    Sort("an anchor that the other version calls otherwise", ENGLISH, r"^## .*\{#(?P<x>[a-z]{4,})\}$", swapped, ("unlike-twins",)),
    Sort("a section that one version lacks", ENGLISH, r"\n(?P<x>## [^\n]*\n\n(?:(?!#|\{).*\n)+)(?=## )", put(""), ("unlike-twins",)),
    Sort("a page without its title", PROSE, r"\A(?P<x># )", put(""), ("no-title",)),
    Sort("interface words without English", WORDS, r"^[a-z_]+: \{ja: [^{}\n]*?(?P<x>, en: [^{}\n]*)\}$", put(""), ("missing-translation",)),
    Sort("a name of interface words with a slip", WORDS, r"^(?P<x>[a-z]+_[a-z]{5,}):", swapped, ("unused-words",)),
    Sort("interface words that are not closed", WORDS, r"^[a-z_]+: \{ja: [^{}\n]*(?P<x>\})$", put(""), ("yaml-syntax",)),
    Sort("a reading in katakana", r"content/glossary\.yaml", r"^    reading: (?P<x>.+)$", put("カタカナ"), ("bad-reading",)),
    Sort("a body that there is not", r"content/glossary\.yaml", r"^    official: (?P<x>[a-z_]{4,})$", swapped, ("unknown-body",)),
    Sort("a term defined nowhere", r"content/glossary\.yaml", r"^    defined: (?P<x>/[^#\n]+)", swapped, ("unknown-page",)),
    Sort("a day of the news that there is not", r"content/news\.yaml", r"^  date: (?P<x>.+)$", put("2026-11-31"), ("bad-literal",)),
    Sort("news in the wrong order", r"content/news\.yaml", r"(?<!\A)\n(?P<at>- name: .*\n)  date: (?P<x>.+)$", put("2031-01-01"), ("news-order",), "at"),
    Sort("news that lead nowhere", r"content/news\.yaml", r"^  pages: \[(?P<x>[a-z-]+)/", swapped, ("unknown-page",)),
    Sort("a result that there is not", r"content/accessibility\.yaml", r"result: (?P<x>met|none|open)", put("passed"), ("unknown-word",)),
    Sort("a criterion twice", r"content/accessibility\.yaml", r"number: (?P<x>1\.3\.3)", put("1.3.2"), ("duplicate-criterion",)),
    Sort("a message with a slip in its name", r"content/messages\.yaml", r"^(?P<x>[a-z]+_[a-z]{4,}):", swapped, ("unknown-message",)),
    Sort("a part that a message has not", r"content/messages\.yaml", r"^[a-z_]+: \{ja: [^\n]*\{(?P<x>[a-z]{3,})\}[^\n]*en:", swapped, ("wrong-part",)),
    Sort("an address without https", r"content/site\.yaml", r"^address: (?P<x>https)", put("http"), ("wrong-address",)),
    Sort("a question that nobody answers", r"content/guides/faq\..*\.md", r"\n(?P<at>### [^\n]*\n)\n(?P<x>[^\n#{]+\n)\n##", put(""), ("no-answer",), "at"),
)  # fmt: skip

OF_TYPING = (
    Sort("a name in Japanese quotes", FRAME, r"^    about: (?P<x>[a-z_.]+)$", "「{}」".format, ("bad-name",)),
    Sort("a name in curly quotes", FRAME, r"source: (?P<x>[a-z0-9_]+),", "“{}”".format, ("bad-name",)),
    Sort("words in curly quotes", RULE_SET, r"label: \{ja: (?P<x>\"[^\"]+\")", lambda old: f"“{old[1:-1]}”", ("other-quotes",)),
    Sort("a name with a space behind it", FRAME, r"source: (?P<x>[a-z0-9_]+),", '"{} "'.format, ("bad-name",)),
    Sort("a name with a full-width letter", RULE_SET, r"^  (?P<x>[a-z])[a-z_]+:\n    value:", lambda old: chr(ord(old) + 0xFEE0), ("bad-name",)),
    Sort("a full-width colon", RULE_SET, r"^    value(?P<x>: )", put("："), ("yaml-syntax",)),
    Sort("a full-width colon with a space", ROUND, r"^  call_opens(?P<x>: )", put("： "), ("yaml-syntax",)),
    Sort("a full-width colon where keys follow", FRAME, r"^award(?P<x>:)$", put("："), ("yaml-syntax",)),
    Sort("a full-width colon in braces", FRAME, r"\{source(?P<x>: )", put("："), ("unknown-key",)),
    Sort("no space behind a colon", RULE_SET, r"^    value(?P<x>: )", put(":"), ("yaml-syntax",)),
    Sort("no space behind a colon in braces", FRAME, r"\{to(?P<x>: )", put(":"), ("unknown-key",)),
    Sort("a full-width comma", FRAME, r"\{source: [a-z0-9_]+(?P<x>, )", put("，"), ("yaml-syntax",)),
    Sort("a Japanese comma in a list", RULE_SET, r"^frames: \[[a-z-]+(?P<x>, )", put("、"), ("bad-name",)),
    Sort("a full-width space that indents", FRAME, r"^(?P<x>    )label:", put("\u3000\u3000"), ("yaml-syntax",)),
    Sort("a full-width brace", FRAME, r"citation: (?P<x>\{)source", put("｛"), ("yaml-syntax",)),
    Sort("no space behind the dash of a list", FRAME, r"^    (?P<x>- )when:", put("-"), ("yaml-syntax",)),
    Sort("a full-width dash of a list", FRAME, r"^  (?P<x>- )code:", put("－ "), ("yaml-syntax",)),
    Sort("a comment without its sign", RULE_SET, r"^(?P<x># )What", put(""), ("yaml-syntax",)),
    Sort("a full-width sign of a comment", FRAME, r"^(?P<x>)offered:", put("＃ 対象の回\n"), ("yaml-syntax",), "end"),
    Sort("a comment as programs have it", FRAME, r"^(?P<x>)tags:", put("// 分類\n"), ("yaml-syntax",), "end"),
    Sort("a Japanese era", r"rules/monozukuri/r3s/rounds/13\.yaml", r"at: (?P<x>2022-12-22) ", put("令和4年12月22日"), ("bad-literal",)),
    Sort("a day with slashes", r"rules/monozukuri/r1s/rounds/\d\.yaml", r"(?:at|on): (?P<x>\d{4}-\d\d-\d\d)", lambda old: old.replace("-", "/"), ("bad-literal",)),
    Sort("the hour as it is said", ROUND, r"at: \d{4}-\d\d-\d\d (?P<x>17:00)", put("17時"), ("bad-literal",)),
    Sort("a comma at the wrong digit", RULE_SET, r"value: (?P<x>[0-9,]+万円)$", put("10,00万円"), ("bad-literal",)),
    Sort("an amount with a sign of its currency", RULE_SET, r"value: (?P<x>[0-9,]+万円)$", put("¥5,000,000"), ("bad-literal",)),
    Sort("a share as it is said", RULE_SET, r"value: (?P<x>\d/\d)$", put("2分の1"), ("bad-literal",)),
    Sort("a full-width sign of a hundredth", RULE_SET, r"value: [0-9.]+(?P<x>%)$", put("％"), ("bad-literal",)),
    Sort("yes in a capital letter", r"rules/facts\.yaml", r"^    [a-z_]+: (?P<x>yes)$", put("Yes"), ("bad-literal",)),
    Sort("keys where a list is expected", FRAME, r"^tags: (?P<x>\[[a-z, ]+\])", put("{sme: yes}"), ("wrong-type",)),
    Sort("a word where a list is expected", FRAME, r"^tags: (?P<x>\[[a-z, ]+\])", put("sme"), ("wrong-type",)),
    Sort("a status in Japanese", FRAME, r"status: (?P<x>printed)", put("明記"), ("unknown-status",)),
    Sort("a section of nothing but a space", FRAME, r"section: (?P<x>\"[^\"]+\"), status", put('" "'), ("wrong-type",)),
    Sort("rounds from one to another", FRAME, r"^  rounds: \[(?P<x>10, 11, 12, 13)\]", put("10-13"), ("bad-literal",)),
    Sort("a round that stands twice", FRAME, r"^  rounds: \[10, (?P<x>11)", put("10"), ("duplicate-name",)),
    Sort("an address with words behind it", r"rules/sources\.yaml", r"^    address: (?P<x>https://\S+)", with_more(" を参照"), ("bad-literal",)),
    Sort("a sign of mathematics", FRAME, r"condition: [a-z_]+ (?P<x>>=)", put("≧"), ("unexpected-token",)),
    Sort("a sign the wrong way round", FRAME, r"condition: [a-z_]+ (?P<x>>=)", put("=>"), ("unexpected-token",)),
    Sort("a word of conditions in capitals", r"rules/definitions\.yaml", r"^ +(?:- |[a-z_]+: )?[a-z_]+ (?:in|==|<=|>=|is) [^\"{]*?(?P<x> and )", put(" AND "), ("unexpected-token",)),
    Sort("a link in full-width brackets", GUIDE, r"\](?P<x>\(/[a-z/-]+\))", lambda old: f"（{old[1:-1]}）", ("unknown-page",)),
    Sort("a heading without its space", GUIDE, r"^(?P<x>## )[^{\n]+\{#", put("##"), ("no-heading",)),
    Sort("a full-width sign of a heading", GUIDE, r"^(?P<x>## )", put("＃＃ "), ("no-heading",)),
    Sort("a sentence about calls with a slip in its name", PROSE, r"\{calls:(?P<x>[a-z]+)\}", swapped, ("unknown-sentence",)),
    Sort("a sentence about calls that lacks a state", r"content/calls\.yaml", r"(?P<at>^  open:\n)(?:.*\n)+?(?P<x>  unknown:\n(?:    .*\n)+)", put(""), ("missing-key",), "at"),
)  # fmt: skip

#: As documents write it, as other programs leave it, and what looks as it should and is not.
OF_PASTING = (
    Sort("a day with slashes", ROUND, r"at: (?P<x>\d{4}-\d\d-\d\d)", lambda day: day.replace("-", "/"), ("bad-literal",)),
    Sort("a day of an era", ROUND, r"at: (?P<x>\d{4}-\d\d-\d\d)", put("令和4年12月22日"), ("bad-literal",)),
    Sort("an amount in thousands", RULE_SET, r"value: (?P<x>[0-9,]+万円)", put("7,500千円"), ("bad-literal",)),
    Sort("an amount without any unit", RULE_SET, r"^  limit_of_lowest_tier:\n    value: (?P<x>[0-9].*)$", put("750"), ("kinds-differ",)),
    Sort("months as documents write them", RULE_SET, r"value: (?P<x>[0-9]+か月)", lambda old: old.replace("か", "ヶ"), ("bad-literal",)),
    Sort("a rate as documents write it", RULE_SET, r"value: (?P<x>[12]/[23])$", put("2分の1"), ("bad-literal",)),
    Sort("a letter of two characters", ANY, r"^ +ja: \"[^\"\n]*(?P<x>[がだで])", lambda old: normalize("NFD", old), ("decomposed-letter",)),
    Sort("a letter of two characters, in prose", JAPANESE, r"^[^#\n]*(?P<x>[がだで])", lambda old: normalize("NFD", old), ("decomposed-letter",)),
    Sort("half-width katakana", JAPANESE, r"^[^#{|\[\n]*(?P<x>。)$", put("。ﾃﾞｼﾞﾀﾙ枠です。"), ("half-width-katakana",)),
    Sort("a full-width space before a key", FRAME, r"^(?P<x>  )[a-z_]+:", put("\u3000"), ("tab",)),
    Sort("a no-break space behind a colon", FRAME, r"^  [a-z_]+:(?P<x> )[a-z\"]", put("\u00a0"), ("yaml-syntax",)),
    Sort("a no-break space in a heading", GUIDE, r"^##(?P<x> )", put("\u00a0"), ("no-heading",)),
    Sort("two versions that git has left", GUIDE, r"^(?P<x>)## ", put("<<<<<<< HEAD\n"), ("merge-conflict",)),
    Sort("two versions that git has left, in rules", FRAME, r"^(?P<x>)tags:", put("<<<<<<< HEAD\n"), ("merge-conflict",)),
    Sort("a figure in full-width braces", JAPANESE, r"(?P<x>\{[a-z-]+/\w+/\w+/[a-z-]+:[a-z_.0-9]+\})", lambda old: f"｛{old[1:-1]}｝", ("unclosed-bracket",)),
    Sort("a day of an era typed", JAPANESE, r"^[^#{|\[\n]+(?P<x>。)$", put("（令和4年12月22日）。"), ("typed-figure",)),
    Sort("an amount typed in words", JAPANESE, r"^[^#{|\[\n]+(?P<x>。)$", put("（七百五十万円）。"), ("typed-figure",)),
    Sort("a list at the level of its key", FRAME, r"^  rate:\n(?P<x>    - when: .*)$", lambda old: old[2:], ("yaml-syntax",)),
    Sort("a page that is empty", GUIDE, r"\A(?P<x>[\s\S]+)\Z", put(""), ("empty-file",)),
    Sort("a frame that is empty", FRAME, r"\A(?P<x>[\s\S]+)\Z", put(""), ("empty-file",)),
)  # fmt: skip

SORTS = (*OF_RULES, *OF_STYLE, *OF_CONTENT, *OF_TYPING, *OF_PASTING)
#: Sorts that are told only where nothing else is wrong in the budget, or in what prose names.
RESTING = frozenset(
    (
        *("an example that expects something else", "a term defined nowhere"),
        "a sentence about calls with a slip in its name",
    )
)
