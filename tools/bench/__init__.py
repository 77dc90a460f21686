"""onex measured against other tools that do part of its work: ratios, in one run on one machine."""
