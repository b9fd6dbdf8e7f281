"""The page of a frame's worked examples: what is worked out, line by line, and the picture of one of them."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.rules.model import FrameInRound, Rules
from site_builder.site.addresses import Address
from site_builder.site.calls import Call, call_link, frame_link, trail_to_call
from site_builder.site.examples import Answers, ExampleView, example_views
from site_builder.site.page import Page
from site_builder.site.pictures import ExamplePicture, picture_of_an_example
from site_builder.site.unconfirmed import notice_of
from site_builder.site.wording import Wording


@dataclass(frozen=True, slots=True)
class ExamplesView:
    """All published examples of a frame; `frame_path` is where its requirements and its cases of repayment stand."""

    frame_path: str
    picture: ExamplePicture | None
    examples: tuple[ExampleView, ...]
    repayment: tuple[ExampleView, ...]


def examples_address(frame: FrameInRound, call: Call) -> Address:
    """Return where the worked examples of a frame live."""
    return Address((*call.frame_address(frame.slug).parts, "examples"))


def examples_page(frame: FrameInRound, call: Call, rules: Rules, answers: Answers, wording: Wording) -> Page:
    """Plan the page of the worked examples of `frame`, which has some (`shown`), in the round of `call`."""
    view = ExamplesView(
        call.frame_address(frame.slug).path(wording.language),
        picture_of_an_example(frame, answers, wording),
        example_views(frame, answers, rules.book, wording),
        example_views(frame, answers, rules.book, wording, of_repayment=True),
    )
    names = {"frame": frame.rules.name, "round": call.round.name, "programme": call.programme.short_name}
    shown = {"examples": view.examples, "picture": view.picture, "repayment": view.repayment}
    return Page(
        address=examples_address(frame, call),
        language=wording.language,
        template="frame-examples.html",
        title=wording.fill("examples_title", frame=frame.rules.name),
        context=wording.fill("programme_and_round", programme=call.programme.short_name, round=call.round.name),
        description=wording.fill("examples_description", **names),
        view=view,
        trail=(*trail_to_call(call, wording), call_link(call, wording), frame_link(frame, call, wording)),
        sections={name: wording.words[f"examples_section_{name}"] for name, part in shown.items() if part},
        kind="examples",
        notice=notice_of(call, wording),
    )
