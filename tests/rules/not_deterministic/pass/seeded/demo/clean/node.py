"""A node that gives the same each time."""

import random
import time
import uuid
from datetime import datetime

import numpy as np


def run(text: str) -> dict[str, str]:
    """The text with numbers that follow from it."""
    start = time.perf_counter()
    random.seed(text)
    rows = [random.random(), random.Random(7).random(), np.random.default_rng(seed=7).random()]
    rows += [uuid.uuid5(uuid.NAMESPACE_URL, text), datetime.fromisoformat("2026-01-17")]
    print(time.perf_counter() - start)
    return {"text": f"{text} {rows}"}
