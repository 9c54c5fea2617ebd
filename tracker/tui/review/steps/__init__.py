"""The eight steps in their order."""

from tracker.tui.review.steps.ahead import Coming
from tracker.tui.review.steps.checks import Checking
from tracker.tui.review.steps.flags import Flags
from tracker.tui.review.steps.guess import Guessing
from tracker.tui.review.steps.kept import Keeping
from tracker.tui.review.steps.own import Own
from tracker.tui.review.steps.usual import Usual
from tracker.tui.review.steps.worth import WorthStep

STEPS = (Guessing, Usual, Checking, Flags, WorthStep, Keeping, Coming, Own)
