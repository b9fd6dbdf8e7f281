"""A frame's file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.rules.drafts.frames import FollowsDraft, FrameDraft, NotKnownDraft, OfferedDraft, ReexaminationDraft
from site_builder.rules.drafts.requirements import SelectionDraft
from site_builder.rules.reading.awards import award
from site_builder.rules.reading.clawbacks import clawback
from site_builder.rules.reading.groups import consortium, joint
from site_builder.rules.reading.named import definitions, figures
from site_builder.rules.reading.requirements import requirements, selection
from site_builder.rules.reading.statements import citation, code, note, statement
from site_builder.sources.fields import Fields, name_of, named, or_word, scalar, sequence, some, truth, whole_number
from site_builder.sources.forms import TextForm
from site_builder.sources.texts import text_draft

if TYPE_CHECKING:
    from site_builder.rules.drafts.awards import AwardDraft, OpenAwardDraft
    from site_builder.sources.nodes import Node, ScalarNode


def frame_file(slug: str, node: Node) -> FrameDraft:
    """Read the file of the frame `slug`."""
    with Fields(node, "a frame") as fields:
        offered = fields.required("offered", _offered)
        return FrameDraft(
            slug=slug,
            name=fields.required("name", text_draft),
            purpose=fields.required("purpose", statement),
            tags=fields.default("tags", sequence(name_of("tag"), "tags"), ()),
            offered=offered,
            follows=fields.optional("follows", _follows),
            stands_alone=fields.default("stands_alone", truth, absent=False),
            own_calls=fields.default("own_calls", truth, absent=False),
            definitions=fields.default("definitions", definitions, {}),
            figures=fields.default("figures", figures, {}),
            requirements=fields.required("requirements", requirements),
            additional_statements=fields.default("additional_statements", named(statement, "statements"), {}),
            award=_award(fields, offered),
            selection=fields.default("selection", selection, SelectionDraft()),
            reexamination=fields.optional("reexamination", _reexamination),
            joint=fields.optional("joint", joint),
            consortium=fields.optional("consortium", consortium),
            repayment=fields.optional("repayment", named(statement, "repayment")),
            clawback=fields.optional("clawback", clawback),
            notes=fields.default("notes", named(note, "notes"), {}),
        )


def _award(fields: Fields, offered: OfferedDraft | None) -> AwardDraft | OpenAwardDraft | None:
    """Read the award, without which only a frame of placeholders is; `offered` None is one that was read wrongly."""
    is_placeholder = offered is not None and offered.rounds == ()
    return fields.required_if("award", award, holds=not is_placeholder)


def _offered(node: Node) -> OfferedDraft:
    with Fields(node, "offered") as fields:
        return OfferedDraft(
            at=node.place(),
            rounds=fields.optional("rounds", sequence(_round_number, "rounds")),
            not_known=fields.optional("not_known", _not_known),
            citation=fields.required("citation", citation),
        )


def _not_known(node: Node) -> NotKnownDraft:
    with Fields(node, "not_known") as fields:
        return NotKnownDraft(
            rounds=fields.required("rounds", some(_round_number, "rounds")),
            point=fields.required("open", name_of("open point")),
        )


def _round_number(node: Node) -> tuple[int, ScalarNode]:
    return whole_number(node), scalar(node)


def _follows(node: Node) -> FollowsDraft:
    with Fields(node, "follows") as fields:
        return FollowsDraft(
            frame=fields.required("frame", _followed),
            citation=fields.required("citation", citation),
        )


def _reexamination(node: Node) -> ReexaminationDraft:
    with Fields(node, "reexamination") as fields:
        return ReexaminationDraft(
            frame=fields.required("frame", or_word("none", _frame)),
            code=fields.required("code", code),
            label=fields.required("label", text_draft),
            text=fields.required("text", text_draft),
            citation=fields.required("citation", citation),
        )


def _followed(node: Node) -> ScalarNode:
    return scalar(node, form=TextForm(names=("frame of a budget",)))


def _frame(node: Node) -> ScalarNode:
    return scalar(node, form=TextForm(names=("frame",)))
