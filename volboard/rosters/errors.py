"""Why a file is not read, and why a roster is not taken in."""

from flask_babel import lazy_gettext as _l

from volboard.core.errors import NotFound, Refusal


class Unreadable(Refusal):
    """A file that is not read; nothing of it was kept."""

    message = _l("这个文件打不开。请在 Excel 或 WPS 里另存为“.xlsx”，再选一次。")


class TooBig(Unreadable):
    message = _l("文件超过 2 MB 了。请只留姓名、手机号几列，再选一次。")


class TooManyRows(Unreadable):
    message = _l("一次最多 5000 行、几万个格子。请分成几份，一份一份来。")


class Packed(Unreadable):
    """A zip bomb, or what looks like one."""

    message = _l("这个文件解开以后大得不正常，没有读。请把名单复制到一张新表里，再选一次。")


class Encrypted(Unreadable):
    message = _l("这个文件有打开密码。请去掉密码，另存一份，再选一次。")


class OldExcel(Unreadable):
    message = _l("这是旧格式“.xls”。请在 Excel 或 WPS 里另存为“.xlsx”，再选一次。")


class HasMacros(Unreadable):
    message = _l("这个文件里带着宏或别的程序，没有读。请另存为不带宏的“.xlsx”，再选一次。")


class HasLinks(Unreadable):
    message = _l("这个文件连着别的文件，没有读。请把名单复制到一张新表里，再选一次。")


class NotATable(Unreadable):
    message = _l("这不是表格文件。请选“.xlsx”或“.csv”。")


class NoHeadings(Unreadable):
    message = _l(
        "没有找到“姓名”和“手机号”两个列名，也没有手机号码。隐藏的列不读。请补上列名，再选一次。"
    )


class NobodyInIt(Unreadable):
    message = _l("列名下面没有人。请看看是不是选错了文件。")


class OpenQuote(Unreadable):
    """A quote in a text file that swallows the rows after it."""

    message = _l("文件里有一个引号没有成对，后面的行读不准。请在 Excel 里另存为“.xlsx”，再选一次。")


class TwoHeadings(Unreadable):
    message = _l("这张表里上下有两种不同的列名，读不准。请分成两张表，再选一次。")


class NotChosen(Refusal):
    """Sheet or columns must be chosen before anybody can be added."""

    message = _l("请先选好哪张表、哪几列，再加人。")


class BadRows(Refusal):
    """Some rows cannot be added, so none is."""

    message = _l("有的行不能加，所以一行都没有加。请在表里改好，再选一次文件。")


class DraftGone(NotFound):
    """No such preview: never was, somebody else's, over an hour old, or taken in already."""

    message = _l("这份预览没有了。预览只留一小时，加进来以后也会删掉。请重新选文件。")
