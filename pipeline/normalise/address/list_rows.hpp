// SPDX-License-Identifier: Apache-2.0
// The lists that the program ships, read when it is built: CSV without line breaks in its cells, perhaps packed.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

/// Rows by the names of their columns. Throws std::runtime_error, naming the file.
class ListRows {
public:
    explicit ListRows(const std::string& path);
    bool next();
    [[nodiscard]] const std::string& operator[](const std::string& column) const;

private:
    std::string path_, text_;
    std::string_view rest_;
    std::vector<std::string> cells_;
    std::map<std::string, std::size_t> columns_;
};

}  // namespace kokai
