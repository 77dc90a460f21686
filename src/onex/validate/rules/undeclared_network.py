"""ONX607: code that talks to the network is said to."""

from collections.abc import Iterator

from onex.validate.rule import Rule
from onex.validate.subject import Subject
from onex_types.finding import Finding

MODULES = frozenset(
    "aiohttp amqp anthropic asyncpg boto3 botocore confluent_kafka cx_Oracle elasticsearch ftplib "
    "grpc http.client httplib2 httpx imaplib kafka ldap3 nats nntplib openai oracledb paho paramiko "
    "pika poplib psycopg psycopg2 pycurl pymongo pymysql redis requests slack_sdk smtplib telnetlib "
    "urllib.request urllib3 websocket websockets xmlrpc.client zmq".split()
)
"""Modules that are there to talk to others."""

CALLS = frozenset(
    "asyncio.open_connection asyncio.start_server socket.create_connection socket.create_server "
    "socket.socket".split()
)

HARMLESS = (
    "http.client.responses",
    "requests.exceptions",
    "urllib.request.pathname2url",
    "urllib.request.url2pathname",
    "urllib3.exceptions",
    "urllib3.util",
)
"""Parts of those modules that talk to nobody."""


def check(subject: Subject) -> Iterator[Finding]:
    """The first import of each such module, and each call, in a node that declares no network."""
    code = subject.code
    if not code or code.fault or not subject.node:
        return
    if subject.node.value.get("effects", {}).get("network", False):
        return
    from onex.validate import calls  # noqa: PLC0415 - the coming edition asks about calls

    told: set[str] = set()
    for use in calls.uses(code.data).all:
        module = module_of(use.name) if use.call is None else None
        if use.call is not None and use.name not in CALLS:
            continue
        name = module or use.name
        if (module or use.call) and name not in told:
            told.add(name)
            verb = "imports" if module else "calls"
            yield RULE.finding(
                code.place,
                f"the code {verb} {name}, which talks to the network, but `effects.network` is not true",
                at=use.at,
                node_id=subject.node_id,
            )


def module_of(name: str) -> str | None:
    """The module for the network that the import of ``name`` is about."""
    if name.startswith(HARMLESS):
        return None
    parts = name.split(".")
    return next((m for n in (1, 2) if (m := ".".join(parts[:n])) in MODULES), None)


RULE = Rule(
    code="ONX607",
    name="undeclared-network",
    severity="warning",
    edition="2027",
    preview=True,
    purpose="A Python node whose file imports a module for the network, or opens a socket, has `effects.network: true`.",
    why="Whoever decides where a node may run reads its effects and not its code; and where the network is kept from it, the node fails in the middle of a run.",
    bad="""\
# node.py: import requests
effects: {network: false}
""",
    good="""\
# node.py: import requests
effects: {network: true}
""",
    fix="write `effects: {network: true}` or remove the import, then run `onex lock`",
    node=check,
)
