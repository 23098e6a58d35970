// Menus are <details>; this closes them on a click elsewhere and on Escape. Also: printing and the type size.
(function () {
  "use strict";

  function openMenus() {
    return document.querySelectorAll("details.menu[open]");
  }

  document.addEventListener("click", function (event) {
    openMenus().forEach(function (menu) {
      if (!menu.contains(event.target)) {
        menu.removeAttribute("open");
      }
    });
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") {
      return;
    }
    openMenus().forEach(function (menu) {
      menu.removeAttribute("open");
      menu.querySelector("summary").focus();
    });
  });

  function showSize() {
    var large = document.documentElement.classList.contains("large");
    document.querySelectorAll("[data-large]").forEach(function (button) {
      button.setAttribute("aria-pressed", String(large));
    });
  }

  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-print]")) {
      event.preventDefault();
      window.print();
    }
    if (event.target.closest("[data-large]")) {
      var large = document.documentElement.classList.toggle("large");
      try {
        window.localStorage.setItem("large", large ? "1" : "0");
      } catch (error) {
        // Without storage the choice lasts for this page.
      }
      showSize();
      window.dispatchEvent(new Event("resize"));
    }
  });
  showSize();
})();
