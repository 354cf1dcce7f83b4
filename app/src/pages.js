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
// What went wrong comes first.
document.getElementById("resume")?.focus();
document.documentElement.dataset.hydrated = "";
