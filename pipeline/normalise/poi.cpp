// SPDX-License-Identifier: Apache-2.0
// A Japanese name ends in what the thing is: 中央公民館, 前橋公園駐車場. The longest kind at the end of the name
// counts.
#include "normalise/poi.hpp"

#include "normalise/reading.hpp"
#include "normalise/text.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <vector>

namespace kokai {

namespace {

struct Poi {
    int code;
    std::string_view name;
};
constexpr auto table = std::to_array<Poi>({
#include "normalise/poi_codes.inc"
});

constexpr std::array<bool, 10000> make_known() {
    std::array<bool, 10000> known{};
    for (const Poi& poi : table) {
        known.at(static_cast<std::size_t>(poi.code)) = true;
    }
    return known;
}
constexpr auto known_codes = make_known();

/// Other words for the kinds of the table. Two codes for one word are a question.
constexpr auto synonyms = std::to_array<Poi>({
    {203, "展望広場"},
    {601, "貝塚"},
    {602, "前方後円墳"},
    {608, "城址"},
    {608, "城趾"},
    {701, "神宮"},
    {701, "八幡宮"},
    {702, "寺"},
    {702, "観音堂"},
    {801, "博物館"},
    {801, "科学館"},
    {801, "郷土館"},
    {801, "歴史館"},
    {802, "アートギャラリー"},
    {803, "資料館"},
    {803, "記念館"},
    {803, "文学館"},
    {901, "日帰り温泉"},
    {903, "公衆浴場"},
    {903, "浴場"},
    {1001, "観光協会"},
    {1003, "公園"},
    {1003, "児童公園"},
    {1003, "街区公園"},
    {1003, "児童遊園"},
    {1003, "ちびっこ広場"},
    {1003, "運動公園"},
    {1003, "総合公園"},
    {1005, "緑道"},
    {1006, "多目的広場"},
    {1012, "芸術劇場"},
    {1016, "文化ホール"},
    {1016, "文化会館"},
    {1016, "市民会館"},
    {1016, "音楽堂"},
    {1101, "競技場"},
    {1103, "球場"},
    {1104, "サッカー場"},
    {1104, "ソフトボール場"},
    {1106, "運動場"},
    {1106, "グラウンド"},
    {1106, "グランド"},
    {1106, "運動広場"},
    {1107, "市民プール"},
    {1110, "アリーナ"},
    {1110, "総合体育館"},
    {1113, "武道館"},
    {1116, "庭球場"},
    {1123, "スケート場"},
    {1143, "ゲートボール場"},
    {1148, "スキー場"},
    {1152, "オートキャンプ場"},
    {1204, "地方裁判所"},
    {1211, "警察本部"},
    {1212, "駐在所"},
    {1214, "消防本部"},
    {1214, "消防局"},
    {1215, "分署"},
    {1215, "消防出張所"},
    {1216, "簡易郵便局"},
    {1219, "ハローワーク"},
    {1302, "市役所"},
    {1302, "市役所本庁舎"},
    {1302, "区役所"},
    {1303, "区役所"},
    {1303, "町役場"},
    {1303, "村役場"},
    {1304, "支所"},
    {1304, "出張所"},
    {1304, "行政センター"},
    {1304, "市民サービスセンター"},
    {1304, "連絡所"},
    {1305, "市民活動センター"},
    {1305, "市民活動支援センター"},
    {1307, "生涯学習センター"},
    {1309, "集会所"},
    {1309, "自治会館"},
    {1309, "町内会館"},
    {1309, "コミュニティセンター"},
    {1309, "コミュニティハウス"},
    {1309, "公民館分館"},
    {1402, "保育所"},
    {1402, "こども園"},
    {1405, "こども園"},
    {1402, "乳児院"},
    {1403, "児童館"},
    {1403, "児童センター"},
    {1403, "こども館"},
    {1404, "学童クラブ"},
    {1404, "学童保育所"},
    {1404, "放課後児童クラブ"},
    {1404, "児童クラブ"},
    {1408, "特別養護老人ホーム"},
    {1408, "養護老人ホーム"},
    {1408, "軽費老人ホーム"},
    {1408, "ケアハウス"},
    {1409, "デイサービスセンター"},
    {1409, "デイサービス"},
    {1499, "老人福祉センター"},
    {1499, "福祉センター"},
    {1499, "地域包括支援センター"},
    {1401, "赤ちゃんの駅"},
    {1503, "小学校"},
    {1504, "中学校"},
    {1505, "高等学校"},
    {1505, "高校"},
    {1505, "中等教育学校"},
    {1506, "大学"},
    {1506, "大学院"},
    {1507, "短大"},
    {1508, "高専"},
    {1509, "特別支援学校"},
    {1509, "養護学校"},
    {1509, "盲学校"},
    {1509, "聾学校"},
    {1510, "専門学校"},
    {1510, "専修学校"},
    {1512, "図書室"},
    {1513, "研究所"},
    {1516, "自動車学校"},
    {1601, "医療センター"},
    {1602, "クリニック"},
    {1602, "医院"},
    {1602, "内科"},
    {1603, "歯科"},
    {1603, "歯科医院"},
    {1603, "デンタルクリニック"},
    {1606, "保健センター"},
    {1612, "薬局"},
    {1613, "休日夜間急病診療所"},
    {2001, "浄水場"},
    {2001, "配水場"},
    {2003, "下水処理場"},
    {2003, "浄化センター"},
    {2003, "水質浄化センター"},
    {2004, "リサイクルセンター"},
    {2004, "最終処分場"},
    {2005, "ごみ集積所"},
    {2005, "ごみステーション"},
    {2006, "清掃工場"},
    {2006, "ごみ焼却施設"},
    {2006, "クリーンセンター"},
    {2009, "斎場"},
    {2010, "霊園"},
    {2010, "墓園"},
    {2101, "公衆トイレ"},
    {2101, "公衆便所"},
    {2101, "便所"},
    {2101, "公衆化粧室"},
    {2110, "AED"},
    {2110, "自動体外式除細動器"},
    {2201, "避難所"},
    {2201, "指定避難所"},
    {2202, "一時避難場所"},
    {2202, "広域避難場所"},
    {2202, "指定緊急避難場所"},
    {2203, "津波避難ビル"},
    {2203, "津波避難タワー"},
    {2204, "水防倉庫"},
    {2204, "備蓄倉庫"},
    {2208, "貯水槽"},
    {2304, "温泉旅館"},
    {2606, "スーパー"},
    {2610, "リサイクルショップ"},
    {2710, "コンビニ"},
    {2614, "農産物直売所"},
    {3202, "給油所"},
    {3703, "大橋"},
    {3710, "道の駅"},
    {3712, "歩道橋"},
    {3727, "バス停留所"},
    {3727, "停留所"},
    {3731, "パーキング"},
    {3731, "立体駐車場"},
    {3732, "自転車駐車場"},
    {3732, "自転車等駐車場"},
    {3732, "駐輪場"},
    {3719, "駅"},
    {3901, "港"},
});

/// Marks that stand behind the kind of a facility and say nothing of it.
std::string_view without_branch(std::string_view name) {
    bool again = true;
    while (again) {
        again = false;
        while (drop_suffix(name, " ")) {
        }
        if (!name.empty() && name.back() == ')') {
            const std::size_t open = name.rfind('(');
            if (open != std::string_view::npos && open > 0) {
                name = name.substr(0, open);
                again = true;
            }
        }
        for (const std::string_view mark : {"本館", "別館", "新館", "分館", "東館", "西館", "南館", "北館", "本庁舎",
                                            "庁舎", "分校", "本園", "分園", "本院"}) {
            std::string_view before = name;
            if (drop_suffix(before, mark) && !before.empty()) {
                // 第2分館, 2号館
                while (!before.empty() && is_digit(before.back())) {
                    before.remove_suffix(1);
                }
                drop_suffix(before, "第");
                if (!before.empty()) {
                    name = before;
                    again = true;
                }
                break;
            }
        }
    }
    return name;
}

/// Kind names in folded form, each with its codes.
using Kinds = std::map<std::string, std::vector<int>, std::less<>>;

void add(Kinds& kinds, std::string_view name, int code) {
    std::vector<int>& codes = kinds[fold_key(name)];
    if (std::find(codes.begin(), codes.end(), code) == codes.end()) {
        codes.push_back(code);
    }
}

Kinds make_kinds() {
    Kinds kinds;
    for (const Poi& poi : table) {
        if (poi.name.find("その他") != std::string_view::npos) {
            continue;  // その他宿泊施設 is nobody's name
        }
        add(kinds, poi.name, poi.code);
        // 児童館（児童センター）, 喫茶店、カフェ, 記念・資料館: the parts that are names themselves.
        for (const std::string_view mark : {"（", "、", "/"}) {
            const std::size_t at = poi.name.find(mark);
            if (at == std::string_view::npos) {
                continue;
            }
            std::string_view second = poi.name.substr(at + mark.size());
            drop_suffix(second, "）");
            add(kinds, poi.name.substr(0, at), poi.code);
            if (poi.name.find("独立樹") == std::string_view::npos) {
                add(kinds, second, poi.code);
            }
        }
    }
    for (const Poi& poi : synonyms) {
        add(kinds, poi.name, poi.code);
    }
    return kinds;
}

const Kinds& kinds() {
    static const Kinds made = make_kinds();
    return made;
}

std::string_view name_of_code(int code) {
    const auto* const found =
        std::find_if(table.begin(), table.end(), [&](const Poi& poi) { return poi.code == code; });
    return found == table.end() ? std::string_view() : found->name;
}

std::string with_name(int code) {
    return padded(code, 4) + " " + std::string(name_of_code(code));
}

/// The codes of the longest kind that the folded name ends with; null when there is none. A kind of one character (橋,
/// 山, 寺) needs a name before it and is a guess at most.
const std::vector<int>* codes_at_end(std::string_view key) {
    constexpr std::size_t longest = 48;  // bytes of the longest kind
    std::size_t start = key.size() > longest ? key.size() - longest : 0;
    for (; start < key.size(); ++start) {
        if ((static_cast<unsigned char>(key[start]) & 0xC0U) == 0x80U) {
            continue;
        }
        const std::string_view end = key.substr(start);
        if (end.size() <= 3) {
            return nullptr;
        }
        if (const auto found = kinds().find(end); found != kinds().end()) {
            return &found->second;
        }
    }
    return nullptr;
}

Normalised with_codes(const std::vector<int>& codes) {
    if (codes.size() > 1) {
        Normalised result = flag_only("error:ambiguous");
        for (const int code : codes) {
            result.flags.push_back("candidate:" + with_name(code));
        }
        return result;
    }
    return {padded(codes.front(), 4), {"poi:" + std::string(name_of_code(codes.front()))}};
}

/// 0801, 801, 0801.0, 「0801 博物館」: nothing when the text is no number.
std::optional<Normalised> read_digits(std::string_view text) {
    drop_suffix(text, ".0");
    const std::size_t end = std::min(text.find_first_not_of("0123456789"), text.size());
    const std::string_view digits = text.substr(0, end);
    std::string_view rest = text.substr(end);
    if (digits.empty()) {
        return std::nullopt;
    }
    drop_prefix(rest, ":");
    while (drop_prefix(rest, " ")) {
    }
    if (digits.size() == 3 && rest.empty() && is_clean_poi("0" + std::string(digits))) {
        return Normalised{"0" + std::string(digits), {"warn:leading-zero-restored"}};
    }
    if (!is_clean_poi(digits)) {
        return rest.empty() ? std::optional(flag_only("error:unknown-code")) : std::nullopt;
    }
    if (!rest.empty() && fold_key(rest) != fold_key(name_of_code(std::stoi(std::string(digits))))) {
        return std::nullopt;
    }
    return value_only(std::string(digits));
}

}  // namespace

bool is_clean_poi(std::string_view text) {
    if (text.size() != 4 || !all_digits(text)) {
        return false;
    }
    std::size_t code = 0;
    for (const char digit : text) {
        code = code * 10 + static_cast<std::size_t>(digit - '0');
    }
    return known_codes[code];
}

Normalised normalise_poi_code(std::string_view input) {
    const Reading reading = open_value(input);
    if (reading.answer) {
        return *reading.answer;
    }
    if (auto digits = read_digits(reading.text)) {
        return *digits;
    }
    const auto found = kinds().find(fold_key(input));
    return found == kinds().end() ? flag_only("error:not-a-poi") : with_codes(found->second);
}

Normalised normalise_poi(std::string_view input) {
    Normalised exact = normalise_poi_code(input);
    if (!exact.has("error:not-a-poi")) {
        return exact;
    }
    const std::string key = fold_key(input);
    const std::vector<int>* const codes = codes_at_end(without_branch(key));
    if (codes == nullptr) {
        return exact;
    }
    Normalised result = with_codes(*codes);
    if (!result.failed()) {
        result.flags.emplace_back("warn:proposal");
    }
    return result;
}

std::string propose_poi(std::string_view facility_name) {
    const std::string key = fold_key(facility_name);
    const auto exact = kinds().find(key);
    const std::vector<int>* const codes = exact != kinds().end() ? &exact->second : codes_at_end(without_branch(key));
    return codes == nullptr || codes->size() != 1 ? std::string() : with_name(codes->front());
}

}  // namespace kokai
