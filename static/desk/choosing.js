// Lists that search are drawn by Select2, which does not say what they are for.

function name(select) {
  const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
  const drawn = select.nextElementSibling;
  if (!label || !drawn?.classList.contains("select2")) return;
  label.id ||= `${select.id}_label`;
  const box = drawn.querySelector("[role=combobox]");
  if (select.multiple) {
    box?.setAttribute("aria-labelledby", label.id);
    drawn.querySelector("input")?.setAttribute("aria-labelledby", label.id);
  } else if (box) {
    const chosen = drawn.querySelector(".select2-selection__rendered");
    // It is no field of its own, and as one would want a name.
    chosen.removeAttribute("role");
    chosen.removeAttribute("aria-readonly");
    box.setAttribute("aria-labelledby", `${label.id} ${chosen.id}`);
  }
}

function nameAll(place = document) {
  for (const select of place.querySelectorAll("select.admin-autocomplete")) name(select);
}

// Select2 draws them when jQuery is ready, and this is asked after it.
const jQuery = window.django?.jQuery;
jQuery?.(() => {
  nameAll();
  document.addEventListener("formset:added", (event) => setTimeout(() => nameAll(event.target)));
  jQuery(document).on("select2:open", (event) => {
    const field = document.querySelector(".select2-container--open .select2-search__field");
    const label = document.querySelector(`label[for="${CSS.escape(event.target.id)}"]`);
    if (label) field?.setAttribute("aria-label", label.textContent.trim());
  });
  // What is chosen or taken away is drawn anew.
  jQuery(document).on("change", "select.admin-autocomplete", (event) =>
    setTimeout(() => name(event.target)),
  );
});
