// A short sound for each answer at the gate: high for done, low for "look here". Off until
// somebody switches it on; this phone remembers.
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
  const play = (level) => {
    context = context || new AudioContext();
    context.resume();
    const tone = context.createOscillator();
    const volume = context.createGain();
    const seconds = level === "ok" ? 0.12 : 0.4;
    tone.frequency.value = level === "ok" ? 880 : 220;
    volume.gain.setValueAtTime(0.25, context.currentTime);
    volume.gain.exponentialRampToValueAtTime(0.001, context.currentTime + seconds);
    tone.connect(volume).connect(context.destination);
    tone.start();
    tone.stop(context.currentTime + seconds);
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
