// SPDX-License-Identifier: Apache-2.0
// dataset.json to Dataset, and every mistake of the file at once: those of its form (schemas/dataset.schema.json) and
// those that a form cannot say, such as a table that names a source which is not there.
#pragma once

#include "model/dataset.hpp"
#include "model/error.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

class JsonForm;

/// Takes what fits; a key with a wrong form is left at its default, because check_json() has named it. Adds the
/// mistakes that only the JSON shows: text that is not JSON, an unknown code in `accept`, keys that exclude each other.
Dataset parse_dataset(std::string_view json_text, std::string_view file_name, std::string_view id,
                      std::vector<Mistake>& mistakes);

/// What exists outside the file; a list that is not given is not looked at.
struct KnownNames {
    std::optional<std::vector<std::string>> schemas;   // ids; `none` and `auto` are always known
    std::optional<std::vector<std::string>> outputs;   // formats that are built
    std::optional<std::vector<std::string>> partners;  // layouts
    std::optional<std::vector<std::string>> datasets;  // ids, for sources that are another dataset's table
};

/// The mistakes that the form cannot say: names that meet nothing or meet twice, paths that leave the folder, patterns
/// that RE2 does not take, codes with a wrong check digit, days that no calendar has.
std::vector<Mistake> check_dataset(const Dataset& dataset, std::string_view file_name, const KnownNames& known);

/// Whether a dataset's folder can be called so: 2 to 100 small letters, digits, _ and -, and none of ours.
bool is_dataset_id(std::string_view id);
/// Folders of the output that are not a dataset's.
bool is_reserved_id(std::string_view id);

/// All of it in order: parsed, checked against `form` (schemas/dataset.schema.json), taken, cross-checked.
Dataset read_dataset(std::string_view json_text, std::string_view file_name, std::string_view id, const JsonForm& form,
                     const KnownNames& known, std::vector<Mistake>& mistakes);

}  // namespace kokai
