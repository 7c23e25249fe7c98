// The reading desk: select a passage, cite it, read on, without leaving the page.

import { bind } from "./keys.js";
import { Panel } from "./panel.js";
import { everyWord, placeOf, rangeOf, sentences } from "./places.js";

const article = document.getElementById("article");
const form = document.getElementById("panel");
const undo = document.getElementById("undo");
const margin = document.getElementById("margin");
const panel = form && new Panel(form);
// Where the reader is: a place in the text, and the place from which it was extended.
let cursor = null;

function say(words, isError = false) {
  const place = document.getElementById("said");
  place.textContent = words;
  place.classList.toggle("wrong", isError);
}

function show(place) {
  cursor = place;
  const range = place && rangeOf(article, place);
  if (!range) return;
  if (window.CSS?.highlights) CSS.highlights.set("chosen", new Highlight(range));
  const box = range.getBoundingClientRect();
  if (box.top < 60 || box.bottom > innerHeight - 40)
    scrollBy({ top: box.top - innerHeight / 3 });
}

async function open(place) {
  show(place);
  if (!panel) return;
  const passage = await panel.open(place);
  if (passage) cursor = { start: passage.start, end: passage.end };
  else say("The passage could not be opened: open the page again.", true);
}

function close() {
  panel.close();
  getSelection().removeAllRanges();
  article.focus({ preventScroll: true });
  show(cursor);
}

// --- moving by keyboard: only while the article has the focus

function step(units, isForward, isLonger) {
  const at = cursor || { start: -1, end: -1 };
  if (isLonger && isForward) {
    const next = units.find((one) => one.end > at.end);
    return next && { start: at.start < 0 ? next.start : at.start, end: next.end };
  }
  if (isLonger) {
    const before = units.filter((one) => one.end < at.end && one.end > at.start).at(-1);
    return before && { start: at.start, end: before.end };
  }
  // From a sentence the first step by word leads to its first word.
  const isInside = (one) => one.start === at.start && one.end < at.end;
  if (isForward) return units.find((one) => one.start > at.start || isInside(one));
  return units.filter((one) => one.start < at.start).at(-1);
}

function bare() {
  return [...margin.querySelectorAll(".bare [data-start]")].map((link) => ({
    start: Number(link.dataset.start),
    end: Number(link.dataset.end),
  }));
}

function move(place) {
  show(place || cursor);
  // Whoever hears the page is told what the eye sees marked.
  if (place) document.getElementById("heard").textContent = rangeOf(article, place).toString();
}

// Links within the article keep their own keys.
function inArticle(does) {
  return (event) => (event.target === article ? does() : false);
}

const bySentence = (...how) => inArticle(() => move(step(sentences(article), ...how)));
const byWord = (...how) => inArticle(() => move(step(everyWord(article), ...how)));
const isAfter = (one) => one.start > (cursor?.start ?? -1);

if (article) {
  const moves = {
    ArrowDown: bySentence(true, false),
    ArrowUp: bySentence(false, false),
    ArrowRight: byWord(true, false),
    ArrowLeft: byWord(false, false),
    "Shift+ArrowDown": bySentence(true, true),
    "Shift+ArrowUp": bySentence(false, true),
    "Shift+ArrowRight": byWord(true, true),
    "Shift+ArrowLeft": byWord(false, true),
    N: inArticle(() => move(bare().find(isAfter) || bare()[0])),
    Enter: inArticle(() => (cursor ? void open(cursor) : false)),
  };
  bind("article", moves, { within: article, stays: true });
}

article?.addEventListener("pointerup", () =>
  setTimeout(() => {
    const selection = getSelection();
    if (selection.isCollapsed || !selection.rangeCount) return;
    const place = placeOf(article, selection.getRangeAt(0));
    if (place) open(place);
  }),
);

// --- sending: the answer holds the parts of the page that changed

// Who signs in again in another tab gets another token: the cookie has the latest.
function token() {
  return document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
}

async function send(address, data) {
  if (token()) data.set("csrfmiddlewaretoken", token());
  const answer = await fetch(address, {
    method: "POST",
    body: data,
    headers: { accept: "application/json" },
  }).catch(() => null);
  if (!answer) return { failure: "The server cannot be reached. What you typed stands here." };
  if (!answer.headers.get("content-type")?.includes("json"))
    return {
      failure:
        "Your session has ended, or you may not do this. What you typed stands here: " +
        "sign in in another tab, then save again.",
    };
  const told = await answer.json();
  if (told.error) return { failure: `${told.error} What you typed stands here.` };
  return { ok: answer.ok, ...told };
}

function take(answer) {
  if (answer.failure) return say(answer.failure, true);
  if (answer.article !== undefined) {
    article.innerHTML = answer.article;
    const opened = [...margin.querySelectorAll("details")].map((one) => one.open);
    margin.innerHTML = answer.margin;
    margin.querySelectorAll("details").forEach((one, at) => (one.open = opened[at]));
    undo.hidden = !answer.can_undo;
    panel?.carry(answer.last);
    show(cursor);
  }
  if (answer.said) say(answer.said, !answer.ok);
}

async function save(submitter) {
  const data = new FormData(form, submitter);
  const isOmission = submitter?.name === "omit";
  const answer = await send(isOmission ? form.dataset.omit : form.action, data);
  if (answer.failure) panel.complain({ __all__: [answer.failure] });
  take(answer);
  if (answer.errors) return panel.complain(answer.errors);
  if (!answer.ok) return;
  if (submitter?.name === "keep") await panel.open(cursor);
  else close();
}

let isSending = false;
form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  // A second Enter is the same save.
  if (isSending) return;
  isSending = true;
  await save(event.submitter).finally(() => (isSending = false));
});

async function takeBack() {
  take(await send(undo.action, new FormData(undo)));
}

undo?.addEventListener("submit", (event) => {
  event.preventDefault();
  takeBack();
});

margin?.addEventListener("submit", async (event) => {
  if (!event.target.matches(".unknown form")) return;
  event.preventDefault();
  take(await send(event.target.action, new FormData(event.target, event.submitter)));
});

margin?.addEventListener("click", (event) => {
  const link = event.target.closest(".bare [data-start]");
  if (!link) return;
  event.preventDefault();
  open({ start: Number(link.dataset.start), end: Number(link.dataset.end) });
});

form?.addEventListener("click", (event) => {
  const act = event.target.closest("[data-act]")?.dataset.act;
  if (act === "again") panel.again();
  if (act === "close") close();
});

// --- shortcuts with a modifier, which no typing triggers; Escape closes in any case

function ifOpen(does) {
  return () => (panel?.isOpen ? void does() : false);
}

const press = (name) => ifOpen(() => form.requestSubmit(form.elements[name]));
const pick = (number) =>
  ifOpen(() => form.querySelector(`[data-number="${number}"]`)?.click());

bind("reading", {
  "Control+Enter": press("save"),
  "Control+Shift+Enter": press("keep"),
  "Alt+L": ifOpen(() => panel.again()),
  "Alt+1": pick(1),
  "Alt+2": pick(2),
  "Alt+3": pick(3),
  "Alt+4": pick(4),
  "Alt+5": pick(5),
  "Alt+Z": () => (undo && !undo.hidden ? void takeBack() : false),
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && panel?.isOpen && !document.querySelector("dialog[open]")) close();
});

// --- a note points at its words, and words at their notes

function point(event) {
  const own = event.target.closest?.("[data-evidence]");
  const slugs = new Set(own?.dataset.evidence.split(" "));
  for (const one of article.querySelectorAll("[data-evidence]"))
    one.classList.toggle(
      "pointed",
      one.dataset.evidence.split(" ").some((slug) => slugs.has(slug)),
    );
}

article?.addEventListener("pointerover", point);
article?.addEventListener("focusin", point);
