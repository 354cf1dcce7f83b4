// Hydration reads the document node by node, so it must find the document that the server sent. An extension or a
// translator may have changed it. `data-noeuds` is the server's sum of the kinds and names of all nodes
// (http/noeuds.rs). If the sums differ, the page as it came is put back under the typed texts. If that page differs
// too, it stays a page without script.
const html = document.documentElement;
// The last write of a page may arrive after the request for the next page. Then the next page is asked for once more.
const note = (sent) => {
  try {
    const before = sessionStorage.getItem("envoi");
    sessionStorage.setItem("envoi", sent);
    return before;
  } catch {
    return 0;
  }
};
if (Date.now() - note(0) < 5000) location.reload();
let main = document.getElementById("contenu");
const sum = (root) => {
  let hash = 0x811c9dc5;
  const add = (text) => {
    for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  };
  const walk = (node) => {
    for (const child of node.childNodes) {
      if (child.nodeType === 1) {
        add(child.localName);
        walk(child);
        add("/");
      } else add(child.nodeType === 3 ? "#" : "!");
    }
  };
  walk(root);
  return String(hash >>> 0);
};
const sent = main.dataset.noeuds;
const whole = () => sum(main) === sent;
const asSent = whole() ? main.cloneNode(true) : null;
// After a fault of the program no part of it answers any more: links and forms then work as without script.
let dead = false;
const fail = (why) => {
  if (!(why instanceof WebAssembly.RuntimeError)) return;
  dead = true;
  delete html.dataset.hydrated;
};
addEventListener("error", (event) => fail(event.error));
addEventListener("unhandledrejection", (event) => fail(event.reason));
for (const type of "click submit input change keydown focusin focusout blur mousedown pointerdown pointerup popstate".split(" ")) {
  addEventListener(type, (event) => {
    if (!dead) return;
    event.stopImmediatePropagation();
    if (type === "popstate") location.reload();
  }, true);
}
const restore = () => {
  const { id, selectionStart, selectionEnd } = document.activeElement;
  for (const field of asSent.querySelectorAll("[id]")) {
    const typed = document.getElementById(field.id);
    if (!typed || typed.localName !== field.localName || !("value" in typed) || typed.localName === "button") continue;
    field.value = typed.value;
    field.checked = typed.checked;
  }
  main.replaceWith(asSent);
  main = asSent;
  const focused = id && document.getElementById(id);
  focused?.focus();
  if (selectionStart != null) focused?.setSelectionRange?.(selectionStart, selectionEnd);
};
// Somebody may have signed out, or have sent or erased the draft, before a page comes back from memory. It hides, and is
// asked for again.
const closed = () => /^\/(mon-compte|service-formation|gestion|inscription)\b/.test(location.pathname);
addEventListener("pagehide", () => {
  document.body.hidden = closed();
});
addEventListener("pageshow", (event) => event.persisted && closed() && location.reload());
if (asSent) {
  import("JS").then(async (program) => {
    await program.default({ module_or_path: "WASM" });
    if (!whole()) restore();
    program.hydrate();
    // The last typed text is sent while the page goes, in any way.
    for (const type of ["beforeunload", "pagehide", "visibilitychange"]) {
      addEventListener(type, () => {
        if (!dead && program.leave()) note(Date.now());
      });
    }
  }).catch(fail);
}
