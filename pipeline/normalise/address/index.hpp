// SPDX-License-Identifier: Apache-2.0
// The towns of Japan as the program maps them: 356,000 names in 18 MB that nobody reads until an address is asked. Who
// wants an address understood takes AddressReader; this is for who wants the lists themselves.
#pragma once

#include "normalise/address/layout.hpp"
#include "support/mapped_file.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace kokai {

struct TownPoint {
    double latitude = 0, longitude = 0;  // JGD2011, the representative point of a town: some hundred metres off
};

class AddressIndex {
public:
    using Municipality = address_file::Municipality;
    using Town = address_file::Town;
    using Name = address_file::Name;
    static constexpr std::uint32_t npos = UINT32_MAX;

    /// Maps a file of the generator. Throws WorldError when it is missing or not such a file.
    explicit AddressIndex(const std::filesystem::path& path);

    /// The program's own, mapped at first use and kept. Any number of threads.
    static const AddressIndex& shared();

    [[nodiscard]] std::span<const Municipality> municipalities() const { return municipalities_; }
    [[nodiscard]] std::span<const Town> towns() const { return towns_; }
    [[nodiscard]] std::span<const Town> towns(const Municipality& of) const {
        return towns_.subspan(of.town, of.towns);
    }
    [[nodiscard]] std::span<const Name> names() const { return names_; }

    /// Of a municipality: 佐波郡玉村町, 京都市北区. Of a town: 大手町二丁目.
    [[nodiscard]] std::string_view name(const Municipality& one) const { return text(one.name, one.name_bytes); }
    [[nodiscard]] std::string_view name(const Town& one) const { return text(one.name, one.name_bytes); }
    [[nodiscard]] std::string_view key(const Town& one) const { return text(one.key, one.key_bytes); }
    [[nodiscard]] std::string_view key(const Name& one) const { return text(one.key, one.key_bytes); }
    [[nodiscard]] static std::string_view code(const Municipality& one) { return {one.code, sizeof one.code}; }

    /// By six-digit code; npos when there is none (a prefecture is none).
    [[nodiscard]] std::uint32_t find(std::string_view code) const;

    /// All names of municipalities, and all towns (of one municipality, or of Japan) whose key is `key`.
    [[nodiscard]] std::span<const Name> names_with(std::string_view key) const;
    [[nodiscard]] std::span<const Town> towns_with(const Municipality& of, std::string_view key) const;
    [[nodiscard]] std::span<const std::uint32_t> towns_with(std::string_view key) const;

    /// Whether a town of the municipality begins with `key` and goes on.
    [[nodiscard]] bool has_longer_town(const Municipality& of, std::string_view key) const;

    /// The longest key that `text` begins with, no longer than `most` bytes; empty when there is none.
    [[nodiscard]] std::string_view longest_name(std::string_view text, std::size_t most) const;
    [[nodiscard]] std::string_view longest_town(const Municipality& of, std::string_view text, std::size_t most) const;
    [[nodiscard]] std::string_view longest_town(std::string_view text, std::size_t most) const;

    [[nodiscard]] static std::optional<TownPoint> point(const Town& town) {
        if (town.latitude == address_file::nowhere) {
            return std::nullopt;
        }
        return TownPoint{town.latitude / address_file::per_degree, town.longitude / address_file::per_degree};
    }

private:
    [[nodiscard]] std::string_view text(std::uint32_t at, std::size_t size) const { return text_.substr(at, size); }

    MappedFile file_;
    std::span<const Municipality> municipalities_;
    std::span<const Town> towns_;
    std::span<const Name> names_;
    std::span<const std::uint32_t> by_key_;
    std::string_view text_;
};

}  // namespace kokai
