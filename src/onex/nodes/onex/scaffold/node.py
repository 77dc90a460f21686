"""Makes a node out of a template.

The files are rendered into the work folder and named in the output state; whoever runs this node
checks them and puts them into a tree. README.md describes the templates.
"""

import difflib
import hashlib
import json
import os
import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

HERE = os.path.dirname(os.path.abspath(__file__))
TEMPLATES = os.path.join(HERE, "templates")
RECIPE = "template.json"

NODE_ID = re.compile(r"[a-z][a-z0-9_-]{0,63}(\.[a-z][a-z0-9_-]{0,63})+")
DEVICES = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{d}{n}" for d in ("com", "lpt") for n in "123456789"}
)
PLAIN = re.compile(r"[a-z][a-z0-9_-]*(\.[a-z][a-z0-9_-]*)*")
YAML_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
BASIC_PLANE = 0xFFFF
REFUSED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
KINDS: dict[str, type] = {"string": str, "boolean": bool, "integer": int}


class ScaffoldError(Exception):
    """The node cannot be made; ``code`` is the stable name of the reason."""

    def __init__(self, message: str, *, code: str) -> None:
        super().__init__(message)
        self.code = code


def run(
    template: str, node_id: str, answers: dict[str, object], source: str | None = None
) -> dict[str, object]:
    """Render ``template`` for the node ``node_id`` into the work folder.

    Args:
        template: the name of the template.
        node_id: the id of the new node.
        answers: what the template asks for.
        source: a file that the new node gets as it is, if the template takes one.

    Returns:
        ``files``: path, sha256 and mode of each file, by path; ``template_sha256``: the digest of
        everything that the template is made of.

    Raises:
        ScaffoldError: with the code `bad-node-id`, `unknown-template`, `bad-answer` or
            `bad-template`.
    """
    check_node_id(node_id)
    folder = find_template(template)
    recipe = read_recipe(folder)
    namespace, _, name = node_id.rpartition(".")
    context = {
        "node_id": node_id,
        "namespace": namespace,
        "name": name,
        "uuid": str(uuid.uuid5(uuid.NAMESPACE_URL, f"urn:onex:node:{node_id}")),
        "template": template,
        "answers": complete(cast("dict[str, object]", recipe.get("answers", {})), answers),
    }
    copies = list(read_copies(cast("list[str]", recipe.get("copies", []))))
    made = [*render(folder, recipe, context), *copies, *read_source(recipe, context, source)]
    files = [write(*file) for file in sorted(made)]
    return {"files": files, "template_sha256": digest_template(folder, copies)}


def check_node_id(node_id: str) -> None:
    """Refuse an id that cannot be the path of folders on every platform."""
    if not NODE_ID.fullmatch(node_id):
        message = (
            f"{node_id!r} is no node id: two or more names of a-z, 0-9, _ and -, joined by dots"
        )
        raise ScaffoldError(message, code="bad-node-id")
    for segment in node_id.split("."):
        if segment in DEVICES:
            message = f"{node_id!r}: {segment!r} is the name of a device on Windows"
            raise ScaffoldError(message, code="bad-node-id")


def find_template(name: str) -> str:
    """The folder of the template ``name``."""
    known = sorted(
        entry
        for entry in os.listdir(TEMPLATES)
        if os.path.isfile(os.path.join(TEMPLATES, entry, RECIPE))
    )
    if name not in known:
        message = f"no template {name!r}{did_you_mean(name, known)}; there are {', '.join(known)}"
        raise ScaffoldError(message, code="unknown-template")
    return os.path.join(TEMPLATES, name)


def read_recipe(folder: str) -> dict[str, object]:
    """What `template.json` says."""
    try:
        recipe = json.loads(read(os.path.join(folder, RECIPE)))
    except ValueError as error:
        message = f"{RECIPE} is not JSON: {error}"
        raise ScaffoldError(message, code="bad-template") from error
    if not isinstance(recipe, dict) or not isinstance(recipe.get("files"), dict):
        message = f"{RECIPE} names no files"
        raise ScaffoldError(message, code="bad-template")
    return recipe


def complete(schema: dict[str, object], answers: Mapping[str, object]) -> dict[str, object]:
    """``answers`` with the defaults of ``schema`` filled in.

    This looks at names, types, `required` and `default` alone: onex judges the answers by the whole
    schema before it runs this node.
    """
    properties = cast("dict[str, dict[str, object]]", schema.get("properties", {}))
    for name, value in answers.items():
        if name not in properties:
            known = ", ".join(sorted(properties)) or "none"
            near = did_you_mean(name, properties)
            message = f"no answer {name!r} is asked for{near}; there are {known}"
            raise ScaffoldError(message, code="bad-answer")
        kind = cast("str", properties[name].get("type", "string"))
        wanted = KINDS.get(kind, object)
        # In Python a truth value is an integer too; in JSON it is not.
        if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
            message = f"the answer {name!r} must be of type {kind}"
            raise ScaffoldError(message, code="bad-answer")
    defaults = {name: item["default"] for name, item in properties.items() if "default" in item}
    filled = {**defaults, **answers}
    missing = [name for name in cast("list[str]", schema.get("required", [])) if name not in filled]
    if missing:
        message = f"the answer {missing[0]!r} is missing"
        raise ScaffoldError(message, code="bad-answer")
    return filled


def render(
    folder: str, recipe: Mapping[str, object], context: Mapping[str, object]
) -> Iterator[tuple[str, bytes, bool]]:
    """The files of the template: path, bytes, and whether it may be executed."""
    environment = make_environment(folder)
    for path, entry in cast("dict[str, dict[str, object]]", recipe["files"]).items():
        source = cast("str", entry["source"])
        try:
            text = environment.get_template(source).render(context)
        except (TemplateError, UnicodeError) as error:
            message = f"{source}: {type(error).__name__}: {error}"
            raise ScaffoldError(message, code="bad-template") from error
        yield path, text.encode(), entry.get("executable") is True


def make_environment(folder: str) -> SandboxedEnvironment:
    """What renders the sources in ``folder``."""
    environment = SandboxedEnvironment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["yaml"] = to_yaml
    environment.filters["json"] = to_json
    environment.filters["comment"] = to_comment
    return environment


def read_source(
    recipe: Mapping[str, object], context: Mapping[str, object], source: str | None
) -> Iterator[tuple[str, bytes, bool]]:
    """The file that was handed over: its path in the new node, bytes, whether executable."""
    takes = cast("dict[str, object] | None", recipe.get("takes"))
    if takes is None and source is None:
        return
    if takes is None or source is None:
        message = (
            "takes no file, but one was given"
            if takes is None
            else "takes a file: give its `source`"
        )
        raise ScaffoldError(f"the template {context['template']} {message}", code="bad-answer")
    try:
        path = make_environment(HERE).from_string(cast("str", takes["path"])).render(context)
    except TemplateError as error:
        message = f"the path of 'takes': {type(error).__name__}: {error}"
        raise ScaffoldError(message, code="bad-template") from error
    yield path, read(source), takes.get("executable") is True


def read_copies(paths: list[str]) -> Iterator[tuple[str, bytes, bool]]:
    """The files of this node that become files of the new one: path, bytes, whether executable."""
    for path in paths:
        place = os.path.join(HERE, path)
        if not os.path.exists(place):
            message = f"'copies' names {path}, which is not there"
            raise ScaffoldError(message, code="bad-template")
        if os.path.isdir(place):
            yield from read_copies([f"{path}/{name}" for name in os.listdir(place)])
        elif not place.endswith(".pyc"):
            yield path, read(place), os.access(place, os.X_OK)


def write(path: str, data: bytes, executable: bool) -> dict[str, object]:  # noqa: FBT001
    """Put a file into the work folder; what the output state says of it."""
    if os.path.isabs(path) or ".." in path.split("/"):
        message = f"{path} leads out of the new node"
        raise ScaffoldError(message, code="bad-template")
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    try:
        with open(path, "xb") as file:
            file.write(data)
    except FileExistsError as error:
        message = f"{path} is made twice"
        raise ScaffoldError(message, code="bad-template") from error
    mode = "0755" if executable else "0644"
    return {"path": path, "sha256": hashlib.sha256(data).hexdigest(), "mode": mode}


def digest_template(folder: str, copies: list[tuple[str, bytes, bool]]) -> str:
    """SHA-256 over the list that `sha256sum` would print of the template's files and its copies."""
    files = {f"copies/{path}": data for path, data, _ in copies}
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            files[os.path.relpath(path, folder)] = read(path)
    listing = "".join(
        f"{hashlib.sha256(data).hexdigest()}  {path}\n" for path, data in sorted(files.items())
    )
    return hashlib.sha256(listing.encode()).hexdigest()


def to_yaml(value: object) -> str:
    """``value`` as a YAML scalar that can be nothing else; all but plain words is quoted."""
    if isinstance(value, str) and PLAIN.fullmatch(value) and value not in YAML_WORDS:
        return value
    text = json.dumps(value, ensure_ascii=False)
    # JSON leaves characters alone that YAML refuses or that nobody sees.
    return "".join(char if char.isprintable() else escape(ord(char)) for char in text)


def to_json(value: object) -> str:
    """``value`` as JSON over several lines, without characters that onex refuses in a document."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return REFUSED.sub(lambda found: escape(ord(found[0])), text)


def to_comment(value: object) -> str:
    """``value`` as the rest of a comment, which ends with its line."""
    return "".join(char if char.isprintable() else escape(ord(char)) for char in str(value))


def escape(code: int) -> str:
    """A character as a YAML text in double quotes spells it."""
    return f"\\u{code:04x}" if code <= BASIC_PLANE else f"\\U{code:08x}"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """``; did you mean …?``, or nothing."""
    near = difflib.get_close_matches(word, list(known), n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


def read(path: str) -> bytes:
    """The bytes of a file."""
    with open(path, "rb") as file:
        return file.read()
