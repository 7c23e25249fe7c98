// Answers by single keys; the next opens. See keys.js for the switch.

import { bind, isOn } from "./keys.js";

const form = document.getElementById("answer");
const note = document.getElementById("note");

function tell() {
  for (const button of form.querySelectorAll("[data-key]")) {
    button.toggleAttribute("data-shown", isOn());
    if (isOn()) button.setAttribute("aria-keyshortcuts", button.dataset.key);
    else button.removeAttribute("aria-keyshortcuts");
  }
  document.getElementById("keys-told").textContent = isOn()
    ? "Keys: Y yes, P yes and publish, U not sure, N no and why (Enter sends)."
    : "";
}

function answer(key) {
  const button = form.querySelector(`[data-key="${key}"]`);
  if (!button) return false;
  if (key === "N" && !note.value) {
    // A “no” says why: the word is typed, and Enter sends it.
    note.dataset.answer = "no";
    note.focus();
  } else form.requestSubmit(button);
}

if (form) {
  tell();
  document.addEventListener("desk:keys", tell);
  bind("checking", {
    Y: () => answer("Y"),
    P: () => answer("P"),
    U: () => answer("U"),
    N: () => answer("N"),
  });
  note.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const given = note.dataset.answer || "unsure";
    form.requestSubmit(form.querySelector(`[value="${given}"]`));
  });
  // A second press while the next one opens is not an answer to it.
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
  });
}
