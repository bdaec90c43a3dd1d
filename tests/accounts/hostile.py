"""What people and programs type who mean harm, or whose phone does."""

TEXTS = {
    "empty": "",
    "blank": "   \u3000 ",
    "endless": "长" * 10_000,
    "NUL": "王\x00芳",
    "line break": "王\r\nSet-Cookie: a=b",
    "emoji": "👨‍👩‍👧‍👦" * 9,
    "script": "<script>alert(1)</script>",
    "template": "{{7*7}}{%for x in y%}",
    "format": "%(x)s %s {0.__class__}",
    "sql": "' OR 1=1 --",
    "right to left": "\u202e13800000001\u202c",
    "zero width": "\u200b\ufeff",
    "half a pair": "\ud800",
    "full width": "１３８００００００００１",
}
"""Name to text. None of them may be answered with a 500, and none may run."""

REDIRECTS = (
    "https://evil.example/", "http://evil.example", "//evil.example", "///evil.example",
    "////evil.example/%2e%2e", "/\\evil.example", "\\/evil.example", "\\\\evil.example",
    "/\t/evil.example", "/\n/evil.example", "\t//evil.example", " //evil.example",
    "/%09/evil.example", "https:evil.example", "https:/evil.example", "http:///evil.example",
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,hi", "vbscript:x",
    "//evil.example\\@localhost/", "https://localhost@evil.example/", "//localhost:80@evil.example",
    "https://localhost.evil.example/", "//[::1]/", "http://[::1", "?next=//evil.example",
    "evil.example", ".evil.example", "/\x00/evil.example", "//％65vil.example", "//evil。example",
    "/" + "x" * 5000 + "\\", "\u2028//evil.example",
)  # fmt: skip
"""What an attacker hangs on `next`; all of them must end on this site."""
