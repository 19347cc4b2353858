// SPDX-License-Identifier: Apache-2.0
// Reads schemas/partner/<id>.json. A column whose value could come from nowhere is a mistake: it would be sent empty
// for ever.
#include "model/layout.hpp"

#include "support/json_keys.hpp"
#include "support/json_parse.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace kokai {
namespace {

using Json = nlohmann::ordered_json;
using Words = JsonKeys::Words;

const Words& layout_keys() {
    static const Words keys{"$comment",    "id",    "title",       "title_en", "source",      "sheet",
                            "notes_sheet", "notes", "name_column", "classes",  "header_rows", "columns"};
    return keys;
}
const Words& class_keys() {
    static const Words keys{"id", "label", "meaning", "required", "unread"};
    return keys;
}
const Words& header_row_keys() {
    static const Words keys{"shows", "label"};
    return keys;
}
const Words& column_keys() {
    static const Words keys{"name", "class", "number", "assumed", "numeric", "example", "note", "value"};
    return keys;
}
const Words& number_keys() {
    static const Words keys{"text", "unread"};
    return keys;
}
const Words& source_keys() {
    static const Words keys{"field",     "fields",     "separator", "needs", "constant",
                            "publisher", "row_number", "as",        "except"};
    return keys;
}

/// A word of the file and what it means.
template <typename Meaning, std::size_t count>
using Meanings = std::array<std::pair<std::string_view, Meaning>, count>;

constexpr Meanings<LayoutHeaderRow::Shows, 4> shows_words{{{"example", LayoutHeaderRow::Shows::example},
                                                           {"name", LayoutHeaderRow::Shows::name},
                                                           {"class", LayoutHeaderRow::Shows::group},
                                                           {"number", LayoutHeaderRow::Shows::number}}};
constexpr Meanings<LayoutSource::Needs, 2> needs_words{
    {{"all", LayoutSource::Needs::all}, {"first", LayoutSource::Needs::first}}};
constexpr Meanings<LayoutSource::From, 2> publisher_words{
    {{"code", LayoutSource::From::publisher_code}, {"name", LayoutSource::From::publisher_name}}};
constexpr Meanings<LayoutSource::As, 3> as_words{{{"prefecture_code", LayoutSource::As::prefecture_code},
                                                  {"prefecture_name", LayoutSource::As::prefecture_name},
                                                  {"municipality_name", LayoutSource::As::municipality_name}}};

class Reader {
public:
    Reader(std::string_view file, std::vector<Mistake>& mistakes) : keys_(file, mistakes) {}

    Layout layout(const Json& document) {
        Layout all;
        if (!keys_.is_object(document, "")) {
            return all;
        }
        keys_.known_keys(document, layout_keys(), "");
        all.id = keys_.needed_text(document, "id", "");
        all.title = keys_.needed_text(document, "title", "");
        all.title_en = keys_.text(document, "title_en", "");
        all.source = keys_.text(document, "source", "");
        all.sheet = sheet_name(document, "sheet");
        all.notes_sheet = sheet_name(document, "notes_sheet");
        if (!all.sheet.empty() && all.sheet == all.notes_sheet) {
            keys_.wrong("/notes_sheet", "「sheet」と同じ名前です", "the same name as \"sheet\"");
        }
        all.notes = keys_.texts(document, "notes", "");
        each(document, "classes", "",
             [&](const Json& one, const std::string& at) { all.classes.push_back(group(one, at, all)); });
        each(document, "header_rows", "",
             [&](const Json& one, const std::string& at) { all.header_rows.push_back(header_row(one, at)); });
        each(document, "columns", "",
             [&](const Json& one, const std::string& at) { all.columns.push_back(column(one, at, all)); });
        if (all.columns.empty()) {
            keys_.wrong("/columns", "列が一つもありません", "there is no column");
        }
        name_column(document, all);
        return all;
    }

private:
    /// Excel takes 31 characters and none of : \ / ? * [ ], and no apostrophe at either end.
    std::string sheet_name(const Json& document, const char* key) {
        std::string name = keys_.needed_text(document, key, "");
        constexpr std::ptrdiff_t longest = 31;
        const auto characters = std::count_if(name.begin(), name.end(),
                                              [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
        const bool quoted = name.starts_with('\'') || name.ends_with('\'');
        if (characters > longest || quoted || name.find_first_of(":\\/?*[]") != std::string::npos) {
            keys_.wrong(pointer_to("", key), "シートの名前は31文字までで、: \\ / ? * [ ] は使えません",
                        "a sheet's name has at most 31 characters and none of : \\ / ? * [ ]");
        }
        return name;
    }

    template <typename Read>
    void each(const Json& object, const char* key, const std::string& pointer, const Read& read) {
        const auto list = object.find(key);
        if (list == object.end()) {
            return;
        }
        const std::string here = pointer_to(pointer, key);
        if (!list->is_array()) {
            keys_.wrong(here, "リスト [ ] にしてください", "must be a list [ ]");
            return;
        }
        for (std::size_t i = 0; i < list->size(); ++i) {
            const std::string at = pointer_to(here, i);
            if (keys_.is_object((*list)[i], at)) {
                read((*list)[i], at);
            }
        }
    }

    template <typename Meaning, std::size_t count>
    Meaning word(const Json& object, const char* key, const std::string& pointer, const Meanings<Meaning, count>& words,
                 Meaning usual) {
        const std::string given = keys_.text(object, key, pointer);
        if (given.empty()) {
            return usual;
        }
        const auto found =
            std::find_if(words.begin(), words.end(), [&](const auto& one) { return one.first == given; });
        if (found != words.end()) {
            return found->second;
        }
        Words known;
        for (const auto& one : words) {
            known.emplace_back(one.first);
        }
        keys_.unknown_word(pointer_to(pointer, key), given, known);
        return usual;
    }

    LayoutClass group(const Json& given, const std::string& pointer, const Layout& all) {
        keys_.known_keys(given, class_keys(), pointer);
        LayoutClass one;
        one.id = keys_.needed_text(given, "id", pointer);
        one.label = keys_.needed_text(given, "label", pointer);
        one.meaning = keys_.text(given, "meaning", pointer);
        one.required = keys_.truth(given, "required", pointer);
        one.unread = keys_.truth(given, "unread", pointer);
        for (const LayoutClass& other : all.classes) {
            if (!one.id.empty() && other.id == one.id) {
                keys_.wrong(pointer_to(pointer, "id"), fmt::format("区分「{}」が二つあります", one.id),
                            fmt::format("the class \"{}\" occurs twice", one.id));
            }
        }
        return one;
    }

    LayoutHeaderRow header_row(const Json& given, const std::string& pointer) {
        keys_.known_keys(given, header_row_keys(), pointer);
        LayoutHeaderRow one;
        one.label = keys_.text(given, "label", pointer);
        keys_.needed_text(given, "shows", pointer);
        one.shows = word(given, "shows", pointer, shows_words, LayoutHeaderRow::Shows::name);
        return one;
    }

    LayoutColumn column(const Json& given, const std::string& pointer, const Layout& all) {
        keys_.known_keys(given, column_keys(), pointer);
        LayoutColumn one;
        one.name = keys_.needed_text(given, "name", pointer);
        one.assumed = keys_.truth(given, "assumed", pointer);
        one.numeric = keys_.truth(given, "numeric", pointer);
        one.example = keys_.text(given, "example", pointer);
        one.note = keys_.text(given, "note", pointer);
        for (const LayoutColumn& other : all.columns) {
            if (!one.name.empty() && other.name == one.name) {
                keys_.wrong(pointer_to(pointer, "name"), fmt::format("列「{}」が二つあります", one.name),
                            fmt::format("the column \"{}\" occurs twice", one.name));
            }
        }
        number(given, one, pointer);
        column_class(given, one, pointer, all);
        each(given, "value", pointer,
             [&](const Json& source, const std::string& at) { one.sources.push_back(read_source(source, at)); });
        if (one.sources.empty()) {
            keys_.wrong(pointer_to(pointer, "value"), "値の出どころがありません",
                        "it says nowhere where the value comes from");
        }
        return one;
    }

    /// A text, or {"text": …, "unread": true} where our copy of the form cannot be read for certain.
    void number(const Json& given, LayoutColumn& one, const std::string& pointer) {
        const auto found = given.find("number");
        if (found == given.end() || !found->is_object()) {
            one.number = keys_.text(given, "number", pointer);
            return;
        }
        const std::string here = pointer_to(pointer, "number");
        keys_.known_keys(*found, number_keys(), here);
        one.number = keys_.text(*found, "text", here);
        one.number_unread = keys_.truth(*found, "unread", here);
    }

    void column_class(const Json& given, LayoutColumn& one, const std::string& pointer, const Layout& all) {
        const std::string id = keys_.text(given, "class", pointer);
        if (id.empty()) {
            return;
        }
        Words known;
        for (std::size_t i = 0; i < all.classes.size(); ++i) {
            known.push_back(all.classes[i].id);
            if (all.classes[i].id == id) {
                one.group = i;
            }
        }
        if (one.group == LayoutColumn::no_class) {
            keys_.unknown_word(pointer_to(pointer, "class"), id, known);
        }
    }

    LayoutSource read_source(const Json& given, const std::string& pointer) {
        keys_.known_keys(given, source_keys(), pointer);
        LayoutSource one;
        constexpr std::array<const char*, 5> origins{"field", "fields", "constant", "publisher", "row_number"};
        const auto named =
            std::count_if(origins.begin(), origins.end(), [&](const char* key) { return given.contains(key); });
        if (named != 1) {
            keys_.wrong(pointer, "field、fields、constant、publisher、row_number のどれか一つだけを書いてください",
                        "give exactly one of field, fields, constant, publisher, row_number");
        }
        one.fields = keys_.texts(given, given.contains("field") ? "field" : "fields", pointer);
        one.constant = keys_.text(given, "constant", pointer);
        one.separator = keys_.text(given, "separator", pointer);
        one.needs = word(given, "needs", pointer, needs_words, LayoutSource::Needs::all);
        one.as = word(given, "as", pointer, as_words, LayoutSource::As::it_is);
        if (given.contains("constant")) {
            one.from = LayoutSource::From::constant;
        } else if (given.contains("publisher")) {
            one.from = word(given, "publisher", pointer, publisher_words, LayoutSource::From::publisher_code);
        } else if (keys_.truth(given, "row_number", pointer)) {
            one.from = LayoutSource::From::row_number;
        }
        one.except = keys_.text(given, "except", pointer);
        const RE2 pattern(one.except, RE2::Quiet);
        if (!pattern.ok()) {
            keys_.wrong(pointer_to(pointer, "except"),
                        fmt::format("正規表現（RE2）として読めません: {}", pattern.error()),
                        fmt::format("not a regular expression (RE2): {}", pattern.error()));
        }
        return one;
    }

    void name_column(const Json& document, Layout& all) {
        const std::string name = keys_.needed_text(document, "name_column", "");
        Words known;
        for (std::size_t i = 0; i < all.columns.size(); ++i) {
            known.push_back(all.columns[i].name);
            if (all.columns[i].name == name) {
                all.name_column = i;
            }
        }
        if (!name.empty() && !holds(known, name)) {
            keys_.unknown_word("/name_column", name, known);
        }
    }

    JsonKeys keys_;
};

}  // namespace

Layout parse_layout(std::string_view json_text, std::string_view file_name, std::vector<Mistake>& mistakes) {
    Json document;
    if (!parse_json(json_text, file_name, document, mistakes)) {
        return {};
    }
    return Reader(file_name, mistakes).layout(document);
}

}  // namespace kokai
