// How names are compared, as volboard.accounts.name_forms and volboard.attendance.searching do it.
// Values in, values out: this file touches neither page nor network.
window.names = (() => {
  // The private signs of GBK from U+E815 on, as Unicode knows them now.
  const PRIVATE = Array.from("⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱䎬⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻");
  const LETTERS = { "ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ß": "ss", "ς": "σ" };
  const LONGEST = 40;

  const known = (text) => text.replace(/[\ue815-\ue864]/g, (sign) => PRIVATE[sign.charCodeAt(0) - 0xe815]);

  // Letters and digits, small, without accents; never empty for what is not.
  const fold = (name) => {
    const plain = known(name.normalize("NFKC")).normalize("NFKD").replace(/[\u0300-\u036f\ufe00-\ufe0f]|\udb40[\udd00-\uddef]/g, "");
    const small = plain.normalize("NFC").toLowerCase().replace(/[øđłıæœþßς]/g, (sign) => LETTERS[sign]);
    return small.replace(/[^\p{L}\p{N}\p{M}\p{Co}\p{Cn}]/gu, "") || small.trim() || name.trim();
  };

  // What was typed, apart: digits of a number and a name; a person must fit all of it.
  const searched = (typed) => {
    const seen = typed.slice(0, 2 * LONGEST).normalize("NFKC").replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, "");
    const shown = Array.from(seen.split(/\s+/).filter(Boolean).join(" ")).slice(0, LONGEST).join("").trim();
    const parts = shown.split(" ").filter(Boolean);
    const bare = (part) => part.replace(/[-'’‘().+]/g, "");
    const isNumber = (part) => /^[0-9]+$/.test(bare(part));
    return {
      shown,
      digits: parts.filter(isNumber).map(bare).join(""),
      words: fold(parts.filter((part) => !isNumber(part)).join(" ")),
    };
  };

  // Whether pinyin in full, in part or by first letters may be of a name with these first letters,
  // of all of it or from its second syllable on: zengxiaoyan, zengxy, zxy and xiaoyan are of zxy.
  // A long name has parts of its own, each of which may be the one that is typed.
  const REST = "h?[aeiouv]*(?:ng?|r)?";
  const spelling = (letters) =>
    Array.from(letters).reverse().reduce((after, letter) => `${letter}${REST}${after && `(?:${after})?`}`, "");
  const sounds = (words, letters) => {
    const given = letters.slice(1);
    const parts = letters.length > 3 ? Array.from(letters.slice(2, -1)).map((_letter, i) => letters.slice(i + 2)) : [];
    const ways = given ? [letters, given, given + letters[0], ...parts] : [letters];
    return ways.some((one) => /^[a-z]+$/.test(one) && new RegExp(`^${spelling(one)}$`).test(words));
  };

  return { fold, searched, sounds };
})();
