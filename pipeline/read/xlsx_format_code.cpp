// SPDX-License-Identifier: Apache-2.0
// Format codes compiled: `#,##0.0"㎡";[Red]△#,##0.0"㎡"` into sections of tokens (ECMA-376 part 1, 18.8.30
// and 18.8.31).
#include "read/xlsx_format.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace kokai {
namespace {

constexpr std::size_t longest_code = 1020;  // Excel takes 255 characters
constexpr std::size_t most_places = 64;

char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
}

bool starts_with_word(std::string_view text, std::string_view word) {
    return text.size() >= word.size() &&
           std::equal(word.begin(), word.end(), text.begin(), [](char a, char b) { return lower(a) == lower(b); });
}

std::size_t repeats(std::string_view text, std::size_t at) {
    std::size_t end = at + 1;
    while (end < text.size() && lower(text[end]) == lower(text[at])) {
        ++end;
    }
    return end - at;
}

/// Bytes of the character at `at`.
std::size_t character_size(std::string_view text, std::size_t at) {
    std::size_t size = 1;
    while (at + size < text.size() && (static_cast<unsigned char>(text[at + size]) & 0xC0U) == 0x80U) {
        ++size;
    }
    return size;
}

/// The sections of a code: `;` outside quotes, brackets and escapes.
std::vector<std::string_view> split_sections(std::string_view code) {
    std::vector<std::string_view> sections;
    std::size_t begin = 0;
    bool quoted = false, bracketed = false;
    for (std::size_t at = 0; at < code.size(); ++at) {
        const char letter = code[at];
        if (quoted) {
            quoted = letter != '"';
        } else if (bracketed) {
            bracketed = letter != ']';
        } else if (letter == '"') {
            quoted = true;
        } else if (letter == '[') {
            bracketed = true;
        } else if (letter == '\\' || letter == '_' || letter == '*') {
            ++at;
        } else if (letter == ';') {
            sections.push_back(code.substr(begin, at - begin));
            begin = at + 1;
        }
    }
    sections.push_back(code.substr(begin));
    return sections;
}

}  // namespace

NumberFormat::NumberFormat() : sections_(1) {}

NumberFormat::NumberFormat(std::string_view code) {
    if (code.size() > longest_code) {
        sections_.resize(1);
        return;
    }
    for (const std::string_view section : split_sections(code)) {
        sections_.push_back(compile(section));
    }
    general_ = std::all_of(sections_.begin(), sections_.end(), [](const Section& section) {
        return section.kind == Kind::general && section.tokens.empty();
    });
}

/// At `[`: a condition, elapsed time, currency; colours, languages and digit shapes say nothing about the value.
std::size_t NumberFormat::read_brackets(std::string_view code, std::size_t at, Section& section) {
    const std::size_t close = std::min(code.find(']', at), code.size());
    const std::string_view inside = code.substr(at + 1, close - at - 1);
    const std::size_t after = std::min(close + 1, code.size());
    if (inside.empty()) {
        return after;
    }
    const char first = lower(inside.front());
    const bool one_letter = std::all_of(inside.begin(), inside.end(), [&](char c) { return lower(c) == first; });
    if (one_letter && (first == 'h' || first == 'm' || first == 's')) {
        const Part part = first == 'h' ? Part::all_hours : first == 'm' ? Part::all_minutes : Part::all_seconds;
        section.tokens.push_back({part, static_cast<std::uint8_t>(std::min<std::size_t>(inside.size(), 9)), {}});
    } else if (first == '$') {
        const std::string_view symbol =
            inside.substr(1, inside.find('-') == std::string_view::npos ? inside.size() : inside.find('-') - 1);
        if (!symbol.empty()) {
            section.tokens.push_back({Part::literal, 0, std::string(symbol)});
        }
    } else if (first == '<' || first == '>' || first == '=') {
        const bool two = inside.size() > 1 && (inside[1] == '=' || inside[1] == '>');
        Condition condition;
        condition.relation = !two ? first : inside[1] == '>' ? 'n' : first == '<' ? 'l' : 'g';
        const std::string_view number = inside.substr(two ? 2 : 1);
        const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), condition.value);
        if (error == std::errc{}) {
            section.condition = condition;
        }
    }
    return after;
}

/// At a letter that may be part of a moment. Returns where the code goes on; `at` itself when it is a plain letter.
std::size_t NumberFormat::read_letters(std::string_view code, std::size_t at, Section& section) {
    const std::string_view rest = code.substr(at);
    for (const std::string_view halves : {"AM/PM", "A/P"}) {
        if (starts_with_word(rest, halves)) {
            return at + halves.size();  // hours are written 0 to 23
        }
    }
    const std::size_t count = repeats(code, at);
    const auto width = static_cast<std::uint8_t>(std::min<std::size_t>(count, 9));
    switch (lower(code[at])) {
    case 'y':
    case 'e':
    case 'r':
    case 'b':
        section.tokens.push_back({Part::year, width, {}});
        break;
    case 'g':  // the era: years are written in the Western way
        break;
    case 'm':
        section.tokens.push_back({Part::month, width, {}});
        break;
    case 'd':
        section.tokens.push_back({count >= 3 ? Part::weekday_english : Part::day, width, {}});
        break;
    case 'a':
        if (count < 3) {
            return at;
        }
        section.tokens.push_back({Part::weekday, width, {}});
        break;
    case 'h':
        section.tokens.push_back({Part::hour, width, {}});
        break;
    case 's':
        section.tokens.push_back({Part::second, width, {}});
        break;
    default:
        return at;
    }
    return at + count;
}

NumberFormat::Section NumberFormat::compile(std::string_view code) {
    Section section;
    const auto literal = [&section](std::string_view text) {
        if (!section.tokens.empty() && section.tokens.back().part == Part::literal) {
            section.tokens.back().text += text;
        } else {
            section.tokens.push_back({Part::literal, 0, std::string(text)});
        }
    };
    for (std::size_t at = 0; at < code.size();) {
        const char letter = code[at];
        if (starts_with_word(code.substr(at), "General") || code.substr(at).starts_with("G/標準") || letter == '@') {
            constexpr std::size_t general_bytes = 7, standard_bytes = 8;
            const bool english = starts_with_word(code.substr(at), "General");
            at += letter == '@' ? 1U : english ? general_bytes : standard_bytes;
            section.tokens.push_back({Part::general, 0, {}});
            continue;
        }
        switch (letter) {
        case '"': {
            const std::size_t close = std::min(code.find('"', at + 1), code.size());
            literal(code.substr(at + 1, close - at - 1));
            at = std::min(close + 1, code.size());
            break;
        }
        case '\\':
        case '!': {
            const std::size_t size = at + 1 < code.size() ? character_size(code, at + 1) : 0;
            literal(code.substr(at + 1, size));
            at += 1 + size;
            break;
        }
        case '_':  // as wide as the next character
        case '*':  // the next character fills the cell
            at += 1 + (at + 1 < code.size() ? character_size(code, at + 1) : 0);
            break;
        case '[':
            at = read_brackets(code, at, section);
            break;
        case '0':
            section.tokens.push_back({Part::zero, 0, {}});
            ++at;
            break;
        case '#':
        case '?':
            section.tokens.push_back({Part::hash, 0, {}});
            ++at;
            break;
        case '.':
            section.tokens.push_back({Part::point, 0, "."});
            ++at;
            break;
        case ',': {
            const bool after_digit = !section.tokens.empty() && (section.tokens.back().part == Part::zero ||
                                                                 section.tokens.back().part == Part::hash);
            const std::size_t next = code.find_first_not_of(',', at);
            const bool digit_follows =
                next != std::string_view::npos && std::string_view("0#?").find(code[next]) != std::string_view::npos;
            if (after_digit && !digit_follows) {
                section.shift -= 3;  // shown in thousands
            }
            ++at;
            break;
        }
        case '%':
            section.shift += 2;
            literal("%");
            ++at;
            break;
        default: {
            const bool exponent =
                lower(letter) == 'e' && at + 1 < code.size() && (code[at + 1] == '+' || code[at + 1] == '-');
            if (exponent) {
                section.as_stored = true;
                at += 2;
                break;
            }
            std::size_t after = read_letters(code, at, section);
            if (after == at) {
                after = at + character_size(code, at);
                literal(code.substr(at, after - at));
            }
            at = after;
        }
        }
    }
    const auto is_moment = [](const Token& token) { return token.part >= Part::year; };
    const auto moment = std::find_if(section.tokens.begin(), section.tokens.end(), is_moment);
    const bool digit_first = std::any_of(section.tokens.begin(), moment, [](const Token& token) {
        return token.part == Part::zero || token.part == Part::hash;
    });
    if (moment != section.tokens.end() && !digit_first) {
        settle_moment(section);
    } else {
        settle_number(section);
    }
    return section;
}

void NumberFormat::settle_number(Section& section) {
    if (section.tokens.empty() || (section.tokens.size() == 1 && section.tokens.front().part == Part::general)) {
        section.tokens.clear();
        return;  // kind general; an empty section hides the number, which stays the value
    }
    section.kind = Kind::number;
    bool behind_point = false, digits = false;
    for (const Token& token : section.tokens) {
        behind_point = behind_point || token.part == Part::point;
        const bool place = token.part == Part::zero || token.part == Part::hash;
        section.places += place && behind_point ? 1 : 0;
        section.whole_places += place && !behind_point ? 1 : 0;
        // `# ?/?` is a fraction; `"/"` in a code is no division sign, but a bare one behind digits is.
        section.as_stored = section.as_stored || (digits && token.part == Part::literal && token.text == "/");
        digits = digits || place;
    }
    if (section.places + section.whole_places > static_cast<int>(most_places)) {
        section.as_stored = true;
    }
}

void NumberFormat::settle_moment(Section& section) {
    section.kind = Kind::moment;
    auto& tokens = section.tokens;
    // Parts of a second (ss.00) are below what a timetable means.
    tokens.erase(std::remove_if(tokens.begin(), tokens.end(),
                                [](const Token& token) {
                                    return token.part == Part::zero || token.part == Part::hash ||
                                           token.part == Part::general;
                                }),
                 tokens.end());
    for (Token& token : tokens) {
        if (token.part == Part::point) {
            token.part = Part::literal;  // ge.m.d
        }
    }
    // An m is minutes behind hours or before seconds.
    Part before = Part::literal;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i].part < Part::year) {
            continue;
        }
        if (tokens[i].part == Part::month && tokens[i].width <= 2) {
            Part after = Part::literal;
            for (std::size_t next = i + 1; next < tokens.size() && after == Part::literal; ++next) {
                after = tokens[next].part >= Part::year ? tokens[next].part : Part::literal;
            }
            if (before == Part::hour || before == Part::all_hours || after == Part::second ||
                after == Part::all_seconds) {
                tokens[i].part = Part::minute;
            }
        }
        before = tokens[i].part;
    }
}

std::optional<std::string_view> built_in_format(std::uint32_t id) {
    // ECMA-376 part 1, 18.8.30; 27 to 36 and 50 to 58 as for ja-jp.
    constexpr std::array<std::pair<std::uint8_t, std::string_view>, 51> table{{
        {0, "General"},
        {1, "0"},
        {2, "0.00"},
        {3, "#,##0"},
        {4, "#,##0.00"},
        {5, R"("¥"#,##0;"¥"-#,##0)"},
        {6, R"("¥"#,##0;[Red]"¥"-#,##0)"},
        {7, R"("¥"#,##0.00;"¥"-#,##0.00)"},
        {8, R"("¥"#,##0.00;[Red]"¥"-#,##0.00)"},
        {9, "0%"},
        {10, "0.00%"},
        {11, "0.00E+00"},
        {12, "# ?/?"},
        {13, "# ?/?"},
        {14, "yyyy/m/d"},
        {15, "d-mmm-yy"},
        {16, "d-mmm"},
        {17, "mmm-yy"},
        {18, "h:mm AM/PM"},
        {19, "h:mm:ss AM/PM"},
        {20, "h:mm"},
        {21, "h:mm:ss"},
        {22, "yyyy/m/d h:mm"},
        {27, "[$-411]ge.m.d"},
        {28, R"([$-411]ggge"年"m"月"d"日")"},
        {29, R"([$-411]ggge"年"m"月"d"日")"},
        {30, "m/d/yy"},
        {31, R"(yyyy"年"m"月"d"日")"},
        {32, R"(h"時"mm"分")"},
        {33, R"(h"時"mm"分"ss"秒")"},
        {34, R"(yyyy"年"m"月")"},
        {35, R"(m"月"d"日")"},
        {36, "[$-411]ge.m.d"},
        {37, "#,##0_ ;-#,##0_ "},
        {38, "#,##0_ ;[Red]-#,##0_ "},
        {39, "#,##0.00_ ;-#,##0.00_ "},
        {40, "#,##0.00_ ;[Red]-#,##0.00_ "},
        {41, R"(_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ )"},
        {42, R"(_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ )"},
        {45, "mm:ss"},
        {46, "[h]:mm:ss"},
        {47, "mm:ss.0"},
        {48, "##0.0E+0"},
        {49, "@"},
        {50, "[$-411]ge.m.d"},
        {51, R"([$-411]ggge"年"m"月"d"日")"},
        {52, R"(yyyy"年"m"月")"},
        {53, R"(m"月"d"日")"},
        {54, R"([$-411]ggge"年"m"月"d"日")"},
        {55, R"(yyyy"年"m"月")"},
        {56, R"(m"月"d"日")"},
    }};
    for (const auto& [known, code] : table) {
        if (known == id) {
            return code;
        }
    }
    switch (id) {
    case 43:
        return R"(_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"_ ;_ @_ )";
    case 44:
        return R"(_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"_ ;_ @_ )";
    case 57:
        return "[$-411]ge.m.d";
    case 58:
        return R"([$-411]ggge"年"m"月"d"日")";
    default:
        return std::nullopt;
    }
}

}  // namespace kokai
