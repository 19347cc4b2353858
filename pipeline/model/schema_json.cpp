// SPDX-License-Identifier: Apache-2.0
// A key that nobody knows is a mistake here, because a misspelt `constraints` would otherwise check nothing and say
// nothing.
#include "model/schema_json.hpp"

#include "model/rule_json.hpp"
#include "model/schema_words.hpp"
#include "support/json_keys.hpp"
#include "support/json_parse.hpp"
#include "support/nearest_word.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include <re2/re2.h>

#include <cstddef>
#include <map>
#include <optional>
#include <utility>

namespace kokai {
namespace {

using Json = nlohmann::ordered_json;
using Words = JsonKeys::Words;

// What Frictionless knows stands beside what we added; `uniqueKeys` and the like are allowed and mean nothing to us.
const Words& table_keys() {
    static const Words keys{"$schema",        "name",           "title",        "description",     "homepage",
                            "version",        "fields",         "fieldsMatch",  "primaryKey",      "uniqueKeys",
                            "foreignKeys",    "missingValues",  "kokai:id",     "kokai:standard",  "kokai:title",
                            "kokai:title_en", "kokai:edition",  "kokai:number", "kokai:file_name", "kokai:file_date",
                            "kokai:partial",  "kokai:position", "kokai:rules",  "kokai:source"};
    return keys;
}
const Words& field_keys() {
    static const Words keys{"name",
                            "type",
                            "format",
                            "title",
                            "description",
                            "example",
                            "missingValues",
                            "categories",
                            "categoriesOrdered",
                            "constraints",
                            "rdfType",
                            "bareNumber",
                            "groupChar",
                            "decimalChar",
                            "trueValues",
                            "falseValues",
                            "kokai:kind",
                            "kokai:requirement",
                            "kokai:confidence",
                            "kokai:source",
                            "kokai:format",
                            "kokai:english",
                            "kokai:aliases",
                            "kokai:separator",
                            "kokai:unit",
                            "kokai:vocabulary"};
    return keys;
}
// Only those that are enforced: another one would look like a rule and be none.
const Words& constraint_keys() {
    static const Words keys{"required", "pattern", "enum", "minimum", "maximum", "unique"};
    return keys;
}
const Words& position_keys() {
    static const Words keys{"latitude", "longitude"};
    return keys;
}
const Words& rule_keys() {
    static const Words keys{"when", "must", "message", "message_en", "code", "level"};
    return keys;
}
const Words& rule_codes() {
    static const Words words{"order-reversed", "fields-disagree", "total-mismatch"};
    return words;
}
const Words& level_words() {
    static const Words words{"error", "warning", "note"};
    return words;
}
const Words& type_words() {
    static const Words words{"string", "integer", "number", "date", "time", "boolean", "any"};
    return words;
}

Kind kind_of_type(std::string_view type) {
    if (const auto kind = field_kind_named(type)) {
        return *kind;  // integer number date time have the same word
    }
    return type == "boolean" ? Kind::flag_word : Kind::text;
}

class Reader {
public:
    Reader(std::string_view file, std::vector<Mistake>& mistakes) : keys_(file, mistakes) {}

    Schema schema(const Json& document) {
        Schema all;
        if (!keys_.is_object(document, "")) {
            return all;
        }
        keys_.known_keys(document, table_keys(), "");
        all.id = keys_.needed_text(document, "kokai:id", "");
        all.standard = keys_.text(document, "kokai:standard", "");
        all.title = keys_.text(document, "kokai:title", "");
        const std::string plain_title = keys_.text(document, "title", "");
        if (all.title.empty()) {
            all.title = plain_title;
        }
        all.title_en = keys_.text(document, "kokai:title_en", "");
        all.description = keys_.text(document, "description", "");
        all.edition = keys_.text(document, "kokai:edition", "");
        all.number = keys_.text(document, "kokai:number", "");
        all.file_name = keys_.text(document, "kokai:file_name", "");
        all.file_date = keys_.text(document, "kokai:file_date", "");
        all.partial = keys_.truth(document, "kokai:partial", "");
        name_the_table(all);
        if (!all.file_date.empty() && all.file_date != "day" && all.file_date != "period") {
            keys_.unknown_word("/kokai:file_date", all.file_date, {"day", "period"});
        }

        const auto list = document.find("fields");
        if (list == document.end() || !list->is_array() || list->empty()) {
            keys_.wrong("/fields", "項目が一つもありません", "there is no field");
        } else {
            for (std::size_t i = 0; i < list->size(); ++i) {
                all.fields.push_back(field((*list)[i], pointer_to("/fields", i)));
            }
        }
        names_are_single(all);
        aliases_are_single(all);
        all.primary_key = keys_.texts(document, "primaryKey", "");
        for (const std::string& name : all.primary_key) {
            is_field(all, name, "/primaryKey");
        }
        position(document, all);
        rules(document, all);
        return all;
    }

private:
    void name_the_table(Schema& all) {
        const std::size_t slash = all.id.find('/');
        if (!all.id.empty() && (slash == std::string::npos || slash == 0 || slash + 1 == all.id.size())) {
            keys_.wrong("/kokai:id", "v2/aed のように「系統/名前」の形にしてください",
                        "write it as family/name, like v2/aed");
        }
        const std::string family = slash == std::string::npos ? std::string{} : all.id.substr(0, slash);
        if (all.standard.empty()) {
            all.standard = family;
        } else if (!family.empty() && all.standard != family) {
            keys_.wrong("/kokai:standard", fmt::format("kokai:id の「{}」と違います", family),
                        fmt::format("differs from \"{}\" of kokai:id", family));
        }
        if (all.file_name.empty() && slash != std::string::npos) {
            all.file_name = all.id.substr(slash + 1);
        }
        if (all.title.empty()) {
            keys_.wrong("/kokai:title", "「kokai:title」がありません", "\"kokai:title\" is missing");
        }
    }

    Field field(const Json& given, const std::string& pointer) {
        Field one;
        if (!keys_.is_object(given, pointer)) {
            return one;
        }
        keys_.known_keys(given, field_keys(), pointer);
        one.name = keys_.needed_text(given, "name", pointer);
        one.type = keys_.text(given, "type", pointer);
        if (one.type.empty()) {
            one.type = "string";
        } else if (!holds(type_words(), one.type)) {
            keys_.unknown_word(pointer_to(pointer, "type"), one.type, type_words());
        }
        one.description = keys_.text(given, "description", pointer);
        one.example = keys_.text(given, "example", pointer);
        one.english = keys_.text(given, "kokai:english", pointer);
        one.format = keys_.text(given, "kokai:format", pointer);
        one.unit = keys_.text(given, "kokai:unit", pointer);
        one.separator = keys_.text(given, "kokai:separator", pointer);
        one.aliases = keys_.texts(given, "kokai:aliases", pointer);
        one.vocabulary = keys_.texts(given, "kokai:vocabulary", pointer);

        const std::string kind = keys_.text(given, "kokai:kind", pointer);
        one.kind = field_kind_named(kind).value_or(kind_of_type(one.type));
        if (!kind.empty() && !field_kind_named(kind)) {
            keys_.unknown_word(pointer_to(pointer, "kokai:kind"), kind, kind_words());
        }
        const std::string confidence = keys_.text(given, "kokai:confidence", pointer);
        one.confidence = find_confidence(confidence).value_or(Confidence::high);
        if (!confidence.empty() && !find_confidence(confidence)) {
            keys_.unknown_word(pointer_to(pointer, "kokai:confidence"), confidence, confidence_words());
        }
        const bool required = constraints(given, one, pointer);
        requirement(given, one, required, pointer);
        return one;
    }

    /// True when `constraints.required` is.
    bool constraints(const Json& given, Field& one, const std::string& pointer) {
        const auto found = given.find("constraints");
        if (found == given.end()) {
            return false;
        }
        const std::string here = pointer_to(pointer, "constraints");
        if (!keys_.is_object(*found, here)) {
            return false;
        }
        keys_.known_keys(*found, constraint_keys(), here);
        one.allowed = keys_.texts(*found, "enum", here);
        one.unique = keys_.truth(*found, "unique", here);
        one.minimum = keys_.number(*found, "minimum", here);
        one.maximum = keys_.number(*found, "maximum", here);
        if (one.minimum && one.maximum && *one.minimum > *one.maximum) {
            keys_.wrong(pointer_to(here, "minimum"), "最小が最大より大きいです", "the minimum is above the maximum");
        }
        one.pattern = keys_.text(*found, "pattern", here);
        if (!one.pattern.empty()) {
            const RE2 pattern(one.pattern, RE2::Quiet);
            if (!pattern.ok()) {
                keys_.wrong(pointer_to(here, "pattern"),
                            fmt::format("正規表現（RE2）として読めません: {}", pattern.error()),
                            fmt::format("not a regular expression (RE2): {}", pattern.error()));
                one.pattern.clear();
            }
        }
        return keys_.truth(*found, "required", here);
    }

    /// 必須◎ makes an error only where the file also says `required`; an empty flag_one says "no" and is never missing.
    void requirement(const Json& given, Field& one, bool required, const std::string& pointer) {
        one.requirement_word = keys_.text(given, "kokai:requirement", pointer);
        if (one.requirement_word.empty()) {
            one.requirement = required ? Requirement::required : Requirement::optional;
            one.requirement_word = required ? "必須◎" : "任意";
            return;
        }
        const auto meaning = find_requirement(one.requirement_word);
        if (!meaning) {
            keys_.unknown_word(pointer_to(pointer, "kokai:requirement"), one.requirement_word, requirement_words());
            return;
        }
        one.requirement = *meaning;
        const bool sure = *meaning == Requirement::required && one.confidence != Confidence::low;
        if (required && !sure) {
            keys_.wrong(pointer_to(pointer_to(pointer, "constraints"), "required"),
                        fmt::format("「{}」（確からしさ {}）なのに必須になっています", one.requirement_word,
                                    word_of(one.confidence)),
                        fmt::format("required although it is \"{}\" (confidence {})", one.requirement_word,
                                    word_of(one.confidence)));
        }
        if (*meaning == Requirement::required && !(required && sure)) {
            one.requirement = one.kind == Kind::flag_one ? Requirement::optional : Requirement::likely_required;
        }
    }

    void names_are_single(const Schema& all) {
        std::map<std::string_view, std::size_t> seen;
        for (std::size_t i = 0; i < all.fields.size(); ++i) {
            const std::string& name = all.fields[i].name;
            if (!name.empty() && !seen.emplace(name, i).second) {
                keys_.wrong(pointer_to(pointer_to("/fields", i), "name"), fmt::format("項目「{}」が二つあります", name),
                            fmt::format("the field \"{}\" occurs twice", name));
            }
        }
    }

    /// A header must lead to one field only.
    void aliases_are_single(const Schema& all) {
        std::map<std::string_view, std::string_view> owner;
        for (const Field& one : all.fields) {
            owner.emplace(one.name, one.name);
        }
        for (std::size_t i = 0; i < all.fields.size(); ++i) {
            const Field& one = all.fields[i];
            for (std::size_t j = 0; j < one.aliases.size(); ++j) {
                const auto [found, fresh] = owner.emplace(one.aliases[j], one.name);
                if (!fresh) {
                    keys_.wrong(
                        pointer_to(pointer_to(pointer_to("/fields", i), "kokai:aliases"), j),
                        fmt::format("別名「{}」は項目「{}」のものです", one.aliases[j], found->second),
                        fmt::format(R"(the alias "{}" belongs to the field "{}")", one.aliases[j], found->second));
                }
            }
        }
    }

    const Field* is_field(const Schema& all, std::string_view name, std::string pointer) {
        const Field* found = all.find(name);
        if (found == nullptr) {
            Words names;
            for (const Field& one : all.fields) {
                names.push_back(one.name);
            }
            const std::string near = nearest_word(name, names);
            keys_.wrong(std::move(pointer),
                        fmt::format("「{}」という項目はありません{}", name,
                                    near.empty() ? "" : "。「" + near + "」のことですか"),
                        fmt::format("there is no field \"{}\"{}", name,
                                    near.empty() ? "" : ": did you mean \"" + near + "\"?"));
        }
        return found;
    }

    void position(const Json& document, Schema& all) {
        const auto found = document.find("kokai:position");
        if (found == document.end()) {
            for (const Field& one : all.fields) {
                if (one.kind == Kind::latitude && all.latitude.empty()) {
                    all.latitude = one.name;
                } else if (one.kind == Kind::longitude && all.longitude.empty()) {
                    all.longitude = one.name;
                }
            }
            return;
        }
        if (!keys_.is_object(*found, "/kokai:position")) {
            return;
        }
        keys_.known_keys(*found, position_keys(), "/kokai:position");
        all.latitude = keys_.needed_text(*found, "latitude", "/kokai:position");
        all.longitude = keys_.needed_text(*found, "longitude", "/kokai:position");
        is_coordinate(all, all.latitude, Kind::latitude, "/kokai:position/latitude");
        is_coordinate(all, all.longitude, Kind::longitude, "/kokai:position/longitude");
    }

    void rules(const Json& document, Schema& all) {
        const auto list = document.find("kokai:rules");
        if (list == document.end()) {
            return;
        }
        if (!list->is_array()) {
            keys_.wrong("/kokai:rules", "規則を並べて（[ ] で囲んで）ください", "write a list of rules");
            return;
        }
        for (std::size_t i = 0; i < list->size(); ++i) {
            rule((*list)[i], pointer_to("/kokai:rules", i), all);
        }
    }

    void rule(const Json& given, const std::string& pointer, Schema& all) {
        if (!keys_.is_object(given, pointer)) {
            return;
        }
        keys_.known_keys(given, rule_keys(), pointer);
        const SayMistake say = [this](const std::string& at, std::string ja, std::string en) {
            keys_.wrong(at, std::move(ja), std::move(en));
        };
        const std::size_t before = keys_.count();
        Rule one = read_rule(given, pointer, say);
        const std::string code = keys_.needed_text(given, "code", pointer);
        if (!code.empty() && !holds(rule_codes(), code)) {
            keys_.unknown_word(pointer_to(pointer, "code"), code, rule_codes());
        }
        const std::string level = keys_.needed_text(given, "level", pointer);
        if (!level.empty() && !holds(level_words(), level)) {
            keys_.unknown_word(pointer_to(pointer, "level"), level, level_words());
        }
        if (one.must.empty()) {
            keys_.wrong(pointer_to(pointer, "must"), "守ることが一つもありません", "nothing has to hold");
        }
        for (const auto& [key, conditions] : {std::pair("when", &one.when), std::pair("must", &one.must)}) {
            for (std::size_t i = 0; i < conditions->size(); ++i) {
                test((*conditions)[i], pointer_to(pointer_to(pointer, key), i), all);
            }
        }
        if (keys_.count() == before) {
            all.rules.push_back(std::move(one));
        }
    }

    void test(const Condition& one, const std::string& pointer, const Schema& all) {
        for (const auto& [rest, name] : columns_of(one)) {
            is_field(all, name, pointer + rest);
        }
        if (one.test == Condition::Test::matches && !one.values.empty()) {
            const RE2 pattern(one.values.front(), RE2::Quiet);
            if (!pattern.ok()) {
                keys_.wrong(pointer_to(pointer, "matches"),
                            fmt::format("正規表現（RE2）として読めません: {}", pattern.error()),
                            fmt::format("not a regular expression (RE2): {}", pattern.error()));
            }
        }
    }

    void is_coordinate(const Schema& all, const std::string& name, Kind kind, const std::string& pointer) {
        const Field* found = name.empty() ? nullptr : is_field(all, name, pointer);
        if (found != nullptr && found->kind != kind) {
            keys_.wrong(pointer, fmt::format("項目「{}」の kokai:kind が {} ではありません", name, word_of(kind)),
                        fmt::format("the kokai:kind of \"{}\" is not {}", name, word_of(kind)));
        }
    }

    JsonKeys keys_;
};

}  // namespace

Schema parse_schema(std::string_view json_text, std::string_view file_name, std::vector<Mistake>& mistakes) {
    Json document;
    if (!parse_json(json_text, file_name, document, mistakes)) {
        return {};
    }
    return Reader(file_name, mistakes).schema(document);
}

}  // namespace kokai
