// SPDX-License-Identifier: Apache-2.0
#include "portal/wording.hpp"

#include "model/finding.hpp"

#include <fmt/format.h>

#include <array>

namespace kokai {

std::string grouped(std::uint64_t number) {
    std::string digits = std::to_string(number);
    for (std::size_t at = digits.size(); at > 3; at -= 3) {
        digits.insert(at - 3, 1, ',');
    }
    return digits;
}

std::string size_words(std::uint64_t bytes) {
    if (bytes < 1024) {
        return std::to_string(bytes) + " バイト";
    }
    static constexpr std::array units{"KB", "MB", "GB", "TB"};
    // In tenths, by integers: the same digits on every machine and in every locale.
    std::uint64_t tenths = bytes * 10 / 1024;
    std::size_t unit = 0;
    while (tenths >= 10240 && unit + 1 < units.size()) {
        tenths /= 1024;
        ++unit;
    }
    return fmt::format("{}.{} {}", tenths / 10, tenths % 10, units[unit]);
}

std::string short_address(std::string_view url) {
    constexpr std::size_t long_enough = 48;
    const std::size_t scheme = url.find("://");
    std::string_view rest = scheme == std::string_view::npos ? url : url.substr(scheme + 3);
    if (rest.size() <= long_enough) {
        return std::string(rest);
    }
    // Whole parts only: a cut inside would break a character or a percent code.
    const std::size_t slash = rest.find_last_of('/', long_enough);
    return slash == std::string_view::npos ? std::string(rest) : std::string(rest.substr(0, slash + 1)) + "…";
}

std::string_view type_words(std::string_view type) {
    struct Pair {
        std::string_view type, words;
    };
    static constexpr std::array known{Pair{"string", "文字"}, Pair{"integer", "整数"}, Pair{"number", "数値"},
                                      Pair{"date", "日付"},   Pair{"time", "時刻"},    Pair{"boolean", "真偽"},
                                      Pair{"year", "年"},     Pair{"any", "文字"},     Pair{"", "文字"}};
    for (const Pair& one : known) {
        if (one.type == type) {
            return one.words;
        }
    }
    return type;
}

std::string_view requirement_words(Requirement requirement) {
    switch (requirement) {
    case Requirement::required:
    case Requirement::likely_required:
        return "必須";
    case Requirement::recommended:
        return "推奨";
    case Requirement::optional:
        return "任意";
    case Requirement::unknown:
        break;
    }
    return "";
}

std::string finding_title(std::string_view code) {
    const CodeInfo* known = find_code(code);
    if (code == "regression") {
        return "前回の版と大きく違います";  // no finding, but accepted like one
    }
    if (known == nullptr) {
        return std::string(code);
    }
    if (known->code == Code::rule_broken) {
        return "公開する側のきまりに合いません";  // each rule has a sentence of its own
    }
    const std::string_view sentence = known->ja;
    const std::size_t hole = sentence.find('{');
    // 「日付として読めません: 「{found}」」 says it all before the colon; else the holes go.
    if (const std::size_t colon = sentence.find(": "); colon < hole && hole != std::string_view::npos) {
        return std::string(sentence.substr(0, colon));
    }
    std::string title(sentence);
    const auto replace_all = [&](std::string_view what, std::string_view with) {
        for (std::size_t at = title.find(what); at != std::string::npos; at = title.find(what, at + with.size())) {
            title.replace(at, what.size(), with);
        }
    };
    for (const std::string_view key : {"{found}", "{expected}", "{repaired}", "{column}"}) {
        replace_all("（" + std::string(key) + "）", "");
        // The column stands beside the title: 「「{column}」が空です」 is about 項目.
        replace_all("「" + std::string(key) + "」", key == "{column}" ? "項目" : "「…」");
        replace_all(key, "…");
    }
    return title;
}

bool is_pattern(std::string_view expected) {
    return expected.find("(?") != std::string_view::npos || expected.find('\\') != std::string_view::npos ||
           (expected.starts_with('^') && expected.ends_with('$'));
}

}  // namespace kokai
