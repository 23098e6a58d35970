// Charts: a box with data-chart="id of a JSON block" or data-chart-url is drawn in one hue and greys, with direct labels.
// Data: {kind: hbar|bar|line|stack, labels, series: [{name, values}], unit, links, low}.
(function () {
  "use strict";

  var INK = "#1f2328";
  var GREY = "#57606a";
  var LINE = "#e3e6ea";
  var HUES = ["#2f5d8a", "#c3ccd6", "#8aa0b6", "#e1e6eb", "#5f6b78"];
  var LOW = "#b3191f";

  function size(name) {
    return parseInt(window.getComputedStyle(document.documentElement).getPropertyValue(name), 10);
  }

  function withUnit(unit) {
    return function (value) {
      return value === null || value === undefined || value === "" ? "—" : value + (unit ? " " + unit : "");
    };
  }

  function share(data, point) {
    var total = data.series.reduce(function (sum, item) { return sum + (item.values[point.dataIndex] || 0); }, 0);
    return total ? point.value / total : 0;
  }

  function labelOf(data, index, words) {
    var label = { show: true, position: "top", color: INK, fontSize: size("--t12") };
    if (data.kind === "stack") {
      label.position = "inside";
      label.color = index === 0 ? "#fff" : INK;
      label.formatter = function (point) { return share(data, point) < 0.09 ? "" : String(point.value); };
    } else if (data.kind === "hbar") {
      label.position = "right";
      label.formatter = function (point) { return words(point.value); };
    } else if (data.kind === "line") {
      label.show = index === 0 && data.labels.length <= 14;
    }
    return label;
  }

  // Names at the ends of lines are moved apart; were the figures moved with them, all would stand as one column.
  function layoutOf(name) {
    return function (label) { return label.text === name ? { moveOverlap: "shiftY" } : { hideOverlap: true }; };
  }

  function oneSeries(data, item, index, words) {
    var hue = HUES[index % HUES.length];
    var series = { name: item.name, label: labelOf(data, index, words), labelLayout: layoutOf(item.name), itemStyle: { color: hue } };
    series.data = item.values.map(function (value) {
      var low = typeof data.low === "number" && value !== null && value < data.low && index === 0 && data.kind !== "line";
      return low ? { value: value, itemStyle: { color: LOW }, label: { color: LOW } } : value;
    });
    if (data.kind === "line") {
      series.type = "line";
      series.symbolSize = 6;
      series.lineStyle = { width: 2, color: hue, type: index ? "dashed" : "solid" };
      series.endLabel = { show: data.series.length > 1, formatter: item.name, color: GREY, fontSize: size("--t12") };
      return series;
    }
    series.type = "bar";
    series.barMaxWidth = data.kind === "hbar" ? 10 : 20;
    series.barGap = "20%";
    series.stack = data.kind === "stack" ? "all" : undefined;
    return series;
  }

  function axes(data, lying, words) {
    var text = { color: GREY, fontSize: size("--t12") };
    var label = { color: INK, fontSize: size("--t12"), interval: lying ? 0 : "auto", overflow: "truncate" };
    if (lying) {
      label.width = 140;
    }
    return {
      names: {
        type: "category", data: data.labels, inverse: lying, axisTick: { show: false },
        axisLine: { lineStyle: { color: LINE } }, axisLabel: label
      },
      values: {
        type: "value", show: !lying, splitNumber: 4, interval: data.unit === "%" && !data.max ? 25 : undefined, min: 0, max: data.max || (data.unit === "%" ? 100 : undefined),
        axisLabel: Object.assign({ formatter: words }, text), splitLine: { show: !lying, lineStyle: { color: LINE } }
      }
    };
  }

  // The first series stays plain so that its labels can be read; the others differ in black and white as well.
  var DECALS = [
    { symbol: "none" },
    { color: "rgba(31,35,40,0.16)", dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: -Math.PI / 4 },
    { color: "rgba(255,255,255,0.5)", symbol: "circle", symbolSize: 0.7, dashArrayX: [[6, 6], [0, 6, 6, 0]], dashArrayY: [6, 0] }
  ];

  function option(data) {
    var lying = data.kind === "hbar" || data.kind === "stack";
    var several = data.series.length > 1;
    var words = withUnit(data.unit);
    var axis = axes(data, lying, words);
    var legend = several && data.kind !== "line";
    var text = { color: GREY, fontSize: size("--t12") };
    return {
      animation: false,
      aria: { enabled: true, decal: { show: legend, decals: DECALS } },
      textStyle: { fontFamily: window.getComputedStyle(document.body).fontFamily, color: INK },
      grid: { left: 4, right: data.kind === "line" && several ? 64 : data.kind === "hbar" ? 56 : 8, top: legend ? 30 : lying ? 4 : 22, bottom: 4, containLabel: true },
      legend: legend ? { left: 0, top: 0, itemHeight: 10, itemWidth: 16, selectedMode: false, textStyle: text } : undefined,
      tooltip: { renderMode: "richText", trigger: lying ? "item" : "axis", valueFormatter: words, textStyle: { fontSize: size("--t12"), color: INK } },
      xAxis: lying ? axis.values : axis.names,
      yAxis: lying ? axis.names : axis.values,
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
    // Paper is narrower than the screen: with a view box the drawing shrinks instead of being cut.
    window.addEventListener("beforeprint", function () {
      box.querySelector("svg").setAttribute("viewBox", "0 0 " + chart.getWidth() + " " + chart.getHeight());
    });
    window.addEventListener("resize", function () {
      if (box.isConnected) {
        chart.setOption(option(data));
        chart.resize();
      }
    });
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
