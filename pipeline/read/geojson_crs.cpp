// SPDX-License-Identifier: Apache-2.0
// Nearly every file is done with after a search for the word; one that has it is parsed as far as the member.
#include "read/geojson_crs.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <istream>
#include <streambuf>
#include <string_view>
#include <utility>

namespace kokai {
namespace {

constexpr std::size_t block = std::size_t{1} << 20U;

bool holds_word(const InputFile& file, std::string_view word) {
    std::string text(block, '\0');
    std::size_t kept = 0;  // of the block before: the word may stand across
    for (std::uint64_t offset = 0;;) {
        const std::size_t got = file.read_at(offset, text.data() + kept, text.size() - kept);
        if (got == 0) {
            return false;
        }
        offset += got;
        const std::string_view seen(text.data(), kept + got);
        if (seen.find(word) != std::string_view::npos) {
            return true;
        }
        kept = std::min(word.size() - 1, seen.size());
        std::copy(seen.end() - static_cast<std::ptrdiff_t>(kept), seen.end(), text.begin());
    }
}

class FileStream : public std::streambuf {
public:
    explicit FileStream(const InputFile& file) : file_(file), text_(block, '\0') {}

protected:
    int_type underflow() override {
        const std::size_t got = file_.read_at(offset_, text_.data(), text_.size());
        offset_ += got;
        setg(text_.data(), text_.data(), text_.data() + got);
        return got == 0 ? traits_type::eof() : traits_type::to_int_type(text_.front());
    }

private:
    const InputFile& file_;
    std::string text_;
    std::uint64_t offset_ = 0;
};

/// Follows { crs: { properties: { name, and stops behind it.
class Handler : public nlohmann::json_sax<nlohmann::json> {
public:
    std::string name;

    bool null() override { return true; }
    bool boolean(bool /*value*/) override { return true; }
    bool number_integer(number_integer_t /*value*/) override { return true; }
    bool number_unsigned(number_unsigned_t /*value*/) override { return true; }
    bool number_float(number_float_t /*value*/, const string_t& /*text*/) override { return true; }
    bool string(string_t& value) override {
        if (depth_ == 3 && on_the_way_[0] && on_the_way_[1] && on_the_way_[2]) {
            name = value;
            return false;
        }
        return true;
    }
    bool binary(binary_t& /*value*/) override { return true; }
    bool start_object(std::size_t /*size*/) override {
        ++depth_;
        return true;
    }
    bool end_object() override {
        --depth_;
        return true;
    }
    bool start_array(std::size_t /*size*/) override {
        ++depth_;
        return true;
    }
    bool end_array() override {
        --depth_;
        return true;
    }
    bool key(string_t& word) override {
        constexpr std::string_view way[] = {"crs", "properties", "name"};
        if (depth_ >= 1 && depth_ <= 3) {
            on_the_way_[depth_ - 1] = word == way[depth_ - 1];
        }
        return true;
    }
    bool parse_error(std::size_t /*at*/, const std::string& /*token*/,
                     const nlohmann::detail::exception& /*problem*/) override {
        return false;
    }

private:
    std::size_t depth_ = 0;
    bool on_the_way_[3] = {};
};

}  // namespace

std::string geojson_crs_name(const InputFile& file) {
    if (!holds_word(file, "\"crs\"")) {
        return {};
    }
    FileStream bytes(file);
    std::istream stream(&bytes);
    Handler handler;
    nlohmann::json::sax_parse(stream, &handler);
    return std::move(handler.name);
}

}  // namespace kokai
