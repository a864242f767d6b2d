// Looks at a page from inside; each function answers with plain data. Run by walk.py, never part of the product.
window.probes = (() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const isHiddenByIntent = (el) => el.closest(".sr, .skip, .hp, dialog:not([open]), [hidden], noscript");
  const style = (el) => getComputedStyle(el);
  const isShown = (el) => el.checkVisibility({ visibilityProperty: true }) && !isHiddenByIntent(el);
  const name = (el) => {
    const id = el.id ? `#${el.id}` : "";
    const cls = typeof el.className === "string" && el.className ? "." + el.className.trim().split(/\s+/).join(".") : "";
    return `${el.tagName.toLowerCase()}${id}${cls} “${(el.textContent || el.value || "").trim().slice(0, 40)}”`;
  };
  const isScroller = (el) => /auto|scroll/.test(style(el).overflowX) && el.scrollWidth > el.clientWidth;
  const inScroller = (el) => { for (let at = el; at && at !== document.body; at = at.parentElement) if (isScroller(at)) return true; return false; };

  // What takes part in the flow of the page is opened; menus that lie over it are looked at one by one.
  const OVER = "details.menu, details.drop, details.desk-more";
  function openDetails() { all("details").forEach((el) => { if (!el.matches(OVER)) el.open = true; }); }
  function layoutWithMenus() {
    const wrong = layout();
    for (const menu of all(OVER).filter(isShown)) {
      menu.open = true;
      wrong.push(...layout());
      menu.open = false;
    }
    return [...new Set(wrong)];
  }

  // Nothing lies outside the page, nothing is cut.
  function layout() {
    const wrong = [], width = document.documentElement.clientWidth;
    if (document.scrollingElement.scrollWidth > width) wrong.push(`the page is ${document.scrollingElement.scrollWidth} wide`);
    for (const el of all("body *")) {
      if (!isShown(el) || el.closest("svg, option")) continue;
      const css = style(el), box = el.getBoundingClientRect();
      if (box.width && (box.right > width + 1 || box.left < -1) && !inScroller(el)) wrong.push(`outside: ${name(el)}`);
      if (el.matches("input, select, textarea") || css.webkitLineClamp !== "none") continue; // the latter: a teaser
      const cuts = (axis) => /hidden|clip/.test(css[axis]);
      if (cuts("overflowX") && el.scrollWidth > el.clientWidth + 1 && css.textOverflow !== "ellipsis") wrong.push(`cut: ${name(el)}`);
      if (cuts("overflowY") && el.scrollHeight > el.clientHeight + 1 && css.textOverflow !== "ellipsis") wrong.push(`cut below: ${name(el)}`);
    }
    for (const el of all("input:not([type=checkbox], [type=radio]), select"))
      if (isShown(el) && el.clientHeight && el.scrollHeight > el.clientHeight + 2) wrong.push(`field too low: ${name(el)}`);
    return [...new Set(wrong)];
  }

  // Sizes of what is touched: 24 px (WCAG 2.2, 2.5.8), and 44 for what a page is for.
  const TOUCHED = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0'], [role=button]";
  const MAIN = ".btn, button, input:not([type=checkbox],[type=radio],[type=hidden]), select, textarea, nav a, .site-head a, .site-head summary, .desk-top a, .desk-top summary, .check, .theme label, .verdict-pick label";
  function touch() {
    const wrong = [];
    for (const el of all(TOUCHED)) {
      if (!isShown(el) || el.closest("svg")) continue;
      const label = el.matches("input[type=checkbox], input[type=radio]") && el.closest("label");
      const box = (label || el).getBoundingClientRect();
      if (!box.width) continue;
      const inText = el.matches("a") && style(el).display === "inline" &&
        el.parentElement.textContent.trim() !== el.textContent.trim();
      const least = (label || el).matches(MAIN) && !inText ? 44 : 24;
      if (!inText && (box.height < least - 0.5 || box.width < Math.min(least, 24) - 0.5)) {
        if (least === 24 && hasRoom(el, box)) continue;
        wrong.push(`${Math.round(box.width)}×${Math.round(box.height)}, not ${least}: ${name(el)}`);
      }
    }
    return [...new Set(wrong)];
  }
  // WCAG 2.5.8, "spacing": a circle of 24 px around its middle meets no other target.
  function hasRoom(el, box) {
    const x = box.left + box.width / 2, y = box.top + box.height / 2;
    return all(TOUCHED).every((other) => {
      if (other === el || other.contains(el) || el.contains(other) || !isShown(other)) return true;
      const its = other.getBoundingClientRect();
      const dx = Math.max(its.left - x, 0, x - its.right), dy = Math.max(its.top - y, 0, y - its.bottom);
      return Math.hypot(dx, dy) >= 12;
    });
  }

  // Each stop of the tab key can be seen to have the focus. Press Tab once before, so that the browser shows it.
  const STOPS = "a[href], button:not(:disabled), input:not([type=hidden]):not(:disabled), select, textarea, summary, [tabindex='0']";
  function stops() {
    return all(STOPS).filter((el) => {
      if (!el.checkVisibility({ visibilityProperty: true }) || el.closest(".hp, [hidden], [inert]")) return false;
      if (el.tabIndex < 0) return false;
      if (el.type !== "radio") return true;
      // The tab key stops once in a group: where it is chosen, else at its first.
      const group = all("input[type=radio]").filter((one) => one.name === el.name && one.form === el.form);
      return el === (group.find((one) => one.checked) || group[0]);
    });
  }
  function look(el) {
    const chain = [el, el.parentElement, el.closest("label, .ask, tr, .field")].filter(Boolean);
    return chain.map((at) => { const css = style(at); return [css.outlineStyle, css.outlineWidth, css.boxShadow].join(); });
  }
  function isClipped(el) {
    for (let at = el; at; at = at.parentElement) if (style(at).clipPath.startsWith("inset(50%")) return true;
    return false;
  }
  function focus() {
    const wrong = [];
    document.activeElement.blur();
    for (const el of stops()) {
      const before = look(el);
      el.focus({ preventScroll: true });
      if (document.activeElement !== el) { wrong.push(`takes no focus: ${name(el)}`); continue; }
      const outline = style(el), after = look(el);
      const drawn = outline.outlineStyle !== "none" && parseFloat(outline.outlineWidth) >= 2;
      const box = el.getBoundingClientRect();
      if (isClipped(el) && !el.closest("label")) wrong.push(`takes the focus out of sight: ${name(el)}`);
      if (!drawn && before.join() === after.join()) wrong.push(`no sign of focus: ${name(el)}`);
      if (el.matches(".skip") && (box.width < 24 || box.height < 24)) wrong.push("the skip link does not show itself");
      el.blur();
    }
    return wrong;
  }

  // Every text that somebody reads or hears, with the language that it is marked as.
  const SILENT = "script, style, template, noscript";
  const ATTRIBUTES = ["title", "placeholder", "aria-label", "alt", "content", "data-done", "data-busy", "data-over", "data-th"];
  function texts() {
    const found = [];
    const add = (el, text, where) => {
      const plain = text.replace(/\s+/g, " ").trim();
      if (!plain) return;
      const marked = el.closest("[lang]");
      found.push({ text: plain, lang: marked ? marked.lang : "", where, own: Boolean(el.closest("code, kbd, pre, [translate=no], .message, .target-text, textarea, mark")), tag: el.tagName === "TITLE" ? "title" : name(el.closest("[class], [id]") || el).slice(0, 60) });
    };
    const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const el = walker.currentNode.parentElement;
      if (!el.closest(SILENT)) add(el, walker.currentNode.data, "text");
    }
    for (const attribute of ATTRIBUTES)
      for (const el of all(`[${attribute}]`)) {
        if (attribute === "content" && !el.matches("meta[name=description], meta[property^='og:'][property$='title'], meta[property$='description']")) continue;
        add(el, el.getAttribute(attribute), attribute);
      }
    all("input[type=submit], input[type=button], input[type=reset]").forEach((el) => add(el, el.value, "value"));
    return found;
  }

  function ground() {
    const [r, g, b] = style(document.body).backgroundColor.match(/[\d.]+/g).map((one) => {
      const c = Number(one) / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  function other() {
    return all(".lang a[hreflang]").map((el) => [el.hreflang, el.getAttribute("href")]);
  }

  async function axe(tags) {
    const found = await window.axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"], preload: false, iframes: false });
    return found.violations.flatMap((one) => one.nodes.map((node) =>
      `${one.id}: ${node.target.join(" ")} – ${(node.any[0] || node.all[0] || node.none[0] || {}).message || one.help}`));
  }

  return { axe, stops, focus, ground, layoutWithMenus, openDetails, other, texts, touch };
})();
