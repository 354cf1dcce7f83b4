// All the script of the pages that need no WebAssembly. Without it they work too.
for (const option of document.querySelectorAll("[data-afficher]")) {
  const password = document.getElementById(option.dataset.afficher);
  // A browser that remembers a ticked box would show it above a hidden password.
  option.querySelector("input").checked = false;
  option.addEventListener("change", (event) => {
    password.type = event.target.checked ? "text" : "password";
  });
}
// A confirmation is a page of its own, or a dialog above this one.
for (const form of document.querySelectorAll("form[data-dialogue]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    document.getElementById(form.dataset.dialogue).showModal();
  });
}
for (const button of document.querySelectorAll("[data-ouvre]")) {
  button.addEventListener("click", () => document.getElementById(button.dataset.ouvre).showModal());
}
for (const button of document.querySelectorAll("[data-imprimer]")) {
  button.addEventListener("click", () => print());
}
// A second press while the first travels does nothing.
addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post") return;
  if (event.target.ariaBusy === "true") return event.preventDefault();
  event.target.ariaBusy = "true";
  event.submitter?.setAttribute("aria-busy", "true");
});
// Somebody may have signed out before a page comes back from memory. A page behind a connexion hides, and is asked for
// again. Any other page shows the typed texts, and its buttons answer again.
const closed = /^\/(mon-compte|service-formation|gestion|inscription)\b/.test(location.pathname);
addEventListener("pagehide", () => {
  document.body.hidden = closed;
});
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  if (closed) return location.reload();
  for (const busy of document.querySelectorAll("[aria-busy=true]")) busy.ariaBusy = null;
});
// The summary of errors gets the focus.
document.getElementById("resume")?.focus();
// A part that changes by itself is asked for again every so many seconds. It waits while the page is out of view, and
// while somebody works in the part.
function refresh(id) {
  const seconds = Number(document.getElementById(id)?.dataset.frais);
  if (!seconds) return;
  setTimeout(async () => {
    const shown = document.getElementById(id);
    const idle = () => !document.hidden && !shown.contains(document.activeElement) && !shown.querySelector("input:checked");
    const answer = idle() ? await fetch(location.href, { headers: { "X-Rafraichir": "1" } }).catch(() => null) : null;
    if (answer?.redirected) return;
    if (answer?.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById(id);
      if (!fresh) return;
      if (idle() && !fresh.isEqualNode(shown)) shown.replaceWith(fresh);
    }
    refresh(id);
  }, seconds * 1000);
}
for (const { id } of document.querySelectorAll("[id][data-frais]")) refresh(id);
// Keys for gestionnaires who decide two hundred files a week. One key is one action, while nobody types. They can be
// turned off.
const keys = document.querySelector("[data-raccourcis]");
if (keys) {
  keys.checked = localStorage.getItem("raccourcis") !== "non";
  keys.addEventListener("change", () => localStorage.setItem("raccourcis", keys.checked ? "oui" : "non"));
  document.addEventListener("keydown", (event) => {
    if (!keys.checked || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
    const rows = [...document.querySelectorAll("[data-ligne]")];
    const at = rows.findIndex((row) => row.closest("tr").contains(document.activeElement));
    const step = { j: 1, k: -1 }[event.key];
    const target = document.querySelector(`[data-touche="${CSS.escape(event.key)}"]`);
    if (step && rows.length) rows[Math.min(Math.max(at + step, 0), rows.length - 1)].focus();
    else if (event.key === "x" && at >= 0) rows[at].closest("tr").querySelector("input").click();
    else if (target?.matches("input")) target.focus();
    else if (target) target.click();
    else return;
    event.preventDefault();
  });
}
document.documentElement.dataset.hydrated = "";
