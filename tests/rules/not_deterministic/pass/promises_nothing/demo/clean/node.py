"""A node that gives something else each time."""

import random as lots
import time
import uuid
from datetime import datetime

import numpy as np
from numpy.random import default_rng


def run(text: str) -> dict[str, str]:
    """The text with a number."""
    rows = [time.time(), time.time(), datetime.now().year, uuid.uuid4().int, lots.random()]
    rows += [lots.Random().random(), np.random.rand(), default_rng().random()]
    return {"text": f"{text} {rows}"}
