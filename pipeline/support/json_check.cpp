// SPDX-License-Identifier: Apache-2.0
// Two looks at a document: a walk of our own that knows what to say, and valijson, which decides. Where only valijson
// objects (a word of JSON Schema that the walk does not know), its description is passed on, so that nothing is missed.
#include "support/json_check.hpp"

#include "model/finding.hpp"
#include "support/json_judge.hpp"
#include "support/json_parse.hpp"
#include "support/nearest_word.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include <re2/re2.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

namespace kokai {
namespace {

using nlohmann::json;

std::string in_quotes(std::string_view text) {
    return "\"" + printable(text) + "\"";
}

/// A value as a person would point at it: short, on one line.
std::string shown(const json& value) {
    constexpr std::size_t longest = 80;
    std::string text = printable(value.dump());
    if (text.size() > longest) {
        std::size_t end = longest;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
            --end;
        }
        text.resize(end);
        text += "…";
    }
    return text;
}

std::string list_of(const std::vector<std::string>& words, std::string_view between) {
    return fmt::format("{}", fmt::join(words, between));
}

struct TypeName {
    std::string_view type, ja, en;
};
constexpr TypeName type_names[] = {
    {"string", "文字列（\" で囲む）", "text (in quotes)"},
    {"integer", "整数", "a whole number"},
    {"number", "数", "a number"},
    {"boolean", "true か false", "true or false"},
    {"array", "並び（[ ] で囲む）", "a list (in [ ])"},
    {"object", "項目の集まり（{ } で囲む）", "a group of keys (in { })"},
    {"null", "null", "null"},
};

std::string_view type_of(const json& value) {
    if (value.is_number_integer()) {
        return "integer";
    }
    return value.is_number() ? "number" : value.type_name();
}

bool fits(const json& value, std::string_view type) {
    const std::string_view is = type_of(value);
    return is == type || (type == "number" && is == "integer");
}

std::size_t count_characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// Walks schema and document side by side.
class Walk {
public:
    Walk(const json& schema, std::string_view file) : root_(schema), file_(file) {}

    std::vector<Mistake> mistakes;

    void look(const json& value, const json& schema, const std::string& pointer) {
        const json* found = resolved(schema);
        if (found == nullptr || !found->is_object()) {
            return;
        }
        const json& rule = *found;
        if (const json* branches = member(rule, "oneOf") != nullptr ? member(rule, "oneOf") : member(rule, "anyOf")) {
            look_at_branches(value, *branches, pointer);
        }
        if (const json* all = member(rule, "allOf")) {
            for (const json& one : *all) {
                look(value, one, pointer);
            }
        }
        if (const std::vector<std::string> types = types_of(rule); !types.empty() && !fits_one(value, types)) {
            wrong_type(value, types, rule, pointer);
            return;
        }
        look_at_words(value, rule, pointer);
        if (value.is_object()) {
            look_at_object(value, rule, pointer);
        } else if (value.is_array()) {
            look_at_array(value, rule, pointer);
        } else if (value.is_string()) {
            look_at_text(value.get_ref<const std::string&>(), rule, pointer);
        } else if (value.is_number()) {
            look_at_number(value, rule, pointer);
        }
    }

private:
    static const json* member(const json& object, const char* key) {
        const auto found = object.find(key);
        return found == object.end() ? nullptr : &*found;
    }

    void say(const std::string& pointer, std::string ja, std::string en) {
        mistakes.push_back({std::string(file_), pointer, std::move(ja), std::move(en)});
    }

    /// Follows `$ref` within the schema file.
    const json* resolved(const json& schema) const {
        const json* rule = &schema;
        for (int hops = 0; rule->is_object() && rule->contains("$ref") && hops < 16; ++hops) {
            const std::string reference = rule->at("$ref").get<std::string>();
            if (reference.empty() || reference.front() != '#') {
                return nullptr;
            }
            const json::json_pointer target(reference.substr(1));
            if (!root_.contains(target)) {
                return nullptr;
            }
            rule = &root_.at(target);
        }
        return rule;
    }

    std::vector<std::string> types_of(const json& rule) const {
        const json* type = member(rule, "type");
        if (type == nullptr) {
            return {};
        }
        return type->is_array() ? type->get<std::vector<std::string>>()
                                : std::vector<std::string>{type->get<std::string>()};
    }

    static bool fits_one(const json& value, const std::vector<std::string>& types) {
        return std::any_of(types.begin(), types.end(), [&](const std::string& type) { return fits(value, type); });
    }

    void wrong_type(const json& value, const std::vector<std::string>& types, const json& rule,
                    const std::string& pointer) {
        std::vector<std::string> ja;
        std::vector<std::string> en;
        for (const TypeName& name : type_names) {
            if (std::find(types.begin(), types.end(), name.type) != types.end()) {
                ja.emplace_back(name.ja);
                en.emplace_back(name.en);
            }
        }
        std::string hint_ja;
        std::string hint_en;
        if (value.is_number() && types.front() == "string") {
            hint_ja = fmt::format("。\"{0}\" と書いてください", value.dump());
            hint_en = fmt::format("; write \"{0}\"", value.dump());
        } else {
            add_example(rule, hint_ja, hint_en);
        }
        say(pointer, fmt::format("{} は使えません。{}にしてください{}", shown(value), list_of(ja, "か、"), hint_ja),
            fmt::format("{} cannot stand here; use {}{}", shown(value), list_of(en, " or "), hint_en));
    }

    static void add_example(const json& rule, std::string& ja, std::string& en) {
        const json* examples = member(rule, "examples");
        if (examples != nullptr && examples->is_array() && !examples->empty()) {
            ja += fmt::format("（例: {}）", shown(examples->front()));
            en += fmt::format(" (like {})", shown(examples->front()));
        }
    }

    /// Of several forms, the one whose type fits is meant; of several such, the one with the fewest mistakes.
    void look_at_branches(const json& value, const json& branches, const std::string& pointer) {
        std::optional<std::vector<Mistake>> best;
        std::vector<std::string> types;
        const json* first = nullptr;
        for (const json& branch : branches) {
            const json* rule = resolved(branch);
            if (rule == nullptr || !rule->is_object()) {
                return;  // valijson knows
            }
            const std::vector<std::string> own = types_of(*rule);
            if (!own.empty() && !fits_one(value, own)) {
                types.insert(types.end(), own.begin(), own.end());
                first = first == nullptr ? rule : first;
                continue;
            }
            Walk attempt(root_, file_);
            attempt.look(value, *rule, pointer);
            if (!best || attempt.mistakes.size() < best->size()) {
                best = std::move(attempt.mistakes);
            }
        }
        if (best) {
            mistakes.insert(mistakes.end(), best->begin(), best->end());
        } else if (first != nullptr) {
            wrong_type(value, types, *first, pointer);
        }
    }

    void look_at_words(const json& value, const json& rule, const std::string& pointer) {
        if (const json* only = member(rule, "const"); only != nullptr && value != *only) {
            say(pointer, fmt::format("{} は使えません。書けるのは {} だけです", shown(value), shown(*only)),
                fmt::format("{} cannot stand here; only {} can", shown(value), shown(*only)));
        }
        const json* allowed = member(rule, "enum");
        if (allowed == nullptr || std::find(allowed->begin(), allowed->end(), value) != allowed->end()) {
            return;
        }
        std::vector<std::string> words;
        std::vector<std::string> plain;
        for (const json& one : *allowed) {
            words.push_back(shown(one));
            if (one.is_string()) {
                plain.push_back(one.get<std::string>());
            }
        }
        const std::string near = value.is_string() ? nearest_word(value.get_ref<const std::string&>(), plain) : "";
        say(pointer,
            near.empty() ? fmt::format("{} は使えません。{} のどれかにしてください", shown(value), list_of(words, "、"))
                         : fmt::format("{} は使えません。{} ではありませんか（使えるのは {}）", shown(value),
                                       in_quotes(near), list_of(words, "、")),
            near.empty() ? fmt::format("{} cannot stand here; use one of {}", shown(value), list_of(words, ", "))
                         : fmt::format("{} cannot stand here; did you mean {}? (one of {})", shown(value),
                                       in_quotes(near), list_of(words, ", ")));
    }

    void look_at_object(const json& value, const json& rule, const std::string& pointer) {
        const json* properties = member(rule, "properties");
        const json* others = member(rule, "additionalProperties");
        std::vector<std::string> known;
        if (properties != nullptr) {
            for (const auto& [key, unused] : properties->items()) {
                known.push_back(key);
            }
        }
        std::vector<std::string> mistaken_for;
        for (const auto& [key, inner] : value.items()) {
            const json* form = properties == nullptr ? nullptr : member(*properties, key.c_str());
            if (form != nullptr) {
                look(inner, *form, pointer_to(pointer, key));
            } else if (others != nullptr && others->is_object()) {
                look(inner, *others, pointer_to(pointer, key));
            } else if (others != nullptr && others->is_boolean() && !others->get<bool>()) {
                mistaken_for.push_back(unknown_key(key, known, pointer));
            }
        }
        if (const json* required = member(rule, "required")) {
            for (const json& key : *required) {
                const std::string name = key.get<std::string>();
                // Not said twice: the misspelt key has already been named.
                const bool misspelt = std::find(mistaken_for.begin(), mistaken_for.end(), name) != mistaken_for.end();
                if (!value.contains(name) && !misspelt) {
                    say(pointer, fmt::format("必要な項目 {} がありません", in_quotes(name)),
                        fmt::format("the key {} is missing", in_quotes(name)));
                }
            }
        }
        look_at_count(value.size(), rule, "minProperties", "maxProperties", pointer, "項目", "keys");
    }

    /// Gives the key that was probably meant.
    std::string unknown_key(const std::string& key, const std::vector<std::string>& known, const std::string& pointer) {
        std::string near = nearest_word(key, known);
        std::vector<std::string> words;
        words.reserve(known.size());
        for (const std::string& one : known) {
            words.push_back(in_quotes(one));
        }
        const std::string place = pointer_to(pointer, key);
        if (!near.empty()) {
            say(place, fmt::format("{} という項目はありません。{} ではありませんか", in_quotes(key), in_quotes(near)),
                fmt::format("there is no key {}; did you mean {}?", in_quotes(key), in_quotes(near)));
        } else {
            say(place,
                fmt::format("{} という項目はありません。ここに書けるのは {} です", in_quotes(key),
                            list_of(words, "、")),
                fmt::format("there is no key {}; known here: {}", in_quotes(key), list_of(words, ", ")));
        }
        return near;
    }

    void look_at_array(const json& value, const json& rule, const std::string& pointer) {
        if (const json* items = member(rule, "items"); items != nullptr && items->is_object()) {
            for (std::size_t i = 0; i < value.size(); ++i) {
                look(value[i], *items, pointer_to(pointer, i));
            }
        }
        look_at_count(value.size(), rule, "minItems", "maxItems", pointer, "値", "values");
        if (const json* unique = member(rule, "uniqueItems"); unique != nullptr && unique->get<bool>()) {
            for (std::size_t i = 0; i < value.size(); ++i) {
                if (std::find(value.begin(), value.begin() + static_cast<std::ptrdiff_t>(i), value[i]) !=
                    value.begin() + static_cast<std::ptrdiff_t>(i)) {
                    say(pointer_to(pointer, i), fmt::format("{} が二度書かれています", shown(value[i])),
                        fmt::format("{} is written twice", shown(value[i])));
                }
            }
        }
    }

    void look_at_count(std::size_t count, const json& rule, const char* least, const char* most,
                       const std::string& pointer, std::string_view ja, std::string_view en) {
        const json* from = member(rule, least);
        const json* to = member(rule, most);
        if (from != nullptr && count < from->get<std::size_t>()) {
            say(pointer, fmt::format("{}が足りません（{} 個以上、いまは {} 個）", ja, from->dump(), count),
                fmt::format("too few {} (at least {}, now {})", en, from->dump(), count));
        }
        if (to != nullptr && count > to->get<std::size_t>()) {
            say(pointer, fmt::format("{}が多すぎます（{} 個まで、いまは {} 個）", ja, to->dump(), count),
                fmt::format("too many {} (at most {}, now {})", en, to->dump(), count));
        }
    }

    void look_at_text(const std::string& text, const json& rule, const std::string& pointer) {
        if (const json* least = member(rule, "minLength");
            least != nullptr && count_characters(text) < least->get<std::size_t>()) {
            say(pointer,
                text.empty() ? "空のままです。値を書くか、この項目を消してください"
                             : fmt::format("{} 文字以上にしてください", least->dump()),
                text.empty() ? "it is empty; write a value, or take the key away"
                             : fmt::format("write at least {} characters", least->dump()));
        }
        if (const json* most = member(rule, "maxLength");
            most != nullptr && count_characters(text) > most->get<std::size_t>()) {
            say(pointer, fmt::format("{} 文字までにしてください", most->dump()),
                fmt::format("write at most {} characters", most->dump()));
        }
        if (const json* pattern = member(rule, "pattern")) {
            const RE2 expression(pattern->get<std::string>(), RE2::Quiet);
            if (expression.ok() && !RE2::PartialMatch(text, expression)) {
                std::string ja;
                std::string en;
                add_example(rule, ja, en);
                if (ja.empty()) {
                    ja = fmt::format("（{}）", expression.pattern());
                    en = fmt::format(" ({})", expression.pattern());
                }
                say(pointer, fmt::format("{} は決められた形ではありません{}", shown(json(text)), ja),
                    fmt::format("{} does not have the expected form{}", shown(json(text)), en));
            }
        }
    }

    void look_at_number(const json& value, const json& rule, const std::string& pointer) {
        const json* least = member(rule, "minimum");
        const json* most = member(rule, "maximum");
        if (least != nullptr && value.get<double>() < least->get<double>()) {
            say(pointer, fmt::format("{} は小さすぎます。{} 以上にしてください", shown(value), least->dump()),
                fmt::format("{} is too small; at least {}", shown(value), least->dump()));
        }
        if (most != nullptr && value.get<double>() > most->get<double>()) {
            say(pointer, fmt::format("{} は大きすぎます。{} 以下にしてください", shown(value), most->dump()),
                fmt::format("{} is too large; at most {}", shown(value), most->dump()));
        }
    }

    const json& root_;
    std::string_view file_;
};

std::vector<Mistake> explained(const json& document, const json& schema, const JsonJudge& judge,
                               std::string_view file_name) {
    std::vector<Mistake> objections = judge.judge(document, file_name);
    if (objections.empty()) {
        return objections;
    }
    Walk walk(schema, file_name);
    walk.look(document, schema, "");
    return walk.mistakes.empty() ? objections : walk.mistakes;
}

}  // namespace

struct JsonForm::Parts {
    Parts(json rules, std::string_view schema_name) : schema(std::move(rules)), judge(schema, schema_name) {}

    json schema;
    JsonJudge judge;
};

JsonForm::JsonForm(std::string_view schema_text, std::string_view schema_name) {
    std::vector<Mistake> mistakes;
    json schema;
    if (!parse_json(schema_text, schema_name, schema, mistakes)) {
        throw WorldError(std::string(schema_name), mistakes.front().ja, mistakes.front().en);
    }
    parts_ = std::make_unique<Parts>(std::move(schema), schema_name);
}

JsonForm::~JsonForm() = default;

std::vector<Mistake> JsonForm::check(const json& document, std::string_view file_name) const {
    return explained(document, parts_->schema, parts_->judge, file_name);
}

std::vector<Mistake> check_json(const json& document, const json& schema, std::string_view file_name) {
    return explained(document, schema, JsonJudge(schema, file_name), file_name);
}

}  // namespace kokai
