"""What a tired thumb, a broken program or somebody who means harm may send."""

WORDS = {
    "empty": "",
    "blank": "   \u3000 ",
    "endless": "长" * 10_000,
    "NUL": "包\x00粽子",
    "escape": "\x1b[31m红",
    "script": "<script>alert(1)</script>",
    "attribute": '" onfocus="alert(1)" autofocus x="',
    "template": "{{7*7}}{% for x in y %}",
    "format": "%(x)s %s {0.__class__}",
    "right to left": "\u202e子粽\u202c",
    "emoji": "👨‍👩‍👧‍👦🎋" * 4,
}
NUMBERS = ("0", "-1", "5001", "1e9", "abc", "999999999999999999999", "3.5", "٣٣٣٣٣", "１.２")
DAYS = ("0000-01-01", "9999-12-31", "2027-02-30", "2019-12-31", "2100-01-01", "abc", "1", "\x00")
TIMES = ("24:01", "12:60", "abc", "99", "-1:00", "下午", "\x00")
