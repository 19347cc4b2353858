// SPDX-License-Identifier: Apache-2.0
// A partner's sheet as data (schemas/partner/<id>.json): its columns in order, the rows above the data, and where each
// value comes from. What our copy of the partner's form does not show is marked `assumed` or `unread`, and the sheet's
// notes say so.
#pragma once

#include "model/error.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kokai {

/// One way to a value. A column tries its sources in order and takes the first value that is not empty.
struct LayoutSource {
    enum class From : std::uint8_t { fields, constant, publisher_code, publisher_name, row_number };
    /// Which of several joined fields must hold something.
    enum class Needs : std::uint8_t { all, first };
    enum class As : std::uint8_t {
        it_is,
        prefecture_code,   // 102016 -> 100005
        prefecture_name,   // 102016 or 群馬県前橋市 -> 群馬県
        municipality_name  // 群馬県前橋市 -> 前橋市
    };

    From from = From::fields;
    std::vector<std::string> fields;  // names in v1, v2 or own schemas; more than one are joined
    std::string separator;
    Needs needs = Needs::all;
    std::string constant;
    As as = As::it_is;
    std::string except;  // RE2: a value that matches as a whole counts as none
};

/// The partner's own grouping of columns: ①いこーよ必須 and the like.
struct LayoutClass {
    std::string id;
    std::string label;
    std::string meaning;
    bool required = false;  // a row without the value is listed, not sent
    bool unread = false;
};

struct LayoutColumn {
    static constexpr std::size_t no_class = static_cast<std::size_t>(-1);

    std::string name;
    std::size_t group = no_class;  // index into Layout::classes
    std::string number;            // in the partner's comparison with the recommended dataset
    bool number_unread = false;
    bool assumed = false;  // not in our copy of the form
    bool numeric = false;  // a number cell where the text is one; else always text
    std::string example;
    std::string note;
    std::vector<LayoutSource> sources;
};

/// A row above the data, with what stands in its first cell.
struct LayoutHeaderRow {
    enum class Shows : std::uint8_t { example, name, group, number };
    Shows shows = Shows::name;
    std::string label;
};

struct Layout {
    std::string id;
    std::string title, title_en;
    std::string source;  // where we know the form from
    std::string sheet;
    std::string notes_sheet;
    std::size_t name_column = 0;  // what a finding calls a row by
    std::vector<LayoutHeaderRow> header_rows;
    std::vector<LayoutClass> classes;
    std::vector<LayoutColumn> columns;
    std::vector<std::string> notes;

    [[nodiscard]] bool required(const LayoutColumn& column) const {
        return column.group != LayoutColumn::no_class && classes[column.group].required;
    }
};

/// Takes what fits and adds every mistake with its JSON pointer. Use the result only when none was added.
Layout parse_layout(std::string_view json_text, std::string_view file_name, std::vector<Mistake>& mistakes);

}  // namespace kokai
