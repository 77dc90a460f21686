"""`required-version`: conditions on the version of onex, as pip has them."""

import pytest

from onex.core.required import require
from onex.errors import RefusedError


@pytest.mark.parametrize(
    ("wanted", "version", "meets"),
    [
        (">=0.2,<1", "0.2.0", True),
        (">=0.2, <1", "0.10.3", True),
        (">=0.2,<1", "0.1.9", False),
        (">=0.2,<1", "1.0.0", False),
        ("==0.2", "0.2.0", True),
        ("==0.2", "0.2.1", False),
        ("!=0.2.1", "0.2.1", False),
        ("> 0.2", "0.2.1", True),
        ("<=0.2", "0.2.0", True),
        (">=0.2", "0.2.0.dev1", True),
        ("any", "0.2.0", True),
        ("", "0.2.0", True),
    ],
)
def test_conditions(wanted, version, meets):
    """All conditions count; what is none is the schema's business."""
    if meets:
        require(wanted, "onex.toml", version)
        return
    with pytest.raises(RefusedError) as caught:
        require(wanted, "onex.toml", version)
    conditions = wanted.replace(" ", "")
    assert caught.value.help == f"pip install 'onex-contracts{conditions}'"
