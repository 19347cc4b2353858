// SPDX-License-Identifier: Apache-2.0
// The words a department puts beside a field's name, and what they make of it: another party's (申請者住所), only a
// part (電話番号（夜間）, 定員_2号), not for the public (内部URL), or nothing at all (施設住所). Words as people write
// them; they are compared as loose_key() has them.
#pragma once

#include "map/field_match.hpp"

#include <string_view>

namespace kokai {

/// 非公開, 内部: no field takes such a column.
bool is_not_for_the_public(const HeaderName& header);

/// Whose it is, or what it is of, that is not the place: 申請者, 自宅, 機種, 旧.
bool is_of_another(const HeaderName& header, const FieldNames& names);

/// What holds for some of the days, people or beds only, or for one errand: （夜間）, 2号, 外国人, 予約.
bool is_of_a_part(const HeaderName& header, const FieldNames& names);

/// Whether what a longer header has beside the field's name changes nothing: 施設, 公園, （代表）, （平日）.
bool changes_nothing(std::string_view rest, const Field& field);

/// Whether what stands before 名 is something that has a name of its own: 農園名, not 路線名.
bool bears_a_name(std::string_view called, const Field& field);

/// Whether a loose key is nothing but words that leave a span of times (開館, 平日利用) or dates (開催, 会期) that of
/// the record itself.
bool is_of_the_whole_span(std::string_view rest, Kind kind);

}  // namespace kokai
