// Charts: a box with data-chart="id of a JSON block" or data-chart-url is drawn in one hue and greys, with direct labels.
// Data: {kind: hbar|bar|line|stack, labels, series: [{name, values}], unit, links, low}.
(function () {
  "use strict";

  var INK = "#1f2328";
  var GREY = "#57606a";
  var LINE = "#e3e6ea";
  var HUES = ["#2f5d8a", "#aab7c4", "#6f93b5", "#d5dbe1", "#1d3a57"];
  var LOW = "#b3191f";

  function size(name) {
    return parseInt(window.getComputedStyle(document.documentElement).getPropertyValue(name), 10);
  }

  function withUnit(unit) {
    return function (value) {
      return value === null || value === undefined || value === "" ? "—" : value + (unit ? " " + unit : "");
    };
  }

  function oneSeries(data, item, index, words) {
    var line = data.kind === "line";
    var label = { show: data.kind !== "stack", color: INK, fontSize: size("--t12"), formatter: function (point) { return words(point.value); } };
    label.position = data.kind === "hbar" ? "right" : "top";
    var style = { type: line ? "line" : "bar", name: item.name, itemStyle: { color: HUES[index % HUES.length] } };
    style.data = item.values.map(function (value) {
      var low = data.low !== undefined && data.low !== null && value !== null && value < data.low && index === 0;
      return low && !line ? { value: value, itemStyle: { color: LOW } } : value;
    });
    if (line) {
      style.symbolSize = 6;
      style.lineStyle = { width: 2, color: style.itemStyle.color, type: index ? "dashed" : "solid" };
      style.endLabel = { show: data.series.length > 1, formatter: item.name, color: GREY, fontSize: size("--t12") };
      label.show = data.labels.length <= 14 && index === 0;
    } else {
      style.barMaxWidth = 22;
      style.barGap = "20%";
    }
    if (data.kind === "stack") {
      style.stack = "all";
      label.show = true;
      label.position = "inside";
      label.color = index % 2 ? INK : "#fff";
      label.formatter = function (point) { return point.value ? item.name + " " + words(point.value) : ""; };
    }
    style.label = label;
    return style;
  }

  function option(data) {
    var lying = data.kind === "hbar" || data.kind === "stack";
    var words = withUnit(data.unit);
    var text = { color: GREY, fontSize: size("--t12") };
    var names = {
      type: "category", data: data.labels, inverse: lying, axisTick: { show: false },
      axisLine: { lineStyle: { color: LINE } }, axisLabel: Object.assign({ interval: lying ? 0 : "auto", width: lying ? 140 : undefined, overflow: "truncate" }, text, { color: INK })
    };
    var values = {
      type: "value", axisLabel: text, show: !lying, splitNumber: 4, min: 0, max: data.max,
      splitLine: { show: !lying, lineStyle: { color: LINE } }
    };
    var room = data.kind === "line" && data.series.length > 1 ? 88 : lying ? 56 : 12;
    return {
      animation: false,
      aria: { enabled: true, decal: { show: data.series.length > 1 && data.kind !== "line" } },
      textStyle: { fontFamily: window.getComputedStyle(document.body).fontFamily, color: INK },
      grid: { left: 4, right: room, top: lying ? 4 : 26, bottom: 4, containLabel: true },
      legend: data.series.length > 1 && data.kind === "bar" ? { right: 0, top: 0, itemHeight: 10, itemWidth: 16, textStyle: text } : undefined,
      tooltip: { renderMode: "richText", trigger: lying ? "item" : "axis", valueFormatter: words, textStyle: { fontSize: size("--t12"), color: INK } },
      xAxis: lying ? values : names,
      yAxis: lying ? names : values,
      series: data.series.map(function (item, index) { return oneSeries(data, item, index, words); })
    };
  }

  function draw(box, data) {
    var chart = window.echarts.init(box, null, { renderer: "svg" });
    chart.setOption(option(data));
    chart.on("click", function (point) {
      var link = (data.links || [])[point.dataIndex];
      if (link) {
        window.location.assign(link);
      }
    });
    var table = box.parentNode.querySelector(".chart-data");
    if (table) {
      table.open = false;
    }
    window.addEventListener("resize", function () {
      if (box.isConnected) {
        chart.setOption(option(data));
        chart.resize();
      }
    });
    window.addEventListener("beforeprint", function () { chart.resize(); });
  }

  async function load(box) {
    box.dataset.drawn = "1";
    if (box.dataset.chart) {
      draw(box, JSON.parse(document.getElementById(box.dataset.chart).textContent));
      return;
    }
    var response = await fetch(box.dataset.chartUrl, { credentials: "same-origin", headers: { Accept: "application/json" } });
    if (response.ok) {
      draw(box, await response.json());
    } else {
      box.textContent = window.portal.wordsFor(response.status);
    }
  }

  function start() {
    document.querySelectorAll(".chart:not([data-drawn])").forEach(load);
  }

  start();
  document.addEventListener("htmx:afterSettle", start);
})();
