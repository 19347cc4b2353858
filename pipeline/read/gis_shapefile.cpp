// SPDX-License-Identifier: Apache-2.0
// A .cpg is often missing, wrong, or begins with a BOM (焼津市): the bytes have the last word where they leave no
// doubt.
#include "read/gis_shapefile.hpp"

#include "model/error.hpp"
#include "read/encoding.hpp"
#include "support/file.hpp"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string_view>
#include <system_error>
#include <vector>

namespace kokai {
namespace {

std::string small(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

/// How many fields are not text in one of the two encodings.
struct Tally {
    std::uint64_t beyond_ascii = 0, bad_utf8 = 0, bad_cp932 = 0;
    bool long_integers = false;

    void look(std::string_view field) {
        if (std::none_of(field.begin(), field.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; })) {
            return;
        }
        ++beyond_ascii;
        // A full field may be cut in the middle of its last character.
        const auto fits = [&](auto valid, std::size_t longest) {
            for (std::size_t cut = 0; cut < longest && cut < field.size(); ++cut) {
                if (valid(field.substr(0, field.size() - cut))) {
                    return true;
                }
                if (field.back() == ' ') {
                    return false;
                }
            }
            return false;
        };
        bad_utf8 +=
            fits([](std::string_view text) { return simdjson::validate_utf8(text.data(), text.size()); }, 4) ? 0U : 1U;
        bad_cp932 +=
            fits([](std::string_view text) { return first_bad_cp932(text) == std::string_view::npos; }, 2) ? 0U : 1U;
    }
    [[nodiscard]] std::uint64_t bad(DbfEncoding encoding) const {
        return encoding == DbfEncoding::utf8 ? bad_utf8 : bad_cp932;
    }
};

unsigned word_at(std::string_view bytes, std::size_t at) {
    return static_cast<unsigned char>(bytes[at]) |
           (static_cast<unsigned>(static_cast<unsigned char>(bytes[at + 1])) << 8U);
}

[[noreturn]] void refuse_dbf(const std::filesystem::path& dbf, const std::string& shown, std::string_view ja,
                             std::string_view en) {
    const std::string name = dbf.filename().string();
    throw WorldError(shown, "属性のファイル " + name + " " + std::string(ja) + "。元の GIS から書き出し直してください",
                     "the attribute file " + name + " " + std::string(en) + "; export the Shapefile again");
}

std::uint32_t number_at(std::string_view bytes, std::size_t at, bool highest_first) {
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        number = (number << 8U) | static_cast<unsigned char>(bytes[at + (highest_first ? i : 3 - i)]);
    }
    return number;
}
std::uint32_t big_number_at(std::string_view bytes, std::size_t at) {
    return number_at(bytes, at, true);
}
std::uint32_t small_number_at(std::string_view bytes, std::size_t at) {
    return number_at(bytes, at, false);
}

/// Records of the .shp, one behind the other: what GDAL finds when it makes the index anew.
std::uint64_t walk_shp(const InputFile& file) {
    constexpr std::uint64_t header = 100;
    std::uint64_t records = 0;
    std::string head(8, '\0');
    for (std::uint64_t at = header; file.read_at(at, head.data(), head.size()) == head.size(); ++records) {
        const std::uint64_t words = big_number_at(head, 4);
        at += head.size() + 2 * words;
        if (words < 2 || at > file.bytes()) {
            break;
        }
    }
    return records;
}

struct Counted {
    std::uint64_t said = 0, there = 0;
};

Counted count_shx(const InputFile& file) {
    constexpr std::uint64_t header = 100;
    std::string head(header, '\0');
    if (file.read_at(0, head.data(), head.size()) < head.size()) {
        return {};
    }
    const std::uint64_t said = 2ULL * big_number_at(head, 24);
    return {said < header ? 0 : (said - header) / 8, (file.bytes() - header) / 8};
}

/// The end mark, 0x1A, may have anything behind it; it may be missing.
Counted count_dbf(const InputFile& file) {
    std::string head(32, '\0');
    if (file.read_at(0, head.data(), head.size()) < head.size()) {
        return {};
    }
    const std::uint64_t begin = word_at(head, 8);
    const std::uint64_t record = word_at(head, 10);
    const std::uint64_t said = small_number_at(head, 4);
    const std::uint64_t end = begin + said * record;
    if (record == 0 || begin > file.bytes()) {
        return {};
    }
    char mark = '\0';
    if (end <= file.bytes() && (file.read_at(end, &mark, 1) == 0 || (mark != ' ' && mark != '*'))) {
        return {said, said};
    }
    return {said, (file.bytes() - begin) / record};
}

/// The text fields of every record, and the field names.
Tally tally_dbf(const std::filesystem::path& dbf, const std::string& shown) {
    const InputFile file(dbf, shown);
    if (file.bytes() == 0) {
        refuse_dbf(dbf, shown, "が空（0 バイト）です", "is empty (0 bytes)");
    }
    std::string head(32, '\0');
    if (file.read_at(0, head.data(), head.size()) < head.size()) {
        refuse_dbf(dbf, shown, "が途中で切れています", "breaks off");
    }
    const unsigned header_bytes = word_at(head, 8);
    const unsigned record_bytes = word_at(head, 10);
    if (header_bytes < 33 || record_bytes == 0 || header_bytes > file.bytes()) {
        refuse_dbf(dbf, shown, "は dBASE の形ではありません", "is not in the dBASE form");
    }
    std::string header(header_bytes, '\0');
    header.resize(file.read_at(0, header.data(), header.size()));
    struct TextField {
        std::size_t offset, size;
    };
    std::vector<TextField> texts;
    Tally tally;
    std::size_t offset = 1;  // the deletion mark
    for (std::size_t at = 32; at + 32 <= header.size() && header[at] != '\r'; at += 32) {
        const std::string_view name = std::string_view(header).substr(at, 11);
        tally.look(name.substr(0, name.find('\0')));
        std::size_t size = static_cast<unsigned char>(header[at + 16]);
        if (header[at + 11] == 'C') {
            size += static_cast<std::size_t>(static_cast<unsigned char>(header[at + 17])) << 8U;
            texts.push_back({offset, size});
        }
        constexpr std::size_t digits_of_64_bits = 19;
        tally.long_integers =
            tally.long_integers || (header[at + 11] == 'N' && header[at + 17] == 0 && size >= digits_of_64_bits);
        offset += size;
    }
    constexpr std::size_t piece = 1U << 20U;
    const std::size_t records_at_once = std::max<std::size_t>(1, piece / record_bytes);
    std::string records(records_at_once * record_bytes, '\0');
    for (std::uint64_t at = header_bytes;;) {
        const std::size_t got = file.read_at(at, records.data(), records.size());
        for (std::size_t record = 0; record + record_bytes <= got; record += record_bytes) {
            for (const TextField& field : texts) {
                if (field.offset + field.size <= record_bytes) {
                    tally.look(std::string_view(records).substr(record + field.offset, field.size));
                }
            }
        }
        if (got < records.size()) {
            return tally;
        }
        at += got;
    }
}

/// `Shift_JIS`, `UTF-8`, `932`, `ANSI 932`, `65001`; others say nothing that we could use.
std::optional<DbfEncoding> encoding_of_cpg(std::string_view text) {
    std::string plain;
    for (const char c : text) {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
            plain += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        }
    }
    if (plain == "utf8" || plain == "65001") {
        return DbfEncoding::utf8;
    }
    if (plain.find("shiftjis") != std::string::npos || plain == "sjis" || plain.ends_with("932") ||
        plain == "windows31j" || plain == "mskanji") {
        return DbfEncoding::cp932;
    }
    return std::nullopt;
}

}  // namespace

bool ShapefileParts::have_small_extensions() const {
    const std::array<const std::filesystem::path*, 4> all{&shp, &dbf, &shx, &prj};
    return std::all_of(all.begin(), all.end(), [](const std::filesystem::path* one) {
        const std::string extension = one->extension().string();
        return extension == small(extension);
    });
}

void compare_counts(const ShapefileParts& parts, const std::string& shown) {
    const Counted rows = count_dbf(InputFile(parts.dbf, shown));
    Counted shapes;
    if (parts.shx.empty()) {
        shapes.there = walk_shp(InputFile(parts.shp, shown));
        shapes.said = shapes.there;
    } else {
        shapes = count_shx(InputFile(parts.shx, shown));
    }
    if (rows.said == rows.there && shapes.said == shapes.there && rows.said == shapes.said) {
        return;
    }
    const auto figures = [](const Counted& counted, const char* said) {
        const std::string there = std::to_string(counted.there);
        return counted.said == counted.there ? there : there + " (" + said + std::to_string(counted.said) + ")";
    };
    const std::string dbf = parts.dbf.filename().string();
    const std::string shp = (parts.shx.empty() ? parts.shp : parts.shx).filename().string();
    throw WorldError(
        shown,
        "属性と図形の件数が合いません: " + dbf + " は " + figures(rows, "先頭の記載では ") + " 件、" + shp + " は " +
            figures(shapes, "先頭の記載では ") + " 件。同じときに書き出した .shp・.shx・.dbf をそろえてください",
        "its parts hold different numbers of records: " + dbf + " " + figures(rows, "its header says ") + ", " + shp +
            " " + figures(shapes, "its header says ") + "; export the Shapefile again and keep its parts together");
}

ShapefileParts find_parts(const std::filesystem::path& shp) {
    ShapefileParts parts;
    parts.shp = shp;
    const std::string stem = shp.stem().string();
    const std::filesystem::path folder = shp.has_parent_path() ? shp.parent_path() : ".";
    const std::pair<std::string_view, std::filesystem::path*> wanted[] = {
        {".dbf", &parts.dbf}, {".shx", &parts.shx}, {".prj", &parts.prj}, {".cpg", &parts.cpg}};
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        if (entry.path().stem().string() != stem) {
            continue;
        }
        const std::string extension = small(entry.path().extension().string());
        for (const auto& [name, into] : wanted) {
            // Of .dbf and .DBF side by side the small one, in whatever order the folder lists them.
            if (extension == name && (into->empty() || entry.path().extension() == name)) {
                *into = entry.path();
            }
        }
    }
    return parts;
}

DbfSurvey survey_dbf(const ShapefileParts& parts, const std::string& wanted, const std::string& shown) {
    if (parts.dbf.empty()) {
        refuse_dbf(parts.shp.stem().string() + ".dbf", shown, "がありません", "is missing");
    }
    const Tally tally = tally_dbf(parts.dbf, shown);
    DbfSurvey survey;
    survey.long_integers = tally.long_integers;
    if (!wanted.empty()) {
        const Encoding named = encoding_named(wanted);
        if (named != Encoding::utf8 && named != Encoding::cp932) {
            throw WorldError(shown, "Shapefile の文字コードは UTF-8 か CP932 です（" + wanted + " は読めません）",
                             "a Shapefile is in UTF-8 or CP932 (not " + wanted + ")");
        }
        survey.encoding = named == Encoding::utf8 ? DbfEncoding::utf8 : DbfEncoding::cp932;
        return survey;
    }
    std::optional<DbfEncoding> said;
    if (!parts.cpg.empty()) {
        const InputFile cpg(parts.cpg, shown);
        std::array<char, 64> text{};
        said = encoding_of_cpg({text.data(), cpg.read_at(0, text.data(), text.size())});
    }
    const DbfEncoding shows = tally.bad_utf8 <= tally.bad_cp932 ? DbfEncoding::utf8 : DbfEncoding::cp932;
    survey.encoding = said.value_or(shows);
    if (said && tally.bad(*said) > 0 && tally.bad(shows) == 0) {
        survey.encoding = shows;
        survey.contradicted = true;
    }
    return survey;
}

}  // namespace kokai
