// Read the marked parts of the page aloud, each run of words in the voice of its language; a second
// press stops.
(() => {
  const button = document.querySelector("[data-read-aloud]");
  const voice = window.speechSynthesis;
  if (!button || !voice) return;
  const words = button.querySelector("span");
  const read = words.textContent;
  const show = (reading) => {
    words.textContent = reading ? button.dataset.stop : read;
    button.dataset.state = reading ? "reading" : "quiet";
  };
  const runsOf = (part) => {
    const runs = [];
    const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode;
      const { lang } = text.parentElement.closest("[lang]");
      const last = runs[runs.length - 1];
      if (last && (last.lang === lang || !text.data.trim())) last.text += text.data;
      else runs.push({ lang, text: text.data });
    }
    return runs.filter((run) => run.text.trim());
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    const reading = button.dataset.state === "reading";
    voice.cancel();
    show(!reading);
    if (reading) return;
    const runs = [...document.querySelectorAll("[data-read]")].flatMap(runsOf);
    runs.forEach((run, i) => {
      const speech = new SpeechSynthesisUtterance(run.text.trim());
      speech.lang = run.lang;
      speech.rate = 0.9;
      if (i === runs.length - 1) speech.onend = () => show(false);
      voice.speak(speech);
    });
  });
  addEventListener("pagehide", () => voice.cancel());
})();
