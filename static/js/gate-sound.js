// A short sound for each answer at the gate. Off until somebody switches it on; this phone
// remembers.
(() => {
  const button = document.getElementById("gate-sound");
  if (!button || !window.AudioContext) return;
  const KEY = "gate-sound";
  let context = null;
  const isOn = () => localStorage.getItem(KEY) === "on";
  const show = () => {
    button.setAttribute("aria-pressed", String(isOn()));
    button.lastChild.textContent = isOn() ? button.dataset.on : button.dataset.off;
  };
  // Each outcome by its own tones, as pitch and seconds: done, look here, no, taken back.
  const TONES = { ok: [[880, .12]], warn: [[520, .12], [520, .12]], stop: [[220, .45]], info: [[660, .08]] };
  const play = (level) => {
    context = context || new AudioContext();
    context.resume();
    let at = context.currentTime;
    (TONES[level] || TONES.info).forEach(([pitch, seconds]) => {
      const tone = context.createOscillator();
      const volume = context.createGain();
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(.25, at);
      volume.gain.exponentialRampToValueAtTime(.001, at + seconds);
      tone.connect(volume).connect(context.destination);
      tone.start(at);
      tone.stop(at + seconds);
      at += seconds + .06;
    });
  };
  button.addEventListener("click", () => {
    localStorage.setItem(KEY, isOn() ? "off" : "on");
    show();
    if (isOn()) play("ok");
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const verdict = event.detail.target.id === "gate-answer" && event.detail.target.querySelector(".verdict");
    if (verdict && isOn()) play(verdict.dataset.level);
  });
  button.hidden = false;
  show();
})();
