// Lists: a click on a row opens it; marking rows shows the bar of what can be done with them; filters apply at once.
(function () {
  "use strict";

  document.addEventListener("click", function (event) {
    var row = event.target.closest("tr[data-href]");
    if (!row || event.defaultPrevented || event.target.closest("a, button, input, label, select, summary, .check")) {
      return;
    }
    if (String(window.getSelection())) {
      return;
    }
    if (event.ctrlKey || event.metaKey) {
      window.open(row.dataset.href, "_blank", "noopener");
    } else {
      window.location.assign(row.dataset.href);
    }
  });

  function boxes(form) {
    return Array.from(form.querySelectorAll('input[type="checkbox"][data-bulk-item], .check input[type="checkbox"]'))
      .filter(function (box) { return !box.hasAttribute("data-bulk-all") && !box.disabled; });
  }

  function show(form) {
    var all = boxes(form);
    var marked = all.filter(function (box) { return box.checked; });
    form.querySelectorAll(".bulk-bar").forEach(function (bar) {
      bar.classList.toggle("open", marked.length > 0);
    });
    form.querySelectorAll("[data-bulk-count]").forEach(function (place) {
      place.textContent = String(marked.length);
    });
    form.querySelectorAll("[data-bulk-all]").forEach(function (head) {
      head.checked = marked.length > 0 && marked.length === all.length;
      head.indeterminate = marked.length > 0 && marked.length < all.length;
    });
    all.forEach(function (box) {
      var row = box.closest("tr");
      if (row) {
        row.classList.toggle("on", box.checked);
      }
    });
  }

  document.addEventListener("change", function (event) {
    var form = event.target.closest("[data-bulk]");
    if (form && event.target.type === "checkbox") {
      if (event.target.hasAttribute("data-bulk-all")) {
        boxes(form).forEach(function (box) { box.checked = event.target.checked; });
      }
      show(form);
    }
    var filters = event.target.closest("form[data-autosubmit]");
    if (filters && event.target.type !== "search" && event.target.type !== "text") {
      filters.requestSubmit ? filters.requestSubmit() : filters.submit();
    }
  });

  function showAll() {
    document.querySelectorAll("[data-bulk]").forEach(show);
  }
  window.addEventListener("pageshow", showAll);
  document.addEventListener("htmx:afterSettle", showAll);
})();
