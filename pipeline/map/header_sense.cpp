// SPDX-License-Identifier: Apache-2.0
#include "map/header_sense.hpp"

#include "map/propose.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string_view>
#include <utility>

namespace kokai {
namespace {

/// 名称_カナ: 名称 in kana. The field itself where its name says nothing of the writing.
std::pair<std::string_view, Writing> written_as(std::string_view name) {
    for (const std::string_view mark : {"_カナ", "（カナ）"}) {
        if (name.ends_with(mark)) {
            return {name.substr(0, name.size() - mark.size()), Writing::kana};
        }
    }
    for (const std::string_view mark : {"_英語", "_英字", "（英字）"}) {
        if (name.ends_with(mark)) {
            return {name.substr(0, name.size() - mark.size()), Writing::english};
        }
    }
    return {name, Writing::plain};
}

}  // namespace

void weigh_writing(NameMatch& match, const HeaderName& header, const Field& field, const Schema& schema,
                   const HeaderVocabulary& vocabulary) {
    constexpr double of_base = 0.97;
    constexpr double not_plain = 0.6;
    if (header.writing == Writing::plain) {
        return;
    }
    const std::pair<std::string_view, Writing> written = written_as(field.name);
    if (written.second == Writing::plain) {
        match.score *= match.by == MatchBy::name && match.score >= sure_enough ? 1.0 : not_plain;
        return;
    }
    if (written.second != header.writing) {
        return;
    }
    const auto base = std::find_if(schema.fields.begin(), schema.fields.end(),
                                   [&](const Field& one) { return one.name == written.first; });
    if (base == schema.fields.end()) {
        return;
    }
    HeaderName plain;
    plain.folded = header.plain;
    plain.forms = {{header.plain, ascii_words(header.plain), 1.0}};
    NameMatch of_plain = FieldNames(*base).match(plain, !vocabulary.means_another(plain, *base));
    of_plain.score *= of_base;
    if (of_plain.score > match.score) {
        match = of_plain;
    }
}

void weigh_others(NameMatch& match, const HeaderName& header, const FieldNames& names,
                  const HeaderVocabulary& vocabulary) {
    constexpr double of_another = 0.4;
    // As loose_key() has them.
    static constexpr std::array<std::string_view, 42> others{
        "所有者", "管理者", "管理人", "管理会社", "代表者",   "担当者", "保護者",   "理事長",     "申請者",
        "申込者", "申込先", "届出者", "営業者",   "設置者",   "運営",   "事業者",   "業者",       "責任者",
        "区長",   "会長",   "本人",   "保管者",   "法人",     "本社",   "本店",     "会社",       "送付先",
        "避難先", "自宅",   "携帯",   "個人",     "緊急連絡", "fax",    "ファクス", "ファックス", "氏名",
        "機種",   "機器",   "製品",   "商品",     "保守"};
    if (match.score <= 0 || header.forms.empty()) {
        return;
    }
    const std::string& whole = header.forms.front().key;
    constexpr std::string_view former = "旧";
    const bool of_former = (whole.starts_with(former) || header.bracketed.starts_with(former)) && !names.say(former);
    if (of_former || std::any_of(others.begin(), others.end(), [&](std::string_view word) {
            return whole.find(word) != std::string::npos && !names.say(word);
        })) {
        match.score *= of_another;
    } else if (match.by == MatchBy::part && vocabulary.ends_in_another(whole, loose_key(match.met), names.field())) {
        match.score *= of_another;
    }
}

void weigh_notes(NameMatch& match, const HeaderName& header, const Field& field) {
    constexpr double of_something = 0.72;
    constexpr double in_words = 0.8;
    if (header.forms.empty()) {
        return;
    }
    const std::string& whole = header.forms.front().key;
    const auto holds = [&](std::initializer_list<std::string_view> words) {
        return std::any_of(words.begin(), words.end(),
                           [&](std::string_view word) { return whole.find(word) != std::string::npos; });
    };
    if (field.english == "remarks" || field.english == "datasetRemarks") {
        static constexpr std::array<std::string_view, 4> general{"任意", "自由記述", "その他", "自由記入"};
        const bool all = loose_key(match.met) == whole ||
                         std::find(general.begin(), general.end(), header.bracketed) != general.end();
        match.score *=
            all || match.score <= 0 || match.by == MatchBy::english || match.by == MatchBy::words ? 1.0 : of_something;
        return;
    }
    if (!holds({"備考", "注意", "特記", "補足", "留意", "例外"})) {
        return;
    }
    const bool times = field.english == "availabilityNotes" || field.english == "consultationNotes";
    const bool fees = field.english == "feeDetails" || field.english == "feeNotes";
    if (((times && holds({"時間", "日時", "曜日", "時刻", "営業日", "開館日", "休館"})) ||
         (fees && holds({"料金", "入館料", "使用料", "利用料", "参加費"}))) &&
        match.score < in_words && !holds({"子供預かり", "一時預かり", "受付", "申込"})) {
        match = {in_words, MatchBy::part, field.name};
    }
}

}  // namespace kokai
