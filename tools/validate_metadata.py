"""The validator under the name that the roadmap promises (ONEX-M1-04): `onex validate`."""

import sys

from onex.cli.main import main

if __name__ == "__main__":
    sys.argv.insert(1, "validate")
    main()
