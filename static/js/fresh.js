// A page that comes back from the phone's memory shows old seats: fetch it again.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
