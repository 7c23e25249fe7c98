// A footnote's number opens its note where the reader is. Without this script, and in
// print, the number leads to the note at the foot of the page.

const shown = document.createElement("div");
shown.className = "meaning note";
shown.popover = "auto";
shown.tabIndex = -1;
shown.setAttribute("role", "dialog");

function open(link, note) {
  const title = document.createElement("p");
  title.className = "kicker";
  title.id = "note-shown";
  title.textContent = `Note ${link.textContent.trim()}`;
  const copy = [...note.childNodes].map((node) => node.cloneNode(true));
  shown.setAttribute("aria-labelledby", title.id);
  shown.replaceChildren(title, ...copy);
  // What leads back from the foot of the page leads nowhere from here.
  shown.querySelector(":scope > a[href^='#r']")?.remove();
  shown.showPopover();
  shown.focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("sup a[href^='#n']");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const note = document.getElementById(link.hash.slice(1));
  if (!note) return;
  event.preventDefault();
  // A popover gives the focus back to where it was when it opened.
  link.focus();
  open(link, note);
});

document.body.append(shown);
