// Keeps what is typed into the desk's forms in this browser until it is saved.
//
// One draft for each person, address and version of the record. The server says by a
// cookie that a draft was saved (sources/desk/rescue.py); until then it is offered
// again whenever the form is opened. Passwords and tokens are never kept.

const PREFIX = "desk-draft:";
const SAVED = "desk_saved_";
const MONTH = 30 * 24 * 3600 * 1000;
const PAUSE = 400;
const SECRET = /password|csrfmiddlewaretoken|secret|token/i;
const SKIPPED = new Set(["password", "file", "submit", "button", "image", "reset"]);

const user = document.querySelector("meta[name=desk-user]")?.content || "";

function stored() {
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(PREFIX))
    .map((key) => {
      try {
        return { key, ...JSON.parse(localStorage.getItem(key)) };
      } catch {
        return { key, at: 0, fields: [] };
      }
    });
}

// What the server has saved is kept no longer; nor is what nobody came back for.
function tidy() {
  for (const pair of document.cookie.split("; ")) {
    const name = pair.split("=")[0];
    if (!name.startsWith(SAVED)) continue;
    const id = name.slice(SAVED.length);
    for (const draft of stored()) {
      if (draft.id === id) localStorage.removeItem(draft.key);
    }
    document.cookie = `${name}=; path=/; max-age=0; samesite=lax`;
  }
  for (const draft of stored()) {
    if (Date.now() - draft.at > MONTH) localStorage.removeItem(draft.key);
  }
}

function isKept(field) {
  return (
    field.name &&
    !field.disabled &&
    !SKIPPED.has(field.type) &&
    !SECRET.test(field.name) &&
    !field.name.includes("__prefix__") &&
    !field.closest("[data-no-autosave]") &&
    (field.type !== "hidden" || field.name.endsWith("-TOTAL_FORMS"))
  );
}

function isChanged(field) {
  if (field.type === "checkbox" || field.type === "radio") {
    return field.checked !== field.defaultChecked;
  }
  if (field.tagName === "SELECT") {
    const options = [...field.options];
    if (!field.multiple && !options.some((one) => one.defaultSelected)) {
      return field.selectedIndex > 0;
    }
    return options.some((one) => one.selected !== one.defaultSelected);
  }
  return field.value !== field.defaultValue;
}

function read(field) {
  if (field.type === "checkbox" || field.type === "radio") {
    return { checked: field.checked };
  }
  if (field.tagName === "SELECT") {
    return { chosen: [...field.selectedOptions].map((one) => [one.value, one.text]) };
  }
  return { value: field.value };
}

function write(field, kept) {
  if ("checked" in kept) {
    field.checked = kept.checked;
  } else if ("chosen" in kept) {
    for (const [value, text] of kept.chosen) {
      if (![...field.options].some((one) => one.value === value)) {
        field.add(new Option(text, value));
      }
    }
    const values = new Set(kept.chosen.map(([value]) => value));
    for (const option of field.options) option.selected = values.has(option.value);
  } else {
    field.value = kept.value;
  }
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
  // A list that searches shows its choice only when told in its own way.
  window.django?.jQuery?.(field).trigger("change");
}

// A field is known by its name, and a box or button by its value too.
function known(field) {
  const isChoice = field.type === "checkbox" || field.type === "radio";
  return isChoice ? `${field.name}=${field.value}` : field.name;
}

class Keeper {
  constructor(form, number) {
    this.form = form;
    this.version = form.querySelector("[name=seen_version]")?.value ?? "";
    this.place = `${user}:${location.pathname}${location.search}:${form.id || number}`;
    this.id = crypto.randomUUID?.().replaceAll("-", "") ?? String(Math.random()).slice(2);
    this.kept = new Map();
    // A hidden field forgets what it was: its value is its default.
    this.hidden = new Map(
      this.fields
        .filter((field) => field.type === "hidden")
        .map((field) => [field.name, field.value]),
    );
    this.offerEarlier();
    form.addEventListener("input", () => this.soon());
    form.addEventListener("change", () => this.soon());
    form.addEventListener("submit", () => this.send());
    // A page that saves by itself says so.
    form.addEventListener("desk:saved", () => this.forget());
    addEventListener("pagehide", () => this.pending && this.keep());
    document.addEventListener("visibilitychange", () => {
      if (document.hidden && this.pending) this.keep();
    });
    // Lists that search tell only jQuery of a choice.
    window.django?.jQuery?.(form).on("change", "select", () => this.soon());
  }

  get key() {
    return `${PREFIX}${this.place}:${this.version}:${this.id}`;
  }

  get fields() {
    return [...this.form.elements].filter(isKept);
  }

  soon() {
    clearTimeout(this.pending);
    this.pending = setTimeout(() => this.keep(), PAUSE);
  }

  keep() {
    clearTimeout(this.pending);
    this.pending = null;
    for (const field of this.fields) {
      const was = this.hidden.get(field.name);
      const isNew = was === undefined ? isChanged(field) : field.value !== was;
      if (isNew) this.kept.set(known(field), read(field));
      else if (!this.isEcho) this.kept.delete(known(field));
      else if (this.kept.has(known(field))) this.kept.set(known(field), read(field));
    }
    if (this.kept.size === 0) {
      localStorage.removeItem(this.key);
      return;
    }
    const draft = {
      id: this.id,
      at: Date.now(),
      version: this.version,
      fields: [...this.kept],
    };
    try {
      localStorage.setItem(this.key, JSON.stringify(draft));
      this.say("Kept in this browser until it is saved.");
    } catch {
      this.say("Too long to be kept in this browser: save it soon.");
    }
  }

  say(words) {
    if (!this.state) {
      this.state = document.createElement("p");
      this.state.className = "autosave-state";
      this.form.append(this.state);
    }
    this.state.textContent = words;
  }

  send() {
    this.keep();
    let hidden = this.form.querySelector("input[name=_draft]");
    if (!hidden) {
      hidden = document.createElement("input");
      hidden.type = "hidden";
      hidden.name = "_draft";
      this.form.append(hidden);
    }
    hidden.value = this.id;
  }

  forget() {
    clearTimeout(this.pending);
    this.pending = null;
    this.kept.clear();
    localStorage.removeItem(this.key);
  }

  offerEarlier() {
    const earlier = stored()
      .filter((draft) => draft.key.startsWith(`${PREFIX}${this.place}:`))
      .sort((one, other) => other.at - one.at);
    for (const draft of earlier) {
      if (this.shows(draft)) this.adopt(draft);
      else if (this.goesOnFrom(draft)) {
        this.id = draft.id;
        this.kept = new Map(draft.fields);
      }
      else this.offer(draft);
    }
  }

  // The second step of two: the first has other fields, and is saved with this one.
  goesOnFrom(draft) {
    const names = new Set(this.fields.map(known));
    const isSecond = this.form.dataset.step === "2";
    return isSecond && !draft.fields.some(([name]) => names.has(name));
  }

  // The server gave back what was typed: this is the same draft, still not saved.
  shows(draft) {
    const fields = new Map(this.fields.map((field) => [known(field), field]));
    return draft.fields.every(([name, kept]) => {
      const field = fields.get(name);
      return field && JSON.stringify(read(field)) === JSON.stringify(kept);
    });
  }

  adopt(draft) {
    localStorage.removeItem(draft.key);
    this.id = draft.id;
    this.kept = new Map(draft.fields);
    this.isEcho = true;
    this.keep();
  }

  offer(draft) {
    const box = document.createElement("div");
    box.className = "autosave-offer";
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", "Typed earlier and not saved");
    const words = document.createElement("p");
    const when = new Date(draft.at).toLocaleString(document.documentElement.lang);
    const older =
      draft.version === this.version
        ? ""
        : " The record has been changed since: what differs is shown when you save.";
    words.textContent = `On ${when} you typed here and did not save it (fields: ${draft.fields.length}).${older}`;
    const back = this.button("Put it back", () => this.restore(draft, box));
    const away = this.button("Throw it away", () => {
      localStorage.removeItem(draft.key);
      box.remove();
    });
    box.append(words, back, away);
    this.form.before(box);
  }

  button(words, does) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = words;
    button.addEventListener("click", does);
    return button;
  }

  restore(draft, box) {
    const kept = new Map(draft.fields);
    for (const [name, { value }] of kept) {
      if (name.endsWith("-TOTAL_FORMS")) this.addRows(name, Number(value));
    }
    const fields = new Map(this.fields.map((field) => [known(field), field]));
    for (const [name, value] of kept) {
      const field = fields.get(name);
      if (field && field.type !== "hidden") write(field, value);
    }
    // It was typed into that version, and the server compares with that.
    const seen = this.form.querySelector("[name=seen_version]");
    if (seen && draft.version) seen.value = draft.version;
    this.version = draft.version;
    localStorage.removeItem(draft.key);
    box.remove();
    this.keep();
    [...fields.values()].find((field) => kept.has(known(field)) && field.type !== "hidden")?.focus();
  }

  addRows(name, wanted) {
    const total = this.form.elements[name];
    const group = total?.closest(".inline-group");
    const add = group?.querySelector(".add-row a, .add-row button");
    for (let at = Number(total?.value); add && at < wanted && at < 1000; at += 1) {
      add.click();
    }
  }
}

// A page that sends once more has an old token; the browser holds the new one.
function freshToken(form) {
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  const field = form.querySelector("[name=csrfmiddlewaretoken]");
  if (token && field) field.value = token[1];
}

tidy();
for (const form of document.querySelectorAll("form[data-send-again]")) {
  form.addEventListener("submit", () => freshToken(form));
}
if (user) {
  const forms = [...document.querySelectorAll("#content form, main form")].filter(
    (form, at, all) =>
      all.indexOf(form) === at &&
      form.method === "post" &&
      form.id !== "changelist-form" &&
      !form.hasAttribute("data-no-autosave") &&
      !form.querySelector("input[type=password]"),
  );
  forms.forEach((form, number) => new Keeper(form, number));
}
document.getElementById("conflict-title")?.focus();
