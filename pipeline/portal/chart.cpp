// SPDX-License-Identifier: Apache-2.0
#include "portal/chart.hpp"

#include "portal/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <optional>

namespace kokai {
namespace {

constexpr std::size_t most_bars = 60;
constexpr int row_height = 40;

std::optional<double> number_of(const std::string& text) {
    double value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) {
        return std::nullopt;
    }
    return value;
}

std::string escaped(const std::string& text) {
    std::string safe;
    for (const char c : text) {
        switch (c) {
        case '&':
            safe += "&amp;";
            break;
        case '<':
            safe += "&lt;";
            break;
        case '>':
            safe += "&gt;";
            break;
        case '"':
            safe += "&quot;";
            break;
        case '\'':
            safe += "&#39;";
            break;
        default:
            safe += c;
        }
    }
    return safe;
}

/// As published, whole numbers with commas, and the unit.
std::string shown(const std::string& value, const std::string& unit) {
    const bool plain = !value.empty() && value.size() < 19 &&
                       std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
    const std::string number = plain ? grouped(std::stoull(value)) : value;
    return unit.empty() || unit == "%" ? number + unit : number + " " + unit;
}

struct Scale {
    double low = 0, high = 0;

    [[nodiscard]] double percent(double value) const { return (value - low) / (high - low) * 100.0; }
};

std::string drawn(const std::vector<const ChartPoint*>& bars, const Scale& scale, const std::string& unit,
                  const std::string& label) {
    std::string svg = fmt::format(R"(<svg class="chart" width="100%" height="{}" role="group" aria-label="{}">)",
                                  row_height * static_cast<int>(bars.size()), escaped(label));
    int top = 0;
    for (const ChartPoint* bar : bars) {
        const std::optional<double> value = number_of(bar->value);
        svg += fmt::format(R"(<text class="category" x="0" y="{}">{}</text>)", top + 16, escaped(bar->category));
        svg += fmt::format(R"(<text class="value" x="100%" y="{}" text-anchor="end">{}</text>)", top + 16,
                           value ? escaped(shown(bar->value, unit)) : "値なし");
        svg += fmt::format(R"(<rect class="rail" x="0" y="{}" width="100%" height="8"/>)", top + 23);
        if (value) {
            const double from = scale.percent(std::min(0.0, *value));
            const double to = scale.percent(std::max(0.0, *value));
            svg += fmt::format(R"(<rect class="bar" x="{:.2f}%" y="{}" width="{:.2f}%" height="8"/>)", from, top + 23,
                               to - from);
        }
        top += row_height;
    }
    return svg + "</svg>";
}

}  // namespace

std::vector<ChartPanel> chart_panels(const CatalogTable& table) {
    if (!table.chart) {
        return {};
    }
    Scale scale;
    bool any = false;
    std::vector<std::string> series;
    std::vector<std::vector<const ChartPoint*>> panels;
    for (const ChartPoint& point : table.chart_points) {
        if (const auto value = number_of(point.value)) {
            scale.low = std::min(scale.low, *value);
            scale.high = std::max(scale.high, *value);
            any = true;
        }
        const auto found = std::find(series.begin(), series.end(), point.series);
        const auto at = static_cast<std::size_t>(found - series.begin());
        if (found == series.end()) {
            series.push_back(point.series);
            panels.emplace_back();
        }
        panels[at].push_back(&point);
        if (panels[at].size() > most_bars || panels.size() > most_bars) {
            return {};
        }
    }
    if (!any) {
        return {};
    }
    if (scale.high <= scale.low) {
        scale.high = scale.low + 1;  // all zero: empty rails
    }
    std::string unit;
    for (const Field& field : table.fields) {
        if (field.name == table.chart->value) {
            unit = field.unit;
        }
    }
    std::vector<ChartPanel> drawings;
    for (std::size_t i = 0; i < panels.size(); ++i) {
        const std::string label = table.chart->category + "ごとの" + table.chart->value +
                                  (series[i].empty() ? "" : "（" + series[i] + "）") + "。同じ数値が CSV にあります";
        drawings.push_back({series[i], drawn(panels[i], scale, unit, label)});
    }
    return drawings;
}

}  // namespace kokai
