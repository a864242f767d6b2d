// What the pages for readers and askers gain with JavaScript. Nothing of it is needed to ask or to read.
(function () {
  "use strict";
  var doc = document;
  function all(selector, root) { return Array.prototype.slice.call((root || doc).querySelectorAll(selector)); }
  function stored() { try { return localStorage.getItem("theme") || "auto"; } catch (e) { return "auto"; } }

  // [data-theme-switch]: light, dark, or as the device has it
  function setTheme(value) {
    if (value === "auto") delete doc.documentElement.dataset.theme; else doc.documentElement.dataset.theme = value;
    try { if (value === "auto") localStorage.removeItem("theme"); else localStorage.setItem("theme", value); } catch (e) { /* not kept */ }
  }

  // Says something to everyone: beside the button for the eye, in a live region for the ear.
  function say(button, text) {
    var label = button.querySelector("[data-label]") || button;
    if (!button.dataset.was) button.dataset.was = label.textContent;
    label.textContent = text;
    var live = doc.getElementById("live");
    if (!live) {
      live = doc.createElement("div"); live.id = "live"; live.className = "sr"; live.setAttribute("role", "status");
      doc.body.appendChild(live);
    }
    live.textContent = text;
    setTimeout(function () { label.textContent = button.dataset.was; }, 2500);
  }

  function count(field) {
    var out = doc.getElementById(field.dataset.count);
    if (!out) return;
    var length = Array.from(field.value.trim()).length, advised = Number(field.dataset.advised || 0);
    out.textContent = length + (advised ? " / " + advised : "");
    out.classList.toggle("is-over", Boolean(advised) && length > advised);
  }

  // Shows what needs JavaScript and fills what it counts; also after htmx has put something in.
  function prepare(root) {
    all("[data-js]", root).forEach(function (el) { el.hidden = false; });
    all("[data-share]", root).forEach(function (el) { el.hidden = !navigator.share; });
    all("[data-paste]", root).forEach(function (el) { el.hidden = !(navigator.clipboard && navigator.clipboard.readText); });
    all("[data-theme-switch]", root).forEach(function (box) {
      box.hidden = false;
      all("input", box).forEach(function (input) { input.checked = input.value === stored(); });
    });
    all("[data-count]", root).forEach(count);
  }

  doc.addEventListener("input", function (event) {
    if (event.target.dataset && event.target.dataset.count) count(event.target);
  });
  doc.addEventListener("change", function (event) {
    if (event.target.closest("[data-theme-switch]")) setTheme(event.target.value);
  });
  doc.addEventListener("click", function (event) {
    var el = event.target.closest("[data-copy],[data-share],[data-paste],[data-print]");
    all("details.menu[open],details.drop[open],details.desk-more[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) menu.open = false;
    });
    if (!el) return;
    var data = el.dataset;
    if ("copy" in data) {
      navigator.clipboard.writeText(data.copy).then(function () { say(el, data.done); });
    } else if ("share" in data) {
      navigator.share({ title: data.title || doc.title, text: data.text || "", url: data.share || location.href }).catch(function () {});
    } else if ("paste" in data) {
      navigator.clipboard.readText().then(function (text) {
        var field = doc.getElementById(data.paste);
        field.value = text; field.focus(); field.dispatchEvent(new Event("input", { bubbles: true }));
      }).catch(function () { doc.getElementById(data.paste).focus(); });
    } else if ("print" in data) {
      window.print();
    }
  });
  // A picture in the clipboard goes into the field for pictures.
  doc.addEventListener("paste", function (event) {
    var file = event.clipboardData && event.clipboardData.files[0], field = doc.querySelector("[data-pasted]");
    if (!file || !field || file.type.indexOf("image/") || event.target.id !== field.dataset.pasted) return;
    event.preventDefault();
    field.files = event.clipboardData.files;
    field.focus();
  });
  doc.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    all("details.menu[open],details.drop[open],details.desk-more[open]").forEach(function (menu) {
      menu.open = false; menu.querySelector("summary").focus();
    });
  });
  doc.addEventListener("htmx:load", function (event) { prepare(event.detail.elt); });
  prepare(doc);
  var focus = doc.querySelector("[data-focus]");
  if (focus) focus.focus();
})();
