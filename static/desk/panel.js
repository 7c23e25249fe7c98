// The panel: what is proposed for a passage, and what is chosen and typed into it.

import { Combobox } from "./combobox.js";

const CARRIED = ["form", "voice", "speaker", "speaker_key", "via", "via_key", "confirm"];
const REPEATED = [
  ...CARRIED, "stance", "hedge", "subject", "subject_key", "property", "property_key",
  "qualifier", "during",
];
const ANSWERS = ["object", "object_key", "date", "bound", "amount", "amount_high", "unit", "text"];

export class Panel {
  constructor(form) {
    this.form = form;
    this.fields = form.elements;
    this.last = JSON.parse(form.dataset.last || "{}");
    form.classList.add("live");
    for (const button of form.querySelectorAll("[hidden]")) button.hidden = false;
    const extra = () => ({
      start: this.fields.start.value,
      end: this.fields.end.value,
      subject: this.fields.subject_key.value,
    });
    this.boxes = {};
    for (const box of form.querySelectorAll(".choose")) {
      const made = new Combobox(box, extra);
      this.boxes[made.input.name] = made;
    }
    form.addEventListener("chosen", (event) => this.chosen(event.detail));
    form.addEventListener("input", (event) => this.typed(event.target));
    this.fields.statement.addEventListener("input", () => (this.isOwn = true));
    this.showVoice();
    this.showType("");
  }

  get isOpen() {
    return this.form.classList.contains("open");
  }

  async open(place) {
    const asked = new URLSearchParams(place);
    const answer = await fetch(`${this.form.dataset.passage}?${asked}`).catch(() => null);
    if (!answer?.ok) return null;
    this.passage = await answer.json();
    this.clear();
    this.set({ quote: this.passage.quote, start: this.passage.start, end: this.passage.end });
    this.propose();
    this.form.classList.add("open");
    this.fields[this.fields.subject.value ? "property" : "subject"].focus();
    return this.passage;
  }

  close() {
    this.form.classList.remove("open");
  }

  // Take away what belongs to one claim; what is carried over stays.
  clear() {
    const blank = ["claim", "claim_key", "subject", "subject_key", "property", "property_key",
      "qualifier", "during", "hedge", "note", "paragraph", "statement", ...ANSWERS];
    this.set(Object.fromEntries(blank.map((name) => [name, ""])));
    this.set({ no_value: false, is_inferred: false, stance: "supports" });
    this.isOwn = false;
    this.kind = "";
    this.form.classList.remove("has-claim");
    this.showType("");
    this.complain({});
  }

  set(values) {
    for (const [name, value] of Object.entries(values)) {
      const field = this.fields[name];
      if (!field || value === undefined) continue;
      if (field.type === "checkbox") field.checked = Boolean(value);
      else field.value = value;
    }
  }

  propose() {
    const { subjects, objects, claims, asks } = this.passage;
    const sure = asks.length ? null : subjects[0];
    if (sure) this.setSubject(sure);
    this.offer("claims", claims, "claim");
    this.offer("subjects", [...asks.flatMap((one) => one.choices), ...subjects], "subject");
    this.offer("objects", objects, "object");
    const asking = asks.map((one) => `“${one.text}” may be ${one.choices.map((c) => c.label).join(" or ")}.`);
    this.form.querySelector("[data-asks]").textContent = asking.join(" ");
  }

  offer(name, choices, field) {
    const place = this.form.querySelector(`[data-offers=${name}]`);
    place.replaceChildren(
      ...choices.map((choice, at) => {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = choice.label;
        button.title = choice.hint || "";
        if (name === "claims") button.dataset.number = at + 1;
        button.addEventListener("click", () => this.boxes[field].choose(choice));
        return button;
      }),
    );
  }

  setSubject(one) {
    this.set({ subject: one.label, subject_key: one.key });
    this.kind = one.kind;
  }

  // What is asked of organisations only is said of the first that is offered, where
  // the subject was proposed by us and not chosen.
  fitSubject(kinds) {
    if (!this.kind || !kinds.length || kinds.includes(this.kind)) return;
    const fitting = this.passage?.subjects.find((one) => kinds.includes(one.kind));
    if (fitting) this.setSubject(fitting);
  }

  chosen({ name, choice }) {
    if (name === "claim") this.chooseClaim(choice);
    if (name === "property") {
      this.fitSubject(choice.kinds);
      this.showType(choice.value_type, true);
    }
    if (name === "subject") {
      this.kind = "";
      this.fields.property.focus();
    }
    if (name === "speaker") this.set({ voice: "named" });
    this.showVoice();
    this.sketch();
  }

  chooseClaim(choice) {
    const isClaim = choice.kind === "claim";
    this.kind = "";
    this.form.classList.toggle("has-claim", isClaim);
    if (isClaim) return this.form.querySelector("[name=save]").focus();
    const { subject, subject_key, property, property_key, qualifier } = choice;
    this.set({ claim: "", claim_key: "", subject, subject_key, property, property_key, qualifier });
    this.showType(choice.value_type, true);
  }

  typed(field) {
    if (field === this.fields.subject) this.kind = "";
    if (field === this.fields.claim && !field.value) this.form.classList.remove("has-claim");
    if (field !== this.fields.statement) this.sketch();
    this.showVoice();
  }

  // Show the field that fits the property, with what the passage gives for it.
  showType(type, isChosen = false) {
    for (const part of this.form.querySelectorAll(".value")) part.hidden = part.dataset.type !== type;
    if (!isChosen || !this.passage) return;
    const { date, amount, bound, unit, objects, quote } = this.passage;
    const other = objects.find((one) => one.key !== this.fields.subject_key.value);
    const proposals = {
      entity: { object: other?.label || "", object_key: other?.key || "" },
      date: { date },
      quantity: { amount, bound: bound || "exactly", unit },
      text: { text: quote.replace(/\s+/g, " ").slice(0, 500) },
    };
    this.set(proposals[type] || {});
    const first = { entity: "object", quantity: "amount" }[type] || type;
    this.fields[first]?.focus();
    this.fields[first]?.select();
  }

  showVoice() {
    const { voice, speaker, via, stance } = this.fields;
    const words = [stance, voice].map((one) => one.selectedOptions[0]?.textContent || "");
    const who = [speaker.value, via.value && `credited to ${via.value}`].filter(Boolean);
    this.form.querySelector("[data-voice]").textContent = [...words, ...who].join(" · ");
  }

  // The sentence that is proposed follows what is typed, until somebody writes one.
  sketch() {
    clearTimeout(this.timer);
    if (this.isOwn || !this.fields.property_key.value) return;
    this.timer = setTimeout(async () => {
      const sent = new URLSearchParams(new FormData(this.form));
      for (const name of ["csrfmiddlewaretoken", "quote", "statement"]) sent.delete(name);
      const answer = await fetch(`${this.form.dataset.statement}?${sent}`).catch(() => null);
      if (answer?.ok && !this.isOwn) this.set({ statement: (await answer.json()).statement });
    }, 150);
  }

  again() {
    const { last } = this;
    if (!last.property) return;
    this.kind = "";
    this.set(Object.fromEntries(REPEATED.map((name) => [name, last[name]])));
    this.showType(last.value_type, true);
    if (last.value_type === "quantity") this.set({ unit: this.fields.unit.value || last.unit });
    this.showVoice();
    this.sketch();
  }

  carry(last) {
    this.last = last;
    this.set(Object.fromEntries(CARRIED.map((name) => [name, last[name]])));
    this.showVoice();
  }

  complain(errors) {
    for (const field of this.form.querySelectorAll("[data-field]")) {
      const told = (errors[field.dataset.field] || []).join(" ");
      field.classList.toggle("wrong", Boolean(told));
      field.querySelector(".errors").textContent = told;
      const input = field.querySelector("input, select, textarea");
      input.toggleAttribute("aria-invalid", Boolean(told));
      if (told) {
        input.setAttribute("aria-describedby", `${input.id}_error`);
        input.closest("details")?.setAttribute("open", "");
        if (input.closest(".value")) input.closest(".value").hidden = false;
      }
    }
    const others = errors.__all__ || [];
    this.form.querySelector("#panel-errors").textContent = others.join(" ");
    this.form.querySelector(".wrong input, .wrong select, .wrong textarea")?.focus();
  }
}
