// SPDX-License-Identifier: Apache-2.0
// One row's text on its way into a buffer, for the CSV, JSON and KML writers: it stays in the processor's nearest cache
// and goes out in one append. A cell with nothing to escape is looked at and copied in one go.
#pragma once

#include "write/text/plain_copy.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace kokai {

/// Text that stands in every row (keys, tags), with a tail that a copy in blocks may read over.
class RowConstant {
public:
    explicit RowConstant(std::string text) : bytes_(std::move(text)), size_(bytes_.size()) {
        bytes_.resize(size_ + block, '\0');
    }
    [[nodiscard]] std::string_view view() const { return {bytes_.data(), size_}; }

    static constexpr std::size_t block = 64;  // most keys and tags: one block, no branch that depends on the column

private:
    std::string bytes_;
    std::size_t size_;
};

class RowText {
public:
    [[nodiscard]] std::string_view view() const { return {bytes_.get(), used_}; }
    void clear() { used_ = 0; }

    template <std::size_t size>
    void raw(const char (&literal)[size]) {
        std::memcpy(room(size), literal, size);
        used_ += size - 1;
    }
    void raw(const RowConstant& text) {
        const std::string_view bytes = text.view();
        char* const to = room(bytes.size() + RowConstant::block);
        for (std::size_t i = 0; i < bytes.size(); i += RowConstant::block) {
            std::memcpy(to + i, bytes.data() + i, RowConstant::block);
        }
        used_ += bytes.size();
    }
    void raw(std::string_view text) {
        std::ranges::copy(text, room(text.size() + 1));  // an empty text may have no address, which memcpy() forbids
        used_ += text.size();
    }

    /// `"text"`, as append_json_string() writes it.
    void json_string(std::string_view text) {
        char* const to = room(text.size() + 2);
        if (!copy_plain<JsonEscapes>(to + 1, text)) {
            escaped_json(text);
            return;
        }
        to[0] = '"';
        to[text.size() + 1] = '"';
        used_ += text.size() + 2;
    }

    /// The text of an XML 1.0 element: markup is escaped, CR too (a parser would make it LF), and what XML cannot hold
    /// (control characters but tab and LF, U+FFFE, U+FFFF) is left out, nothing in its place. The text is UTF-8
    /// already.
    void xml_text(std::string_view text) {
        char* const to = room(text.size() + 1);
        if (!copy_plain<XmlEscapes>(to, text)) {
            escaped_xml(text);
            return;
        }
        used_ += text.size();
    }

    /// As append_csv_cell() writes it.
    void csv_cell(std::string_view text) {
        char* const to = room(text.size() + 1);
        if (!copy_plain<CsvQuotes>(to, text)) {
            quoted_csv(text);
            return;
        }
        used_ += text.size();
    }

    /// As append_degrees() writes them.
    void degrees(double value);
    /// With at most nine decimals.
    void fine_degrees(double value);

private:
    char* room(std::size_t size) {
        if (capacity_ - used_ < size) {
            grow(size);
        }
        return bytes_.get() + used_;
    }

    void grow(std::size_t size);
    void quoted_csv(std::string_view text);
    void escaped_json(std::string_view text);
    void escaped_xml(std::string_view text);

    std::unique_ptr<char[]> bytes_;
    std::size_t used_ = 0;
    std::size_t capacity_ = 0;
    std::string scratch_;  // what only std::string writers can write
};

}  // namespace kokai
