// Attendance: keeps the count of who is present beside the names.
(function () {
  "use strict";

  function count(people) {
    var boxes = Array.from(people.querySelectorAll('.person > input[type="checkbox"]'));
    var present = boxes.filter(function (box) { return box.checked; }).length;
    var scope = people.closest(".field, form") || document;
    scope.querySelectorAll("[data-people-count]").forEach(function (place) {
      place.textContent = boxes.length + " 人中 " + present + " 人到会";
    });
  }

  document.addEventListener("change", function (event) {
    var people = event.target.closest("[data-people]");
    if (people && event.target.type === "checkbox") {
      count(people);
      if (!event.target.checked) {
        var reason = event.target.parentNode.querySelector("select");
        if (reason) {
          reason.focus();
        }
      }
    }
  });
})();
