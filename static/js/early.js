// Runs before the page is drawn: tells the styles that scripts work, and applies the chosen type size.
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("js");
  try {
    if (window.localStorage.getItem("large") === "1") {
      root.classList.add("large");
    }
  } catch (error) {
    // Storage may be switched off; the page is then shown at its usual size.
  }
})();
