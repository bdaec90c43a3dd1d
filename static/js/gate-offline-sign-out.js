// Signing out takes the gate's lists off this phone. Presses that were not sent yet stay: they
// are sent when the one who pressed signs in again. (Clear-Site-Data would lose them.)
(() => {
  const PATIENCE = 10000; // only a store that never answers takes so long; a slow phone does not
  const form = document.querySelector('form[action="/sign-out"]');
  if (!form || !window.indexedDB) return;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    let gone = false;
    const leave = () => { if (!gone) form.submit(); gone = true; };
    setTimeout(leave, PATIENCE);
    const asked = indexedDB.open("volboard-gate");
    asked.onupgradeneeded = () => asked.transaction.abort(); // nothing was ever kept here
    asked.onerror = leave;
    asked.onsuccess = () => {
      const deal = asked.result.transaction(["lists", "facts"], "readwrite");
      ["lists", "facts"].forEach((name) => deal.objectStore(name).clear());
      deal.oncomplete = deal.onabort = leave;
    };
  });
})();
