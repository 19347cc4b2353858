// SPDX-License-Identifier: Apache-2.0
#include "normalise/address/list_rows.hpp"

#include <zlib.h>

#include <algorithm>
#include <stdexcept>

namespace kokai {
namespace {

/// The whole text of a file, unpacked if it is a gzip.
std::string unpacked(const std::string& path) {
    gzFile in = gzopen(path.c_str(), "rb");
    if (in == nullptr) {
        throw std::runtime_error("cannot open " + path);
    }
    std::string text;
    std::vector<char> room(std::size_t{1} << 20U);
    int got = 0;
    while ((got = gzread(in, room.data(), static_cast<unsigned>(room.size()))) > 0) {
        text.append(room.data(), static_cast<std::size_t>(got));
    }
    gzclose(in);
    if (got < 0 || text.empty()) {
        throw std::runtime_error("cannot read " + path);
    }
    return text;
}

}  // namespace

ListRows::ListRows(const std::string& path) : path_(path), text_(unpacked(path)) {
    rest_ = text_;
    if (rest_.starts_with("\xEF\xBB\xBF")) {
        rest_.remove_prefix(3);
    }
    next();
    for (std::size_t i = 0; i < cells_.size(); ++i) {
        columns_[cells_[i]] = i;
    }
}

bool ListRows::next() {
    if (rest_.empty()) {
        return false;
    }
    std::string_view line = rest_.substr(0, rest_.find('\n'));
    rest_.remove_prefix(std::min(rest_.size(), line.size() + 1));
    if (line.ends_with('\r')) {
        line.remove_suffix(1);
    }
    cells_.assign(1, "");
    bool quoted = false;
    for (const char c : line) {
        if (c == '"') {
            quoted = !quoted;
        } else if (c == ',' && !quoted) {
            cells_.emplace_back();
        } else {
            cells_.back() += c;
        }
    }
    return true;
}

const std::string& ListRows::operator[](const std::string& column) const {
    const auto found = columns_.find(column);
    if (found == columns_.end() || found->second >= cells_.size()) {
        throw std::runtime_error(path_ + ": no column " + column);
    }
    return cells_[found->second];
}

}  // namespace kokai
