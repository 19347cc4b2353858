// SPDX-License-Identifier: Apache-2.0
// What a header says beside the name: how its values are written (施設名（カナ）, 紹介文（英語）), whose they are
// (申請者住所, 電話番号（自宅）), and what a note is about (備考（駐車場）, 使用時間に関する注意).
#pragma once

#include "map/field_match.hpp"

#include <string>
#include <string_view>

namespace kokai {

/// 園名（カナ） is to 名称_カナ what 園名 is to 名称, and it is not 名称 itself.
void weigh_writing(NameMatch& match, const HeaderName& header, const Field& field, const Schema& schema,
                   const HeaderVocabulary& vocabulary);

/// The address of whoever runs a place, a person's telephone or the name of a machine are not those of the place: they
/// not taken. Nor is 申請者電話番号 an ID because it ends in 番号, when it ends in 電話番号. What is only a part of the
/// matter (電話番号（夜間）, 定員_2号), or has words beside the name that may change it, is asked about.
void weigh_others(NameMatch& match, const HeaderName& header, const FieldNames& names,
                  const HeaderVocabulary& vocabulary);

/// 休館日 in a field that says when a place can be used would turn its meaning round: `休館日:` stands before its
/// values.
std::string words_before(const Field& field, std::string_view header);
/// Not one that says it itself (定休日：火曜日, 休館日は月曜日), nor a dash.
bool takes_words_before(std::string_view value);

/// 設置場所 may be where a thing stands or the name of the place: nothing is taken for the name, but it is asked about.
/// With addresses in its cells it may be the address.
void weigh_place_words(NameMatch& match, const HeaderName& header, const Field& field);

/// Remarks on something are not the remarks of the record, but may be the notes on its times or fees.
void weigh_notes(NameMatch& match, const HeaderName& header, const Field& field);

}  // namespace kokai
