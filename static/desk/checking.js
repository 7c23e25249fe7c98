// Answers by single keys, with a switch that is remembered (WCAG 2.1.4).

const OFF = "checking-keys-off";
const form = document.getElementById("answer");
const note = document.getElementById("note");
const keysOn = document.getElementById("keys-on");

function remembered() {
  try {
    return localStorage.getItem(OFF) !== "1";
  } catch {
    return true;
  }
}

function tell() {
  for (const button of form.querySelectorAll("[data-key]")) {
    const { key } = button.dataset;
    button.toggleAttribute("data-shown", keysOn.checked);
    if (keysOn.checked) button.setAttribute("aria-keyshortcuts", key);
    else button.removeAttribute("aria-keyshortcuts");
  }
  document.getElementById("keys-told").textContent = keysOn.checked
    ? "Keys: Y yes, P yes and publish, U not sure, N no and why (Enter sends)."
    : "";
}

function answer(key) {
  const button = form.querySelector(`[data-key="${key}"]`);
  if (!button) return false;
  if (key === "n" && !note.value) {
    // A “no” says why: the word is typed, and Enter sends it.
    note.dataset.answer = "no";
    note.focus();
  } else form.requestSubmit(button);
  return true;
}

if (form) {
  document.getElementById("switch").hidden = false;
  keysOn.checked = remembered();
  keysOn.addEventListener("change", () => {
    try {
      localStorage.setItem(OFF, keysOn.checked ? "0" : "1");
    } catch {
      // A browser that keeps nothing forgets the switch too.
    }
    tell();
  });
  tell();
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.matches("input:not([type=checkbox]), textarea, select");
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || isTyping) return;
    if (keysOn.checked && answer(event.key.toLowerCase())) event.preventDefault();
  });
  note.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
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
