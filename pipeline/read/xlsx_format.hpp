// SPDX-License-Identifier: Apache-2.0
// Number formats: what a stored number means to the person who sees it. Digits, leading zeros, percent and words as
// Excel shows them; dates and times in ISO form, because their look (4/1, 令和6年4月1日) is layout and the value is the
// day. Left out on purpose: grouping commas, padding, colours, and the marks that only show a minus in another way (△,
// parentheses).
#pragma once

#include "model/cell.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

enum class DateSystem : std::uint8_t { from_1900, from_1904 };

/// One format code, compiled once a workbook.
class NumberFormat {
public:
    /// General.
    NumberFormat();
    explicit NumberFormat(std::string_view code);

    struct Shown {
        Cell text;
        bool rounded = false;  // digits of the stored number are not shown
    };

    /// What is no number is given back as it is. The text is either `stored` itself or lives in the arena.
    Shown show(std::string_view stored, DateSystem dates, Arena& into) const;

    /// Whether every section is General (or text): most cells of most workbooks.
    [[nodiscard]] bool is_general() const { return general_; }

private:
    enum class Kind : std::uint8_t { general, number, moment };
    enum class Part : std::uint8_t {
        literal,
        zero,
        hash,
        point,
        general,  // of numbers
        year,
        month,
        day,
        weekday,
        weekday_english,
        hour,
        minute,
        second,  // of moments
        all_hours,
        all_minutes,
        all_seconds  // [h] [mm] [ss]
    };
    struct Token {
        Part part = Part::literal;
        std::uint8_t width = 0;  // letters of a moment's part
        std::string text;
    };
    struct Condition {
        char relation = '=';  // < > = l (<=) g (>=) n (<>)
        double value = 0;
    };
    struct Section {
        Kind kind = Kind::general;
        std::vector<Token> tokens;
        std::optional<Condition> condition;
        int shift = 0;           // percent +2 each, scaling comma -3 each
        int places = 0;          // digits behind the point
        int whole_places = 0;    // before it
        bool as_stored = false;  // fraction and scientific: the plain number is the value
    };

    static Section compile(std::string_view code);
    static void settle_number(Section& section);
    static void settle_moment(Section& section);
    static std::size_t read_brackets(std::string_view code, std::size_t at, Section& section);
    static std::size_t read_letters(std::string_view code, std::size_t at, Section& section);
    [[nodiscard]] const Section& section_for(double value, bool& negative_section) const;
    static bool show_number(const Section& section, const struct Decimal& stored, bool negative_section,
                            std::string& out);
    static bool show_moment(const Section& section, double serial, DateSystem dates, std::string& out);
    static void show_parts_as_written(const Section& section, std::int64_t days, std::string& out);
    static void show_time(const Section& section, std::int64_t seconds, std::string& out);

    std::vector<Section> sections_;
    bool general_ = true;
};

/// The code of a built-in format as a Japanese Excel has it; nothing for ids that are not built in.
std::optional<std::string_view> built_in_format(std::uint32_t id);

}  // namespace kokai
