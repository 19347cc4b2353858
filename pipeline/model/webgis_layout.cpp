// SPDX-License-Identifier: Apache-2.0
#include "model/webgis_layout.hpp"

#include "support/json_keys.hpp"
#include "support/json_parse.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <optional>
#include <string>
#include <system_error>

namespace kokai {
namespace {

using Json = nlohmann::ordered_json;
using Words = JsonKeys::Words;

const Words& layout_keys() {
    static const Words keys{"$comment", "id",          "title", "title_en", "source", "parts",
                            "crs",      "field_names", "names", "csv",      "styles", "notes"};
    return keys;
}
const Words& part_words() {
    static const Words words{"shapefile", "csv", "kml"};
    return words;
}
const Words& names_words() {
    static const Words words{"japanese", "english"};
    return words;
}
const Words& csv_keys() {
    static const Words keys{"latitude", "longitude"};
    return keys;
}
const Words& style_words() {
    static const Words words{"point", "line", "polygon"};
    return words;
}
const Words& style_keys() {
    static const Words keys{"color", "fill", "width", "opacity", "scale"};
    return keys;
}

bool is_color(std::string_view text) {
    constexpr std::size_t size = 7;
    return text.size() == size && text.front() == '#' && std::all_of(text.begin() + 1, text.end(), [](char letter) {
               return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f') ||
                      (letter >= 'A' && letter <= 'F');
           });
}

/// Bytes in Shift_JIS: one for ASCII and half-width katakana, two for the rest.
std::size_t shift_jis_bytes(std::string_view text) {
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const bool half_width = text.substr(i).starts_with("\xEF\xBD") || text.substr(i).starts_with("\xEF\xBE");
        bytes += (byte & 0xC0U) == 0x80U ? 0 : byte < 0x80 || half_width ? 1 : 2;
    }
    return bytes;
}

class WebgisReader {
public:
    WebgisReader(std::string_view file, std::vector<Mistake>& mistakes) : keys_(file, mistakes) {}

    WebgisLayout layout(const Json& document) {
        WebgisLayout all;
        if (!keys_.is_object(document, "")) {
            return all;
        }
        keys_.known_keys(document, layout_keys(), "");
        all.title = keys_.needed_text(document, "title", "");
        take_parts(document, all);
        take_system(document, all);
        if (const std::string names = keys_.text(document, "names", ""); !names.empty()) {
            all.names = names == "english" ? WebgisLayout::Names::english : WebgisLayout::Names::japanese;
            if (!holds(names_words(), names)) {
                keys_.unknown_word("/names", names, names_words());
            }
        }
        take_field_names(document, all);
        if (const auto csv = document.find("csv"); csv != document.end() && keys_.is_object(*csv, "/csv")) {
            keys_.known_keys(*csv, csv_keys(), "/csv");
            const auto take = [&](const char* key, std::string& name) {
                if (std::string given = keys_.text(*csv, key, "/csv"); !given.empty()) {
                    name = std::move(given);
                }
            };
            take("latitude", all.latitude);
            take("longitude", all.longitude);
        }
        if (const auto styles = document.find("styles");
            styles != document.end() && keys_.is_object(*styles, "/styles")) {
            keys_.known_keys(*styles, style_words(), "/styles");
            take_style(*styles, "point", all.point);
            take_style(*styles, "line", all.line);
            take_style(*styles, "polygon", all.polygon);
        }
        return all;
    }

private:
    void take_parts(const Json& document, WebgisLayout& all) {
        const Words parts = keys_.texts(document, "parts", "");
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (!holds(part_words(), parts[i])) {
                keys_.unknown_word(pointer_to("/parts", i), parts[i], part_words());
            }
        }
        if (parts.empty()) {
            keys_.wrong("/parts", "shapefile、csv、kml のどれかを書いてください", "name some of shapefile, csv, kml");
        }
        all.shapefile = holds(parts, "shapefile");
        all.csv = holds(parts, "csv");
        all.kml = holds(parts, "kml");
    }

    /// JGD2011 alone: longitude and latitude, or one of the plane systems I to XIX.
    void take_system(const Json& document, WebgisLayout& all) {
        if (std::string given = keys_.text(document, "crs", ""); !given.empty()) {
            all.crs = std::move(given);
        }
        constexpr std::string_view prefix = "EPSG:";
        constexpr int degrees = 6668;
        constexpr int last_plane = 6687;
        const std::string_view digits = std::string_view(all.crs).substr(std::min(prefix.size(), all.crs.size()));
        int code = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code);
        if (error != std::errc{} || end != digits.data() + digits.size()) {
            code = 0;
        }
        if (!all.crs.starts_with(prefix) || code < degrees || code > last_plane) {
            keys_.wrong(
                "/crs",
                "EPSG:6668（経度・緯度）か、EPSG:6669〜6687（平面直角座標系 I〜XIX、群馬県は EPSG:6677）にしてください",
                "must be EPSG:6668 (longitude, latitude) or EPSG:6669 to 6687 (plane systems I to XIX)");
        }
    }

    void take_field_names(const Json& document, WebgisLayout& all) {
        const auto names = document.find("field_names");
        if (names == document.end() || !keys_.is_object(*names, "/field_names")) {
            return;
        }
        for (const auto& item : names->items()) {
            const std::string& column = item.key();
            std::string field = keys_.needed_text(*names, column.c_str(), "/field_names");
            constexpr std::size_t most_bytes = 10;
            if (shift_jis_bytes(field) > most_bytes) {
                keys_.wrong(pointer_to("/field_names", column),
                            "Shapefile の項目名は 10 バイト（漢字なら5文字）までです",
                            "a Shapefile's field name has at most 10 bytes (five kanji)");
            }
            all.field_names.emplace_back(column, std::move(field));
        }
    }

    void take_style(const Json& styles, const char* kind, WebgisLayout::Style& style) {
        const auto given = styles.find(kind);
        const std::string at = pointer_to("/styles", kind);
        if (given == styles.end() || !keys_.is_object(*given, at)) {
            return;
        }
        keys_.known_keys(*given, style_keys(), at);
        const auto color = [&](const char* key, std::string& to) {
            const std::string text = keys_.text(*given, key, at);
            if (text.empty()) {
                return;
            }
            if (!is_color(text)) {
                keys_.wrong(pointer_to(at, key), "色は #1f5fbf のように書いてください",
                            "a colour is written like #1f5fbf");
            }
            to = text;
        };
        const auto number = [&](const char* key, double most, double& to) {
            const std::optional<double> value = keys_.number(*given, key, at);
            if (value && (*value < 0 || *value > most)) {
                keys_.wrong(pointer_to(at, key), "値が範囲の外です", "out of range");
            }
            to = value.value_or(to);
        };
        color("color", style.color);
        style.fill = style.color;
        color("fill", style.fill);
        number("width", 50, style.width);
        number("opacity", 1, style.opacity);
        number("scale", 10, style.scale);
    }

    JsonKeys keys_;
};

}  // namespace

WebgisLayout parse_webgis_layout(std::string_view json_text, std::string_view file_name,
                                 std::vector<Mistake>& mistakes) {
    Json document;
    if (!parse_json(json_text, file_name, document, mistakes)) {
        return {};
    }
    return WebgisReader(file_name, mistakes).layout(document);
}

}  // namespace kokai
