// Shortcuts: one way to bind them, one help sheet, one switch for all (WCAG 2.1.4).
//
// Each is named as in aria-keyshortcuts and stands in sources/desk/keys.py too, from
// which the sheet is made; tests/test_desk_keys.py compares the two.

const OFF = "desk-keys-off";
const SIGN = /^[^\p{L}]$/u;

export function isOn() {
  try {
    return localStorage.getItem(OFF) !== "1";
  } catch {
    return true;
  }
}

function turn(on) {
  try {
    localStorage.setItem(OFF, on ? "0" : "1");
  } catch {
    // A browser that keeps nothing forgets the switch too.
  }
  document.documentElement.toggleAttribute("data-keys-off", !on);
  for (const box of document.querySelectorAll("[data-keys-switch]")) box.checked = on;
  document.dispatchEvent(new Event("desk:keys"));
}

function chord(event) {
  let { key } = event;
  // On a Mac, Alt and a letter make another sign.
  if (event.altKey && /[^ -~]/.test(key)) key = event.code.replace(/^(Key|Digit)/, "");
  if (key.length === 1) key = key.toUpperCase();
  return [
    (event.ctrlKey || event.metaKey) && "Control",
    event.altKey && "Alt",
    // A sign says by itself whether it needs Shift.
    event.shiftKey && !SIGN.test(key) && "Shift",
    key,
  ]
    .filter(Boolean)
    .join("+");
}

function isTyped(event, name) {
  const isField = "input:not([type=checkbox]), textarea, select, [contenteditable]";
  return !name.includes("+") && Boolean(event.target.closest?.(isField));
}

// What an action answers tells whether the browser goes on with the key: false if so.
export function bind(place, actions, { within = document, stays = false } = {}) {
  within.addEventListener("keydown", (event) => {
    const name = chord(event);
    if (!Object.hasOwn(actions, name) || isTyped(event, name)) return;
    if (!stays && (!isOn() || event.repeat || document.querySelector("dialog[open]"))) return;
    if (actions[name](event) !== false) event.preventDefault();
  });
}

// --- the sheet

const link = document.getElementById("keys-link");

function ready(place) {
  for (const one of place.querySelectorAll(".keys-switch")) one.hidden = false;
  for (const box of place.querySelectorAll("[data-keys-switch]")) box.checked = isOn();
}

async function sheet() {
  const answer = await fetch(link.href).catch(() => null);
  const text = answer?.ok ? await answer.text() : "";
  const found = new DOMParser().parseFromString(text, "text/html").getElementById("keys-sheet");
  if (!found) return location.assign(link.href);
  const dialog = document.createElement("dialog");
  dialog.className = "keys-dialog";
  dialog.setAttribute("aria-labelledby", "keys-title");
  const title = document.createElement("h1");
  title.id = "keys-title";
  title.textContent = "Keys";
  const close = document.createElement("button");
  close.type = "button";
  close.className = "button";
  close.textContent = "Close";
  close.addEventListener("click", () => dialog.close());
  dialog.append(title, close, ...found.childNodes);
  dialog.classList.add(...found.classList);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  ready(dialog);
  dialog.showModal();
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-keys-switch]")) turn(event.target.checked);
});

if (link) {
  turn(isOn());
  ready(document);
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (document.getElementById("keys-sheet")) return;
    event.preventDefault();
    sheet();
  });
  bind("everywhere", {
    "?": () => document.getElementById("keys-sheet") || sheet(),
    "/": () => search(),
    D: () => location.assign(document.querySelector("#site-name a").href),
  });
}

function search() {
  const field = document.getElementById("searchbar") || document.getElementById("nav-filter");
  if (!field?.offsetParent) return false;
  field.focus();
  field.select();
}

// --- a record's form

const row = document.querySelector("#content-main form .submit-row");

function press(...names) {
  const button = names.map((name) => row.querySelector(`[name=${name}]`)).find(Boolean);
  if (!button) return false;
  button.form.requestSubmit(button);
}

if (row) {
  bind("form", {
    "Control+S": () => press("_continue", "_save"),
    "Control+Enter": () => press("_save", "_continue"),
    "Control+Shift+Enter": () => press("_next", "_save"),
  });
}
