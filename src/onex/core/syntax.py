"""What the C parser of YAML complains about, in words that say what to do."""

from yaml.error import MarkedYAMLError

_WORDS = {
    "mapping values are not allowed in this context": (
        "a ':' may not stand here; is the indentation right? quote text that holds ': '"
    ),
    "found character that cannot start any token": (
        "no value starts with this character; indent with spaces, and quote text that begins so"
    ),
    "could not find expected ':'": "a key without ':'; write `key: value` on one line",
    "did not find expected key": (
        "a key was expected; is this line, or the one above, indented wrongly or quoted wrongly?"
    ),
    "did not find expected '-' indicator": "a '-' was expected; is the indentation right?",
    "did not find expected ',' or ']'": "a ',' or a ']' was expected",
    "did not find expected ',' or '}'": "a ',' or a '}' was expected",
    "did not find expected node content": "a value was expected",
    "found unexpected end of stream": "the quotes that open here are never closed",
    "found unexpected document indicator": "the quotes that open here are never closed",
    "did not find expected alphabetic or numeric character": (
        "'&' and '*' begin anchors and aliases, which are not read; quote the text"
    ),
    "block sequence entries are not allowed in this context": (
        "a list may not start here; put its '-' on a line of its own"
    ),
    "found a tab character that violates indentation": "a tab indents this line; use spaces",
    "found a tab character where an indentation space is expected": (
        "a tab indents this line; use spaces"
    ),
    "found invalid Unicode character escape code": (
        "this escape is no character; is it half of a surrogate pair?"
    ),
    "found unknown escape character": (
        "YAML has no such escape; double the '\\', or use single quotes"
    ),
    "did not find expected <document start>": (
        "a second document starts here, or the first one ended too early; a file holds one"
    ),
}
# For these the start of the quotes or of the key says more than the place where hope was given up.
_AT_START = {
    "could not find expected ':'",
    "found unexpected end of stream",
    "found unexpected document indicator",
}


def explain(error: MarkedYAMLError) -> tuple[str, int, int]:
    """The problem in plain words, its line and its column, both from 1."""
    problem = error.problem or error.context or "this is no YAML"
    places = (error.problem_mark, error.context_mark)
    first, second = reversed(places) if problem in _AT_START else places
    mark = first or second
    words = _WORDS.get(problem, problem)
    return (words, mark.line + 1, mark.column + 1) if mark else (words, 1, 1)
