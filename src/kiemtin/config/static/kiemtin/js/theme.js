// Before the first paint: the appearance that was chosen here, if any.
(function () {
  try {
    var theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch (e) { /* storage is off: as the device has it */ }
})();
