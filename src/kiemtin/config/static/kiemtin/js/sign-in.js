// Sign-in pages: what a passkey cannot do here is said, and a password can be looked at.
(function () {
  "use strict";
  var doc = document;
  function all(selector) { return Array.prototype.slice.call(doc.querySelectorAll(selector)); }
  function show(selector) { all(selector).forEach(function (el) { el.hidden = false; }); }

  if (!(window.PublicKeyCredential && navigator.credentials) || /^[\d.]+$|^\[/.test(location.hostname)) {
    all("[data-passkey]").forEach(function (el) { el.disabled = true; });
    if (all("[data-passkey]").length) show("[data-passkey-missing]");
  }
  doc.addEventListener("allauth.error", function (event) { event.preventDefault(); show("[data-passkey-failed]"); });

  // the button beside a password: <button data-reveal="id" data-hide="…" hidden>
  all("[data-reveal]").forEach(function (button) {
    var field = doc.getElementById(button.dataset.reveal), word = button.textContent;
    if (!field) return;
    button.hidden = false;
    button.addEventListener("click", function () {
      var open = field.type === "password";
      field.type = open ? "text" : "password";
      button.textContent = open ? button.dataset.hide : word;
      button.setAttribute("aria-pressed", String(open));
      field.focus();
    });
  });
})();
