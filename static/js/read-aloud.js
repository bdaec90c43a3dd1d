// Read the marked parts of the page aloud; a second press stops.
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
  button.hidden = false;
  button.addEventListener("click", () => {
    const reading = button.dataset.state === "reading";
    voice.cancel();
    show(!reading);
    if (reading) return;
    const parts = [...document.querySelectorAll("[data-read]")].map((part) => part.textContent.trim());
    parts.forEach((part, i) => {
      const speech = new SpeechSynthesisUtterance(part);
      speech.lang = document.documentElement.lang;
      speech.rate = 0.9;
      if (i === parts.length - 1) speech.onend = () => show(false);
      voice.speak(speech);
    });
  });
  addEventListener("pagehide", () => voice.cancel());
})();
