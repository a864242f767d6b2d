// For askers: the app's service worker, a button that says it is at work, a count for long texts, and the text that was
// to be sent while there was no network. Nothing of it is needed to ask.
(function () {
  "use strict";
  var doc = document;

  if ("serviceWorker" in navigator && window.isSecureContext) {
    window.addEventListener("load", function () { navigator.serviceWorker.register("/sw.js").catch(function () { /* without it */ }); });
  }

  // form[data-busy]: the button says that it works; a second press sends nothing twice.
  function setBusy(form, on) {
    var button = form.querySelector("button:not([type=button])");
    var label = button && button.querySelector("[data-label]");
    if (!label) return;
    if (!label.dataset.was) label.dataset.was = label.textContent;
    form.dataset.sent = on ? "yes" : "";
    button.setAttribute("aria-disabled", on ? "true" : "false");
    label.textContent = on ? form.dataset.busy : label.dataset.was;
  }
  function busyForms() { return Array.prototype.slice.call(doc.querySelectorAll("form[data-busy]")); }
  doc.addEventListener("submit", function (event) {
    var form = event.target;
    if (!("busy" in form.dataset)) return;
    if (form.dataset.sent) event.preventDefault(); else setBusy(form, true);
  });
  window.addEventListener("pageshow", function () { busyForms().forEach(function (form) { setBusy(form, false); }); });

  // textarea[data-most]: counts from nine tenths on; the words for too long stand in data-over.
  function count(field) {
    var out = doc.getElementById(field.id + "-count"), most = Number(field.dataset.most);
    if (!out) return;
    var length = Array.from(field.value.replace(/\n/g, "\r\n")).length; // as the server counts
    var form = new Intl.NumberFormat(doc.documentElement.lang);
    out.hidden = length < most * 0.9;
    out.classList.toggle("is-over", length > most);
    out.textContent = form.format(length) + " / " + form.format(most) + (length > most ? " – " + field.dataset.over : "");
  }
  function counted() { return Array.prototype.slice.call(doc.querySelectorAll("textarea[data-most]")); }
  doc.addEventListener("input", function (event) { if (event.target.dataset && event.target.dataset.most) count(event.target); });
  counted().forEach(count);

  // [data-draft]: what the service worker kept goes back into the field, and out of its store.
  var draft = doc.querySelector("[data-draft]");
  if (draft && "caches" in window) {
    caches.open("kiemtin-draft").then(function (store) {
      return store.match("/draft").then(function (kept) {
        if (!kept) return null;
        return kept.text().then(function (text) {
          draft.value = text;
          count(draft);
          doc.querySelectorAll("[data-drafted]").forEach(function (el) { el.hidden = false; });
          return store.delete("/draft");
        });
      });
    }).catch(function () { /* not kept */ });
  }
})();
