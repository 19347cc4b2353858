// SPDX-License-Identifier: Apache-2.0
// A FlatGeobuf reader for tests, from the schema files alone: every table is verified by flatbuffers before it is read,
// the tree is walked as a program does that asks for a box.
#pragma once

#include <catch2/catch.hpp>
#include <flatbuffers/flatbuffers.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kokai::testing {

constexpr flatbuffers::voffset_t fgb_field(int number) {
    return static_cast<flatbuffers::voffset_t>(4 + 2 * number);
}

template <typename Item>
using FgbVector = flatbuffers::Vector<Item>;

class FgbTable : protected flatbuffers::Table {
public:
    [[nodiscard]] const flatbuffers::String* text(int field) const {
        return GetPointer<const flatbuffers::String*>(fgb_field(field));
    }
    [[nodiscard]] std::string string(int field) const {
        return text(field) == nullptr ? std::string() : text(field)->str();
    }
    template <typename Number>
    [[nodiscard]] Number number(int field, Number otherwise = 0) const {
        return GetField<Number>(fgb_field(field), otherwise);
    }
    template <typename Item>
    [[nodiscard]] const FgbVector<Item>* list(int field) const {
        return GetPointer<const FgbVector<Item>*>(fgb_field(field));
    }
    template <typename Other>
    [[nodiscard]] const Other* table(int field) const {
        return GetPointer<const Other*>(fgb_field(field));
    }

protected:
    bool texts_verify(flatbuffers::Verifier& verifier, std::initializer_list<int> fields) const {
        bool good = true;
        for (const int field : fields) {
            good = good && VerifyOffset(verifier, fgb_field(field)) && verifier.VerifyString(text(field));
        }
        return good;
    }
    template <typename Item>
    bool list_verifies(flatbuffers::Verifier& verifier, int field) const {
        return VerifyOffset(verifier, fgb_field(field)) && verifier.VerifyVector(list<Item>(field));
    }
    template <typename Item>
    bool tables_verify(flatbuffers::Verifier& verifier, int field) const {
        return list_verifies<flatbuffers::Offset<Item>>(verifier, field) &&
               verifier.VerifyVectorOfTables(list<flatbuffers::Offset<Item>>(field));
    }
    template <typename Number>
    bool number_verifies(flatbuffers::Verifier& verifier, int field) const {
        return VerifyField<Number>(verifier, fgb_field(field), sizeof(Number));
    }
};

struct FgbColumnTable : FgbTable {
    bool Verify(flatbuffers::Verifier& verifier) const {
        return VerifyTableStart(verifier) && VerifyOffsetRequired(verifier, fgb_field(0)) &&
               texts_verify(verifier, {0, 2, 3, 10}) && number_verifies<std::uint8_t>(verifier, 1) &&
               verifier.EndTable();
    }
};

struct FgbCrsTable : FgbTable {
    bool Verify(flatbuffers::Verifier& verifier) const {
        return VerifyTableStart(verifier) && texts_verify(verifier, {0, 2, 3, 4, 5}) &&
               number_verifies<std::int32_t>(verifier, 1) && verifier.EndTable();
    }
};

struct FgbHeaderTable : FgbTable {
    bool Verify(flatbuffers::Verifier& verifier) const {
        return VerifyTableStart(verifier) && texts_verify(verifier, {0, 11, 12, 13}) &&
               list_verifies<double>(verifier, 1) && number_verifies<std::uint8_t>(verifier, 2) &&
               tables_verify<FgbColumnTable>(verifier, 7) && number_verifies<std::uint64_t>(verifier, 8) &&
               number_verifies<std::uint16_t>(verifier, 9) && VerifyOffset(verifier, fgb_field(10)) &&
               verifier.VerifyTable(table<FgbCrsTable>(10)) && verifier.EndTable();
    }
};

struct FgbGeometryTable : FgbTable {
    bool Verify(flatbuffers::Verifier& verifier) const {
        return VerifyTableStart(verifier) && list_verifies<std::uint32_t>(verifier, 0) &&
               list_verifies<double>(verifier, 1) && number_verifies<std::uint8_t>(verifier, 6) &&
               tables_verify<FgbGeometryTable>(verifier, 7) && verifier.EndTable();
    }
};

struct FgbFeatureTable : FgbTable {
    bool Verify(flatbuffers::Verifier& verifier) const {
        return VerifyTableStart(verifier) && VerifyOffset(verifier, fgb_field(0)) &&
               verifier.VerifyTable(table<FgbGeometryTable>(0)) && list_verifies<std::uint8_t>(verifier, 1) &&
               verifier.EndTable();
    }
};

struct FgbBox {
    double west = 0, south = 0, east = 0, north = 0;

    [[nodiscard]] bool meets(const FgbBox& other) const {
        return west <= other.east && other.west <= east && south <= other.north && other.south <= north;
    }
    bool operator==(const FgbBox&) const = default;
};

struct FgbNode {
    FgbBox box;
    std::uint64_t offset = 0;
};

struct FgbRead {
    std::uint64_t offset = 0;  // from the first feature's begin
    int type = 0;              // as the feature says it
    std::string wkt;           // as a reader sees it that goes by the header's type, if that has one
    FgbBox box;
    std::size_t ends = 0;                       // how many the geometry itself has
    std::map<std::string, std::string> values;  // "s:text", "l:12", "d:0.5"
};

class FgbFile {
public:
    explicit FgbFile(std::string bytes) : bytes_(std::move(bytes)) {
        REQUIRE(bytes_.substr(0, 8) == std::string("fgb\3fgb\1"));
        const std::size_t size = prefixed_size(8);
        header_ = verified<FgbHeaderTable>(8, size);
        index_at_ = 8 + size;
        const auto count = header_->number<std::uint64_t>(8);
        if (const auto children = header_->number<std::uint16_t>(9, 16); children > 0) {
            make_levels(count, children);
        }
        features_at_ = index_at_ + nodes_.size() * sizeof(FgbNode);
        CHECK(features_at_ % 8 == 0);
        for (std::size_t at = features_at_; at < bytes_.size();) {
            const std::size_t length = prefixed_size(at);
            features_.push_back(read_feature(at, length));
            at += length;
        }
        CHECK(features_.size() == count);
    }

    FgbFile(const FgbFile&) = delete;
    FgbFile& operator=(const FgbFile&) = delete;

    [[nodiscard]] const FgbHeaderTable& header() const { return *header_; }
    [[nodiscard]] int type() const { return header_->number<std::uint8_t>(2); }
    [[nodiscard]] const std::vector<FgbRead>& features() const { return features_; }
    [[nodiscard]] const std::vector<FgbNode>& nodes() const { return nodes_; }
    /// Where each level of the tree begins and ends, leaves first.
    [[nodiscard]] const std::vector<std::pair<std::size_t, std::size_t>>& levels() const { return levels_; }

    /// Offsets of the features whose boxes meet a box, by the tree.
    [[nodiscard]] std::vector<std::uint64_t> query(const FgbBox& box) const {
        std::vector<std::uint64_t> found;
        if (!levels_.empty()) {
            walk(levels_.size() - 1, 0, box, found);
        }
        return found;
    }

private:
    std::size_t prefixed_size(std::size_t at) const {
        REQUIRE(at + 4 <= bytes_.size());
        std::uint32_t size = 0;
        std::memcpy(&size, bytes_.data() + at, sizeof size);
        REQUIRE(at + 4 + size <= bytes_.size());
        CHECK((4 + size) % 8 == 0);
        return 4 + size;
    }

    template <typename Root>
    const Root* verified(std::size_t at, std::size_t size) const {
        const auto* const begin = reinterpret_cast<const std::uint8_t*>(bytes_.data() + at);
        flatbuffers::Verifier verifier(begin, size);
        REQUIRE(verifier.VerifySizePrefixedBuffer<Root>(nullptr));
        return flatbuffers::GetSizePrefixedRoot<Root>(begin);
    }

    void make_levels(std::size_t count, std::size_t children) {
        REQUIRE(children == 16);
        REQUIRE(count > 0);
        std::vector<std::size_t> sizes{count};
        do {
            sizes.push_back((sizes.back() + children - 1) / children);
        } while (sizes.back() != 1);
        std::size_t end = 0;
        for (const std::size_t size : sizes) {
            end += size;
        }
        nodes_.resize(end);
        for (const std::size_t size : sizes) {
            levels_.emplace_back(end - size, end);
            end -= size;
        }
        REQUIRE(index_at_ + nodes_.size() * sizeof(FgbNode) <= bytes_.size());
        std::memcpy(nodes_.data(), bytes_.data() + index_at_, nodes_.size() * sizeof(FgbNode));
    }

    void walk(std::size_t level, std::size_t first, const FgbBox& box, std::vector<std::uint64_t>& found) const {
        REQUIRE(first >= levels_[level].first);
        for (std::size_t i = first; i < std::min(first + 16, levels_[level].second); ++i) {
            if (!nodes_[i].box.meets(box)) {
                continue;
            }
            if (level == 0) {
                found.push_back(nodes_[i].offset);
            } else {
                walk(level - 1, nodes_[i].offset, box, found);
            }
        }
    }

    static std::string points(const FgbVector<double>& xy, std::uint32_t first, std::uint32_t last) {
        std::string text;
        for (std::uint32_t i = first; i < last; ++i) {
            text += fmt::format("{}{} {}", i == first ? "(" : ",", xy.Get(2 * i), xy.Get(2 * i + 1));
        }
        return text + ")";
    }

    std::string coordinates(const FgbGeometryTable& geometry, int type, FgbRead& read) const {
        if (type == 6) {
            std::string text;
            const auto* const parts = geometry.list<flatbuffers::Offset<FgbGeometryTable>>(7);
            REQUIRE(parts != nullptr);
            for (const auto* const part : *parts) {
                CHECK(part->number<std::uint8_t>(6) == 3);
                text += (text.empty() ? "" : ",") + coordinates(*part, 3, read);
            }
            return "(" + text + ")";
        }
        const auto* const xy = geometry.list<double>(1);
        REQUIRE(xy != nullptr);
        CHECK((reinterpret_cast<const char*>(xy->Data()) - bytes_.data()) % 8 == 0);
        const std::uint32_t count = xy->size() / 2;
        for (std::uint32_t i = 0; i < count; ++i) {
            const double x = xy->Get(2 * i), y = xy->Get(2 * i + 1);
            read.box = {std::min(read.box.west, x), std::min(read.box.south, y), std::max(read.box.east, x),
                        std::max(read.box.north, y)};
        }
        if (type == 1 || type == 2 || type == 4) {
            return points(*xy, 0, count);
        }
        const auto* const ends = geometry.list<std::uint32_t>(0);
        if (ends == nullptr) {
            return "(" + points(*xy, 0, count) + ")";
        }
        std::string text;
        std::uint32_t first = 0;
        for (const std::uint32_t end : *ends) {
            text += (text.empty() ? "" : ",") + points(*xy, first, end);
            first = end;
        }
        CHECK(first == count);
        return "(" + text + ")";
    }

    template <typename Number>
    static Number take(std::string_view& bytes) {
        Number value{};
        REQUIRE(bytes.size() >= sizeof value);
        std::memcpy(&value, bytes.data(), sizeof value);
        bytes.remove_prefix(sizeof value);
        return value;
    }

    FgbRead read_feature(std::size_t at, std::size_t size) const {
        constexpr const char* names[] = {"",           "POINT",           "LINESTRING",  "POLYGON",
                                         "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON"};
        const auto* const feature = verified<FgbFeatureTable>(at, size);
        const auto* const geometry = feature->table<FgbGeometryTable>(0);
        REQUIRE(geometry != nullptr);
        FgbRead read;
        read.offset = at - features_at_;
        read.box = {1e9, 1e9, -1e9, -1e9};
        read.type = geometry->number<std::uint8_t>(6);
        const int as = type() == 0 ? read.type : type();
        REQUIRE((as > 0 && as < 7));
        if (const auto* const ends = geometry->list<std::uint32_t>(0)) {
            read.ends = ends->size();
        }
        read.wkt = names[as] + coordinates(*geometry, as, read);
        const auto* const properties = feature->list<std::uint8_t>(1);
        REQUIRE(properties != nullptr);
        std::string_view left(reinterpret_cast<const char*>(properties->Data()), properties->size());
        while (!left.empty()) {
            const auto index = take<std::uint16_t>(left);
            const auto* const columns = header_->list<flatbuffers::Offset<FgbColumnTable>>(7);
            REQUIRE(index < columns->size());
            const auto* const column = columns->Get(index);
            std::string& value = read.values[column->string(0)];
            CHECK(value.empty());
            switch (column->number<std::uint8_t>(1)) {
            case 7:
                value = "l:" + std::to_string(take<std::int64_t>(left));
                break;
            case 10:
                value = fmt::format("d:{}", take<double>(left));
                break;
            default: {
                REQUIRE(column->number<std::uint8_t>(1) == 11);
                const auto length = take<std::uint32_t>(left);
                REQUIRE(length <= left.size());
                value = "s:" + std::string(left.substr(0, length));
                left.remove_prefix(length);
            }
            }
        }
        return read;
    }

    std::string bytes_;
    const FgbHeaderTable* header_ = nullptr;
    std::size_t index_at_ = 0, features_at_ = 0;
    std::vector<FgbNode> nodes_;
    std::vector<std::pair<std::size_t, std::size_t>> levels_;
    std::vector<FgbRead> features_;
};

}  // namespace kokai::testing
