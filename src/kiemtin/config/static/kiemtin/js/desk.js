// The desk's keyboard, dialogs, toasts and rows. Buttons and links do the same without it.
(function () {
  "use strict";
  var doc = document, first = "", timer = 0;
  var GO = { q: "queue", r: "review", c: "checks" };
  function all(selector, root) { return Array.prototype.slice.call((root || doc).querySelectorAll(selector)); }
  function typing(el) { return el && (el.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(el.tagName) && !/^(checkbox|radio|button|submit)$/.test(el.type)); }

  // j and k walk over the links [data-row] of a list
  function walk(step) {
    var rows = all("[data-row]").filter(function (row) { return row.offsetParent !== null; });
    if (!rows.length) return;
    var here = rows.indexOf(doc.activeElement && doc.activeElement.closest && doc.activeElement.closest("[data-row]"));
    var next = rows[Math.max(0, Math.min(rows.length - 1, here < 0 ? 0 : here + step))];
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  }

  function go(key) {
    var link = GO[key] && doc.querySelector('.desk-side a[data-nav="' + GO[key] + '"]');
    if (link) link.click();
  }

  doc.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (typing(event.target)) { if (event.key === "Escape") event.target.blur(); return; }
    if (doc.querySelector("dialog[open]")) return;
    var key = event.key;
    if (first === "g") { first = ""; go(key); event.preventDefault(); return; }
    if (key === "g") { first = "g"; clearTimeout(timer); timer = setTimeout(function () { first = ""; }, 1200); return; }
    if (key === "j" || key === "k") { walk(key === "j" ? 1 : -1); event.preventDefault(); return; }
    if (key === "?") { var help = doc.getElementById("shortcuts"); if (help) { help.showModal(); event.preventDefault(); } return; }
    // any control may claim a key with data-key; one in a row of a list only for the row that has the focus
    var row = doc.activeElement && doc.activeElement.closest("tr");
    var target = all("[data-key]").filter(function (el) {
      var its = el.closest("tr");
      return el.dataset.key === key && !el.disabled && el.offsetParent !== null && (!its || its === row);
    })[0];
    if (target) { event.preventDefault(); if (typing(target)) { target.focus(); if (target.select) target.select(); } else target.click(); }
  });

  doc.addEventListener("click", function (event) {
    var open = event.target.closest("[data-open]"), close = event.target.closest("[data-close]");
    if (open) {
      // where the focus goes back to when the dialog closes: what opened it is then out of sight
      var drop = open.closest("details"); if (drop) { drop.open = false; drop.querySelector("summary").focus(); }
      var dialog = doc.getElementById(open.dataset.open); if (dialog) dialog.showModal();
    }
    if (close) { var box = close.closest("dialog"); if (box) box.close(); else (close.closest("[data-toast]") || close).remove(); }
    // a click on the ground behind a dialog closes it
    if (event.target.tagName === "DIALOG") event.target.close();
  });

  // [data-check-all="name"] ticks every box of that name; [data-bulk] shows while one is ticked
  function countTicked() {
    all("[data-bulk]").forEach(function (bar) {
      var ticked = all('input[name="' + bar.dataset.bulk + '"]:checked').length;
      bar.hidden = !ticked;
      all("[data-bulk-count]", bar).forEach(function (out) { out.textContent = ticked; });
    });
  }
  doc.addEventListener("change", function (event) {
    var data = event.target.dataset || {};
    if (data.checkAll) all('input[name="' + data.checkAll + '"]').forEach(function (box) { box.checked = event.target.checked; });
    countTicked();
  });
  window.addEventListener("pageshow", countTicked);

  // form[data-guard]: leaving with unsaved words asks first; saving (or autosave through htmx) lifts it
  var dirty = false;
  doc.addEventListener("input", function (event) { if (event.target.closest("form[data-guard]")) dirty = true; });
  doc.addEventListener("submit", function () { dirty = false; });
  doc.addEventListener("htmx:afterRequest", function (event) {
    if (event.detail.successful && event.detail.elt.closest("form[data-guard]")) dirty = false;
  });
  window.addEventListener("beforeunload", function (event) { if (dirty) event.preventDefault(); });

  function prepare(root) { all("[data-close]", root).forEach(function (el) { el.hidden = false; }); }
  doc.addEventListener("htmx:load", function (event) { prepare(event.detail.elt); });
  prepare(doc);
})();
