// Keep a half-typed long form over a reload; never a password, a phone number or a token.
(() => {
  const kept = (field) =>
    field.name && !["password", "tel", "hidden", "file", "submit"].includes(field.type) && !/phone|token/.test(field.name);
  const fields = (form) => [...form.elements].filter(kept);
  const read = (field) => (["checkbox", "radio"].includes(field.type) ? field.checked : field.value);
  const write = (field, value) => {
    if (typeof value === "boolean") field.checked = value;
    else if (value) field.value = value;
  };
  document.querySelectorAll("form[data-keep]").forEach((form) => {
    const key = `draft:${form.dataset.keep}`;
    const sent = `${key}:sent`;
    const failed = form.querySelector("[role=alert]");
    if (sessionStorage.getItem(sent) && !failed) sessionStorage.removeItem(key);
    sessionStorage.removeItem(sent);
    const draft = JSON.parse(sessionStorage.getItem(key) || "[]");
    if (!failed) fields(form).forEach((field, i) => write(field, draft[i]));
    form.addEventListener("input", () => sessionStorage.setItem(key, JSON.stringify(fields(form).map(read))));
    form.addEventListener("submit", () => sessionStorage.setItem(sent, "yes"));
  });
})();
