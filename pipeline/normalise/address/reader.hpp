// SPDX-License-Identifier: Apache-2.0
// An address as people write it, understood: prefecture, municipality, town, number, building. What is missing is
// completed only where one municipality is left that it can be; an address that could lie in two lies in none.
#pragma once

#include "normalise/address/index.hpp"
#include "normalise/address/key.hpp"
#include "normalise/address/number.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

/// How far an address was read. `town` and beyond: the town is in the list.
enum class AddressLevel : std::uint8_t { none, pref, city, town, block, parcel };
std::string_view name_of(AddressLevel level);

enum class AddressDoubt : std::uint8_t {
    nothing,
    empty,
    not_text,          // not UTF-8
    no_municipality,   // none is named, and the town does not tell
    several,           // it could lie in more than one municipality: `candidates`
    other_prefecture,  // the municipality named does not lie in the prefecture named
    town_unlisted,     // the municipality is known, its town is not in the list
    no_town,           // the municipality alone, or with a number
    chome_or_number    // 浅木1-16: 一丁目16, or number 1-16 of 大字浅木; 丁目 was taken
};

/// How `kokai normalise` says it: empty, error:no-municipality, warn:town-unlisted …; nothing for nothing.
std::string_view flag_of(AddressDoubt doubt);

/// 群馬県 for 10.
std::string_view prefecture_with(std::uint8_t number);

/// Views into the index, but for the strings. Good until the reader's next read().
struct Address {
    AddressLevel level = AddressLevel::none;
    AddressDoubt doubt = AddressDoubt::nothing;
    std::string_view lg_code;     // 102016; of a ward its own; empty when not known
    std::string_view prefecture;  // 群馬県
    std::string_view city;        // 前橋市, 佐波郡玉村町, 京都市北区
    std::string town;             // 大手町二丁目, as the list writes it; an unlisted one as the text does
    std::string rest;             // 12-1
    std::string other;            // 前橋プラザ3F
    std::string machiaza_id;      // 0011002; empty where the list has none
    std::optional<TownPoint> point;
    std::string candidates;  // 東京都北区、京都市北区 …
    std::string street;      // of Kyoto: 柳馬場通御池上る; part of `town` too, as the register has it
    bool completed_prefecture = false, completed_city = false;
    bool runs_on = false;  // 前橋市立図書館: behind the municipality's name the word goes on, and no number follows

    [[nodiscard]] bool has_town() const { return level >= AddressLevel::town; }
    /// 所在地_連結表記
    [[nodiscard]] std::string joined() const;
};

class AddressReader {
public:
    static constexpr std::size_t most_tokens = 256;  // what follows is a building's name at best

    explicit AddressReader(const AddressIndex& index = AddressIndex::shared()) : index_(index) {}

    /// `publisher`: six-digit code of the municipality (or prefecture) whose list this address stands in, or empty.
    const Address& read(std::string_view cell, std::string_view publisher = {});

private:
    using Municipality = AddressIndex::Municipality;
    using Town = AddressIndex::Town;
    static constexpr int unfit = 9;  // of misfit()

    struct TownMatch {
        const Town* town = nullptr;
        std::size_t begin = 0, end = 0;  // tokens
        bool clean = false;              // nothing but a number, a space or the end follows
        bool two_readings = false;
        bool soft = false;         // 町 left out or added
        bool former_ward = false;  // a 区 of former days stands before it
    };
    struct Candidate {
        std::uint32_t municipality = 0;
        std::size_t after = 0;  // the token behind its name
        bool sure = false;      // the text leaves no other municipality
        bool named = false;
        bool plain = false;  // its name could be that of a town elsewhere: 清水町, 中区
        TownMatch match;
    };

    [[nodiscard]] std::size_t token_after(std::size_t from, std::size_t key_bytes) const;
    [[nodiscard]] bool is_letter(std::size_t token, std::string_view letter) const;
    [[nodiscard]] bool is_clean(std::size_t token) const;
    [[nodiscard]] bool is_counter(std::size_t token) const;
    [[nodiscard]] bool is_town_counter(std::size_t number) const;
    [[nodiscard]] bool is_lot_letter(std::size_t token) const;
    [[nodiscard]] bool is_unbroken_letter(std::size_t token) const;
    [[nodiscard]] bool is_ground_word(std::size_t token) const;
    [[nodiscard]] std::string_view gap_before(std::size_t token) const;
    [[nodiscard]] std::size_t own_aza(const Town& town, std::size_t end) const;
    [[nodiscard]] bool is_clean_behind(const Town& town, std::size_t end) const;
    [[nodiscard]] bool is_counted_koaza(const Town& town, std::size_t end) const;
    [[nodiscard]] int misfit(const Town& town, std::size_t from, std::size_t to) const;
    [[nodiscard]] const Town* best_of(std::span<const Town> towns, std::size_t from, std::size_t to) const;
    [[nodiscard]] TownMatch listed_town(const Municipality& of, std::size_t from) const;
    [[nodiscard]] TownMatch numbered_town(const Municipality& of, std::size_t from);
    [[nodiscard]] TownMatch shortened_town(const Municipality& of, std::size_t from);
    [[nodiscard]] TownMatch town_of_former_ward(const Municipality& of, std::size_t from) const;
    [[nodiscard]] TownMatch street_town(const Municipality& of, std::size_t from) const;
    [[nodiscard]] bool is_number_behind_dash(std::size_t token) const;
    [[nodiscard]] bool is_part_of_other_town(std::size_t token) const;
    [[nodiscard]] TownMatch match_town(const Municipality& of, std::size_t from);

    [[nodiscard]] bool has_town_at(const Municipality& of, std::size_t token) const;
    void add_candidate(Candidate one);
    void add_named(std::size_t from);
    [[nodiscard]] bool is_settled() const;
    void add_short_prefecture();
    void add_publisher(std::size_t from);
    void add_behind_county();
    [[nodiscard]] bool has_near_namesake(const Candidate& one) const;
    [[nodiscard]] bool has_rival(const Candidate& one) const;
    [[nodiscard]] bool is_elsewhere(const Candidate& one) const;
    [[nodiscard]] bool names_more(const Candidate& one) const;
    bool list_several(bool (*fits)(const AddressReader&, const Candidate&));
    [[nodiscard]] const Candidate* choose();
    [[nodiscard]] const Candidate* only_one(bool (*fits)(const AddressReader&, const Candidate&));
    bool names_another(const Candidate& chosen);
    bool find_anywhere(std::size_t from, bool as_town, bool loose);
    [[nodiscard]] bool is_municipality_of_today(std::size_t token) const;
    bool find_former(std::size_t from);
    void answer(const Candidate& chosen);
    void take_aza();
    void answer_unlisted();
    void answer_none();

    const AddressIndex& index_;
    Address address_;
    std::string text_;        // what normalise_text() made, when it changed something
    std::string cut_, note_;  // … without the note before its town, and that note
    std::string_view body_;   // what is read of it
    AddressKey key_;
    std::string scratch_;
    LotNumber lot_;
    std::vector<Candidate> candidates_;
    std::size_t start_ = 0;        // the token behind the prefecture
    std::uint8_t prefecture_ = 0;  // named in the text: 1-47
    std::uint32_t publisher_ = AddressIndex::npos;
    std::uint8_t publisher_prefecture_ = 0;
    bool elsewhere_ = false;  // a municipality of another prefecture is named
};

}  // namespace kokai
