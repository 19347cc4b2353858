// SPDX-License-Identifier: Apache-2.0
// Only looks for where the spans stand; each is read by normalise_time(), so both kinds answer alike. Text in brackets
// is a remark, never the hours themselves.
#include "normalise/hours.hpp"

#include "normalise/reading.hpp"
#include "normalise/text.hpp"
#include "normalise/time.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

namespace kokai {

namespace {

constexpr std::string_view always = "00:00/24:00";

// On plain text: every wave dash is '~', every dash '-'. A first hour may lend its 時 from the second: 9~17時.
constexpr const char* span_pattern =
    R"re((?:午前|午後|[AaPp]\.?[Mm]\.?)?\s*)re"
    R"re((?:正午|(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:\s*:\s*[0-9]{2}(?::[0-9]{2})?|\s*時(?:\s*半|\s*[0-9一二三四五十]{1,3}\s*分)?)?))re"
    R"re((?:\s*[AaPp]\.?[Mm]\.?)?)re"
    R"re(\s*(?:から|より|~|-|→)\s*)re"
    R"re((?:翌日の|翌朝の|翌日|翌朝|\(翌日?\)|翌)?\s*(?:午前|午後|[AaPp]\.?[Mm]\.?)?\s*)re"
    R"re((?:正午|(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:\s*:\s*[0-9]{2}(?::[0-9]{2})?|\s*時(?:\s*半|\s*[0-9一二三四五十]{1,3}\s*分)?)))re"
    R"re((?:\s*[AaPp]\.?[Mm]\.?)?(?:\s*(?:まで|迄))?)re";

const re2::RE2& span_rule() {
    static const re2::RE2 rule(span_pattern, re2::RE2::Quiet);
    return rule;
}

std::string_view view(re2::StringPiece piece) {
    return {piece.data(), piece.size()};
}

bool is_separator(std::string_view letter) {
    static constexpr std::array<std::string_view, 14> separators = {" ", "\n", "、", ",", "，", "。",   ";",
                                                                    "/", "・", "&",  "+", "と", "及び", "および"};
    return std::find(separators.begin(), separators.end(), letter) != separators.end();
}

/// Takes separators off both ends.
std::string_view stripped(std::string_view text) {
    bool again = true;
    while (again) {
        again = false;
        for (const std::string_view one :
             {" ", "\n", "、", ",", "。", ";", "/", "・", "&", "+", "及び", "および", ":", "※", "*", "→"}) {
            again = drop_prefix(text, one) || again;
            if (one != "※" && one != "*" && one != ":") {
                again = drop_suffix(text, one) || again;
            }
        }
    }
    return text;
}

/// 開館時間: and its like only repeat the header.
std::string_view without_title(std::string_view text) {
    text = stripped(text);
    for (const std::string_view open : {"【", "[", "<", "(", ""}) {
        std::string_view rest = text;
        if (!open.empty() && !drop_prefix(rest, open)) {
            continue;
        }
        for (const std::string_view title :
             {"開館時間", "開園時間", "開所時間", "開場時間", "開店時間", "開庁時間", "開設時間", "営業時間",
              "利用可能時間", "利用時間", "使用時間", "受付時間", "診療時間", "業務時間", "保育時間", "時間"}) {
            if (!drop_prefix(rest, title)) {
                continue;
            }
            const std::string_view close = open == "【"  ? "】"
                                           : open == "[" ? "]"
                                           : open == "<" ? ">"
                                           : open == "(" ? ")"
                                                         : "";
            if (drop_prefix(rest, close)) {
                return stripped(rest);
            }
            break;
        }
    }
    return text;
}

enum class Sort { text, bracket, span };
struct Piece {
    Sort sort = Sort::text;
    std::size_t start = 0, end = 0;
    std::string value;  // of a span
};

/// Where the bracket that opens at `at` closes, behind it; 0 when there is none or it never closes.
std::size_t bracket_end(std::string_view text, std::size_t at) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> pairs = {
        {{"(", ")"}, {"[", "]"}, {"【", "】"}, {"〔", "〕"}, {"〈", "〉"}, {"「", "」"}}};
    for (const auto& [open, close] : pairs) {
        if (text.substr(at, open.size()) == open) {
            const std::size_t found = text.find(close, at);
            return found == std::string_view::npos ? 0 : found + close.size();
        }
    }
    return 0;
}

/// 9~17時: the first hour takes its 時 from the second.
std::string with_hour_mark(std::string_view span) {
    const std::size_t join =
        std::min({span.find('~'), span.find('-'), span.find("から"), span.find("より"), span.find("→")});
    std::string_view first = span.substr(0, join);
    while (drop_suffix(first, " ")) {
    }
    if (join == std::string_view::npos || first.empty() || first.find(':') != std::string_view::npos ||
        first.find("時") != std::string_view::npos || first.find("正午") != std::string_view::npos ||
        first.find_first_of("AaPpMm") != std::string_view::npos) {
        return std::string(span);
    }
    return std::string(first) + "時" + std::string(span.substr(join));
}

/// AM9:00-12:00 PM1:00-5:00: the PM belongs to what follows.
std::string_view without_next_half(std::string_view span, std::string_view after) {
    while (drop_prefix(after, " ")) {
    }
    if (after.empty() || !is_digit(after.front())) {
        return span;
    }
    for (const std::string_view half : {"AM", "PM", "am", "pm", "Am", "Pm", "A.M.", "P.M.", "a.m.", "p.m."}) {
        if (drop_suffix(span, half)) {
            while (drop_suffix(span, " ")) {
            }
            return span;
        }
    }
    return span;
}

/// One span in the form of normalise_time(); 0:00-0:00 is a whole day.
Normalised read_span(std::string_view span) {
    std::string text = with_hour_mark(span);
    text = replace_all(replace_all(std::move(text), "より", "~"), "→", "~");
    Normalised read = normalise_time(text);
    if (read.failed()) {
        return read;
    }
    if (read.value == "00:00/00:00") {
        read.value = always;
    }
    const std::size_t slash = read.value.find('/');
    if (slash == std::string::npos) {
        return flag_only("error:not-hours");
    }
    if (read.value.substr(0, slash) == read.value.substr(slash + 1)) {
        return flag_only("error:ambiguous");  // 9:00-9:00: no time at all, or a day and a night
    }
    return read;
}

/// The text as brackets, spans and what stands between; nothing when a span has two readings.
std::optional<std::vector<Piece>> pieces_of(std::string_view text) {
    std::vector<Piece> pieces;
    std::size_t text_start = 0;
    const auto close_text = [&](std::size_t end) {
        if (end > text_start) {
            pieces.push_back({Sort::text, text_start, end, {}});
        }
    };
    for (std::size_t at = 0; at < text.size();) {
        if (const std::size_t end = bracket_end(text, at); end != 0) {
            close_text(at);
            pieces.push_back({Sort::bracket, at, end, {}});
            at = text_start = end;
            continue;
        }
        const bool behind_colon = at > 1 && text[at - 1] == ':' && is_digit(text[at - 2]);
        const bool inside_number = behind_colon || (at > 0 && is_digit(text[at - 1]));
        re2::StringPiece rest(text.data() + at, text.size() - at);
        re2::StringPiece found;
        if (!inside_number && text[at] != ' ' &&
            span_rule().Match(rest, 0, rest.size(), re2::RE2::ANCHOR_START, &found, 1)) {
            const std::size_t end = at + without_next_half(view(found), text.substr(at + found.size())).size();
            found = re2::StringPiece(text.data() + at, end - at);
            const bool is_duration = text.substr(end, 3) == "間";  // 9時から1時間
            const Normalised read = is_duration ? flag_only("error:not-hours") : read_span(view(found));
            if (read.has("error:ambiguous")) {
                return std::nullopt;
            }
            if (!read.failed() && !read.value.empty()) {
                close_text(at);
                pieces.push_back({Sort::span, at, end, read.value});
                at = text_start = end;
                continue;
            }
        }
        ++at;
        while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) {
            ++at;
        }
    }
    close_text(text.size());
    return pieces;
}

/// 午前の部 and such between spans only name what the clock says.
bool says_nothing(std::string_view text) {
    text = stripped(text);
    while (drop_suffix(text, ":") || drop_suffix(text, " ")) {
    }
    return text.empty() || is_separator(text) || text == "午前" || text == "午後" || text == "AM" || text == "PM";
}

/// The span is when it is closed: 昼休み12:00-13:00, 12:00-13:00を除く.
bool denies(std::string_view before, std::string_view after) {
    before = stripped(before);
    after = stripped(after);
    for (const std::string_view word : {"休", "閉", "停止", "清掃", "除"}) {
        if (before.find(word) != std::string_view::npos && before.size() <= 24) {
            return true;
        }
    }
    for (const std::string_view word :
         {"を除", "除く", "以外", "は休", "休", "は閉", "閉", "は利用でき", "は使用でき", "は不可", "不可", "の間は"}) {
        if (after.substr(0, word.size()) == word) {
            return true;
        }
    }
    return false;
}

/// 24時間営業, 終日, 常時利用可: how many bytes say so, 0 when the text is something else (24時間前まで).
std::size_t always_open(std::string_view text) {
    std::string_view rest = text;
    bool found = false;
    for (const std::string_view word : {"24時間", "24h", "24H", "終日", "常時", "全日"}) {
        if (drop_prefix(rest, word)) {
            found = true;
            break;
        }
    }
    if (!found) {
        return 0;
    }
    bool again = true;
    while (again) {
        again = false;
        for (const std::string_view word :
             {"営業", "対応", "開放", "開館", "開園", "開所", "利用", "使用", "可能", "可", "OK"}) {
            again = drop_prefix(rest, word) || again;
        }
    }
    if (rest.empty()) {
        return text.size();
    }
    for (const std::string_view next :
         {"(", "、", "。", ",", " ", "※", "\n", "・", "/", ";", "365日", "年中無休", "無休", "【", "["}) {
        if (rest.substr(0, next.size()) == next) {
            return text.size() - rest.size();
        }
    }
    return 0;
}

/// As a person reads it: one line, wave dashes Japanese, a bracket around all of it gone.
std::string note_of(std::string_view text) {
    std::string note = replace_all(replace_all(std::string(stripped(text)), "\n", " "), "~", "～");
    note = without_brackets(std::move(note));
    return std::string(stripped(note));
}

bool follow_each_other(const std::vector<std::string>& spans) {
    if (spans.size() < 2) {
        return true;
    }
    std::string before;
    for (const std::string& span : spans) {
        const std::size_t slash = span.find('/');
        const std::string from = span.substr(0, slash);
        const std::string to = span.substr(slash + 1);
        if (from == ".." || to == ".." || from < before || to < from) {
            return false;
        }
        before = to;
    }
    return true;
}

Normalised answer(const std::vector<std::string>& spans, const std::string& note) {
    Normalised result;
    for (const std::string& span : spans) {
        result.value += (result.value.empty() ? "" : ";") + span;
    }
    if (result.value.find("24:00") != std::string::npos) {
        result.flags.emplace_back("warn:end-of-day");
    }
    if (!note.empty()) {
        result.flags.push_back("note:" + note);
    }
    return result;
}

Normalised varies(std::string_view whole) {
    return {"", {"warn:varies", "note:" + note_of(whole)}};
}

Normalised read_pieces(std::string_view text, const std::vector<Piece>& pieces) {
    std::vector<std::size_t> spans;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (pieces[i].sort == Sort::span) {
            spans.push_back(i);
        }
    }
    if (spans.empty()) {
        return flag_only("error:not-hours");
    }
    const auto between = [&](std::size_t from, std::size_t to) { return text.substr(from, to - from); };
    const std::string_view before = between(0, pieces[spans.front()].start);
    const bool labelled = !says_nothing(before);
    // The hours of the day: spans one behind the other with nothing said between them.
    std::size_t count = 1;
    while (count < spans.size() && says_nothing(between(pieces[spans[count - 1]].end, pieces[spans[count]].start))) {
        ++count;
    }
    const std::size_t end = pieces[spans[count - 1]].end;
    const std::string_view after = text.substr(end);
    if (denies(before, after)) {
        return varies(text);
    }
    if (count < spans.size()) {
        // 9:00-17:00、土日は10:00-16:00 has its usual hours; 平日…土日… and 9:00-17:00(夏季)、9:00-16:00(冬季) have
        // none.
        const bool label_behind = pieces[spans[count - 1] + 1].sort == Sort::bracket;
        if (labelled || label_behind) {
            return varies(text);
        }
    }
    std::vector<std::string> hours;
    for (std::size_t i = 0; i < count; ++i) {
        hours.push_back(pieces[spans[i]].value);
    }
    if (!follow_each_other(hours)) {
        return varies(text);
    }
    std::string note = labelled ? note_of(text) : note_of(after);
    if (note == "営業" || note == "開館" || note == "開園" || note == "開所" || note == "利用可" ||
        note == "利用可能") {
        note.clear();
    }
    return answer(hours, note);
}

bool is_clean_span(std::string_view text) {
    const std::size_t slash = text.find('/');
    return slash != std::string_view::npos && is_clean_time(text) && text.substr(0, slash) != text.substr(slash + 1);
}

}  // namespace

bool is_clean_hours(std::string_view text) {
    if (text.find(';') == std::string_view::npos) {
        return is_clean_span(text);
    }
    std::vector<std::string> spans;
    for (;;) {
        const std::size_t at = text.find(';');
        spans.emplace_back(text.substr(0, at));
        if (!is_clean_span(spans.back())) {
            return false;
        }
        if (at == std::string_view::npos) {
            return follow_each_other(spans);
        }
        text.remove_prefix(at + 1);
    }
}

Normalised normalise_hours(std::string_view input) {
    const Reading reading = open_value(input);
    if (reading.answer) {
        return *reading.answer;
    }
    if (is_clean_hours(reading.text)) {
        return answer({reading.text}, {});
    }
    const std::string_view text = without_title(reading.text);
    if (const Normalised one = read_span(text); !one.failed() && !one.value.empty()) {
        return answer({one.value}, {});
    }
    if (const std::size_t said = always_open(text); said != 0) {
        return answer({std::string(always)}, note_of(text.substr(said)));
    }
    const auto pieces = pieces_of(text);
    return pieces ? read_pieces(text, *pieces) : flag_only("error:ambiguous");
}

}  // namespace kokai
