// Choice of columns: a table with data-columns="name" gets a menu in the nearest [data-columns-menu]; the browser remembers it.
(function () {
  "use strict";

  function remembered(name) {
    try {
      return JSON.parse(window.localStorage.getItem("columns-" + name)) || [];
    } catch (error) {
      return [];
    }
  }

  function remember(name, off) {
    try {
      window.localStorage.setItem("columns-" + name, JSON.stringify(off));
    } catch (error) {
      // Without storage the choice lasts for this page.
    }
  }

  function apply(table, off) {
    Array.from(table.querySelectorAll("thead th")).forEach(function (head, index) {
      var hidden = Boolean(head.dataset.col) && off.indexOf(head.dataset.col) >= 0;
      Array.from(table.rows).forEach(function (row) {
        if (row.cells[index] && row.cells[index].colSpan === 1) {
          row.cells[index].hidden = hidden;
        }
      });
    });
  }

  function build(table, place) {
    var menu = document.createElement("details");
    menu.className = "menu hide-phone";
    var summary = document.createElement("summary");
    summary.className = "btn btn-line btn-sm";
    summary.textContent = "显示的列";
    var list = document.createElement("div");
    list.className = "menu-list";
    var off = remembered(table.dataset.columns);
    table.querySelectorAll("thead th[data-col]").forEach(function (head) {
      var label = document.createElement("label");
      var box = document.createElement("input");
      box.type = "checkbox";
      box.value = head.dataset.col;
      box.checked = off.indexOf(box.value) < 0;
      label.append(box, head.textContent.trim());
      list.append(label);
    });
    list.addEventListener("change", function () {
      var boxes = Array.from(list.querySelectorAll("input"));
      off = boxes.filter(function (box) { return !box.checked; }).map(function (box) { return box.value; });
      remember(table.dataset.columns, off);
      apply(table, off);
    });
    menu.append(summary, list);
    place.append(menu);
  }

  function start() {
    document.querySelectorAll("table[data-columns]").forEach(function (table) {
      var sheet = table.closest(".sheet") || document;
      var place = sheet.querySelector("[data-columns-menu]");
      if (place && !place.firstElementChild) {
        build(table, place);
      }
      apply(table, remembered(table.dataset.columns));
    });
  }

  start();
  document.addEventListener("htmx:afterSettle", start);
})();
