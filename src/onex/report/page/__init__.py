"""The page of a run, part by part: what each part shows, and how much of it.

A part is a pure function from a run to plain values; the templates beside it turn them into
markup. A golden run has no volatile members; a part that tells of one is then left out.
"""
