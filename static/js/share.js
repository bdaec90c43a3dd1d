// Hand the page to the phone's share sheet, or copy its words for the group.
(() => {
  const copy = async (text) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const box = document.createElement("textarea");
    box.value = text;
    document.body.append(box);
    box.select();
    document.execCommand("copy");
    box.remove();
  };
  document.querySelectorAll("[data-share]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const { title, text, url, copied } = button.dataset;
      const address = new URL(url, location.href).href;
      if (navigator.share) return navigator.share({ title, text, url: address }).catch(() => {});
      await copy(`${text}\n${address}`);
      button.querySelector("span").textContent = copied;
      document.getElementById("notices").textContent = copied;
    });
  });
})();
