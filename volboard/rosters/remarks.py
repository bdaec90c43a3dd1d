"""Rows that are no person: totals, remarks, signatures, titles, examples; and numbers as cells
write them."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from volboard.rosters.heads import OTHERS
from volboard.rosters.layouts import MOBILE

REMARK = re.compile(
    "合计|总计|共计|小计|累计|总人数|人数|备注|说明|注意|温馨提示|提示|填表|制表|填报|上报|报送|审核|审批|经办|"
    r"签字|签名|盖章|日期|时间|统计|截止|截至|以上|以下|以下空白|示例|样例|范例|例如|(?:total|notes?|remarks?|sum)\b"
)
TOLD = re.compile(
    r"(?:注|附|共|例|负责人|联系人|领队|队长|单位|社区|主任|书记|电话|地址|领导|分管.*|.*签名|.*签字|.*人)[:：]"
)
"""What is written before a colon where nobody stands."""
COUNTED = re.compile(r"\d{2,4}[年./-]|共?\d+(?:人|名|位|人次|户)?$")
EXAMPLE = re.compile(r"\W*(?:例|示例|样例|范例|example)\W")
SECTION = re.compile(
    r"(?:第?[一二三四五六七八九十\d]+|[甲乙丙丁a-z])[、.]?\w{0,8}?(?:组|队|班|网格|单元|栋|楼|号楼|小区|社区|村|片|支部)"
    r"(?:\W.*)?$"
)
FEW_DIGITS = 5
"""Fewer are no number that anybody could dial."""
SENTENCE = re.compile("[。；！？!?]|，.*，")
LONGEST_NAME = 20
"""Characters; a longer text without a number is a remark."""
FLOAT = re.compile(r"\+?\d+(?:\.\d+)?(?:e\+?\d+)?", re.IGNORECASE)
LOST = re.compile(r"1[3-9]\d{2}0{7}")
"""A number whose last seven digits are noughts, as 1.391E+10 becomes."""
DIGITS = 10
"""Behind the point, in a mobile number written with an exponent."""


def is_no_person(name: str, phone: str, is_across: bool) -> bool:
    """Whether a row with these cells can be nobody, so that it is in nobody's way.

    A name without a number is somebody whose number is missing, unless the words say otherwise.
    """
    words = unicodedata.normalize("NFKC", name).casefold().strip()
    if EXAMPLE.match(words) or TOLD.match(words):
        return True
    if MOBILE.search(unicodedata.normalize("NFKC", phone)):
        return False
    tight = re.sub(r"\s+", "", words)
    if is_across or not any(sign.isalnum() for sign in tight):
        return is_across or sum(sign.isdecimal() for sign in phone) < FEW_DIGITS
    return bool(REMARK.match(tight) or COUNTED.match(tight) or _is_heading(tight, phone))


def _is_heading(words: str, phone: str) -> bool:
    """A part's title, or a sentence; only where nothing stands in the place of the number."""
    is_words = SECTION.match(words) or SENTENCE.search(words) or len(words) > LONGEST_NAME
    return not phone.strip() and bool(is_words)


def number_in_cell(typed: str) -> str:
    """The number as digits, however a program or a person wrote it; else the text as it is.

    13911110001.0 and 1.3911110001E10 are numbers; 1.39E+10 has lost its digits and stays.
    """
    text = unicodedata.normalize("NFKC", typed).strip().strip("'`\"").strip()
    if FLOAT.fullmatch(text) and ("." in text or "e" in text.casefold()):
        return _whole(text) or typed
    found = MOBILE.findall(text)
    if len(found) == 1 and not OTHERS.search(text):
        rest = MOBILE.sub("", text)
        return found[0] if any(sign.isalpha() for sign in rest) else text
    return text


def is_cut(typed: str) -> bool:
    """Whether the last digits of a number are gone."""
    text = unicodedata.normalize("NFKC", typed).strip().casefold()
    whole = _whole(text) if FLOAT.fullmatch(text) else ""
    return bool(re.fullmatch(r"[\d.]+e\+?\d+", text) and not whole)


def ends_in_noughts(typed: str) -> bool:
    """Whether a number looks like one whose last digits a spreadsheet lost before; one may be so
    by chance, several are not."""
    return bool(LOST.fullmatch(number_in_cell(typed)))


def has_several(typed: str) -> bool:
    """Whether more than one mobile number stands in a cell."""
    return len(set(MOBILE.findall(unicodedata.normalize("NFKC", typed)))) > 1


def is_of_another(typed: str) -> bool:
    """Whether a cell says that its number is somebody else's."""
    text = unicodedata.normalize("NFKC", typed).casefold()
    return bool(MOBILE.search(text) and OTHERS.search(text))


def _whole(text: str) -> str:
    """The digits of a number that is whole and written to its last digit; else nothing."""
    mantissa, _e, exponent = text.casefold().partition("e")
    if exponent and len(mantissa.partition(".")[2]) < min(int(exponent), DIGITS):
        return ""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return ""
    is_number = value == value.to_integral_value() and value < 10**15
    return str(int(value)) if is_number else ""
