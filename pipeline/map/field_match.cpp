// SPDX-License-Identifier: Apache-2.0
#include "map/field_match.hpp"

#include "map/english_words.hpp"
#include "map/qualifiers.hpp"
#include "normalise/text.hpp"

#include <algorithm>
#include <array>

namespace kokai {
namespace {

constexpr double same_name = 0.98;
constexpr double alike_name = 0.95;
constexpr double same_alias = 0.9;
constexpr double later_alias = 0.0005;  // of two columns the one with the more usual word
constexpr double english_name = 0.85;
constexpr double in_words = 0.92;

/// How much of a longer header a name must be.
double at_its_end(double share) {
    return 0.70 + 0.25 * share;
}
double at_its_start(double share) {
    return 0.55 + 0.25 * share;
}

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Fields that hold what a thing is called: 駅名 and 農園名 are names, whatever stands before 名.
bool is_a_name(const Field& field) {
    static constexpr std::array<std::string_view, 5> names{"name", "facilityName", "schoolName", "careProviderName",
                                                           "eventName"};
    return std::find(names.begin(), names.end(), field.english) != names.end();
}

}  // namespace

FieldNames::FieldNames(const Field& field) : field_(&field), english_(loose_key(field.english)) {
    const auto add = [&](std::string_view text, double weight, bool alias) {
        names_.push_back({text, fold_key(text), loose_key(text), ascii_words(text), weight, alias});
    };
    add(field.name, 1.0, false);
    double weight = same_alias;
    for (const std::string& alias : field.aliases) {
        add(alias, weight, true);
        weight -= later_alias;
    }
}

NameMatch FieldNames::match_part(const HeaderForm& form, const Name& name) const {
    const double weight = form.weight * (name.alias ? name.weight : alike_name);
    NameMatch best;
    const auto take = [&](double score, const std::string& rest) {
        if (score > best.score) {
            const bool asked = form.of_parent || !changes_nothing(rest, *field_);
            best = {score, MatchBy::part, name.text, asked ? asked_at_most : 1.0};
        }
    };
    const auto before = [&](std::size_t length) { return form.key.substr(0, form.key.size() - length); };
    if (is_ascii(name.key)) {
        // Whole words only, and at the end: shelter_name, facilityType.
        if (!name.words.empty() && form.words.size() > name.words.size() && name.key.size() >= 3 &&
            std::equal(name.words.rbegin(), name.words.rend(), form.words.rbegin())) {
            take(weight * at_its_end(static_cast<double>(name.words.size()) / static_cast<double>(form.words.size())),
                 before(form.key.ends_with(name.key) ? name.key.size() : 0));
        } else if (!is_ascii(form.key) && name.key.size() >= 2 && form.key.ends_with(name.key)) {
            take(weight * at_its_end(static_cast<double>(name.key.size()) / static_cast<double>(characters(form.key))),
                 before(name.key.size()));  // 施設URL
        } else if (!name.words.empty() && form.words.size() > name.words.size() && name.key.size() >= 5 &&
                   std::equal(name.words.begin(), name.words.end(), form.words.begin())) {
            take(weight * at_its_start(static_cast<double>(name.key.size()) / static_cast<double>(form.key.size())),
                 form.key.starts_with(name.key) ? form.key.substr(name.key.size()) : form.key);
        }
        return best;
    }
    const std::size_t length = characters(name.key);
    if (length < 2 || form.key.size() <= name.key.size()) {
        return best;
    }
    const double share = static_cast<double>(length) / static_cast<double>(characters(form.key));
    if (form.key.ends_with(name.key)) {
        take(weight * at_its_end(share), before(name.key.size()));
    } else if (form.key.starts_with(name.key) &&
               form.key.find_first_not_of("0123456789", name.key.size()) != std::string::npos) {
        take(weight * at_its_start(share), form.key.substr(name.key.size()));
    }
    return best;
}

NameMatch FieldNames::match(const HeaderName& header, bool may_be_part) const {
    NameMatch best;
    const auto take_match = [&](const NameMatch& match) {
        if (std::min(match.score, match.most) > std::min(best.score, best.most)) {
            best = match;
        }
    };
    double most = 1.0;
    const auto take = [&](double score, MatchBy by, std::string_view met) { take_match({score, by, met, most}); };
    for (const Name& name : names_) {
        if (name.folded == header.folded) {
            take(name.alias ? name.weight : same_name, name.alias ? MatchBy::alias : MatchBy::name, name.text);
        }
    }
    for (const HeaderForm& form : header.forms) {
        most = form.of_parent ? asked_at_most : 1.0;
        for (const Name& name : names_) {
            if (form.key == name.key) {
                take(form.weight * (name.alias ? name.weight - 0.01 : alike_name),
                     name.alias ? MatchBy::alias : MatchBy::name, name.text);
            } else if (may_be_part) {
                take_match(match_part(form, name));
            }
        }
        if (!english_.empty() && form.key == english_) {
            take(form.weight * english_name, MatchBy::english, field_->english);
        }
        for (const Name& name : names_) {
            if (!form.words.empty() && !is_ascii(name.key)) {
                take(form.weight * in_words * (name.alias ? alike_name : 1.0) * said_in_english(form.words, name.key),
                     MatchBy::words, name.text);
            }
        }
        constexpr std::string_view called = "名";
        if (may_be_part && is_a_name(*field_) && form.key.size() > called.size() && form.key.ends_with(called)) {
            const std::string_view bearer = std::string_view(form.key).substr(0, form.key.size() - called.size());
            take_match({form.weight * 0.74, MatchBy::part, field_->name,
                        form.of_parent || !bears_a_name(bearer, *field_) ? asked_at_most : 1.0});
        }
    }
    return best;
}

bool FieldNames::say(std::string_view word) const {
    return english_.find(word) != std::string::npos || std::any_of(names_.begin(), names_.end(), [&](const Name& name) {
               return name.key.find(word) != std::string::npos;
           });
}

bool FieldNames::hold(std::string_view key) const {
    return key == english_ ||
           std::any_of(names_.begin(), names_.end(), [&](const Name& name) { return name.key == key; });
}

HeaderVocabulary::HeaderVocabulary(std::span<const Schema* const> schemas) {
    std::unordered_map<std::string_view, std::set<std::string>*> written;  // most names stand in many schemas
    const auto add = [&](const std::string& name, const std::string& english) {
        std::set<std::string>*& meanings = written[name];
        if (meanings == nullptr) {
            meanings = &meanings_[loose_key(name)];
        }
        meanings->insert(english);
    };
    for (const Schema* schema : schemas) {
        for (const Field& field : schema->fields) {
            add(field.name, field.english);
            for (const std::string& alias : field.aliases) {
                add(alias, field.english);
            }
        }
    }
}

bool HeaderVocabulary::means_another(const HeaderName& header, const Field& field) const {
    if (const auto inside = meanings_.find(header.bracketed);
        !header.bracketed.empty() && inside != meanings_.end() && inside->second.count(field.english) != 0) {
        return false;  // 連絡先（電話）
    }
    for (const HeaderForm& form : header.forms) {
        if (form.weight < 0.9) {
            continue;  // the number or the parent alone says too little
        }
        if (const auto found = meanings_.find(form.key); found != meanings_.end()) {
            return found->second.count(field.english) == 0;
        }
    }
    return false;
}

bool HeaderVocabulary::knows(const HeaderName& header) const {
    return std::any_of(header.forms.begin(), header.forms.end(),
                       [&](const HeaderForm& form) { return meanings_.count(form.key) != 0; });
}

bool HeaderVocabulary::ends_in_another(std::string_view key, std::string_view met, const Field& field) const {
    if (!key.ends_with(met)) {
        return false;
    }
    for (std::size_t at = 0; at + met.size() < key.size(); ++at) {
        const bool within_letter = (static_cast<unsigned char>(key[at]) & 0xC0U) == 0x80U;
        if (const auto found = within_letter ? meanings_.end() : meanings_.find(std::string(key.substr(at)));
            found != meanings_.end()) {
            return found->second.count(field.english) == 0;  // the longest
        }
    }
    return false;
}

bool HeaderVocabulary::means_one_of(const HeaderName& header, std::span<const std::string_view> english) const {
    return std::any_of(header.forms.begin(), header.forms.end(), [&](const HeaderForm& form) {
        const auto found = meanings_.find(form.key);
        return found != meanings_.end() && std::any_of(english.begin(), english.end(), [&](std::string_view name) {
                   return found->second.count(std::string(name)) != 0;
               });
    });
}

}  // namespace kokai
