// A text field that offers choices while one types. What is chosen goes by its key
// into the hidden field beside it; without this script the server reads the words.

const WAIT = 120;

function nothing() {
  const row = document.createElement("li");
  row.setAttribute("role", "option");
  row.setAttribute("aria-disabled", "true");
  row.textContent = "Nothing found by these words.";
  return row;
}

export class Combobox {
  constructor(box, extra) {
    this.url = box.dataset.choices;
    this.extra = extra;
    this.input = box.querySelector("input:not([type=hidden])");
    this.key = this.input.form.elements[`${this.input.name}_key`];
    this.list = document.createElement("ul");
    this.list.id = `${this.input.id}-choices`;
    this.list.className = "choices";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Choices");
    this.input.after(this.list);
    for (const [name, value] of [
      ["role", "combobox"],
      ["aria-autocomplete", "list"],
      ["aria-expanded", "false"],
      ["aria-controls", this.list.id],
      ["autocomplete", "off"],
    ])
      this.input.setAttribute(name, value);
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.pressed(event));
    this.input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.list.addEventListener("mousedown", (event) => this.clicked(event));
  }

  typed() {
    this.key.value = "";
    clearTimeout(this.timer);
    this.fresh = false;
    this.timer = setTimeout(() => this.refresh(), WAIT);
  }

  async refresh() {
    clearTimeout(this.timer);
    const query = this.input.value.trim();
    if (!query) return this.close();
    const asked = new URLSearchParams({ q: query, ...this.extra() });
    const answer = await fetch(`${this.url}?${asked}`).catch(() => null);
    if (!answer?.ok || query !== this.input.value.trim()) return;
    this.show((await answer.json()).choices);
    this.fresh = true;
  }

  show(choices) {
    this.choices = choices;
    this.list.replaceChildren(
      ...choices.map((choice, at) => {
        const row = document.createElement("li");
        row.id = `${this.list.id}-${at}`;
        row.setAttribute("role", "option");
        const hint = document.createElement("small");
        hint.textContent = choice.hint || "";
        row.append(choice.label, " ", hint);
        return row;
      }),
    );
    if (!choices.length) this.list.append(nothing());
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", String(choices.length > 0));
    this.point(0);
  }

  point(at) {
    this.at = Math.max(0, Math.min(at, this.choices.length - 1));
    [...this.list.children].forEach((row, number) =>
      row.setAttribute("aria-selected", String(number === this.at)),
    );
    this.list.children[this.at]?.scrollIntoView({ block: "nearest" });
    const active = this.choices.length ? this.list.children[this.at] : null;
    if (active) this.input.setAttribute("aria-activedescendant", active.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  async pressed(event) {
    const isOpen = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!isOpen) return this.refresh();
      this.point(this.at + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Escape" && isOpen) {
      event.stopPropagation();
      this.close();
    } else if (event.key === "Enter" && !event.ctrlKey && this.input.value && !this.key.value) {
      event.preventDefault();
      if (!this.fresh) await this.refresh();
      if (this.choices?.length) this.choose(this.choices[this.at]);
    }
  }

  clicked(event) {
    const row = event.target.closest("li");
    if (!row) return;
    event.preventDefault();
    const choice = this.choices[[...this.list.children].indexOf(row)];
    if (choice) this.choose(choice);
  }

  choose(choice) {
    this.input.value = choice.label;
    this.key.value = choice.key;
    this.close();
    const detail = { name: this.input.name, choice };
    this.input.dispatchEvent(new CustomEvent("chosen", { bubbles: true, detail }));
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}
