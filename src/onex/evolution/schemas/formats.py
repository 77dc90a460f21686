"""Formats as examples, and as patterns that say in part or in whole what they take."""

EXAMPLES: dict[str, tuple[str, ...]] = {
    "date": ("2024-02-29", "1999-12-31"),
    "date-time": ("2024-02-29T12:30:45Z", "1999-12-31T23:59:59.5+01:00"),
    "duration": ("P1D", "PT1H30M", "P2W"),
    "email": ("a@example.com", "first.last+tag@example.org"),
    "hostname": ("example.com", "a"),
    "idn-email": ("a@example.com", "ü@example.com"),
    "idn-hostname": ("example.com", "bücher.example"),
    "ipv4": ("192.0.2.1", "0.0.0.0"),  # noqa: S104 - an example, not an address to listen at
    "ipv6": ("::1", "2001:DB8::1", "::ffff:192.0.2.1"),
    "iri": ("https://example.com/ü", "urn:a:b"),
    "iri-reference": ("a", "/ü", "https://example.com"),
    "json-pointer": ("", "/a/0"),
    "regex": ("a", "^[a-z]+$"),
    "relative-json-pointer": ("0", "1/a"),
    "time": ("12:30:45Z", "23:59:59.5+01:00"),
    "uri": ("https://example.com/a", "urn:a:b"),
    "uri-reference": ("a", "/b", "https://example.com"),
    "uri-template": ("a", "https://example.com/{a}"),
    "uuid": ("00000000-0000-4000-8000-000000000000", "aaaaaaaa-bbbb-1ccc-9ddd-eeeeeeeeeeee"),
}
"""Some texts of each format."""

_TIME = r"\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})"
_BYTE = r"(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"

BOUNDS = {
    "date": r"^\d{4}-\d{2}-\d{2}$",
    "date-time": rf"^\d{{4}}-\d{{2}}-\d{{2}}[Tt ]{_TIME}$",
    "duration": r"^P[0-9YMWDTHS]+$",
    "email": r"@",
    "ipv6": r"^[0-9A-Fa-f:.]+$",
    "json-pointer": r"^(/|$)",
    "time": rf"^{_TIME}$",
    "uri": r"^[A-Za-z][A-Za-z0-9+.-]*:[!-~]*$",
}
"""A pattern that takes every text of the format, and others too."""

EXACT = {
    "ipv4": rf"^({_BYTE}\.){{3}}{_BYTE}$",
    "uuid": r"^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$",
}
"""A pattern that takes the texts of the format and no others."""
