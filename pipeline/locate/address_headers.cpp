// SPDX-License-Identifier: Apache-2.0
#include "locate/address_headers.hpp"

#include "normalise/reading.hpp"
#include "normalise/text.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace kokai {
namespace {

using Words = std::span<const std::string_view>;

constexpr std::array<std::string_view, 2> of_prefecture{"都道府県", "都道府県名"};
constexpr std::array<std::string_view, 4> of_city{"市区町村", "市区町村名", "市町村", "市町村名"};
constexpr std::array<std::string_view, 5> of_town{"町字", "町字名", "町名", "町丁目", "大字"};
constexpr std::array<std::string_view, 3> of_number{"番地以下", "番地", "番地等"};
constexpr std::array<std::string_view, 4> of_building{"建物名等", "建物名等方書", "建物名", "方書"};

bool is_one_of(std::string_view text, Words words) {
    return std::find(words.begin(), words.end(), text) != words.end();
}

bool ends_with_any(std::string_view text, Words words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return text.ends_with(word); });
}

/// Of whoever runs it, of another place than the row's, or about an address and none.
bool is_of_another(std::string_view key) {
    return holds_any(key, {"者住所", "者の住所", "者所在地", "者の所在地", "者氏名", "法人", "管理", "運営", "所有",
                           "連絡",   "設置者",   "事業者",   "事業主",     "申請",   "代表", "経営", "業者", "会社",
                           "企業",   "本社",     "本店",     "本部",       "本籍",   "請求", "送付", "送り", "郵送",
                           "担当",   "所管",     "問合",     "問い合",     "窓口",   "申込", "受付", "届出", "委託",
                           "作成",   "提供",     "主催",     "世帯",       "個人",   "住民", "契約", "発注", "受注",
                           "旧住所", "旧所在地", "前住所",   "移転",       "変更",   "起点", "終点"}) ||
           holds_any(key, {"カナ", "かな", "フリガナ", "ふりがな", "読み", "よみ", "英", "ロ-マ字", "中国", "韓国",
                           "外国", "コ-ド", "郵便", "備考", "補足", "有無", "緯度", "経度"});
}

/// In letters alone: 所在地（住所） is 所在地住所, 施設_住所 is 施設住所. What a bracket only explains goes.
std::string bare(std::string_view header) {
    std::string key = replace_all(replace_all(fold_key(header), "【", "("), "】", ")");
    const std::size_t open = key.find('(');
    const std::size_t close = key.find(')', std::min(open, key.size()));
    if (open != std::string::npos && open > 0 && close != std::string::npos) {
        const std::string_view inside = std::string_view(key).substr(open + 1, close - open - 1);
        const bool names_part = is_one_of(inside, of_prefecture) || is_one_of(inside, of_city) ||
                                is_one_of(inside, of_town) || is_one_of(inside, of_number) ||
                                is_one_of(inside, of_building);
        if (!names_part && !holds_any(inside, {"住所", "所在地"})) {
            key.erase(open, close - open + 1);
        }
    }
    for (const std::string_view mark : {"・", "、", "※", "_", "-", "/", ",", ".", ":", "*", "(", ")", "[", "]"}) {
        for (std::size_t at = key.find(mark); at != std::string::npos; at = key.find(mark, at)) {
            key.erase(at, mark.size());
        }
    }
    return key;
}

/// 所在地_都道府県, 施設住所（市区町村）: the row's own by what stands in front.
bool is_part(std::string_view key, Words names) {
    constexpr std::array<std::string_view, 4> own{"所在地", "住所", "設置場所", "設置地点"};
    return std::any_of(names.begin(), names.end(), [&](std::string_view name) {
        return key.ends_with(name) && ends_with_any(key.substr(0, key.size() - name.size()), own);
    });
}

/// Better ones first: the standard's, the plain ones, those of the place, any other address; -1 for none.
int rank_of(std::string_view key) {
    constexpr std::array<std::string_view, 9> usual{"所在地連結表記", "住所",   "所在地", "所在地住所", "住所所在地",
                                                    "address",        "住所地", "住所1",  "所在地1"};
    if (const auto* const found = std::find(usual.begin(), usual.end(), key); found != usual.end()) {
        return static_cast<int>(found - usual.begin());
    }
    constexpr int of_the_place = 20;
    constexpr int any = 21;
    constexpr std::array<std::string_view, 5> address{"住所", "所在地", "連結表記", "住所1", "所在地1"};
    if (!ends_with_any(key, address)) {
        return -1;
    }
    return holds_any(key, {"施設", "設置", "場所", "会場", "店舗", "事業所", "建物"}) ? of_the_place : any;
}

}  // namespace

AddressHeaders find_address_headers(const std::vector<std::string>& headers) {
    AddressHeaders found;
    std::vector<std::string> keys;
    int best = -1;
    for (const std::string& header : headers) {
        keys.push_back(header.empty() || is_of_another(fold_key(header)) ? std::string() : bare(header));
        const int rank = rank_of(keys.back());
        if (rank >= 0 && (best < 0 || rank < best)) {
            best = rank;
            found.whole = keys.size() - 1;
        }
    }
    const auto first = [&](auto test) {
        const auto at = std::find_if(keys.begin(), keys.end(), test);
        return at == keys.end() ? AddressHeaders::npos : static_cast<std::size_t>(at - keys.begin());
    };
    if (found.whole != AddressHeaders::npos) {
        std::string second = keys[found.whole];  // 住所1 and 住所2, or 住所 and 住所2
        if (second.ends_with('1')) {
            second.pop_back();
        }
        second += '2';
        found.more = first([&](const std::string& key) { return key == second; });
    }
    const auto part = [&](Words names) { return first([&](const std::string& key) { return is_part(key, names); }); };
    found.prefecture = part(of_prefecture);
    found.city = part(of_city);
    found.town = part(of_town);
    found.number = part(of_number);
    found.building = part(of_building);
    if (found.whole == AddressHeaders::npos && found.city == AddressHeaders::npos &&
        found.town == AddressHeaders::npos) {
        // Bare 市区町村 and 町名: one alone may be anybody's, both together are an address.
        const auto alone = [&](Words names) {
            return first([&](const std::string& key) { return is_one_of(key, names); });
        };
        const std::size_t city = alone(of_city);
        const std::size_t town = alone(of_town);
        if (city != AddressHeaders::npos && town != AddressHeaders::npos) {
            found = {AddressHeaders::npos, AddressHeaders::npos, alone(of_prefecture), city, town,
                     alone(of_number),     AddressHeaders::npos};
        }
    }
    return found;
}

}  // namespace kokai
