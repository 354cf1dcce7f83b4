// All the script of the pages that need no WebAssembly. Without it they work too.
for (const option of document.querySelectorAll("[data-afficher]")) {
  const password = document.getElementById(option.dataset.afficher);
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
document.documentElement.dataset.hydrated = "";
