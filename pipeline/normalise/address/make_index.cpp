// SPDX-License-Identifier: Apache-2.0
// Runs when the program is built: lg-codes.csv, towns-japan.csv.gz and towns-gunma.csv become the file that the program
// maps. Same lists, same bytes. Where a municipality of Gunma has a town in both lists the richer one counts.
#include "normalise/address/key.hpp"
#include "normalise/address/layout.hpp"
#include "normalise/address/list_names.hpp"
#include "normalise/address/list_rows.hpp"
#include "normalise/utf8.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

namespace kokai {
namespace {

namespace file = address_file;

struct ListedTown {
    std::string key, name;
    std::size_t main_bytes = 0;
    std::uint32_t machiaza_id = file::none;
    std::int32_t latitude = file::nowhere, longitude = file::nowhere;
    std::uint8_t flags = 0;
};

struct ListedPlace {
    std::string code, prefecture, county, city, ward;
    std::int32_t latitude = file::nowhere, longitude = file::nowhere;
    std::vector<ListedTown> towns;

    [[nodiscard]] std::string name() const { return county + city + ward; }
};

std::int32_t degrees(const std::string& text) {
    return text.empty() ? file::nowhere : static_cast<std::int32_t>(std::lround(std::stod(text) * file::per_degree));
}

std::uint32_t identifier(const std::string& text) {
    return text.empty() ? file::none : static_cast<std::uint32_t>(std::stoul(text));
}

class TownListMaker {
public:
    void read_codes(const std::string& path);
    void read_japan(const std::string& path);
    void read_gunma(const std::string& path);
    void complete();
    void write(const std::string& path);

private:
    void add(ListedPlace& place, ListedTown town) {
        town.key = address_key(with_ascii_digits(town.name));
        if (town.key.empty() || town.key.size() > UINT8_MAX || town.name.size() > UINT8_MAX) {
            return;
        }
        if (town.name.ends_with("丁目")) {
            town.flags |= file::Town::chome;
        }
        place.towns.push_back(std::move(town));
    }
    static void share_ids(ListedPlace& place);
    static void complete(ListedPlace& place);
    std::uint32_t keep(const std::string& text) {
        const auto [at, is_new] = kept_.try_emplace(text, static_cast<std::uint32_t>(text_.size()));
        if (is_new) {
            text_ += text;
        }
        return at->second;
    }

    std::vector<ListedPlace> places_;  // by code
    std::unordered_map<std::string, std::size_t> by_code_, by_name_;
    std::string text_;
    std::unordered_map<std::string, std::uint32_t> kept_;
};

void TownListMaker::read_codes(const std::string& path) {
    ListRows rows(path);
    while (rows.next()) {
        if (rows["kind"] == "pref") {
            continue;
        }
        places_.push_back({rows["lg_code"],
                           rows["pref"],
                           rows["county"],
                           rows["city"],
                           rows["ward"],
                           degrees(rows["rep_lat"]),
                           degrees(rows["rep_lon"]),
                           {}});
    }
    std::sort(places_.begin(), places_.end(),
              [](const ListedPlace& a, const ListedPlace& b) { return a.code < b.code; });
    for (std::size_t i = 0; i < places_.size(); ++i) {
        by_code_[places_[i].code] = i;
        by_name_[places_[i].prefecture + places_[i].name()] = i;
    }
}

void TownListMaker::read_japan(const std::string& path) {
    ListRows rows(path);
    while (rows.next()) {
        auto found = by_code_.find(rows["lg_code"]);
        if (found == by_code_.end()) {
            found = by_name_.find(rows["pref"] + ward_of_today(rows["city"], rows["town"]));
            if (found == by_name_.end()) {
                continue;  // no municipality of today
            }
        }
        ListedTown town;
        // Nobody writes （大字なし）: what stands behind it is the town.
        const bool no_oaza = rows["town"] == "（大字なし）";
        const std::string koaza = no_oaza ? "" : rows["koaza"];
        const std::string main = with_kanji_chome(rows[no_oaza ? "koaza" : "town"]);
        town.main_bytes = main.size();
        town.name = main + koaza;
        town.flags = koaza.empty() ? 0 : file::Town::with_koaza;
        town.machiaza_id = identifier(rows["machiaza_id"]);
        town.latitude = degrees(rows["lat"]);
        town.longitude = degrees(rows["lon"]);
        if (town.latitude == file::nowhere || town.longitude == file::nowhere) {
            town.latitude = town.longitude = file::nowhere;
        }
        add(places_[found->second], std::move(town));
    }
}

void TownListMaker::read_gunma(const std::string& path) {
    ListRows rows(path);
    std::map<std::size_t, std::vector<ListedTown>> richer;
    while (rows.next()) {
        if (!rows["abolished_date"].empty()) {
            continue;
        }
        const std::size_t at = by_code_.at(rows["lg_code"]);
        ListedTown town;
        const std::string main = with_kanji_chome(rows["oaza_cho"] + rows["chome"]);
        town.main_bytes = main.size();
        town.name = main + rows["koaza"];
        town.flags = static_cast<std::uint8_t>((rows["koaza"].empty() ? 0 : file::Town::with_koaza) |
                                               (rows["rsdt_addr_flg"] == "1" ? file::Town::blocks : 0));
        town.machiaza_id = identifier(rows["machiaza_id"]);
        town.latitude = degrees(rows["lat"]);
        town.longitude = degrees(rows["lon"]);
        ListedPlace holder;
        add(holder, std::move(town));
        for (ListedTown& one : holder.towns) {
            richer[at].push_back(std::move(one));
        }
    }
    for (auto& [at, towns] : richer) {
        std::map<std::string, const ListedTown*> by_key;
        for (const ListedTown& town : places_[at].towns) {
            by_key.try_emplace(town.key, &town);
        }
        std::set<std::string> keys;
        for (ListedTown& town : towns) {
            keys.insert(town.key);
            const auto same = by_key.find(town.key);
            if (same != by_key.end() && town.latitude == file::nowhere) {
                town.latitude = same->second->latitude;
                town.longitude = same->second->longitude;
            }
        }
        for (ListedTown& town : places_[at].towns) {
            if (!keys.contains(town.key)) {
                towns.push_back(std::move(town));
            }
        }
        places_[at].towns = std::move(towns);
    }
}

/// 知念字知名 and 知念知名 are one place that is listed twice: what one knows of its ID is true of both.
void TownListMaker::share_ids(ListedPlace& place) {
    std::map<std::string, std::uint32_t> known;
    for (const ListedTown& town : place.towns) {
        if (town.machiaza_id != file::none) {
            known.try_emplace(without_aza(town.name), town.machiaza_id);
        }
    }
    for (ListedTown& town : place.towns) {
        const auto found = known.find(without_aza(town.name));
        if (town.machiaza_id == file::none && found != known.end()) {
            town.machiaza_id = found->second;
        }
    }
}

/// Towns of which the list has only the 丁目 or the 小字, and names without their last 町.
void TownListMaker::complete(ListedPlace& place) {
    struct Sum {
        double latitude = 0, longitude = 0;
        int count = 0;
    };
    std::set<std::string> keys;
    for (const ListedTown& town : place.towns) {
        keys.insert(town.key);
    }
    std::map<std::string, Sum> wanted;
    const auto want = [&](const std::string& name, const ListedTown& part) {
        Sum& sum = wanted[name];
        if (part.latitude != file::nowhere) {
            sum.latitude += part.latitude;
            sum.longitude += part.longitude;
            ++sum.count;
        }
    };
    for (const ListedTown& town : place.towns) {
        const std::string main = town.name.substr(0, town.main_bytes);
        if (main.size() < town.name.size() && !main.empty()) {
            want(main, town);
        }
        constexpr std::string_view chome = "丁目";
        if (!main.ends_with(chome)) {
            continue;
        }
        AddressKey key;
        key.fold(main, main.size());
        const auto& tokens = key.tokens();
        if (tokens.size() > 3 && tokens[tokens.size() - 3].kind == AddressToken::Kind::number) {
            want(main.substr(0, tokens[tokens.size() - 3].begin), town);
        }
    }
    const auto add_made = [&](const std::string& name, std::uint8_t flags, const ListedTown* like, const Sum* sum) {
        ListedTown town;
        town.name = like != nullptr ? like->name : name;
        town.main_bytes = like != nullptr ? like->main_bytes : name.size();
        town.key = address_key(name);
        if (town.key.empty() || !keys.insert(town.key).second) {
            return;
        }
        if (like != nullptr) {
            town.machiaza_id = like->machiaza_id;
            town.latitude = like->latitude;
            town.longitude = like->longitude;
            town.flags = like->flags;
        } else if (sum->count > 0) {
            town.latitude = static_cast<std::int32_t>(std::lround(sum->latitude / sum->count));
            town.longitude = static_cast<std::int32_t>(std::lround(sum->longitude / sum->count));
        }
        town.flags |= flags;
        place.towns.push_back(std::move(town));
    };
    for (const auto& [name, sum] : wanted) {
        add_made(name, file::Town::made, nullptr, &sum);
    }
    const std::vector<ListedTown> listed = place.towns;
    for (const ListedTown& town : listed) {
        constexpr std::string_view machi = "町";
        if ((town.flags & file::Town::with_koaza) != 0) {
            continue;
        }
        std::string name = town.name;
        std::size_t end = name.size();
        if ((town.flags & file::Town::chome) != 0) {
            AddressKey key;
            key.fold(name, name.size());
            const auto& tokens = key.tokens();
            if (tokens.size() < 4 || tokens[tokens.size() - 3].kind != AddressToken::Kind::number) {
                continue;
            }
            end = tokens[tokens.size() - 3].begin;
        }
        if (std::string_view(name).substr(0, end).ends_with(machi) && end > 2 * machi.size() &&
            address_key(name.substr(0, end - machi.size())).size() > machi.size()) {
            name.erase(end - machi.size(), machi.size());
            add_made(name, file::Town::alias, &town, nullptr);
        }
    }
    std::sort(place.towns.begin(), place.towns.end(), [](const ListedTown& a, const ListedTown& b) {
        return std::tie(a.key, a.flags, a.name, a.machiaza_id) < std::tie(b.key, b.flags, b.name, b.machiaza_id);
    });
    place.towns.erase(std::unique(place.towns.begin(), place.towns.end(),
                                  [](const ListedTown& a, const ListedTown& b) {
                                      return a.key == b.key && a.name == b.name &&
                                             (a.machiaza_id == b.machiaza_id || b.machiaza_id == file::none);
                                  }),
                      place.towns.end());
}

void TownListMaker::complete() {
    for (ListedPlace& place : places_) {
        share_ids(place);
        complete(place);
    }
}

template <typename T>
file::Part put(std::string& out, const std::vector<T>& list) {
    out.resize((out.size() + 7) / 8 * 8, '\0');
    const file::Part part{out.size(), list.size()};
    out.append(reinterpret_cast<const char*>(list.data()), list.size() * sizeof(T));
    return part;
}

void TownListMaker::write(const std::string& path) {
    static const std::map<std::string, int> prefectures = [this] {
        std::map<std::string, int> numbers;
        for (const ListedPlace& place : places_) {
            numbers[place.prefecture] = std::stoi(place.code.substr(0, 2));
        }
        return numbers;
    }();
    std::vector<file::Municipality> municipalities;
    std::vector<file::Town> towns;
    std::vector<std::tuple<std::string, std::uint16_t, std::uint8_t>> names;
    for (const ListedPlace& place : places_) {
        const auto number = static_cast<std::uint16_t>(municipalities.size());
        file::Municipality one;
        std::memcpy(one.code, place.code.data(), sizeof one.code);
        one.prefecture = static_cast<std::uint8_t>(prefectures.at(place.prefecture));
        const std::string name = place.name();
        one.county_bytes = static_cast<std::uint8_t>(place.county.size());
        one.city_bytes = static_cast<std::uint8_t>(place.city.size());
        one.name_bytes = static_cast<std::uint8_t>(name.size());
        one.parent = number;
        if (!place.ward.empty()) {
            if (const auto city = by_name_.find(place.prefecture + place.city); city != by_name_.end()) {
                one.parent = static_cast<std::uint16_t>(city->second);
                ++municipalities[city->second].children;
            }
        }
        one.name = keep(name);
        one.town = static_cast<std::uint32_t>(towns.size());
        one.towns = static_cast<std::uint32_t>(place.towns.size());
        one.latitude = place.latitude;
        one.longitude = place.longitude;
        municipalities.push_back(one);
        for (const ListedTown& town : place.towns) {
            file::Town entry;
            entry.name = keep(town.name);
            entry.key = keep(town.key);
            entry.machiaza_id = town.machiaza_id;
            entry.latitude = town.latitude;
            entry.longitude = town.longitude;
            entry.municipality = number;
            entry.name_bytes = static_cast<std::uint8_t>(town.name.size());
            entry.key_bytes = static_cast<std::uint8_t>(town.key.size());
            entry.flags = town.flags;
            entry.main_bytes = static_cast<std::uint8_t>(town.main_bytes);
            towns.push_back(entry);
        }
        names.emplace_back(address_key(name), number, file::Name::whole);
        if (!place.county.empty()) {
            names.emplace_back(address_key(place.city), number, file::Name::without_county);
        }
        if (!place.ward.empty()) {
            names.emplace_back(address_key(place.ward), number, file::Name::ward_alone);
        }
    }
    // Same place, other name; wards of 浜松 that became part of another, 北区 of two: there the town decides.
    const std::pair<const char*, const char*> renamed[] = {
        {"篠山市", "兵庫県丹波篠山市"},       {"浜松市中区", "静岡県浜松市中央区"},
        {"浜松市東区", "静岡県浜松市中央区"}, {"浜松市西区", "静岡県浜松市中央区"},
        {"浜松市南区", "静岡県浜松市中央区"}, {"浜松市浜北区", "静岡県浜松市浜名区"},
        {"浜松市北区", "静岡県浜松市中央区"}, {"浜松市北区", "静岡県浜松市浜名区"}};
    for (const auto& [former, today] : renamed) {
        names.emplace_back(address_key(former), static_cast<std::uint16_t>(by_name_.at(today)), file::Name::renamed);
    }
    std::sort(names.begin(), names.end());
    std::vector<file::Name> name_list;
    name_list.reserve(names.size());
    for (const auto& [key, municipality, form] : names) {
        name_list.push_back({keep(key), municipality, static_cast<std::uint8_t>(key.size()), form});
    }
    std::vector<std::uint32_t> by_key;
    for (std::uint32_t i = 0; i < towns.size(); ++i) {
        if ((towns[i].flags & file::Town::alias) == 0) {
            by_key.push_back(i);
        }
    }
    const auto key_of = [&](std::uint32_t i) {
        return std::string_view(text_).substr(towns[i].key, towns[i].key_bytes);
    };
    std::stable_sort(by_key.begin(), by_key.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return key_of(a) < key_of(b); });

    file::Header header;
    std::memcpy(header.magic, file::magic.data(), sizeof header.magic);
    std::string out(sizeof header, '\0');
    header.municipalities = put(out, municipalities);
    header.towns = put(out, towns);
    header.names = put(out, name_list);
    header.by_key = put(out, by_key);
    header.text = {out.size(), text_.size()};
    out += text_;
    header.size = out.size();
    std::memcpy(out.data(), &header, sizeof header);
    const std::string part = path + ".part";
    std::ofstream stream(part, std::ios::binary);
    stream.write(out.data(), static_cast<std::streamsize>(out.size()));
    stream.close();
    if (!stream || std::rename(part.c_str(), path.c_str()) != 0) {
        throw std::runtime_error("cannot write " + path);
    }
    std::cout << path << ": " << municipalities.size() << " municipalities, " << towns.size() << " towns, "
              << out.size() / 1024 << " KiB\n";
}

}  // namespace
}  // namespace kokai

/// make_index REFERENCE_FOLDER OUTPUT
int main(int count, char** arguments) {
    try {
        if (count != 3) {
            throw std::runtime_error("usage: make_index REFERENCE_FOLDER OUTPUT");
        }
        const std::string folder = arguments[1];
        kokai::TownListMaker maker;
        maker.read_codes(folder + "/lg-codes.csv");
        maker.read_japan(folder + "/towns-japan.csv.gz");
        maker.read_gunma(folder + "/towns-gunma.csv");
        maker.complete();
        maker.write(arguments[2]);
        return 0;
    } catch (const std::exception& problem) {
        std::cerr << problem.what() << '\n';
        return 1;
    }
}
