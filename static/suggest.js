// Suggestions under a search field while somebody types. Without this script, and for
// whoever takes none of them, the field is a plain form.

const WAIT = 150;
const KINDS = {
  person: "Person",
  organisation: "Organisation",
  event: "Event",
  question: "Question",
};

class Suggestions {
  constructor(form) {
    this.url = form.dataset.suggestions;
    this.input = form.querySelector("input[type=search]");
    this.list = document.createElement("ul");
    this.list.id = `${this.input.id}-suggestions`;
    this.list.className = "suggestions";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Suggestions");
    this.told = document.createElement("span");
    this.told.className = "unseen";
    this.told.setAttribute("role", "status");
    form.append(this.list, this.told);
    for (const [name, value] of [
      ["role", "combobox"],
      ["aria-autocomplete", "list"],
      ["aria-expanded", "false"],
      ["aria-controls", this.list.id],
    ])
      this.input.setAttribute(name, value);
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.pressed(event));
    this.input.addEventListener("blur", () => this.close());
    // The field keeps the focus, so that the list is still there when the click ends.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.clicked(event));
  }

  typed() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.refresh(), WAIT);
  }

  async refresh() {
    this.asked?.abort();
    this.asked = new AbortController();
    const { signal } = this.asked;
    const query = this.input.value.trim();
    if (!query) return this.close();
    const address = `${this.url}?${new URLSearchParams({ q: query })}`;
    const answer = await fetch(address, { signal }).catch(() => null);
    const found = answer?.ok ? (await answer.json().catch(() => ({}))).suggestions : null;
    if (!found || signal.aborted || document.activeElement !== this.input) return;
    this.show(found);
  }

  show(found) {
    this.found = found;
    this.list.replaceChildren(
      ...found.map(({ label, kind }, at) => {
        const row = document.createElement("li");
        row.id = `${this.list.id}-${at}`;
        row.setAttribute("role", "option");
        row.setAttribute("aria-selected", "false");
        const hint = document.createElement("small");
        hint.textContent = KINDS[kind];
        row.append(label, " ", hint);
        return row;
      }),
    );
    this.at = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.list.hidden = !found.length;
    this.input.setAttribute("aria-expanded", String(found.length > 0));
    const count = found.length === 1 ? "1 suggestion" : `${found.length} suggestions`;
    this.told.textContent = found.length ? count : "";
  }

  // -1 is the field itself: Enter searches for what was typed.
  point(at) {
    const rows = [...this.list.children];
    const places = rows.length + 1;
    this.at = ((at + 1 + places) % places) - 1;
    rows.forEach((row, number) => row.setAttribute("aria-selected", String(number === this.at)));
    const row = rows[this.at];
    row?.scrollIntoView({ block: "nearest" });
    if (row) this.input.setAttribute("aria-activedescendant", row.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  pressed(event) {
    const isOpen = !this.list.hidden;
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!isOpen) return this.refresh();
      this.point(this.at + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      this.close();
    } else if (event.key === "Enter" && isOpen && this.at >= 0) {
      event.preventDefault();
      this.open(this.at);
    }
  }

  clicked(event) {
    const row = event.target.closest("li");
    if (row) this.open([...this.list.children].indexOf(row));
  }

  open(at) {
    location.assign(this.found[at].href);
  }

  close() {
    clearTimeout(this.timer);
    this.asked?.abort();
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.told.textContent = "";
  }
}

for (const form of document.querySelectorAll("form[data-suggestions]")) new Suggestions(form);
