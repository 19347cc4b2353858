// SPDX-License-Identifier: Apache-2.0
#include "read/gis_gdal_values.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <type_traits>

namespace kokai {
namespace {

void append(std::vector<char>& out, std::string_view text) {
    out.insert(out.end(), text.begin(), text.end());
}

template <typename Number>
void append_number(std::vector<char>& out, Number number) {
    std::array<char, 32> digits{};
    const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    append(out, {digits.data(), static_cast<std::size_t>(end - digits.data())});
}

/// The shortest text that gives the same number back, without an exponent where people would write none. Of a number
/// of single precision (FlatGeobuf, GeoPackage) that is 0.1, as a double 0.10000000149011612.
template <typename Real>
void append_shortest(std::vector<char>& out, Real number) {
    std::array<char, 64> digits{};
    const Real size = std::abs(number);
    const bool plain = number == 0 || (size >= Real(1e-7) && size < Real(1e18));
    const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number,
                                            plain ? std::chars_format::fixed : std::chars_format::general);
    append(out, {digits.data(), static_cast<std::size_t>(end - digits.data())});
}

/// By the field's own precision.
void append_real(std::vector<char>& out, double number, const OGRFieldDefn& definition) {
    definition.GetSubType() == OFSTFloat32 ? append_shortest(out, static_cast<float>(number))
                                           : append_shortest(out, number);
}

void append_moment(std::vector<char>& out, const OGRFeature& feature, int field, OGRFieldType type) {
    int year = 0;
    int month = 0;
    int day = 0;
    int hour = 0;
    int minute = 0;
    float second = 0;
    int zone = 0;
    if (feature.GetFieldAsDateTime(field, &year, &month, &day, &hour, &minute, &second, &zone) == 0) {
        return;
    }
    std::array<char, 64> text{};
    const auto put = [&](const char* form, auto... values) {
        const int length = std::snprintf(text.data(), text.size(), form, values...);
        append(out, {text.data(), static_cast<std::size_t>(length)});
    };
    if (type != OFTTime) {
        put("%04d-%02d-%02d", year, month, day);
    }
    if (type == OFTDate) {
        return;
    }
    // A second of single precision has its thousandths, and no more. 59.9999 is not the next minute's.
    const int most = second < 60 ? 59'999 : 60'999;
    const int thousandths = std::min(static_cast<int>(std::lround(second * 1000)), most);
    put(type == OFTTime ? "%02d:%02d:%02d" : "T%02d:%02d:%02d", hour, minute, thousandths / 1000);
    if (thousandths % 1000 != 0) {
        put(".%03d", thousandths % 1000);
    }
    if (zone >= 100) {  // 100 = UTC, a quarter of an hour a step
        const int minutes = (zone - 100) * 15;
        put("%c%02d:%02d", minutes < 0 ? '-' : '+', std::abs(minutes) / 60, std::abs(minutes) % 60);
    }
}

template <typename Number>
void append_list(std::vector<char>& out, const Number* numbers, int count, const OGRFieldDefn& definition) {
    for (int i = 0; i < count; ++i) {
        append(out, i == 0 ? "" : ";");
        if constexpr (std::is_same_v<Number, double>) {
            append_real(out, numbers[i], definition);
        } else {
            append_number(out, numbers[i]);
        }
    }
}

/// Of a JSON member that is a number here and a text there, GDAL writes the numbers with seventeen digits:
/// 36.390000000000001, where the file has 36.39.
bool append_long_number(std::vector<char>& out, std::string_view text) {
    constexpr std::size_t digits = 17;
    double number = 0;
    if (text.size() <= digits || text.find('.') == std::string_view::npos) {
        return false;
    }
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) {
        return false;
    }
    std::array<char, 64> again{};
    const int length = std::snprintf(again.data(), again.size(), "%.17g", number);
    if (text != std::string_view(again.data(), static_cast<std::size_t>(length))) {
        return false;
    }
    append_shortest(out, number);
    return true;
}

/// A member that is an object or a list, as GDAL writes it out again: its numbers as the file has them.
void append_json(std::vector<char>& out, std::string_view text) {
    const auto in_number = [](char c) {
        return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e';
    };
    bool in_string = false;
    while (!text.empty()) {
        std::size_t length = 1;
        if (in_string) {
            length = text.front() == '\\' ? 2 : 1;
            in_string = text.front() != '"';
        } else if (text.front() == '"') {
            in_string = true;
        } else {
            while (length < text.size() && in_number(text[length - 1]) && in_number(text[length])) {
                ++length;
            }
        }
        const std::string_view token = text.substr(0, length);
        if (!append_long_number(out, token)) {
            append(out, token);
        }
        text.remove_prefix(token.size());
    }
}

}  // namespace

void append_gis_number(std::vector<char>& out, std::int64_t number) {
    append_number(out, number);
}

void append_gis_value(std::vector<char>& out, const OGRFeature& feature, int field, const OGRFieldDefn& definition,
                      GisTexts texts) {
    if (feature.IsFieldSetAndNotNull(field) == 0) {
        return;
    }
    int count = 0;
    switch (definition.GetType()) {
    case OFTInteger:
        if (definition.GetSubType() == OFSTBoolean) {
            append(out, feature.GetFieldAsInteger(field) != 0 ? "true" : "false");
        } else {
            append_number(out, feature.GetFieldAsInteger(field));
        }
        break;
    case OFTInteger64:
        append_number(out, feature.GetFieldAsInteger64(field));
        break;
    case OFTReal:
        append_real(out, feature.GetFieldAsDouble(field), definition);
        break;
    case OFTDate:
    case OFTTime:
    case OFTDateTime:
        append_moment(out, feature, field, definition.GetType());
        break;
    case OFTIntegerList: {
        const int* list = feature.GetFieldAsIntegerList(field, &count);
        append_list(out, list, count, definition);
        break;
    }
    case OFTInteger64List: {
        const GIntBig* list = feature.GetFieldAsInteger64List(field, &count);
        append_list(out, list, count, definition);
        break;
    }
    case OFTRealList: {
        const double* list = feature.GetFieldAsDoubleList(field, &count);
        append_list(out, list, count, definition);
        break;
    }
    case OFTStringList: {
        char** list = feature.GetFieldAsStringList(field);
        for (int i = 0; list != nullptr && list[i] != nullptr; ++i) {
            append(out, i == 0 ? "" : ";");
            append(out, list[i]);
        }
        break;
    }
    default: {
        std::string_view text = feature.GetFieldAsString(field);
        while (!text.empty() && text.back() == ' ') {
            text.remove_suffix(1);  // .dbf pads with spaces
        }
        if (texts == GisTexts::may_be_numbers && definition.GetSubType() == OFSTJSON) {
            append_json(out, text);
        } else if (texts != GisTexts::may_be_numbers || !append_long_number(out, text)) {
            append(out, text);
        }
    }
    }
}

}  // namespace kokai
