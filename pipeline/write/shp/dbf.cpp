// SPDX-License-Identifier: Apache-2.0
#include "write/shp/dbf.hpp"

#include "write/shp/byte_order.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

namespace kokai {
namespace {

constexpr std::size_t header_size = 32;
constexpr std::size_t descriptor_size = 32;
constexpr char header_end = '\x0D';
constexpr char version_dbase3 = '\x03';
constexpr unsigned first_year = 1900;

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

bool is_upper(char letter) {
    return letter >= 'A' && letter <= 'Z';
}

bool is_lower(char letter) {
    return letter >= 'a' && letter <= 'z';
}

bool is_ascii(char letter) {
    return static_cast<unsigned char>(letter) < 0x80;
}

/// Letters, digits and _ only, and whatever is not ASCII: GIS programs put the names into their expressions.
std::string plain_name(std::string_view name) {
    std::string plain;
    for (const char letter : name) {
        if (!is_ascii(letter) || is_digit(letter) || is_upper(letter) || is_lower(letter)) {
            plain += letter;
        } else if (!plain.empty() && plain.back() != '_') {
            plain += '_';
        }
    }
    if (!plain.empty() && plain.back() == '_') {
        plain.pop_back();
    }
    return plain.empty() ? "field" : plain;
}

/// Takes letters from the ends of the longest words until the name fits: initiative_id → initiat_id.
std::string shortened(const std::string& name) {
    std::vector<std::string> words;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const bool begins = i == 0 || name[i] == '_' || (is_upper(name[i]) && !is_upper(name[i - 1]));
        if (begins) {
            words.emplace_back();
        }
        words.back() += name[i];
    }
    const auto shorter = [](const std::string& a, const std::string& b) { return a.size() < b.size(); };
    for (std::size_t size = name.size(); size > dbf_name_limit; --size) {
        std::max_element(words.begin(), words.end(), shorter)->pop_back();
    }
    return std::accumulate(words.begin(), words.end(), std::string());
}

std::string upper_case(std::string text) {
    for (char& letter : text) {
        letter = is_lower(letter) ? static_cast<char>(letter - 'a' + 'A') : letter;
    }
    return text;
}

/// The date's three bytes: years since 1900, month, day.
void append_date(std::string& out, std::string_view iso) {
    const auto number = [&](std::size_t at, std::size_t count) {
        unsigned value = 0;
        for (const char letter : iso.substr(at, count)) {
            value = value * 10 + static_cast<unsigned>(letter - '0');
        }
        return value;
    };
    constexpr std::string_view form = "0000-00-00";
    const bool dated =
        iso.size() == form.size() && std::equal(iso.begin(), iso.end(), form.begin(),
                                                [](char a, char b) { return b == '0' ? is_digit(a) : a == b; });
    constexpr unsigned last_year = first_year + 255;
    if (dated && number(0, 4) >= first_year && number(0, 4) <= last_year) {
        append_little_endian(out, number(0, 4) - first_year, 1);
        append_little_endian(out, number(5, 2), 1);
        append_little_endian(out, number(8, 2), 1);
    } else {
        out += std::string_view("\x00\x01\x01", 3);
    }
}

void append_text(std::string& out, std::string_view text, std::size_t width) {
    out += text;
    out.append(width - text.size(), ' ');
}

void append_number(std::string& out, std::string_view text, const DbfWidth& width) {
    if (text.empty()) {
        out.append(width.bytes(), ' ');
        return;
    }
    const std::size_t point = std::min(text.find('.'), text.size());
    out.append(width.bytes() - point - (width.decimals > 0 ? width.decimals + 1U : 0U), ' ');
    out += text;
    if (width.decimals > 0) {
        out += point == text.size() ? "." : "";
        const std::size_t written = point == text.size() ? 0 : text.size() - point - 1;
        out.append(width.decimals - written, '0');
    }
}

}  // namespace

void DbfWidth::widen(const DbfWidth& other) {
    whole = std::max(whole, other.whole);
    decimals = std::max(decimals, other.decimals);
}

std::size_t DbfWidth::bytes() const {
    return std::max<std::size_t>(1, whole) + (decimals > 0 ? decimals + 1U : 0U);
}

std::string_view utf8_prefix(std::string_view text, std::size_t bytes) {
    if (text.size() <= bytes) {
        return text;
    }
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U) {
        --bytes;
    }
    return text.substr(0, bytes);
}

std::vector<std::string> dbf_names(std::span<const ColumnInfo> columns) {
    std::vector<std::string> names;
    std::set<std::string> taken;
    for (const ColumnInfo& column : columns) {
        const bool english = column.field != nullptr && !column.field->english.empty();
        const std::string plain = plain_name(english ? column.field->english : column.name);
        const bool ascii = std::all_of(plain.begin(), plain.end(), is_ascii);
        const std::string base = ascii ? shortened(plain) : std::string(utf8_prefix(plain, dbf_name_limit));
        std::string name = base;
        for (std::size_t number = 2; !taken.insert(upper_case(name)).second; ++number) {
            const std::string digits = std::to_string(number);
            name = std::string(utf8_prefix(base, dbf_name_limit - digits.size())) + digits;
        }
        names.push_back(std::move(name));
    }
    return names;
}

std::optional<std::string_view> dbf_number(std::string_view text, WrittenType type, std::string& room) {
    constexpr std::size_t longest = 17;
    const std::optional<double> value = written_number(text);
    if (!value || (type == WrittenType::integer && text.find_first_of(".e") != std::string_view::npos)) {
        return std::nullopt;
    }
    if (text.size() <= longest && text.find('e') == std::string_view::npos) {
        return text;
    }
    const double size = std::abs(*value);
    const std::size_t whole = (*value < 0 ? 1U : 0U) + (size < 1 ? 1U : static_cast<std::size_t>(std::log10(size)) + 1);
    if (whole > longest) {
        return std::nullopt;
    }
    // A .dbf has no exponents, and 18 bytes hold what is worth knowing.
    room = fmt::format("{:.{}f}", *value, longest - whole);
    if (room.find('.') != std::string::npos) {
        room.erase(room.find_last_not_of('0') + 1);
        room.erase(room.back() == '.' ? room.size() - 1 : room.size());
    }
    return room;
}

void pack_dbf_cell(std::string& packed, std::string_view text, WrittenType type, DbfWidth& width) {
    DbfWidth own{static_cast<std::uint8_t>(text.size()), 0};
    if (type == WrittenType::number) {
        const std::size_t point = text.find('.');
        if (point != std::string_view::npos) {
            own = {static_cast<std::uint8_t>(point), static_cast<std::uint8_t>(text.size() - point - 1)};
        }
    }
    width.widen(own);
    packed += static_cast<char>(text.size());
    packed += text;
}

std::size_t dbf_record_size(std::span<const DbfField> fields) {
    return std::accumulate(fields.begin(), fields.end(), std::size_t{1},
                           [](std::size_t sum, const DbfField& field) { return sum + field.width.bytes(); });
}

std::uint64_t dbf_file_size(std::span<const DbfField> fields, std::uint64_t rows) {
    return header_size + fields.size() * descriptor_size + 1 + rows * dbf_record_size(fields) + dbf_end.size();
}

std::string dbf_header(std::span<const DbfField> fields, std::uint64_t rows, std::string_view modified) {
    std::string header(1, version_dbase3);
    append_date(header, modified);
    append_little_endian(header, rows, 4);
    append_little_endian(header, header_size + fields.size() * descriptor_size + 1, 2);
    append_little_endian(header, dbf_record_size(fields), 2);
    header.append(20, '\0');  // its code page is 0 = see the .cpg
    for (const DbfField& field : fields) {
        header += field.name;
        header.append(dbf_name_limit + 1 - field.name.size(), '\0');
        header += field.type == WrittenType::text ? 'C' : 'N';
        header.append(4, '\0');
        append_little_endian(header, field.width.bytes(), 1);
        append_little_endian(header, field.width.decimals, 1);
        header.append(14, '\0');
    }
    header += header_end;
    return header;
}

std::size_t append_dbf_record(std::string& out, std::span<const DbfField> fields, std::string_view packed) {
    out += ' ';  // not deleted
    std::size_t at = 0;
    for (const DbfField& field : fields) {
        const std::size_t size = static_cast<unsigned char>(packed[at]);
        const std::string_view text = packed.substr(at + 1, size);
        if (field.type == WrittenType::text) {
            append_text(out, text, field.width.bytes());
        } else {
            append_number(out, text, field.width);
        }
        at += 1 + size;
    }
    return at;
}

}  // namespace kokai
