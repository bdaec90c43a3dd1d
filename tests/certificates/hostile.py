"""What people might type who hope that it is read as an order to the press."""

ORDERS = (
    "#let x = 1; #x", '#read("/etc/passwd")', "#panic()", '"', '"); #panic("', "\\", "\\u{0}",
    "$1/0$", "`raw`", "```", "*b* _i_", "= 标题", "// comment", "/* open", "]", "[", "}", "#{",
    "@label", "<label>", "~", "--", "\\\n", "https://evil.example", "{{7*7}}", "</svg>", "%s",
    "👨\u200d👩\u200d👧🎋", "阿卜杜热合曼·买买提", "长" * 400, "A" * 400, " ", "", "\u202e子粽",
)  # fmt: skip
