// Writing a record: a new one is saved before its first file is sent, for a file belongs to a saved draft.
(function () {
  "use strict";

  function zoneOf(form) {
    return form.querySelectorAll(".drop[data-upload-after-save]");
  }

  document.addEventListener("autosaved", function (event) {
    var url = event.detail.upload_url;
    if (!url) {
      return;
    }
    zoneOf(event.target).forEach(function (zone) {
      zone.dataset.uploadUrl = url;
      delete zone.dataset.uploadAfterSave;
    });
  });

  // In the capturing phase, before the zone's own listener would only show the names.
  document.addEventListener("change", function (event) {
    var zone = event.target.type === "file" && event.target.closest(".drop[data-upload-after-save]");
    if (!zone || !event.target.files.length) {
      return;
    }
    event.stopImmediatePropagation();
    var input = event.target;
    window.portal.save(input.form).then(function () {
      if (zone.dataset.uploadUrl) {
        input.dispatchEvent(new Event("change", { bubbles: true }));
      } else {
        window.portal.tell("草稿还没有保存，文件没有上传。请先改正页面上标出的内容。");
        input.value = "";
      }
    });
  }, true);
})();
