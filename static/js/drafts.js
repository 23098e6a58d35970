// A draft of a plan: document and parts point at one another, and a long list of metrics can be searched.
(function () {
  "use strict";

  function light(element, all) {
    document.querySelectorAll(all).forEach(function (other) {
      other.classList.remove("on");
    });
    element.classList.add("on");
  }

  // Where the document has a box of its own only that is moved, so that the part stays where it is.
  function showSentence(number, mayLeave) {
    var spot = document.getElementById("s-" + number);
    var box = document.getElementById("document");
    if (!spot || !box) {
      return false;
    }
    if (box.scrollHeight > box.clientHeight) {
      box.scrollTop += spot.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 4;
    } else if (mayLeave) {
      spot.parentNode.scrollIntoView({ block: "nearest", behavior: "smooth" });
    }
    var found = spot;
    while (found && !found.classList.contains("found")) {
      found = found.nextElementSibling;
    }
    if (found) {
      light(found, "#document .found.on");
    }
    return true;
  }

  function showPart(number) {
    var part = document.getElementById("item-" + number);
    if (!part) {
      return false;
    }
    part.scrollIntoView({ block: "center", behavior: "smooth" });
    light(part, "#draft .part.on");
    return true;
  }

  document.addEventListener("click", function (event) {
    var link = event.target.closest('a[href^="#s-"], a[href^="#item-"]');
    if (!link) {
      return;
    }
    var place = link.getAttribute("href");
    var number = place.slice(place.indexOf("-") + 1);
    var isPart = place.indexOf("#item-") === 0;
    if (isPart ? showPart(number) : showSentence(number, true)) {
      event.preventDefault();
      if (isPart) {
        showSentence(number, false);
      } else {
        var part = document.getElementById("item-" + number);
        if (part) {
          light(part, "#draft .part.on");
        }
      }
    }
  });

  function unitOf(select) {
    var option = select.options[select.selectedIndex];
    var words = option && /（([^，（）]+)，[^（）]*）$/.exec(option.textContent);
    return words ? words[1] : "";
  }

  function addSearch(select) {
    if (select.dataset.searchReady) {
      return;
    }
    select.dataset.searchReady = "1";
    var input = document.createElement("input");
    input.type = "search";
    input.className = "select-search";
    input.placeholder = select.dataset.search;
    input.setAttribute("aria-label", select.dataset.search);
    select.parentNode.insertBefore(input, select);
    input.addEventListener("input", function () {
      var words = input.value.trim();
      var first = null;
      Array.from(select.options).forEach(function (option) {
        option.hidden = words !== "" && option.textContent.indexOf(words) < 0;
        first = first || (option.hidden ? null : option);
      });
      Array.from(select.querySelectorAll("optgroup")).forEach(function (group) {
        group.hidden = !Array.from(group.children).some(function (option) { return !option.hidden; });
      });
      if (words && first && select.options[select.selectedIndex].hidden) {
        select.value = first.value;
        select.dispatchEvent(new Event("change", { bubbles: true }));
      }
    });
    select.addEventListener("change", function () {
      var unit = select.form && select.form.elements.unit;
      if (unit && unitOf(select)) {
        unit.value = unitOf(select);
      }
    });
  }

  function prepare(root) {
    root.querySelectorAll("select[data-search]").forEach(addSearch);
  }

  // What was confirmed on the right is no longer doubtful on the left.
  function markDocument() {
    document.querySelectorAll("#document .found").forEach(function (found) {
      var part = document.getElementById("item-" + found.dataset.item);
      found.classList.toggle("open", !!part && part.classList.contains("part-open"));
    });
  }

  document.addEventListener("htmx:load", function (event) {
    prepare(event.target);
    if (event.target.id === "draft") {
      markDocument();
    }
  });
  prepare(document);
})();
