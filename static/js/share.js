// Hand words to the phone's share sheet, or copy them; where neither may be, let the person do it.
(() => {
  const PATIENCE = 2000;
  const byClipboard = (text) => Promise.race([
    navigator.clipboard.writeText(text).then(() => true),
    new Promise((answer) => setTimeout(answer, PATIENCE, false)),
  ]);
  const bySelection = (text) => {
    const box = document.createElement("textarea");
    box.value = text;
    box.readOnly = true;
    document.body.append(box);
    box.select();
    try {
      return document.execCommand("copy");
    } finally {
      box.remove();
    }
  };
  const copies = async (text) => {
    for (const way of [byClipboard, bySelection]) {
      try {
        if (await way(text)) return true;
      } catch { /* refused, or not there: the next way */ }
    }
    return false;
  };
  const say = (button, words) => {
    button.querySelector("span").textContent = words;
    document.getElementById("notices").textContent = words;
  };
  const byHand = (button, text) => {
    const { box: id, byHand: words } = button.dataset;
    const box = document.getElementById(id || "words-to-copy") || document.createElement("textarea");
    if (!box.isConnected) {
      Object.assign(box, { id: "words-to-copy", className: "field__input", readOnly: true, rows: 4 });
      box.setAttribute("aria-label", button.dataset.title);
    }
    const hint = document.getElementById("copy-by-hand") || document.createElement("p");
    Object.assign(hint, { id: "copy-by-hand", className: "hint", textContent: words });
    hint.setAttribute("role", "status");
    if (!id) (button.closest(".row") || button).after(box);
    box.after(hint);
    box.value = text;
    box.focus();
    box.setSelectionRange(0, text.length);
  };
  const shared = async ({ title, text }, address) => {
    if (!navigator.share) return false;
    try {
      await navigator.share({ title, text, url: address });
      return true;
    } catch (refused) {
      return refused.name === "AbortError";
    }
  };
  const press = async (button) => {
    const { text, url, copied, copyOnly } = button.dataset;
    const address = url ? new URL(url, location.href).href : "";
    if (copyOnly === undefined && await shared(button.dataset, address)) return;
    const words = !address || text.includes(address) ? text : `${text}\n${address}`;
    if (await copies(words)) say(button, copied);
    else byHand(button, words);
  };
  document.querySelectorAll("[data-share]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => press(button));
  });
})();
