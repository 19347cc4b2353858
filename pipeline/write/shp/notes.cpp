// SPDX-License-Identifier: Apache-2.0
#include "write/shp/notes.hpp"

#include <fmt/format.h>

namespace kokai {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view line_end = "\r\n";

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char letter : text) {
        out += letter;
        out += letter == '"' ? "\"" : "";
    }
    return out + '"';
}

}  // namespace

std::string shapefile_readme(const ShapefileNotes& notes) {
    std::string text(byte_order_mark);
    const auto line = [&](std::string_view words) {
        text += words;
        text += line_end;
    };
    const auto about = [&](std::string_view what, const std::string& value) {
        if (!value.empty()) {
            line(fmt::format("{}: {}", what, value));
        }
    };
    about("題名 / Title", notes.title);
    about("利用条件 / Licence", notes.license);
    about("出典 / Source", notes.attribution);
    about("データの更新日 / Modified", notes.modified);
    line("座標系 / Coordinate system: JGD2011 経度・緯度 / longitude, latitude (EPSG:6668)");
    line("文字コード / Encoding: UTF-8");
    line("");
    line("■ 入っているもの / Contents");
    for (const ShapefileNotes::Layer& layer : notes.layers) {
        line(fmt::format("{}.shp（.shx .dbf .prj .cpg）: {} {} 件 / {} {}", layer.file, layer.kind_ja, layer.rows,
                         layer.rows, layer.kind_en));
    }
    line("fields.csv: 項目名の対応表 / the full names of the fields");
    line(fmt::format("  Shapefile の項目名は {} バイトまでのため、短い名前に置き換えています。", dbf_name_limit));
    line(fmt::format("  A Shapefile's field names have at most {} bytes, so they are short here.", dbf_name_limit));
    line("");
    line("■ 入りきらなかったもの / What did not fit");
    const auto missing = [&](std::uint64_t count, std::string_view ja, std::string_view en) {
        if (count > 0) {
            line(fmt::format("- {}: {} 件 / {}: {}", ja, count, en, count));
        }
    };
    missing(notes.rows_without_shape, "位置がないため入れていない行", "rows without a position, left out");
    missing(notes.values_cut, fmt::format("{} バイトまでに切り詰めた値", dbf_text_limit),
            fmt::format("values cut at {} bytes", dbf_text_limit));
    missing(notes.numbers_left_out, "数値の項目で、数値でないため空にした値",
            "values of number fields that are no number, left empty");
    missing(notes.fields_left_out, fmt::format("{} 項目を超えるため入れていない項目", dbf_field_limit),
            fmt::format("fields beyond the {} that a table holds, left out", dbf_field_limit));
    if (notes.rows_without_shape + notes.values_cut + notes.numbers_left_out + notes.fields_left_out == 0) {
        line("ありません / nothing");
    } else {
        line("すべての値は、同じデータの CSV にあります。");
        line("The CSV file of the same data holds every value.");
    }
    return text;
}

std::string shapefile_fields_csv(std::span<const DbfField> fields, std::span<const ColumnInfo> columns) {
    std::string text(byte_order_mark);
    text += "DBFの項目名,項目名,型,幅,小数の桁数";
    text += line_end;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const std::string name = quoted(columns[i].name);
        if (i < fields.size()) {
            const DbfField& field = fields[i];
            text += fmt::format("{},{},{},{},{}", field.name, name, field.type == WrittenType::text ? "C" : "N",
                                field.width.bytes(), field.width.decimals);
        } else {
            text += fmt::format(",{},入っていません / left out,,", name);
        }
        text += line_end;
    }
    return text;
}

}  // namespace kokai
