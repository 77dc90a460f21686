"""Runs as people read them: filtered, compared, and written as text, Markdown or a page."""
