#!/usr/bin/env bash
# Says what this checkout changes on the pages against another state of it, whose site is built with that state's own program.
#
#   what-changes.sh BASE     BASE is what is published, or what the change is to be merged into: a branch, a tag, a commit
#
# Leaves changes.txt and changes.html here. What was set up for tests or builds in this checkout is used for it.
set -euo pipefail
cd "$(git rev-parse --show-toplevel)"
base=$(git merge-base "$1" HEAD)
beside=$(mktemp -d)
trap 'git worktree remove --force "$beside/base"; rmdir "$beside"' EXIT
git worktree add --quiet --detach "$beside/base" "$base"
make -C "$beside/base" build
.venv/bin/python -m site_builder build --dry-run --compare "$beside/base/public" --compare-html changes.html | tee changes.txt
