// SPDX-License-Identifier: Apache-2.0
// What a header says beside the name: how its values are written (施設名（カナ）, 紹介文（英語）), whose they are
// (申請者住所, 電話番号（自宅）), and what a note is about (備考（駐車場）, 使用時間に関する注意).
#pragma once

#include "map/field_match.hpp"

namespace kokai {

/// 園名（カナ） is to 名称_カナ what 園名 is to 名称, and it is not 名称 itself.
void weigh_writing(NameMatch& match, const HeaderName& header, const Field& field, const Schema& schema,
                   const HeaderVocabulary& vocabulary);

/// The address of whoever runs a place, a person's telephone or the name of a machine are not those of the place: they
/// are asked about. Nor is 申請者電話番号 an ID because it ends in 番号, when it ends in 電話番号.
void weigh_others(NameMatch& match, const HeaderName& header, const FieldNames& names,
                  const HeaderVocabulary& vocabulary);

/// Remarks on something are not the remarks of the record, but may be the notes on its times or fees.
void weigh_notes(NameMatch& match, const HeaderName& header, const Field& field);

}  // namespace kokai
