// One line in your page: <script src="https://OUR.ADDRESS/widget.js" async></script>
// It puts a frame where it stands: the search of our fact-checks, or one check (data-check="7").
// Optional: data-lang="vi" or "en", data-theme="light" or "dark", data-topic="health".
// It sets no cookie, stores nothing and reads nothing of the page but its language.
(function () {
  "use strict";
  var script = document.currentScript;
  if (!script || !script.src) return;
  var site = new URL(script.src), told = script.dataset;
  var lang = told.lang || document.documentElement.lang || "vi";
  var isVietnamese = /^vi\b/i.test(lang);

  var check = /^\d+$/.test(told.check || "") ? told.check : "";
  var place = new URL((isVietnamese ? "" : "/en") + (check ? "/checks/" + check + "/embed/" : "/widget/"), site);
  if (/^(light|dark)$/.test(told.theme || "")) place.searchParams.set("theme", told.theme);
  if (told.topic && !check) place.searchParams.set("topic", told.topic);

  var frame = document.createElement("iframe");
  frame.src = place.href;
  frame.title = check ? (isVietnamese ? "Bài kiểm chứng của Kiểm Tin" : "A fact-check of Kiểm Tin")
                      : (isVietnamese ? "Tìm bài kiểm chứng – Kiểm Tin" : "Search fact-checks – Kiểm Tin");
  frame.loading = "lazy";
  frame.referrerPolicy = "no-referrer";
  // What is in the frame can open its links in a new tab, and nothing else of this page.
  frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox");
  frame.style.cssText = "display:block;width:100%;max-width:46rem;height:24rem;border:0;border-radius:14px";

  // The frame tells how high it is: believed only from this frame, and within bounds.
  window.addEventListener("message", function (event) {
    if (event.source !== frame.contentWindow || event.origin !== site.origin) return;
    var height = event.data && event.data.kiemtin === "height" ? Number(event.data.height) : NaN;
    if (height > 0) frame.style.height = Math.min(Math.max(Math.ceil(height), 60), 5000) + "px";
  });

  function put() {
    if (script.parentNode && script.parentNode !== document.head) script.parentNode.insertBefore(frame, script.nextSibling);
    else document.body.appendChild(frame);
  }
  if (document.body) put(); else document.addEventListener("DOMContentLoaded", put);
})();
