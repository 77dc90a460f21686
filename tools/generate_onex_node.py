"""The scaffolder under the name that the roadmap promises (ONEX-M1-04): `onex scaffold`."""

import sys

from onex.cli.main import main

if __name__ == "__main__":
    sys.argv.insert(1, "scaffold")
    main()
