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
for (const button of document.querySelectorAll("[data-imprimer]")) {
  button.addEventListener("click", () => print());
}
// What went wrong comes first.
document.getElementById("resume")?.focus();
// What is under way is asked for again every so many seconds, while someone looks and does not work in it.
function refresh(id) {
  const seconds = Number(document.getElementById(id)?.dataset.frais);
  if (!seconds) return;
  setTimeout(async () => {
    const shown = document.getElementById(id);
    const idle = () => !document.hidden && !shown.contains(document.activeElement);
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
document.documentElement.dataset.hydrated = "";
