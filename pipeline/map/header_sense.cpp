// SPDX-License-Identifier: Apache-2.0
#include "map/header_sense.hpp"

#include "map/propose.hpp"
#include "map/qualifiers.hpp"

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

/// 開館日・休館日: its values say which days are which.
bool tells_opening_days(std::string_view key) {
    constexpr std::array<std::string_view, 8> open{"開館日", "開園日", "開所日", "開場日",
                                                   "開庁日", "営業日", "診療日", "利用日"};
    return std::any_of(open.begin(), open.end(),
                       [&](std::string_view word) { return key.find(word) != std::string_view::npos; });
}

}  // namespace

std::string words_before(const Field& field, std::string_view header) {
    static constexpr std::array<std::string_view, 11> closed{"休館", "定休", "休業", "休園", "休診", "休所",
                                                             "閉館", "閉園", "休み", "休日", "休場"};
    static constexpr std::array<std::string_view, 3> notes{"availabilityNotes", "availableDaysNotes",
                                                           "consultationNotes"};
    const std::string key = loose_key(header);
    if (tells_opening_days(key)) {
        return {};
    }
    const bool of_closing = std::any_of(closed.begin(), closed.end(),
                                        [&](std::string_view word) { return key.find(word) != std::string::npos; });
    const bool of_times = key.find("時間") != std::string::npos || key.find("時刻") != std::string::npos;
    return of_closing && !of_times && std::find(notes.begin(), notes.end(), field.english) != notes.end()
               ? std::string(header) + ":"
               : std::string();
}

bool takes_words_before(std::string_view value) {
    constexpr std::array<std::string_view, 13> told{"休",  "定休",  "閉館", "閉園",   "閉所", "閉庁",  "閉店",
                                                    "(休", "(定休", "（休", "（定休", "【休", "【定休"};
    constexpr std::array<std::string_view, 8> dashes{"-", "－", "―", "ー", "—", "–", "−", "‐"};
    constexpr std::array<std::string_view, 3> closing_holidays{"休日:", "休日：", "休日は"};
    while (value.starts_with(' ') || value.starts_with("　")) {
        value.remove_prefix(value.starts_with(' ') ? 1 : 3);
    }
    const auto begins = [&](std::string_view word) { return value.starts_with(word); };
    if (value.starts_with("休日")) {  // closed on holidays
        return std::none_of(closing_holidays.begin(), closing_holidays.end(), begins);
    }
    return !value.empty() && std::find(dashes.begin(), dashes.end(), value) == dashes.end() &&
           std::none_of(told.begin(), told.end(), begins);
}

void weigh_writing(NameMatch& match, const HeaderName& header, const Field& field, const Schema& schema,
                   const HeaderVocabulary& vocabulary) {
    constexpr double of_base = 0.97;
    constexpr double not_plain = 0.6;
    if (header.writing == Writing::plain) {
        return;
    }
    const std::pair<std::string_view, Writing> written = written_as(field.name);
    if (written.second == Writing::plain) {
        const bool whole = loose_key(match.met) == header.forms.front().key;
        match.score *= whole && match.score >= sure_enough ? 1.0 : not_plain;
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

namespace {

/// 受付_番号, 番号（契約）.
bool counts_something_else(const HeaderName& header, const Field& field) {
    const std::string_view whole = header.forms.front().key;
    const bool group = !header.child.empty() && whole.ends_with(header.child) &&
                       !changes_nothing(whole.substr(0, whole.size() - header.child.size()), field);
    return group || !changes_nothing(header.bracketed, field);
}

}  // namespace

void weigh_others(NameMatch& match, const HeaderName& header, const FieldNames& names,
                  const HeaderVocabulary& vocabulary) {
    constexpr double of_another = 0.4;
    if (match.score <= 0 || header.forms.empty()) {
        return;
    }
    const std::string& whole = header.forms.front().key;
    if (is_not_for_the_public(header)) {
        match = {};
        return;
    }
    if (names.hold(whole)) {
        return;
    }
    if (is_of_another(header, names) ||
        (match.by == MatchBy::part && vocabulary.ends_in_another(whole, loose_key(match.met), names.field()))) {
        match.score *= of_another;
    } else if (is_of_a_part(header, names) ||
               (names.field().kind == Kind::identifier && counts_something_else(header, names.field()))) {
        match.most = std::min(match.most, asked_at_most);
    }
}

void weigh_place_words(NameMatch& match, const HeaderName& header, const Field& field) {
    constexpr double may_be = 0.55;
    static constexpr std::array<std::string_view, 8> words{"設置場所", "設置箇所", "場所", "箇所",
                                                           "対象物",   "物件",     "建物", "対象施設"};
    // With addresses in its cells 設置場所 is the address; the values make it sure enough, or less likely.
    constexpr double may_be_address = 0.62;
    const bool address =
        field.english == "fullAddress" || field.english == "address" || field.english == "facilityAddress";
    const std::string key = header.forms.empty() ? std::string() : header.forms.front().key;
    const bool of_place = key.ends_with("場所") || key.ends_with("箇所") || key == "位置";
    if (address && match.score < may_be_address && of_place && match.by != MatchBy::name) {
        match = {may_be_address, MatchBy::part, field.name, 1.0};
        return;
    }
    const bool name = field.english == "name" || field.english == "facilityName";
    if (name && match.score < may_be && !header.forms.empty() &&
        std::find(words.begin(), words.end(), header.forms.front().key) != words.end()) {
        match = {may_be, MatchBy::part, field.name, asked_at_most};
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
    const bool times = field.english == "availabilityNotes" || field.english == "consultationNotes";
    if (times && match.score > 0 && tells_opening_days(whole) &&
        holds({"休館", "休園", "休所", "休場", "定休", "休業", "休診"})) {
        match = {std::max(match.score, in_words), MatchBy::part, field.name, 1.0};
        return;
    }
    if (!holds({"備考", "注意", "特記", "補足", "留意", "例外"})) {
        return;
    }
    const bool fees = field.english == "feeDetails" || field.english == "feeNotes";
    if (((times && holds({"時間", "日時", "曜日", "時刻", "営業日", "開館日", "休館"})) ||
         (fees && holds({"料金", "入館料", "使用料", "利用料", "参加費"}))) &&
        match.score < in_words && !holds({"子供預かり", "一時預かり", "受付", "申込"})) {
        match = {in_words, MatchBy::part, field.name, 1.0};
    }
}

}  // namespace kokai
