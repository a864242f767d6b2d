// The draft's form: a save by hand waits for the autosave under way, so that nobody collides with themselves.
// An autosave that came to nothing is said: the text is in the page, and nowhere else.
(function () {
  "use strict";
  var form = document.querySelector("form[data-autosave]"), saving = false, waiting = null;
  if (!form) return;
  function tellUnsaved() {
    var mark = document.getElementById("saved"), said = document.getElementById("unsaved").content.firstElementChild;
    mark.innerHTML = said.innerHTML;
  }
  function mine(event) { return event.detail.elt === form; }
  document.addEventListener("htmx:beforeRequest", function (event) {
    if (!mine(event)) return;
    if (waiting || form.dataset.leaving) { event.preventDefault(); return; }
    saving = true;
  });
  document.addEventListener("htmx:afterRequest", function (event) {
    if (!mine(event)) return;
    saving = false;
    if (!event.detail.successful) tellUnsaved();
    // the new version is swapped in after this event
    if (waiting) setTimeout(function () { var button = waiting; waiting = null; button.click(); }, 50);
  });
  form.addEventListener("submit", function (event) {
    if (saving) { event.preventDefault(); waiting = event.submitter || form.querySelector("button"); return; }
    form.dataset.leaving = "1";
  });
})();
