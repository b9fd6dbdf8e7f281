"""A round that takes over the rules of an earlier one: what it offers, which figures hold, and what is confirmed."""

from __future__ import annotations

import shutil
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from calculator.expressions import Constant
from calculator.kinds import Kind
from calculator.rulebook import Citation, CitationStatus, FrameRules, UpperLimit
from site_builder.errors import GuidanceErrors
from site_builder.rules import read_rules
from site_builder.rules.model import FrameInRound, Round

GOOD = Path(__file__).parent.parent / "good" / "rules"
REAL = Path(__file__).parents[2] / "rules"
ROUND = """name: {ja: 4次締切, en: Round 4}
summary: {ja: 4回目です。, en: The fourth.}
schedule: {call_opens: not_printed, applications_open: not_printed, applications_close: not_printed}
"""
FIFTH, SIXTH = (ROUND.replace("4", number) for number in "56")
PLACE = "citation: {source: fourth, section: 4の要件, status: printed}"
PRINTED = Citation("fourth", "4の要件", CitationStatus.PRINTED)


def made(folder: Path, body: str, since: str = "carried_from: 2\n", special: tuple[str, str] | None = None) -> Round:
    """Return round 4 of the good rules, which takes over round 2 (between them there is a placeholder).

    `special` are words in the file of the special frame, and what stands in their place.
    """
    rules = folder / "rules"
    shutil.copytree(GOOD, rules)
    if special is not None:
        file = rules / "demo" / "b1" / "special.yaml"
        file.write_text(file.read_text(encoding="utf-8").replace(*special), encoding="utf-8")
    (rules / "demo" / "b1" / "rounds" / "4.yaml").write_text(ROUND + since + body, encoding="utf-8")
    sources = rules / "sources.yaml"
    text = sources.read_text(encoding="utf-8")
    own = text[text.index("  guideline:") : text.index("  newspaper:")].replace("guideline:", "fourth:")
    sources.write_text(text + own.replace("[1, 2]", "[4]"), encoding="utf-8")
    return read_rules(rules, {}).programmes[0].rule_sets[0].round(4)


def frame(one: Round, slug: str) -> FrameInRound:
    return next(frame for frame in one.frames if frame.slug == slug)


def requirement(one: Round, code: str, slug: str = "plain") -> Citation:
    return next(found.citation for found in frame(one, slug).rules.requirements if found.code == code)


def test_it_offers_what_the_earlier_round_offered_with_the_figures_of_that_round(tmp_path: Path) -> None:
    one = made(tmp_path, "")
    assert [found.slug for found in one.frames] == ["plain", "special"]
    assert frame(one, "plain").figures["growth"].value.value == Fraction(4)  # as round 2 has it, not the rule set
    assert one.summary.ja == "4回目です。"
    assert one.documents == ()  # what a round says of its own papers and dates is its own
    assert [statement.name for statement in one.statements] == []


def test_nothing_is_confirmed_by_itself(tmp_path: Path) -> None:
    one = made(tmp_path, "")
    award = frame(one, "plain").rules.award
    assert award is not None
    found = [award.rounding, award.upper_limit.citation, *(case.citation for case in award.rates)]
    found += [each.citation for each in frame(one, "plain").rules.requirements]
    assert {each.status for each in found} == {CitationStatus.UNCONFIRMED}
    assert one.unconfirmed is not None
    assert one.unconfirmed.figures == ("growth", "unit_price", "least_employees")
    assert "plan.growth" in one.unconfirmed.about
    assert "upper_limit" in one.unconfirmed.about
    assert one.unconfirmed.definitions == ("small_business", "large_capital", "growing")
    assert "plan.growth" in frame(one, "plain").rules.unconfirmed


def test_a_source_that_speaks_of_the_round_needs_no_confirmation(tmp_path: Path) -> None:
    rules = tmp_path / "more"
    one = made(rules, "")
    assert requirement(one, "plan.announced").status is CitationStatus.UNCONFIRMED
    shutil.rmtree(rules)
    shutil.copytree(GOOD, rules / "rules")
    sources = rules / "rules" / "sources.yaml"
    text = sources.read_text(encoding="utf-8").replace("demo/b1: [1, 2]", "demo/b1: [1, 2, 4]")
    sources.write_text(text, encoding="utf-8")
    (rules / "rules" / "demo" / "b1" / "rounds" / "4.yaml").write_text(f"{ROUND}carried_from: 2\n", encoding="utf-8")
    again = read_rules(rules / "rules", {}).programmes[0].rule_sets[0].round(4)
    assert requirement(again, "plan.announced").status is CitationStatus.PRINTED
    assert again.budget.citation.status is CitationStatus.UNCONFIRMED  # of the outline, which does not speak of it


def test_a_changed_figure_is_the_place_of_the_condition_that_names_it(tmp_path: Path) -> None:
    one = made(tmp_path, f"figures:\n  growth: {{value: 5%, {PLACE}}}\n")
    assert requirement(one, "plan.growth") == PRINTED
    assert requirement(one, "plan.announced").status is CitationStatus.UNCONFIRMED
    assert frame(one, "plain").figures["growth"].value.value == Fraction(5)
    assert frame(one, "plain").figures["growth"].label is not None
    assert one.purpose.citation == replace(PRINTED, status=CitationStatus.UNCONFIRMED)  # prose says more than a figure


def test_a_figure_is_confirmed_by_its_name_with_its_new_place(tmp_path: Path) -> None:
    one = made(tmp_path, f"confirmed:\n  - {{figures: [growth], {PLACE}}}\n")
    assert frame(one, "plain").figures["growth"].citation == PRINTED
    assert requirement(one, "plan.growth") == PRINTED
    assert frame(one, "plain").figures["growth"].value.value == Fraction(4)
    assert one.unconfirmed is not None
    assert "growth" not in one.unconfirmed.figures


def test_of_several_figures_the_changed_one_is_the_place_and_open_while_another_is(tmp_path: Path) -> None:
    both = ("regular_employees >= least_employees", "regular_employees >= least_employees and growth_pct >= growth")
    changed = f"figures:\n  growth: {{value: 5%, {PLACE}}}\n"
    one = made(tmp_path / "open", changed, special=both)
    assert requirement(one, "frame.has_employees", "special") == replace(PRINTED, status=CitationStatus.UNCONFIRMED)
    other = PLACE.replace("4の要件", "4の従業員")
    one = made(tmp_path / "told", f"{changed}confirmed:\n  - {{figures: [least_employees], {other}}}\n", special=both)
    assert requirement(one, "frame.has_employees", "special") == PRINTED
    assert frame(one, "special").figures["least_employees"].citation.section == "4の従業員"


def test_a_requirement_that_is_confirmed_confirms_its_figures(tmp_path: Path) -> None:
    one = made(tmp_path, f"confirmed:\n  - {{about: [investment.unit_price], {PLACE}}}\n")
    assert requirement(one, "investment.unit_price") == PRINTED
    assert frame(one, "plain").figures["unit_price"].citation == PRINTED


def test_topics_are_confirmed_in_every_frame(tmp_path: Path) -> None:
    one = made(tmp_path, f"confirmed:\n  - {{about: [upper_limit], {PLACE}}}\n")
    for slug in ("plain", "special"):
        award = frame(one, slug).rules.award
        assert award is not None
        assert award.upper_limit.citation == PRINTED
        assert award.rates[0].citation.status is CitationStatus.UNCONFIRMED
        assert "upper_limit" not in frame(one, slug).rules.unconfirmed


def test_a_frame_is_confirmed_with_all_that_stands_in_its_own_file(tmp_path: Path) -> None:
    one = made(tmp_path, f"confirmed:\n  - {{frames: [special], {PLACE}}}\n")
    assert requirement(one, "frame.has_employees", "special") == PRINTED
    assert frame(one, "special").offered == PRINTED
    assert frame(one, "special").figures["least_employees"].citation == PRINTED
    assert requirement(one, "plan.growth", "special").status is CitationStatus.UNCONFIRMED  # shared by the rule set
    assert frame(one, "plain").offered.status is CitationStatus.UNCONFIRMED


def test_everything_is_confirmed_at_once_and_what_rests_on_no_document_does_not_rest_on_one_now(
    tmp_path: Path,
) -> None:
    one = made(tmp_path, f"confirmed:\n  - {{everything: yes, {PLACE}}}\n")
    assert one.unconfirmed is None
    assert all(found.rules.unconfirmed == () for found in one.frames)
    assert requirement(one, "plan.announced") == PRINTED
    award = frame(one, "plain").rules.award
    assert award is not None
    assert award.rounding.status is CitationStatus.CONVENTION
    assert award.rounding.source == "guideline"


def test_what_is_named_goes_before_what_is_meant_among_many(tmp_path: Path) -> None:
    other = PLACE.replace("4の要件", "4の全部")
    body = f"confirmed:\n  - {{everything: yes, {other}}}\n  - {{about: [plan.growth], {PLACE}}}\n"
    one = made(tmp_path, f"{body}figures:\n  unit_price: {{value: 60万円, {PLACE}}}\n")
    assert requirement(one, "plan.growth") == PRINTED
    assert requirement(one, "investment.unit_price") == PRINTED
    assert requirement(one, "plan.announced").section == "4の全部"


def test_without_a_place_it_is_taken_over_knowingly(tmp_path: Path) -> None:
    one = made(tmp_path, "confirmed:\n  - {everything: yes}\n")
    assert one.unconfirmed is None
    assert requirement(one, "plan.announced") == Citation("guideline", "要件", CitationStatus.CARRIED_OVER)


def test_frames_are_dropped_and_come_again(tmp_path: Path) -> None:
    one = made(tmp_path, f"frames: {{dropped: [plain], {PLACE}}}\n")
    assert [found.slug for found in one.frames] == ["special"]
    assert one.frames[0].offered == PRINTED
    again = made(tmp_path / "again", f"frames: {{added: [special], {PLACE}}}\n", "carried_from: 1\n")
    assert [found.slug for found in again.frames] == ["plain", "special"]


def test_notes_that_the_new_documents_settle_are_left_out_of_this_round(tmp_path: Path) -> None:
    one = made(tmp_path, "without_notes: [limit]\n")
    assert [note.name for note in frame(one, "plain").notes] == ["growth"]
    assert {citation.status for note in one.notes for citation in note.citations} == {CitationStatus.CARRIED_OVER}


ADDED = f"{{code: plan.new, label: {{ja: 新しい要件, en: New}}, condition: regular_employees >= 2人, {PLACE}}}"


def codes(one: Round, slug: str = "plain") -> list[str]:
    return [found.code for found in frame(one, slug).rules.requirements]


def test_requirements_that_are_gone_or_new_hold_in_this_round_and_those_after_it_alone(tmp_path: Path) -> None:
    body = f"requirements: {{dropped: [plan.growth], added: [{ADDED}], {PLACE}}}\n"
    one = made(tmp_path, body)
    assert "plan.growth" not in codes(one)
    assert requirement(one, "plan.new") == PRINTED
    assert "plan.new" in codes(one, "special")
    assert one.unconfirmed is not None
    assert not {"plan.growth", "plan.new"} & set(one.unconfirmed.about)
    assert "growth" not in {note.about for note in frame(one, "plain").notes}
    rounds = tmp_path / "rules" / "demo" / "b1" / "rounds"
    (rounds / "5.yaml").write_text(f"{FIFTH}carried_from: 4\n", encoding="utf-8")
    rule_set = read_rules(tmp_path / "rules", {}).programmes[0].rule_sets[0]
    assert codes(rule_set.round(5)) == codes(one)
    assert requirement(rule_set.round(5), "plan.new") == replace(PRINTED, status=CitationStatus.UNCONFIRMED)
    assert "plan.growth" in codes(rule_set.round(2))
    assert "plan.new" not in codes(rule_set.round(2))


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("dropped: [plan.grwoth]", "unknown-about"),
        (f"added: [{ADDED.replace('plan.new', 'plan.growth')}]", "duplicate-name"),
        (f"added: [{ADDED}, {ADDED}]", "duplicate-name"),
        (f"added: [{ADDED.replace('regular_employees', 'regular_employes')}]", "unknown-name"),
        (f"added: [{ADDED.replace('fourth', 'guideline')}]", "not-printed-there"),
    ],
)
def test_what_is_wrong_in_requirements_that_are_gone_or_new_is_told(tmp_path: Path, body: str, code: str) -> None:
    with pytest.raises(GuidanceErrors) as caught:
        made(tmp_path, f"requirements: {{{body}, {PLACE}}}\n")
    assert {error.code for error in caught.value.errors} == {code}
    assert {error.place.path.rsplit("/", 1)[-1] for error in caught.value.errors} == {"4.yaml"}


AWARDS = f"""awards:
  - frames: [plain]
    upper_limit:
      by: regular_employees
      tiers: [{{to: 5人, amount: 700万円}}, {{to: 50人, amount: "1,500万円"}}, {{amount: "2,000万円"}}]
      {PLACE}
  - frames: [plain, special]
    uplifts: [{{when: growth_pct >= growth, amount: 100万円, {PLACE}}}]
  - frames: [special]
    lower_limit: {{amount: 200万円, code: amount.below_lower_limit, label: {{ja: 下限, en: Least}}, {PLACE}}}
"""


def limits(one: Round, slug: str = "plain") -> tuple[list[int | None], int]:
    award = frame(one, slug).rules.award
    assert award is not None
    return [tier.amount_yen for tier in award.upper_limit.tiers], len(award.upper_limit.uplifts)


def test_parts_of_awards_that_are_otherwise_hold_in_this_round_and_those_after_it_alone(tmp_path: Path) -> None:
    one = made(tmp_path, f"{AWARDS}confirmed:\n  - {{everything: yes, {PLACE.replace('4の要件', '全体')}}}\n")
    assert limits(one) == ([7_000_000, 15_000_000, 20_000_000], 1)
    assert limits(one, "special") == ([30_000_000], 1)
    award, special = frame(one, "plain").rules.award, frame(one, "special").rules.award
    assert award is not None
    assert special is not None
    assert award.upper_limit.citation == PRINTED  # what it says itself is cited as it is
    assert award.upper_limit.uplifts[0].citation == PRINTED
    assert award.rates[0].citation.section == "全体"  # what stays is where it is confirmed
    assert special.lower_limit is not None
    assert special.lower_limit.amount_yen == 2_000_000
    assert next(note.text.en for note in frame(one, "plain").notes if note.name == "limit") == "At most 20,000,000 yen."
    assert frame(one, "plain").figures["upper_limit.2"].text.en == "15,000,000 yen"
    assert one.unconfirmed is None
    examples = tmp_path / "rules" / "demo" / "b1" / "examples" / "plain.yaml"
    examples.write_text(examples.read_text(encoding="utf-8").replace("[1, 2]", "[1, 2, 4]", 1), encoding="utf-8")
    rounds = tmp_path / "rules" / "demo" / "b1" / "rounds"
    own = f"awards: [{{frames: [plain], uplifts: [{{when: growth_pct >= growth, amount: 50万円, {PLACE}}}]}}]\n"
    (rounds / "5.yaml").write_text(f"{FIFTH}carried_from: 4\n{own.replace('fourth', 'fifth')}", encoding="utf-8")
    sources = tmp_path / "rules" / "sources.yaml"
    text = sources.read_text(encoding="utf-8")
    fifth = text[text.index("  fourth:") :].replace("fourth:", "fifth:").replace("[4]", "[5]")
    sources.write_text(text + fifth, encoding="utf-8")
    rule_set = read_rules(tmp_path / "rules", {}).programmes[0].rule_sets[0]
    assert limits(rule_set.round(5)) == ([7_000_000, 15_000_000, 20_000_000], 2)
    assert limits(rule_set.round(5), "special") == limits(one, "special")
    later = frame(rule_set.round(5), "plain").rules.award
    assert later is not None
    assert later.upper_limit.citation == replace(PRINTED, status=CitationStatus.UNCONFIRMED)
    assert [uplift.citation.source for uplift in later.upper_limit.uplifts] == ["fourth", "fifth"]
    stories = {one.round: one.story.en for one in frame(rule_set.round(4), "plain").examples}
    assert stories[4] == "The upper limit is 7,000,000 yen."
    assert limits(rule_set.round(2)) == ([7_500_000, 10_000_000, 12_500_000], 0)


UPLIFT = f"{{when: growth_pct >= growth, amount: 100万円, {PLACE}}}"
GAP = "{to: 5人, amount: 700万円}, {from: 7人, amount: 800万円}"
RATE = f"rate: [{{rate: 1/3, {PLACE}}}]"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (f"frames: [plian], uplifts: [{UPLIFT}]", "unknown-frame"),
        ("frames: [plain]", "missing-key"),
        (f"frames: [plain], uplifts: [{UPLIFT.replace('growth_pct', 'growht_pct')}]", "unknown-name"),
        (f"frames: [plain], uplifts: [{UPLIFT.replace('fourth', 'guideline')}]", "not-printed-there"),
        (f"frames: [plain, plain], {RATE}", "duplicate-name"),
        (f"frames: [plain], {RATE.replace('1/3', '4/3')}", "bad-rate"),
        (f"frames: [plain], upper_limit: {{amount: 50万円, {PLACE}}}", "limits-crossed"),
        (f"frames: [plain], upper_limit: {{by: regular_employees, tiers: [{GAP}], {PLACE}}}", "tier-gap"),
    ],
)
def test_what_is_wrong_in_awards_that_are_otherwise_is_told(tmp_path: Path, body: str, code: str) -> None:
    with pytest.raises(GuidanceErrors) as caught:
        made(tmp_path, f"awards: [{{{body}}}]\n")
    assert [error.code for error in caught.value.errors] == [code]
    assert {error.place.path.rsplit("/", 1)[-1] for error in caught.value.errors} == {"4.yaml"}


def test_an_award_of_a_frame_that_is_dropped_is_no_part_of_the_round(tmp_path: Path) -> None:
    with pytest.raises(GuidanceErrors) as caught:
        made(tmp_path, f"frames: {{dropped: [plain], {PLACE}}}\nawards: [{{frames: [plain], {RATE}}}]\n")
    assert [(error.code, error.sentence) for error in caught.value.errors] == [
        ("unknown-frame", "'plain' is not offered in round 4")
    ]


POINT = f"{{code: bonus.new, label: {{ja: 新, en: New}}, condition: growth_pct >= growth, {PLACE}}}"
LIMIT = f"{{code: bonus.most, label: {{ja: 上限, en: Most}}, of: [bonus.growing, bonus.new], at_most: 1, {PLACE}}}"


def points(one: Round, slug: str = "plain") -> tuple[list[str], list[str], list[str]]:
    rules = frame(one, slug).rules
    return tuple([item.code for item in some] for some in (rules.bonuses, rules.deductions, rules.point_limits))  # type: ignore[return-value]


def test_points_that_are_gone_or_new_weigh_in_this_round_and_those_after_it_alone(tmp_path: Path) -> None:
    body = f"selection: {{dropped: [deduction.voluntary], bonuses: [{POINT}], limits: [{LIMIT}], {PLACE}}}\n"
    one = made(tmp_path, body)
    assert points(one) == (["bonus.growing", "bonus.new"], [], ["bonus.most"])
    assert points(one, "special") == (["bonus.growing", "bonus.new"], [], ["bonus.most"])
    assert frame(one, "plain").rules.bonuses[1].citation == PRINTED
    rounds = tmp_path / "rules" / "demo" / "b1" / "rounds"
    after = f"selection: {{dropped: [bonus.growing], {PLACE}}}\nconfirmed: [{{about: [bonus.new]}}]\n"
    (rounds / "5.yaml").write_text(
        FIFTH + "carried_from: 4\n" + after.replace("status: printed", "status: carried_over"), encoding="utf-8"
    )
    rule_set = read_rules(tmp_path / "rules", {}).programmes[0].rule_sets[0]
    assert points(rule_set.round(5)) == (["bonus.new"], [], ["bonus.most"])
    assert frame(rule_set.round(5), "plain").rules.bonuses[0].citation.status is CitationStatus.CARRIED_OVER
    assert frame(rule_set.round(5), "plain").rules.point_limits[0].of == ("bonus.new",)
    assert points(rule_set.round(2), "special") == (["bonus.growing"], ["deduction.voluntary"], [])


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("dropped: [bonus.grwoing]", "unknown-about"),
        (f"bonuses: [{POINT.replace('bonus.new', 'bonus.growing')}]", "duplicate-name"),
        (f"bonuses: [{POINT}, {POINT}]", "duplicate-name"),
        (f"limits: [{LIMIT}]", "unknown-point"),
        (f"dropped: [bonus.growing], bonuses: [{POINT}], limits: [{LIMIT}]", "unknown-point"),
        (f"bonuses: [{POINT.replace('growth_pct', 'growht_pct')}]", "unknown-name"),
    ],
)
def test_what_is_wrong_in_points_that_are_gone_or_new_is_told(tmp_path: Path, body: str, code: str) -> None:
    with pytest.raises(GuidanceErrors) as caught:
        made(tmp_path, f"selection: {{{body}, {PLACE}}}\n")
    assert {error.code for error in caught.value.errors} == {code}
    assert {error.place.path.rsplit("/", 1)[-1] for error in caught.value.errors} == {"4.yaml"}


NAMES = f"""added:
  figures:
    young: {{value: 3年, label: {{ja: 若い事業者の年数, en: years of a young business}}, {PLACE}}}
    young_uplift: {{value: 100万円, {PLACE}}}
  definitions:
    young_business:
      label: {{ja: "若い事業者（{{young}}以内）", en: "young business (up to {{young}})"}}
      {PLACE.replace("4の要件", "4の定義")}
      condition: regular_employees <= young
"""
YOUNG = f"""requirements:
  added: [{{code: plan.young, label: {{ja: 新, en: New}}, condition: young_business or growth_pct >= growth, {PLACE}}}]
  {PLACE}
awards: [{{frames: [plain], uplifts: [{{when: young_business, amount: young_uplift, {PLACE}}}]}}]
notes:
  young: {{about: plan.growth, text: {{ja: "{{young}}です。", en: "It is {{young}}."}}, citations: [{PLACE[10:]}]}}
"""


def test_figures_and_definitions_of_its_own_hold_in_a_round_and_in_those_that_take_it_over(tmp_path: Path) -> None:
    whole = f"confirmed: [{{everything: yes, {PLACE.replace('4の要件', '全体')}}}]\n"
    one = made(tmp_path, NAMES.replace("3年", "3人") + YOUNG + whole)
    for slug in ("plain", "special"):
        here = frame(one, slug)
        assert here.figures["young"].citation == PRINTED  # its own place, whatever `everything` says
        assert here.definitions["young_business"].citation == replace(PRINTED, section="4の定義")
        assert here.definitions["young_business"].label.en == "young business (up to 3)"
        assert "young" in here.named
    assert one.unconfirmed is None
    uplift = limits_of(one).uplifts[0]
    assert (uplift.amount, uplift.citation) == (Constant(Kind.YEN, 1_000_000), PRINTED)
    rounds = tmp_path / "rules" / "demo" / "b1" / "rounds"
    (rounds / "5.yaml").write_text(f"{FIFTH}carried_from: 4\n", encoding="utf-8")
    other = PLACE.replace("fourth", "sixth")
    named = f"[{{definitions: [young_business], {other}}}, {{figures: [young_uplift], {other}}}]"
    changed = f"figures: {{young: {{value: 5人, {other}}}}}\nconfirmed: {named}\n"
    (rounds / "6.yaml").write_text(f"{SIXTH}carried_from: 5\n{changed}", encoding="utf-8")
    sources = tmp_path / "rules" / "sources.yaml"
    text = sources.read_text(encoding="utf-8")
    sixth = text[text.index("  fourth:") :].replace("fourth:", "sixth:").replace("[4]", "[6]")
    sources.write_text(text + sixth, encoding="utf-8")
    rule_set = read_rules(tmp_path / "rules", {}).programmes[0].rule_sets[0]
    five, six = rule_set.round(5), rule_set.round(6)
    assert frame(five, "plain").figures["young"].citation == replace(PRINTED, status=CitationStatus.UNCONFIRMED)
    assert frame(five, "plain").definitions["young_business"].citation == Citation(
        "fourth", "4の定義", CitationStatus.UNCONFIRMED
    )
    assert limits_of(six).uplifts[0].citation == replace(PRINTED, source="sixth")  # that of its only figure
    assert five.unconfirmed is not None
    assert {"young", "young_uplift"} <= set(five.unconfirmed.figures)
    assert "young_business" in five.unconfirmed.definitions
    assert frame(six, "plain").figures["young"].text.en == "5"
    assert frame(six, "plain").figures["young"].label is not None
    assert frame(six, "plain").definitions["young_business"].citation.source == "sixth"
    assert frame(six, "plain").definitions["young_business"].label.en == "young business (up to 5)"
    assert requirement(six, "plan.young").status is CitationStatus.UNCONFIRMED
    before = frame(rule_set.round(2), "plain")
    assert not {"young", "young_uplift"} & set(before.figures)
    assert "young_business" not in before.definitions


def test_a_name_that_a_round_adds_means_nothing_in_the_files_of_the_budget(tmp_path: Path) -> None:
    with pytest.raises(GuidanceErrors) as caught:
        made(tmp_path, NAMES.replace("3年", "3人"), special=("regular_employees >= least_employees", "young_business"))
    assert [error.code for error in caught.value.errors] == ["unknown-name"]
    assert caught.value.errors[0].place.path.endswith("special.yaml")


OWN = f"value: 3人, {PLACE}"
SAID = f"label: {{ja: 名, en: name}}, {PLACE}"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (f"figures: {{growth: {{{OWN}}}}}", "duplicate-name"),  # a figure of the rule set
        (f"figures: {{least_employees: {{{OWN}}}}}", "duplicate-name"),  # of a frame
        (f"figures: {{growth_pct: {{{OWN}}}}}", "duplicate-name"),  # a fact
        (f"figures: {{small_business: {{{OWN}}}}}", "duplicate-name"),  # a shared definition
        (f"figures: {{a: {{{OWN}}}}}, definitions: {{a: {{{SAID}, condition: growth_pct >= 1%}}}}", "duplicate-name"),
        (f"definitions: {{growing: {{{SAID}, condition: growth_pct >= 1%}}}}", "duplicate-name"),
        (f"definitions: {{new: {{{SAID}, condition: growht_pct >= 1%}}}}", "unknown-name"),
        (f"definitions: {{new: {{{SAID}, condition: new}}}}", "definition-cycle"),
        (f"definitions: {{new: {{{SAID}, condition: growth_pct >= 1人}}}}", "kinds-differ"),
        (f"figures: {{new: {{{OWN.replace('fourth', 'guideline')}}}}}", "not-printed-there"),
        (f"figures: {{new: {{{OWN.replace('fourth', 'forth')}}}}}", "unknown-source"),
        ("figures: {new: {value: 3人}}", "missing-citation"),
        (f"figures: {{new-one: {{{OWN}}}}}", "bad-name"),
        ("{}", "missing-key"),
    ],
)
def test_what_is_wrong_in_names_that_a_round_adds_is_told(tmp_path: Path, body: str, code: str) -> None:
    with pytest.raises(GuidanceErrors) as caught:
        made(tmp_path, f"added: {{{body}}}\n".replace("{{}}", "{}"))
    assert [error.code for error in caught.value.errors] == [code]
    assert {error.place.path.rsplit("/", 1)[-1] for error in caught.value.errors} == {"4.yaml"}


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (f"figures: {{new: {{{OWN}}}}}\n", "round 4 adds 'new' itself"),
        (f"confirmed: [{{figures: [new], {PLACE}}}]\n", "round 4 gives 'new' already"),
        (f"confirmed: [{{definitions: [young], {PLACE}}}]\n", "round 4 gives 'young' already"),
    ],
)
def test_a_name_that_a_round_adds_is_given_there_alone(tmp_path: Path, body: str, sentence: str) -> None:
    names = f"added: {{figures: {{new: {{{OWN}}}}}, definitions: {{young: {{{SAID}, condition: growth_pct >= 1%}}}}}}\n"
    with pytest.raises(GuidanceErrors) as caught:
        made(tmp_path, names + body)
    assert [(error.code, error.sentence) for error in caught.value.errors] == [("duplicate-name", sentence)]


def limits_of(one: Round, slug: str = "plain") -> UpperLimit:
    award = frame(one, slug).rules.award
    assert award is not None
    return award.upper_limit


def test_a_lower_limit_that_is_gone_holds_no_longer_in_the_frames_that_are_named(tmp_path: Path) -> None:
    place = PLACE.replace("4の要件", "補助金額")
    one = made(tmp_path, f"awards: [{{frames: [plain], dropped: [lower_limit], {place}}}]\n")
    award, special = frame(one, "plain").rules.award, frame(one, "special").rules.award
    assert award is not None
    assert special is not None
    assert award.lower_limit is None
    assert special.lower_limit is not None
    assert "lower_limit" not in frame(one, "plain").figures
    assert frame(one, "plain").dropped == {"lower_limit": replace(PRINTED, section="補助金額")}
    assert frame(one, "special").dropped == {}
    outside = place.replace("printed", "outside")
    again = f"awards: [{{frames: [plain], dropped: [lower_limit], {outside}}}]\n"
    rounds = tmp_path / "rules" / "demo" / "b1" / "rounds"
    (rounds / "5.yaml").write_text(f"{FIFTH}carried_from: 4\n{again}", encoding="utf-8")
    with pytest.raises(GuidanceErrors, match="the award of 'plain' has no lower_limit"):
        read_rules(tmp_path / "rules", {})


def test_what_a_round_drops_is_kept_with_the_place_that_its_documents_have_it_at(tmp_path: Path) -> None:
    body = f"frames: {{dropped: [special], {PLACE.replace('4の要件', '枠')}}}\n"
    body += f"requirements: {{dropped: [plan.growth], {PLACE}}}\n"
    body += f"selection: {{dropped: [bonus.growing], {PLACE.replace('4の要件', '加点')}}}\n"
    one = made(tmp_path, body)
    assert one.dropped == {"special": replace(PRINTED, section="枠")}
    assert frame(one, "plain").dropped == {"plan.growth": PRINTED, "bonus.growing": replace(PRINTED, section="加点")}
    rounds = tmp_path / "rules" / "demo" / "b1" / "rounds"
    (rounds / "5.yaml").write_text(f"{FIFTH}carried_from: 4\n", encoding="utf-8")
    five = read_rules(tmp_path / "rules", {}).programmes[0].rule_sets[0].round(5)
    assert (five.dropped, frame(five, "plain").dropped) == ({}, {})  # it was gone before


#: A frame's own repayment, worked out; the frame is one that round 4 takes over.
WORKED_OUT = """clawback:
  whole:
    - {when_stated: false_report is yes, reason: lie, label: {ja: 虚偽, en: Lie}, amount: subsidy_paid_yen, CITED}
  parts:
    growth:
      label: {ja: 成長, en: Growth}
      cases:
        - {when: achieved_growth_pct >= growth, reason: met, label: {ja: 達成, en: Met}, CITED}
        - {reason: missed, label: {ja: 未達, en: Missed}, amount: subsidy_paid_yen, CITED}
    report:
      label: {ja: 報告, en: Report}
      cases: [{reason: told, label: {ja: 報告, en: Told}, CITED}]
  total:
    ceiling: subsidy_paid_yen
    together: {reason: both, label: {ja: 両方, en: Both}}
    capped: {reason: capped, label: {ja: 上限, en: Capped}}
    CITED
tags:""".replace("CITED", "citation: {source: guideline, section: 返還, status: printed}")
PARTS = f"""    parts:
      growth:
        label: {{ja: 新しい成長, en: New growth}}
        cases:
          - {{when: achieved_growth_pct >= 1%, reason: met, label: {{ja: 達成, en: Met}}, {PLACE}}}
          - {{reason: missed, label: {{ja: 未達, en: Missed}}, amount: subsidy_paid_yen, {PLACE}}}
"""
REPAYMENT = f"""repayment:
  - frames: [special]
    dropped: [growth, report]
    statements:
      plea:
        label: {{ja: 免除, en: Plea}}
        text: {{ja: "{{rate.1}}の分は返還しません。", en: "{{rate.1}} is not paid back."}}
        {PLACE}
{PARTS.replace("growth:", "rise:", 1)}    {PLACE.replace("4の要件", "4の返還")}
"""


def said(one: Round, slug: str = "special") -> dict[str, str]:
    return {each.name: each.text.en for each in frame(one, slug).repayment}


def parts_of(one: Round, slug: str = "special") -> dict[str, str]:
    clawback = frame(one, slug).rules.clawback
    return {} if clawback is None else {part.name: part.cases[0].citation.section for part in clawback.parts}


def test_repayment_that_is_otherwise_holds_in_the_frames_named_and_in_rounds_after_it(tmp_path: Path) -> None:
    one = made(tmp_path, REPAYMENT, special=("tags:", WORKED_OUT))
    assert said(one) == {"plea": "2/3 is not paid back."}
    assert said(one, "plain") == {"growth": "The share of 2/3 is paid back."}
    assert parts_of(one) == {"rise": "4の要件"}
    assert parts_of(one, "plain") == {}
    assert frame(one, "special").dropped == dict.fromkeys(("growth", "report"), replace(PRINTED, section="4の返還"))
    clawback = frame(one, "special").rules.clawback
    assert clawback is not None
    assert clawback.parts[0].cases[0].citation == PRINTED  # its own, cited as it is
    assert clawback.total.citation.status is CitationStatus.UNCONFIRMED  # taken over
    assert len(clawback.whole) == 1
    rounds = tmp_path / "rules" / "demo" / "b1" / "rounds"
    (rounds / "5.yaml").write_text(f"{FIFTH}carried_from: 4\nconfirmed: [{{frames: [special]}}]\n", encoding="utf-8")
    rule_set = read_rules(tmp_path / "rules", {}).programmes[0].rule_sets[0]
    later = frame(rule_set.round(5), "special").rules.clawback
    assert said(rule_set.round(5)) == said(one)
    assert later is not None
    # What a round has said of a frame does not stand in the frame's own file.
    assert later.parts[0].cases[0].citation == replace(PRINTED, status=CitationStatus.UNCONFIRMED)
    assert later.total.citation.status is CitationStatus.CARRIED_OVER
    assert parts_of(rule_set.round(2)) == {"growth": "返還", "report": "返還"}
    assert said(rule_set.round(2)) == {"growth": "The share of 2/3 is paid back."}


def test_parts_of_the_repayment_take_the_place_of_those_of_the_same_name(tmp_path: Path) -> None:
    body = f"repayment:\n  - frames: [special]\n    whole: []\n{PARTS}"
    one = made(tmp_path, body, special=("tags:", WORKED_OUT))
    clawback = frame(one, "special").rules.clawback
    assert clawback is not None
    assert [part.label.en for part in clawback.parts] == ["New growth", "Report"]
    assert clawback.whole == ()
    assert frame(one, "special").dropped == {}


CASES = f"cases: [{{reason: new, label: {{ja: 新, en: New}}, {PLACE}}}]"
PART = f"label: {{ja: 新, en: New}}, {CASES}"
MISTAKEN = PART.replace("reason", "when: false_report is yes, reason")
SENTENCE = f"text: {{ja: 新, en: New}}, {PLACE}"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("frames: [special]", "missing-key"),
        ("frames: [special], dropped: [growth]", "missing-citation"),
        (f"frames: [spacial], parts: {{new: {{{PART}}}}}", "unknown-frame"),
        (f"frames: [special], dropped: [grwoth], {PLACE}", "unknown-name"),
        (f"frames: [special], dropped: [report], parts: {{report: {{{PART}}}}}, {PLACE}", "duplicate-name"),
        (f"frames: [special, special], parts: {{new: {{{PART}}}}}", "duplicate-name"),
        (f"frames: [special], dropped: [growth, report], {PLACE}", "empty-list"),
        (f"frames: [plain], parts: {{new: {{{PART}}}}}", "bad-carrying"),
        (f"frames: [special], parts: {{total: {{{PART}}}}}", "duplicate-name"),
        (f"frames: [special], parts: {{new: {{{PART.replace('fourth', 'guideline')}}}}}", "not-printed-there"),
        (f"frames: [special], parts: {{new: {{{MISTAKEN}}}}}", "last-case-conditional"),
        (
            f"frames: [special], parts: {{new: {{{PART.replace('reason', 'amount: achieved_growth_pct, reason')}}}}}",
            "kinds-differ",
        ),
        (
            f"frames: [special], statements: {{new: {{label: {{ja: '{{rat.1}}', en: x}}, {SENTENCE}}}}}",
            "unknown-figure",
        ),
    ],
)
def test_what_is_wrong_in_repayment_that_is_otherwise_is_told(tmp_path: Path, body: str, code: str) -> None:
    with pytest.raises(GuidanceErrors) as caught:
        made(tmp_path, f"repayment: [{{{body}}}]\n", special=("tags:", WORKED_OUT))
    assert [error.code for error in caught.value.errors] == [code]
    assert {error.place.path.rsplit("/", 1)[-1] for error in caught.value.errors} == {"4.yaml"}


OPEN = f"""added: {{open_points: {{customers: {{ja: "{{growth}}の範囲です。", en: "Of {{growth}}."}}}}}}
requirements:
  added: [{{code: plan.open, label: {{ja: 新, en: New}}, condition: announced and open(customers), {PLACE}}}]
  {PLACE}
"""


def test_what_a_round_leaves_open_is_worded_in_its_own_file(tmp_path: Path) -> None:
    one = made(tmp_path, OPEN)
    sentence = next(each.sentence.en for each in frame(one, "plain").rules.requirements if each.code == "plan.open")
    assert "the documents leave it open (of 4%)" in sentence
    rounds = tmp_path / "rules" / "demo" / "b1" / "rounds"
    (rounds / "5.yaml").write_text(f"{FIFTH}carried_from: 4\n", encoding="utf-8")
    rules = read_rules(tmp_path / "rules", {})
    assert rules.book.open_points["customers"].en == "Of 4%."
    assert "plan.open" in codes(rules.programmes[0].rule_sets[0].round(5))


@pytest.mark.parametrize(
    ("name", "special", "told"),
    [
        ("announced", None, {("duplicate-name", "4.yaml")}),  # a fact
        ("voluntary_members", None, {("duplicate-name", "4.yaml")}),  # a point of the rule set
        ("customers", ("open(voluntary_members)", "open(customers)"), {("unknown-name", "special.yaml")}),
    ],
)
def test_an_open_point_of_a_round_has_a_name_of_its_own_and_is_known_in_it_alone(
    tmp_path: Path, name: str, special: tuple[str, str] | None, told: set[tuple[str, str]]
) -> None:
    with pytest.raises(GuidanceErrors) as caught:
        made(tmp_path, f"added: {{open_points: {{{name}: {{ja: 新, en: New}}}}}}\n", special=special)
    assert {(error.code, error.place.path.rsplit("/", 1)[-1]) for error in caught.value.errors} == told


def test_a_round_after_it_takes_over_what_it_gave_and_confirms_anew(tmp_path: Path) -> None:
    made(tmp_path, f"figures:\n  growth: {{value: 5%, {PLACE}}}\nconfirmed:\n  - {{everything: yes, {PLACE}}}\n")
    rounds = tmp_path / "rules" / "demo" / "b1" / "rounds"
    (rounds / "5.yaml").write_text(f"{FIFTH}carried_from: 4\n", encoding="utf-8")
    five = read_rules(tmp_path / "rules", {}).programmes[0].rule_sets[0].round(5)
    assert frame(five, "plain").figures["growth"].value.value == Fraction(5)
    assert requirement(five, "plan.growth") == replace(PRINTED, status=CitationStatus.UNCONFIRMED)
    assert frame(five, "plain").figures["growth"].citation.status is CitationStatus.UNCONFIRMED
    assert frame(five, "plain").rules.award is not None
    assert five.unconfirmed is not None


@pytest.fixture(scope="module")
def written_anew(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real rules with rounds 11 to 13 taking over from the one before, and frames that name round 10 alone."""
    folder = tmp_path_factory.mktemp("anew") / "rules"
    shutil.copytree(REAL, folder)
    for file in (folder / "monozukuri" / "r3s").glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("rounds: [10, 11, 12, 13]", "rounds: [10]"), encoding="utf-8")
    for number in (11, 12, 13):
        file = folder / "monozukuri" / "r3s" / "rounds" / f"{number}.yaml"
        said = f"\ncarried_from: {number - 1}\nconfirmed:\n  - everything: yes\n"
        file.write_text(file.read_text(encoding="utf-8") + said, encoding="utf-8")
    return folder


def test_the_real_rounds_written_so_have_the_same_rules(written_anew: Path) -> None:
    real, anew = read_rules(REAL, {}), read_rules(written_anew, {})
    assert anew.book.frames == real.book.frames
    assert isinstance(anew.book.frames["monozukuri/r3s/green"].rounds[13], FrameRules)
    for one, other in zip(real.programmes, anew.programmes, strict=True):
        for before, after in zip(one.rule_sets, other.rule_sets, strict=True):
            assert [replace(each, carried_from=None) for each in _compared(after.rounds)] == _compared(before.rounds)


def _compared(rounds: tuple[Round, ...]) -> list[Round]:
    """Leave out where examples stand in their files: these are other files."""
    return [replace(one, frames=tuple(replace(frame, examples=()) for frame in one.frames)) for one in rounds]
