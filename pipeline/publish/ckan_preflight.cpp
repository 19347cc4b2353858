// SPDX-License-Identifier: Apache-2.0
#include "publish/ckan_preflight.hpp"

#include "describe/vocabulary.hpp"
#include "normalise/utf8.hpp"
#include "publish/ckan_document.hpp"
#include "support/json_parse.hpp"
#include "support/text.hpp"

#include <fmt/format.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <chrono>

namespace kokai {
namespace {

class Preflight {
public:
    Preflight(const CatalogEntry& entry, const TargetSpec& spec) : entry_(entry), spec_(spec) {}

    std::vector<Mistake> all() {
        name();
        texts();
        tags();
        dates();
        files();
        return std::move(mistakes_);
    }

private:
    void wrong(std::string pointer, std::string ja, std::string en) {
        mistakes_.push_back({entry_.id + "/dataset.json", std::move(pointer), std::move(ja), std::move(en)});
    }

    void name() {
        const std::string name = spec_.name_prefix + entry_.id;
        const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
        });
        if (!plain || name.size() < 2 || name.size() > 100) {
            wrong("",
                  "CKAN のデータセット名「" + name +
                      "」は、英小文字・数字・-・_ の 2〜100 文字でなければなりません。フォルダーの名前を直してください",
                  "CKAN wants dataset names of 2 to 100 small letters, digits, - and _: rename the folder of " + name);
        } else if (name == "new" || name == "edit" || name == "search") {
            wrong("", "CKAN では「" + name + "」という名前は使えません。フォルダーの名前を変えてください",
                  "CKAN keeps the name " + name + " for itself: rename the folder");
        }
    }

    void text(const std::string& value, const std::string& pointer) {
        for (std::size_t at = 0; at < value.size();) {
            const char32_t letter = utf8::next(value, at);
            if (letter == utf8::broken || (letter < 0x20 && letter != '\n' && letter != '\r' && letter != '\t')) {
                const bool broken = letter == utf8::broken;
                wrong(pointer, broken ? "UTF-8 として読めない文字があります" : "制御文字があります。消してください",
                      broken ? "there are bytes that are not UTF-8" : "there is a control character: remove it");
                return;
            }
        }
    }

    void texts() {
        if (trimmed(entry_.title).empty()) {
            wrong("/title", "題名がありません", "there is no title");
        }
        if (entry_.license.id.empty()) {
            wrong("/license", "ライセンスがありません", "there is no licence");
        }
        text(entry_.title, "/title");
        text(entry_.title_en, "/title_en");
        text(entry_.description, "/description");
        text(entry_.credit, "/credit");
        text(entry_.update_frequency, "/update_frequency");
        text(entry_.contact, "/contact");
        text(entry_.theme, "/theme");
        text(entry_.spatial, "/spatial");
        text(entry_.note, "/note");
        text(entry_.publisher.name, "/publisher/name");
        text(entry_.license.title, "/license/title");
        for (std::size_t i = 0; i < entry_.tables.size(); ++i) {
            const std::string at = pointer_to("/tables", i);
            text(entry_.tables[i].title, at + "/title");
            text(entry_.tables[i].description, at + "/description");
        }
    }

    void tags() {
        for (std::size_t i = 0; i < entry_.keywords.size(); ++i) {
            const TagProblem problem = tag_problem(to_nfc(trimmed(entry_.keywords[i])));
            if (!problem.ja.empty()) {
                wrong(pointer_to("/keywords", i), problem.ja, problem.en);
            }
        }
    }

    void date(const std::string& value, const std::string& pointer) {
        if (value.size() != 10 || xsd_date_type(value) != "xsd:date") {
            return;  // years and months alone are fine
        }
        const std::chrono::year_month_day day(std::chrono::year(static_cast<int>(leading_number(value))),
                                              std::chrono::month(leading_number(value.substr(5, 2))),
                                              std::chrono::day(leading_number(value.substr(8, 2))));
        if (!day.ok()) {
            wrong(pointer, "暦にない日付です: " + value, "no such day: " + value);
        }
    }

    void dates() {
        if (!entry_.modified.empty() && xsd_date_type(entry_.modified).empty()) {
            wrong("/modified", "日付は 2026-04-01 の形で書きます: " + entry_.modified,
                  "a date is written like 2026-04-01: " + entry_.modified);
        }
        date(entry_.modified, "/modified");
        const Interval span = interval_of(entry_.temporal);
        date(span.start, "/temporal");
        date(span.end, "/temporal");
    }

    void files() {
        for (std::size_t i = 0; i < entry_.tables.size(); ++i) {
            for (const CatalogFile& file : entry_.tables[i].files) {
                if (spec_.max_file_bytes != 0 && file.bytes > spec_.max_file_bytes) {
                    wrong(pointer_to("/tables", i) + "/outputs",
                          fmt::format("{} は {:.1f} MiB で、公開先の上限 {} "
                                      "MiB（max_file_mib）を超えます。この形式を外すか表を分けてください",
                                      file.path, static_cast<double>(file.bytes) / 1048576.0,
                                      spec_.max_file_bytes >> 20U),
                          fmt::format(
                              "{} has {:.1f} MiB, more than the target takes ({} MiB, max_file_mib): leave the format "
                              "out or split the table",
                              file.path, static_cast<double>(file.bytes) / 1048576.0, spec_.max_file_bytes >> 20U));
                }
            }
        }
    }

    const CatalogEntry& entry_;
    const TargetSpec& spec_;
    std::vector<Mistake> mistakes_;
};

}  // namespace

TagProblem tag_problem(std::string_view tag) {
    std::size_t letters = 0;
    for (std::size_t at = 0; at < tag.size();) {
        const std::size_t before = at;
        const char32_t point = utf8::next(tag, at);
        const auto letter = static_cast<UChar32>(point);
        // As Python's \w has it: letters and numbers of every kind. A combining mark is neither.
        if (point == utf8::broken || (u_isalpha(letter) == 0 && u_charType(letter) != U_DECIMAL_DIGIT_NUMBER &&
                                      u_charType(letter) != U_LETTER_NUMBER && u_charType(letter) != U_OTHER_NUMBER &&
                                      letter != ' ' && letter != '-' && letter != '_' && letter != '.')) {
            const std::string shown = letter < 0x20 ? "?" : std::string(tag.substr(before, at - before));
            return {"CKAN のタグに「" + shown + "」は使えません（使えるのは文字・数字・半角の空白 - _ .）: 「" +
                        std::string(tag) + "」",
                    "CKAN takes no \"" + shown + "\" in a tag (letters, digits, space, - _ . are fine): \"" +
                        std::string(tag) + "\""};
        }
        ++letters;
    }
    if (letters < 2 || letters > 100) {
        return {fmt::format("CKAN のタグは 2〜100 文字です: 「{}」（{} 文字）", tag, letters),
                fmt::format("CKAN wants tags of 2 to 100 characters: \"{}\" has {}", tag, letters)};
    }
    return {};
}

std::vector<Mistake> ckan_preflight(const CatalogEntry& entry, const TargetSpec& spec) {
    return Preflight(entry, spec).all();
}

}  // namespace kokai
