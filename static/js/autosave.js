// A form with data-autosave="url" is saved a moment after typing stops. The answer is 204, or JSON with
// saved_at, autosave_url, page_url and fields {name: value}. What could not be saved stays in the form and is tried again.
(function () {
  "use strict";

  var WAIT = 1500;
  var RETRY = 15000;
  var forms = new WeakMap();

  function stateOf(form) {
    if (!forms.has(form)) {
      forms.set(form, { timer: 0, dirty: false, busy: false });
    }
    return forms.get(form);
  }

  function say(form, text, bad) {
    var inside = form.querySelector("[data-autosave-status]");
    var place = inside || document.querySelector("[data-autosave-status]");
    if (place) {
      place.textContent = text;
      place.classList.toggle("red", Boolean(bad));
    }
  }

  function clock() {
    var now = new Date();
    return ("0" + now.getHours()).slice(-2) + ":" + ("0" + now.getMinutes()).slice(-2);
  }

  function take(form, answer) {
    if (answer.autosave_url) {
      form.dataset.autosave = answer.autosave_url;
    }
    if (answer.page_url) {
      window.history.replaceState(null, "", answer.page_url);
      form.action = answer.page_url;
    }
    Object.keys(answer.fields || {}).forEach(function (name) {
      if (form.elements[name]) {
        form.elements[name].value = answer.fields[name];
      }
    });
    say(form, "已自动保存 " + (answer.saved_at || clock()));
    form.dispatchEvent(new CustomEvent("autosaved", { bubbles: true, detail: answer }));
  }

  function content(form) {
    var data = new FormData(form);
    Array.from(data.entries()).forEach(function (pair) {
      if (pair[1] instanceof File) {
        data.delete(pair[0]);
      }
    });
    return data;
  }

  function save(form) {
    var state = stateOf(form);
    if (state.busy) {
      plan(form, WAIT);
      return state.running;
    }
    state.running = attempt(form, state);
    return state.running;
  }

  async function attempt(form, state) {
    state.busy = true;
    state.dirty = false;
    say(form, "正在保存");
    try {
      var response = await fetch(form.dataset.autosave, {
        method: "POST",
        body: content(form),
        credentials: "same-origin",
        redirect: "manual",
        headers: { "X-CSRFToken": window.portal.token(), "X-Requested-With": "autosave", Accept: "application/json" }
      });
      if (response.status === 422) {
        say(form, "有内容需要改正，暂未保存", true);
      } else if (response.status === 409) {
        // Somebody else's hand is in it: trying again would not help, the page says what to do when it is sent.
        state.dirty = true;
        say(form, (await response.text()) || "暂未保存，请点“存草稿”核对", true);
      } else if (!response.ok) {
        throw new Error(String(response.status));
      } else {
        var json = (response.headers.get("Content-Type") || "").indexOf("application/json") === 0;
        take(form, json ? await response.json() : {});
      }
    } catch (error) {
      state.dirty = true;
      say(form, "未能保存，内容仍在本页，稍后自动再试", true);
      plan(form, RETRY);
    }
    state.busy = false;
  }

  function plan(form, wait) {
    var state = stateOf(form);
    window.clearTimeout(state.timer);
    state.timer = window.setTimeout(function () { save(form); }, wait);
  }

  function changed(event) {
    var form = event.target.closest && event.target.closest("form[data-autosave]");
    if (form && form.dataset.autosave && event.target.type !== "file") {
      stateOf(form).dirty = true;
      plan(form, WAIT);
    }
  }

  // Save at once, for what needs a saved draft; what is under way is waited for.
  window.portal.save = function (form) {
    return Promise.resolve(stateOf(form).running).then(function () { return save(form); });
  };

  document.addEventListener("input", changed);
  document.addEventListener("change", changed);
  document.addEventListener("submit", function (event) {
    if (forms.has(event.target)) {
      window.clearTimeout(stateOf(event.target).timer);
      stateOf(event.target).dirty = false;
    }
  });
  window.addEventListener("beforeunload", function (event) {
    document.querySelectorAll("form[data-autosave]").forEach(function (form) {
      if (forms.has(form) && stateOf(form).dirty) {
        event.preventDefault();
        event.returnValue = "";
      }
    });
  });
})();
