// SPDX-License-Identifier: Apache-2.0
#include "map/barrier_free.hpp"

#include "map/header_name.hpp"
#include "normalise/reading.hpp"
#include "normalise/text.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace kokai {
namespace {

/// Other words for a field than its name and aliases, in loose_key() form.
struct Synonyms {
    std::string_view field;
    std::initializer_list<std::string_view> words;
};

const std::array<Synonyms, 14>& synonyms() {
    static const std::array<Synonyms, 14> all{{
        {"車椅子可",
         {"車椅子", "車いす", "車イス", "車椅子利用", "車いす利用", "車イス利用", "車椅子入店", "車イス入店"}},
        {"車椅子貸出",
         {"車椅子の貸出", "車いす貸出", "車いすの貸出", "車イス貸出", "車椅子貸し出し", "車いす貸し出し",
          "貸出用車椅子", "貸出用車いす", "貸出車いす"}},
        {"ツエ貸出", {"杖貸出", "杖の貸出", "つえ貸出", "杖貸し出し"}},
        {"バリアフリートイレ",
         {"多目的トイレ", "多機能トイレ", "車椅子用トイレ", "車いす用トイレ", "車椅子トイレ", "車いすトイレ",
          "車イストイレ", "車椅子対応トイレ", "車いす対応トイレ", "身障者用トイレ", "身障者トイレ",
          "身体障害者用トイレ", "障害者用トイレ", "障がい者用トイレ", "だれでもトイレ", "誰でもトイレ",
          "みんなのトイレ", "ユニバーサルトイレ"}},
        {"スロープ、エレベータ、エスカレータ",
         {"スロープ", "エレベータ", "エレベーター", "エスカレータ", "エスカレーター"}},
        {"点字ブロック等の移動支援",
         {"点字ブロック", "誘導ブロック", "点字誘導ブロック", "視覚障害者誘導用ブロック", "視覚障がい者誘導用ブロック",
          "視覚障害者用誘導ブロック"}},
        {"点字や読上による支援", {"点字案内", "点字表示", "点字案内板", "音声案内", "音声読み上げ"}},
        {"盲導犬・介助犬、聴導犬同伴",
         {"盲導犬", "介助犬", "聴導犬", "聴導犬同伴", "補助犬", "補助犬同伴", "身体障害者補助犬",
          "身体障がい者補助犬"}},
        {"筆談対応", {"筆談", "筆談器", "筆談ボード", "筆談用具"}},
        {"優先駐車場",
         {"障害者用駐車場", "障がい者用駐車場", "身障者用駐車場", "身障者駐車場", "身体障害者用駐車場",
          "車椅子用駐車場", "車いす用駐車場", "車椅子使用者用駐車場", "思いやり駐車場", "おもいやり駐車場",
          "障害者等用駐車場"}},
        {"オストメイト対応トイレ", {"オストメイト", "オストメイトトイレ", "オストメイト用設備", "オストメイト設備"}},
        {"授乳室", {"授乳室", "授乳コーナー", "授乳スペース"}},
        {"おむつ替えコーナー",
         {"おむつ替え", "おむつ交換台", "おむつ交換シート", "オムツ交換台", "おむつ替え台", "おむつ替えシート",
          "ベビーシート"}},
        {"ベビーカー利用", {"ベビーカー", "ベビーカー利用可"}},
    }};
    return all;
}

constexpr std::array<std::string_view, 7> no_words{"なし", "無し", "不可", "無", "×", "✕", "ナシ"};
constexpr std::array<std::string_view, 10> yes_words{"完備", "対応", "設置", "あり", "有り",
                                                     "有",   "可",   "○",    "〇",   "アリ"};

/// Takes one of the words, and what joins it, off the end.
template <typename Words>
bool drop_one(std::string_view& text, const Words& words) {
    for (const std::string_view word : words) {
        if (text.size() > word.size() && drop_suffix(text, word)) {
            text = trimmed(text);
            while (drop_suffix(text, ":") || drop_suffix(text, "=")) {
            }
            text = trimmed(text);
            return true;
        }
    }
    return false;
}

std::vector<std::string_view> pieces_of(std::string_view text) {
    constexpr std::array<std::string_view, 9> marks{";", ",", "、", "，", "；", "・", "/", "\n", "。"};
    std::vector<std::string_view> pieces;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto mark = std::find_if(marks.begin(), marks.end(),
                                       [&](std::string_view one) { return text.substr(at).starts_with(one); });
        if (mark == marks.end()) {
            ++at;
            continue;
        }
        pieces.push_back(trimmed(text.substr(begin, at - begin)));
        at += mark->size();
        begin = at;
    }
    pieces.push_back(trimmed(text.substr(begin)));
    std::erase_if(pieces, [](std::string_view piece) { return piece.empty(); });
    return pieces;
}

}  // namespace

BarrierFreeWords::BarrierFreeWords(std::span<const Field* const> fields) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
        fields_by_word_.emplace(loose_key(fields[i]->name), i);
    }
    for (std::size_t i = 0; i < fields.size(); ++i) {
        for (const std::string& alias : fields[i]->aliases) {
            fields_by_word_.emplace(loose_key(alias), i);
        }
        for (const Synonyms& one : synonyms()) {
            if (one.field == fields[i]->name) {
                for (const std::string_view word : one.words) {
                    fields_by_word_.emplace(loose_key(word), i);
                }
            }
        }
    }
}

const std::size_t* BarrierFreeWords::find(std::string_view word) const {
    const auto found = fields_by_word_.find(loose_key(word));
    return found == fields_by_word_.end() ? nullptr : &found->second;
}

BarrierFreeWords::Reading BarrierFreeWords::read(std::string_view text) const {
    Reading reading;
    const std::string even = normalise_text(text).value;
    std::map<std::size_t, std::set<bool>> said;
    std::map<std::size_t, std::string> as_written;
    const auto leave = [&](std::string_view piece) {
        reading.left += (reading.left.empty() ? "" : ";") + std::string(piece);
    };
    const auto take = [&](std::size_t field, bool yes, std::string_view piece) {
        said[field].insert(yes);
        std::string& words = as_written[field];
        words += (words.empty() ? "" : ";") + std::string(piece);
    };
    // A field's own name may hold the marks that divide a list.
    if (const std::size_t* whole = find(even)) {
        take(*whole, true, even);
    } else {
        for (const std::string_view piece : pieces_of(even)) {
            std::string_view word = piece;
            if (const std::size_t* field = find(word)) {
                take(*field, true, piece);
                continue;
            }
            const bool no = drop_one(word, no_words);
            if (!no) {
                drop_one(word, yes_words);
            }
            if (const std::size_t* field = find(word)) {
                take(*field, !no, piece);
            } else {
                leave(piece);
            }
        }
    }
    for (const auto& [field, answers] : said) {
        if (answers.size() == 1) {
            reading.said.emplace_back(field, *answers.begin());
        } else {
            leave(as_written[field]);  // both 有 and 無
        }
    }
    return reading;
}

}  // namespace kokai
