// Open the print dialog, with what is folded on the screen; the button is there only where this script is.
const onPaper = (open) => document.querySelectorAll("details[data-printed]").forEach((fold) => {
  fold.open = open;
});
addEventListener("beforeprint", () => onPaper(true));
addEventListener("afterprint", () => onPaper(false));
document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
