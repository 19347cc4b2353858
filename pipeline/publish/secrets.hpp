// SPDX-License-Identifier: Apache-2.0
// Tokens and passwords: read from the environment or from a file that only its owner reads, and taken out of every
// text that leaves the program.
#pragma once

#include "model/error.hpp"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

/// A secret that knows itself: from its making on, redact() takes it out of texts.
class Secret {
public:
    Secret() = default;
    explicit Secret(std::string value);

    /// For the header of a request, nothing else.
    [[nodiscard]] const std::string& reveal() const { return value_; }
    [[nodiscard]] bool empty() const { return value_.empty(); }

private:
    std::string value_;
};

/// The text without any secret that the program has read, plain, percent-encoded or in base64: `***` in its place.
/// Safe from any thread.
std::string redact(std::string_view text);

/// The first bytes of a text from elsewhere, whole letters, without secrets: redacted before it is cut, for half a
/// secret would not be known as one.
std::string redacted_beginning(std::string_view text, std::size_t most);

/// Where catalogs.json says that a secret is: a variable of the environment, or a file. Never the secret itself.
struct SecretSource {
    std::string env, file;
    std::string pointer;  // of the key in catalogs.json
    [[nodiscard]] bool given() const { return !env.empty() || !file.empty(); }
};

/// Letters, digits and _, no digit first: what can be the name of a variable.
bool is_variable_name(std::string_view text);

/// Reads a secret; a file's path counts from `folder`. What is wrong (no such variable, a file that others may read) is
/// added to `mistakes` with how to mend it; the secret is then empty.
Secret read_secret(const SecretSource& source, const std::filesystem::path& folder, const std::string& catalogs_file,
                   std::vector<Mistake>& mistakes);

}  // namespace kokai
