// SPDX-License-Identifier: Apache-2.0
// How well a header says a field: by the field's name, its other names, its English key, or as a part of a longer
// header. Values are looked at elsewhere (value_profile).
#pragma once

#include "map/header_name.hpp"
#include "model/schema.hpp"

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace kokai {

enum class MatchBy : std::uint8_t { nothing, name, alias, english, words, part };

/// Of what is never taken without being asked about, however well the values agree.
inline constexpr double asked_at_most = 0.65;

struct NameMatch {
    double score = 0.0;
    MatchBy by = MatchBy::nothing;
    std::string_view met;  // the name or alias
    double most = 1.0;     // how sure it can be at most, whatever the values say
};

/// A field's names, folded once.
class FieldNames {
public:
    explicit FieldNames(const Field& field);
    [[nodiscard]] const Field& field() const { return *field_; }
    /// `may_be_part`: a longer header may hold a name of the field (AED利用可能曜日).
    [[nodiscard]] NameMatch match(const HeaderName& header, bool may_be_part) const;
    /// Whether one of the names has the word (a loose key) in it.
    [[nodiscard]] bool say(std::string_view word) const;
    /// Whether it is one of the names (a loose key).
    [[nodiscard]] bool hold(std::string_view key) const;

private:
    struct Name {
        std::string_view text;
        std::string folded, key;
        std::vector<std::string> words;
        double weight = 1.0;
        bool alias = false;
    };
    [[nodiscard]] NameMatch match_part(const HeaderForm& form, const Name& name) const;

    const Field* field_;
    std::vector<Name> names_;
    std::string english_;  // folded
};

/// Which headers are known to mean what, over all standards: 電話番号 ends in 番号 and is no ID.
class HeaderVocabulary {
public:
    HeaderVocabulary() = default;
    explicit HeaderVocabulary(std::span<const Schema* const> schemas);
    /// Whether a header is the known name of something that `field` is not.
    [[nodiscard]] bool means_another(const HeaderName& header, const Field& field) const;
    [[nodiscard]] bool knows(const HeaderName& header) const;
    /// Whether a header ends in a known name that is longer than `met` and means something that `field` is not.
    [[nodiscard]] bool ends_in_another(std::string_view key, std::string_view met, const Field& field) const;
    /// Whether a header is a known name of one of the fields, given by their English names.
    [[nodiscard]] bool means_one_of(const HeaderName& header, std::span<const std::string_view> english) const;

private:
    std::unordered_map<std::string, std::set<std::string>> meanings_;  // loose key -> English names of fields
};

}  // namespace kokai
