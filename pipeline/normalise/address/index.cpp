// SPDX-License-Identifier: Apache-2.0
// Mapped, never read as a whole: an address touches some pages. Keys are sorted by bytes, so that the longest name at
// the start of a text is found from the place where the text itself would stand.
#include "normalise/address/index.hpp"

#include "model/error.hpp"
#include "support/module.hpp"

#include <algorithm>
#include <string>

namespace kokai {
namespace {

[[noreturn]] void refuse_index(const std::filesystem::path& path) {
    throw WorldError(path.string(), "「" + path.string() + "」は町の一覧ではありません（作り直してください）",
                     path.string() + " is not a list of towns (build it again)");
}

std::size_t common_length(std::string_view one, std::string_view other) {
    const std::size_t most = std::min(one.size(), other.size());
    std::size_t length = 0;
    while (length < most && one[length] == other[length]) {
        ++length;
    }
    return length;
}

/// The longest of the sorted keys that `text` begins with. Every step back shortens the text to what it has in common
/// with the key before it, so there are at most as many steps as the longest key has bytes.
template <typename List, typename KeyOf>
std::string_view longest_key(const List& list, std::string_view text, std::size_t most, const KeyOf& key_of) {
    text = text.substr(0, most);
    auto end = list.end();
    while (!text.empty()) {
        end = std::upper_bound(list.begin(), end, text,
                               [&](std::string_view value, const auto& one) { return value < key_of(one); });
        if (end == list.begin()) {
            return {};
        }
        const std::string_view before = key_of(*(end - 1));
        if (text.starts_with(before)) {
            return before;
        }
        text = text.substr(0, common_length(text, before));
    }
    return {};
}

template <typename List, typename KeyOf>
List equal_keys(const List& list, std::string_view key, const KeyOf& key_of) {
    const auto first = std::lower_bound(list.begin(), list.end(), key,
                                        [&](const auto& one, std::string_view value) { return key_of(one) < value; });
    auto last = first;
    while (last != list.end() && key_of(*last) == key) {
        ++last;
    }
    return list.subspan(static_cast<std::size_t>(first - list.begin()), static_cast<std::size_t>(last - first));
}

}  // namespace

AddressIndex::AddressIndex(const std::filesystem::path& path) : file_(path) {
    const std::span<const std::byte> bytes = file_.bytes();
    if (bytes.size() < sizeof(address_file::Header)) {
        refuse_index(path);
    }
    const auto& header = *reinterpret_cast<const address_file::Header*>(bytes.data());
    if (std::string_view(header.magic, sizeof header.magic) != address_file::magic || header.size != bytes.size()) {
        refuse_index(path);
    }
    const auto part = [&]<typename T>(const address_file::Part& from, std::span<const T>& to) {
        if (from.at % alignof(T) != 0 || from.at > bytes.size() || from.count > (bytes.size() - from.at) / sizeof(T)) {
            refuse_index(path);
        }
        to = {reinterpret_cast<const T*>(bytes.data() + from.at), from.count};
    };
    part(header.municipalities, municipalities_);
    part(header.towns, towns_);
    part(header.names, names_);
    part(header.by_key, by_key_);
    std::span<const char> text;
    part(header.text, text);
    text_ = {text.data(), text.size()};
}

const AddressIndex& AddressIndex::shared() {
    static const AddressIndex index(beside_program("kokai_addresses.bin"));
    return index;
}

std::uint32_t AddressIndex::find(std::string_view code) const {
    const auto found = std::lower_bound(
        municipalities_.begin(), municipalities_.end(), code,
        [](const Municipality& one, std::string_view wanted) { return AddressIndex::code(one) < wanted; });
    return found != municipalities_.end() && AddressIndex::code(*found) == code
               ? static_cast<std::uint32_t>(found - municipalities_.begin())
               : npos;
}

std::span<const AddressIndex::Name> AddressIndex::names_with(std::string_view key) const {
    return equal_keys(names_, key, [this](const Name& one) { return this->key(one); });
}

std::span<const AddressIndex::Town> AddressIndex::towns_with(const Municipality& of, std::string_view key) const {
    return equal_keys(towns(of), key, [this](const Town& one) { return this->key(one); });
}

std::span<const std::uint32_t> AddressIndex::towns_with(std::string_view key) const {
    return equal_keys(by_key_, key, [this](std::uint32_t one) { return this->key(towns_[one]); });
}

bool AddressIndex::has_longer_town(const Municipality& of, std::string_view key) const {
    const std::span<const Town> list = towns(of);
    const auto next = std::upper_bound(list.begin(), list.end(), key, [this](std::string_view value, const Town& one) {
        return value < this->key(one);
    });
    return next != list.end() && this->key(*next).starts_with(key);
}

std::string_view AddressIndex::longest_name(std::string_view text, std::size_t most) const {
    return longest_key(names_, text, most, [this](const Name& one) { return key(one); });
}

std::string_view AddressIndex::longest_town(const Municipality& of, std::string_view text, std::size_t most) const {
    return longest_key(towns(of), text, most, [this](const Town& one) { return key(one); });
}

std::string_view AddressIndex::longest_town(std::string_view text, std::size_t most) const {
    return longest_key(by_key_, text, most, [this](std::uint32_t one) { return key(towns_[one]); });
}

}  // namespace kokai
