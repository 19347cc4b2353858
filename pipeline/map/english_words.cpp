// SPDX-License-Identifier: Apache-2.0
#include "map/english_words.hpp"

#include "map/header_name.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

namespace kokai {
namespace {

struct Word {
    std::string_view english;
    std::string_view japanese;  // what it may be, separated by blanks, as loose_key() has it; empty: says nothing
};

/// Sorted by the English word.
constexpr std::array words{
    Word{"a", ""},
    Word{"accepted", "受入"},
    Word{"access", "アクセス"},
    Word{"address", "住所 所在地連結表記 所在地"},
    Word{"age", "年齢"},
    Word{"ages", "年齢"},
    Word{"an", ""},
    Word{"api", "api"},
    Word{"association", "自治会"},
    Word{"available", "利用可能"},
    Word{"baby", "乳幼児"},
    Word{"barrier", "バリアフリ"},
    Word{"bed", "病床"},
    Word{"beds", "病床数"},
    Word{"building", "建物"},
    Word{"business", "営業 事業所"},
    Word{"capacity", "定員 収容人数"},
    Word{"care", "預かり"},
    Word{"category", "分類 種類"},
    Word{"child", "小児"},
    Word{"children", "小児"},
    Word{"city", "市区町村"},
    Word{"classification", "分類"},
    Word{"code", "コド"},
    Word{"contact", "連絡先"},
    Word{"corporate", "法人"},
    Word{"corporation", "法人"},
    Word{"count", "数"},
    Word{"cultural", "文化財"},
    Word{"data", "デタ"},
    Word{"dataset", "デタセット"},
    Word{"date", "年月日 曜日 日時 日"},
    Word{"day", "曜日 日"},
    Word{"days", "曜日"},
    Word{"description", "説明"},
    Word{"designation", "指定"},
    Word{"end", "終了"},
    Word{"eng", "英語 英字"},
    Word{"english", "英語 英字"},
    Word{"equipment", "設備"},
    Word{"event", "イベント"},
    Word{"extension", "内線"},
    Word{"facility", "施設"},
    Word{"fax", "fax"},
    Word{"fee", "料金"},
    Word{"female", "女性"},
    Word{"for", ""},
    Word{"format", "形式"},
    Word{"free", "フリ"},
    Word{"full", ""},
    Word{"households", "世帯"},
    Word{"image", "画像"},
    Word{"in", ""},
    Word{"infant", "乳幼児"},
    Word{"information", "情報"},
    Word{"installation", "設置"},
    Word{"is", ""},
    Word{"japanese", "和式"},
    Word{"kana", "カナ"},
    Word{"keeping", "預かり"},
    Word{"license", "ライセンス"},
    Word{"licence", "ライセンス"},
    Word{"local", "地方"},
    Word{"location", "場所 位置"},
    Word{"mail", "メル"},
    Word{"male", "男性"},
    Word{"man", "男性"},
    Word{"medical", "医療 診療"},
    Word{"member", "員数"},
    Word{"men", "男性"},
    Word{"mens", "男性"},
    Word{"method", "方法"},
    Word{"multifunctional", "多機能"},
    Word{"multipurpose", "多機能"},
    Word{"municipality", "市区町村"},
    Word{"name", "名称 名"},
    Word{"note", "特記事項 備考"},
    Word{"notes", "特記事項 備考"},
    Word{"number", "番号 数"},
    Word{"of", ""},
    Word{"office", "事業所"},
    Word{"organization", "団体"},
    Word{"organizer", "主催者"},
    Word{"ostomate", "オストメイト"},
    Word{"owner", "所有者"},
    Word{"parking", "駐車場"},
    Word{"permit", "許可"},
    Word{"phone", "電話番号"},
    Word{"place", "場所"},
    Word{"population", "人口"},
    Word{"position", "位置"},
    Word{"postal", "郵便"},
    Word{"prefecture", "都道府県"},
    Word{"pref", "都道府県"},
    Word{"property", "文化財"},
    Word{"region", "地域"},
    Word{"registration", "登録"},
    Word{"remarks", "備考"},
    Word{"restroom", "トイレ"},
    Word{"romaji", "英語 英字"},
    Word{"s", ""},
    Word{"service", "サビス"},
    Word{"shared", "男女共用 共用"},
    Word{"small", "小便器"},
    Word{"start", "開始"},
    Word{"summary", "概要"},
    Word{"support", "対応"},
    Word{"survey", "調査"},
    Word{"telephone", "電話番号 電話"},
    Word{"temporary", "一時"},
    Word{"the", ""},
    Word{"time", "時間"},
    Word{"title", "タイトル"},
    Word{"to", ""},
    Word{"toilet", "トイレ"},
    Word{"toilets", "トイレ"},
    Word{"total", "総数 総"},
    Word{"tsunami", "津波"},
    Word{"type", "種別 種類"},
    Word{"unisex", "男女共用"},
    Word{"unit", "単位"},
    Word{"update", "更新"},
    Word{"updated", "更新"},
    Word{"urinal", "小便器"},
    Word{"urinals", "小便器"},
    Word{"url", "url"},
    Word{"western", "洋式"},
    Word{"wheelchair", "車椅子"},
    Word{"woman", "女性"},
    Word{"women", "女性"},
    Word{"womens", "女性"},
};

/// One letter wrong, missing, too many, or two exchanged.
bool is_slip_of(std::string_view one, std::string_view other) {
    if (one.size() > other.size()) {
        std::swap(one, other);
    }
    if (one.size() < 5 || other.size() - one.size() > 1) {
        return false;
    }
    const auto [a, b] = std::mismatch(one.begin(), one.end(), other.begin());
    const std::string_view rest_one(a, static_cast<std::size_t>(one.end() - a));
    const std::string_view rest_other(b, static_cast<std::size_t>(other.end() - b));
    if (one.size() < other.size()) {
        return rest_one == rest_other.substr(1);
    }
    return rest_one.empty() || rest_one.substr(1) == rest_other.substr(1) ||
           (rest_one.size() > 1 && rest_one[0] == rest_other[1] && rest_one[1] == rest_other[0] &&
            rest_one.substr(2) == rest_other.substr(2));
}

std::optional<std::string_view> japanese_of(std::string_view word) {
    for (const Word& one : words) {
        if (one.english == word) {
            return one.japanese;
        }
    }
    for (const Word& one : words) {
        if (!one.japanese.empty() && is_slip_of(word, one.english)) {
            return one.japanese;
        }
    }
    return std::nullopt;
}

}  // namespace

double said_in_english(std::span<const std::string> said, std::string_view field_key) {
    std::vector<bool> covered(field_key.size(), false);
    std::size_t meaning = 0;
    std::size_t met = 0;
    for (const std::string& word : said) {
        const std::optional<std::string_view> japanese = japanese_of(word);
        if (!japanese) {
            return 0.0;  // a word that nobody knows may mean anything
        }
        if (japanese->empty()) {
            continue;
        }
        ++meaning;
        for (std::size_t from = 0; from < japanese->size();) {
            const std::size_t to = std::min(japanese->find(' ', from), japanese->size());
            const std::string_view part = japanese->substr(from, to - from);
            if (const std::size_t at = field_key.find(part); at != std::string_view::npos) {
                ++met;
                std::fill_n(covered.begin() + static_cast<std::ptrdiff_t>(at), part.size(), true);
                break;
            }
            from = to + 1;
        }
    }
    if (meaning == 0 || met == 0) {
        return 0.0;
    }
    constexpr std::string_view presence = "有無";  // says what a cell holds, not what it is about
    const std::size_t length = field_key.size() - (field_key.ends_with(presence) ? presence.size() : 0);
    const auto share = static_cast<double>(std::count(covered.begin(), covered.end(), true)) /
                       static_cast<double>(std::max<std::size_t>(1, length));
    const double of_words = static_cast<double>(met) / static_cast<double>(meaning);
    return of_words * of_words * (0.55 + 0.45 * std::min(1.0, share));
}

}  // namespace kokai
