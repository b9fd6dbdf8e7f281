"""Tries many inputs on every surface: python -m tests.fuzz [--inputs 100000] [--minutes 60] [--seed N] [surface …].

It goes on where it stopped: `.cache/fuzz.json` says how far each surface has come under which seed. What is found is
printed with the smallest input that shows it, and ends that surface; under the same `--seed` it is found again.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.fuzz.agreement import AGREEMENTS, Agreement, close_windows
from tests.fuzz.surface import Surface, limit_memory
from tests.fuzz.surfaces import SURFACES

EVERYTHING: tuple[Surface[Any] | Agreement, ...] = (*SURFACES, *AGREEMENTS)
KEPT = Path(__file__).parents[2] / ".cache" / "fuzz.json"
#: Inputs between two notes of how far it has come.
PORTION = 1_000
MOST_BYTES = 6 * 2**30


def main() -> int:
    """Try what is asked for; return 1 if anything was found."""
    parser = argparse.ArgumentParser(prog="tests.fuzz", description="Try many inputs on every surface.")
    parser.add_argument(
        "surfaces", nargs="*", help=f"of {', '.join(one.name for one in EVERYTHING)}; all without names"
    )
    parser.add_argument("--inputs", type=int, default=100_000, help="how many on each surface (default: 100,000)")
    parser.add_argument("--minutes", type=float, default=60.0, help="the most for each surface (default: 60)")
    parser.add_argument("--seed", type=int, default=None, help="another one than the day's")
    asked = parser.parse_args()
    if unknown := set(asked.surfaces) - {one.name for one in EVERYTHING}:
        parser.error(f"there is no surface {', '.join(sorted(unknown))}")
    limit_memory(MOST_BYTES)
    wanted = [one for one in EVERYTHING if one.name in asked.surfaces or not asked.surfaces]
    try:
        sound = [_is_sound(one, asked) for one in wanted]  # all of them are tried, whatever is found
    finally:
        close_windows()
    return 0 if all(sound) else 1


def _is_sound(surface: Surface[Any] | Agreement, asked: argparse.Namespace) -> bool:
    """Say whether nothing is found on a surface."""
    seed, done = _begun(surface.name, asked.seed)
    until, spent = time.monotonic() + 60 * asked.minutes, time.process_time()
    while done < asked.inputs and time.monotonic() < until:
        number = min(PORTION, asked.inputs - done)
        try:
            surface.tried(number, seed + done)
        except Exception:
            traceback.print_exc()
            print(f"{surface.name}: found with seed {seed} among the inputs from {done:,} on", flush=True)
            return False
        done += number
        _note(surface.name, seed, done if done < asked.inputs else 0)
    spent = time.process_time() - spent
    print(f"{surface.name}: {done:,} inputs, seed {seed}, nothing found ({spent:,.0f} s of processor time)", flush=True)
    return True


def _begun(name: str, seed: int | None) -> tuple[int, int]:
    """Return the seed of a surface and how many of its inputs were tried before."""
    before = _notes().get(name)
    if before is not None and seed in (None, before["seed"]):
        return before["seed"], before["done"]
    return int(f"{datetime.now(UTC):%Y%m%d}000000") if seed is None else seed, 0


def _note(name: str, seed: int, done: int) -> None:
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text(json.dumps({**_notes(), name: {"seed": seed, "done": done}}), encoding="utf-8")


def _notes() -> dict[str, dict[str, int]]:
    return dict(json.loads(KEPT.read_text(encoding="utf-8"))) if KEPT.is_file() else {}


if __name__ == "__main__":
    sys.exit(main())
