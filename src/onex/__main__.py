"""``python -m onex`` is the command ``onex``, for when another tool has taken the name."""

from onex.cli.main import main

main()
