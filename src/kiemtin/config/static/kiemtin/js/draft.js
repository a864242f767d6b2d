// The draft's form: a save by hand waits for the autosave under way, so that nobody collides with themselves.
(function () {
  "use strict";
  var form = document.querySelector("form[data-autosave]"), saving = false, waiting = null;
  if (!form) return;
  function mine(event) { return event.detail.elt === form; }
  document.addEventListener("htmx:beforeRequest", function (event) {
    if (!mine(event)) return;
    if (waiting || form.dataset.leaving) { event.preventDefault(); return; }
    saving = true;
  });
  document.addEventListener("htmx:afterRequest", function (event) {
    if (!mine(event)) return;
    saving = false;
    // the new version is swapped in after this event
    if (waiting) setTimeout(function () { var button = waiting; waiting = null; button.click(); }, 50);
  });
  form.addEventListener("submit", function (event) {
    if (saving) { event.preventDefault(); waiting = event.submitter || form.querySelector("button"); return; }
    form.dataset.leaving = "1";
  });
})();
