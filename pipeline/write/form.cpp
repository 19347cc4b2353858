// SPDX-License-Identifier: Apache-2.0
// Columns of codes, phones and dates are text, so that Excel keeps their zeros and makes no serial numbers of them.
#include "write/form.hpp"

#include "support/workbook.hpp"
#include "write/excel/rows.hpp"

#include <algorithm>
#include <cstddef>
#include <system_error>
#include <utility>
#include <vector>

namespace kokai {
namespace {

constexpr lxw_color_t pale_red = 0xFCE4D6;
constexpr lxw_color_t pale_yellow = 0xFFF2CC;
constexpr lxw_color_t pale_blue = 0xDDEBF7;
constexpr lxw_color_t grey = 0x7F7F7F;
constexpr std::uint8_t text_format = 49;
constexpr lxw_row_t last_row = LXW_ROW_MAX - 1;
constexpr std::size_t longest_list = 255;  // Excel's limits, in UTF-16 units
constexpr std::size_t longest_message = 255;
constexpr std::size_t longest_title = 32;
constexpr std::size_t narrowest = 10;
constexpr std::size_t widest = 36;

std::string joined(const std::vector<std::string>& words, std::string_view between) {
    std::string text;
    for (const std::string& word : words) {
        text += (text.empty() ? "" : std::string(between)) + word;
    }
    return text;
}

/// Required, likely, or neither: as the check will weigh it.
Requirement weight_of(const Field& field) {
    if (field.confidence == Confidence::low && field.requirement != Requirement::optional &&
        field.requirement != Requirement::unknown) {
        return Requirement::recommended;
    }
    return field.requirement;
}

bool is_number(const Field& field) {
    return field.type == "number" || field.type == "integer";
}

/// A required field has something in it, also where the standard gives no example.
std::string example_of(const Field& field) {
    if (!field.example.empty() || field.requirement != Requirement::required) {
        return field.example;
    }
    return !field.allowed.empty()      ? field.allowed.front()
           : !field.vocabulary.empty() ? field.vocabulary.front()
                                       : "見本";
}

class Form {
public:
    Form(Workbook& book, const Schema& schema) : book_(book), schema_(schema) {
        required_ = header_format(pale_red);
        likely_ = header_format(pale_yellow);
        other_ = header_format(pale_blue);
        text_ = book_.add_format();
        format_set_num_format_index(text_, text_format);
        format_set_align(text_, LXW_ALIGN_VERTICAL_TOP);
        example_ = book_.add_format();
        format_set_num_format_index(example_, text_format);
        format_set_font_color(example_, grey);
        format_set_italic(example_);
    }

    void write() {
        lxw_worksheet* data = book_.add_sheet("データ");
        header(data);
        for (std::size_t i = 0; i < schema_.fields.size(); ++i) {
            help(data, i);
        }
        const bool any = std::any_of(schema_.fields.begin(), schema_.fields.end(),
                                     [](const Field& field) { return !field.example.empty(); });
        if (any) {
            lxw_worksheet* shown = book_.add_sheet(std::string(example_sheet));
            header(shown);
            for (std::size_t i = 0; i < schema_.fields.size(); ++i) {
                const std::string example = example_of(schema_.fields[i]);
                if (!example.empty()) {
                    book_.expect(worksheet_write_string(shown, 1, column(i), example.c_str(), example_));
                }
            }
        }
        worksheet_activate(data);
    }

private:
    static lxw_col_t column(std::size_t number) { return static_cast<lxw_col_t>(number); }

    lxw_format* header_format(lxw_color_t background) {
        lxw_format* format = book_.add_format();
        format_set_bold(format);
        format_set_num_format_index(format, text_format);
        format_set_bg_color(format, background);
        format_set_border(format, LXW_BORDER_THIN);
        format_set_text_wrap(format);
        format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
        return format;
    }

    [[nodiscard]] lxw_format* header_of(const Field& field) const {
        const Requirement weight = weight_of(field);
        return weight == Requirement::required ? required_ : weight == Requirement::likely_required ? likely_ : other_;
    }

    void header(lxw_worksheet* sheet) {
        constexpr double tall = 34;
        book_.expect(worksheet_set_row(sheet, 0, tall, nullptr));
        for (std::size_t i = 0; i < schema_.fields.size(); ++i) {
            const Field& field = schema_.fields[i];
            const std::size_t width =
                std::clamp(std::max(display_width(field.name), display_width(field.example)) + 2, narrowest, widest);
            book_.expect(worksheet_set_column(sheet, column(i), column(i), static_cast<double>(width),
                                              is_number(field) ? nullptr : text_));
            book_.expect(worksheet_write_string(sheet, 0, column(i), field.name.c_str(), header_of(field)));
        }
        worksheet_freeze_panes(sheet, 1, 0);
    }

    /// The note at the head, the message at the cells, the words to choose from.
    void help(lxw_worksheet* sheet, std::size_t number) {
        const Field& field = schema_.fields[number];
        const std::string note = note_of(field);
        lxw_comment_options size{};
        size.x_scale = 2;
        size.y_scale = 1.5;
        book_.expect(worksheet_write_comment_opt(sheet, 0, column(number), note.c_str(), &size));

        std::string title(utf16_prefix(field.name, longest_title));
        std::string message(utf16_prefix(note, longest_message));
        lxw_data_validation rule{};
        rule.validate = LXW_VALIDATION_TYPE_ANY;
        rule.ignore_blank = LXW_VALIDATION_ON;
        rule.show_input = LXW_VALIDATION_ON;
        rule.input_title = title.data();
        rule.input_message = message.data();
        // Words that bind, one a cell, are held to; others are only offered.
        const std::vector<std::string>& words = field.allowed.empty() ? field.vocabulary : field.allowed;
        // As a formula: the library's own list overruns a buffer of 255 bytes.
        std::string list = '"' + joined(words, ",") + '"';
        std::string refusal = "選べるのは " + joined(words, "・");
        refusal = utf16_prefix(refusal, longest_message);
        const bool mark = std::any_of(words.begin(), words.end(), [](const std::string& word) {
            return word.find_first_of(",\"") != std::string::npos;
        });
        if (!words.empty() && !mark && utf16_length(joined(words, ",")) <= longest_list) {
            const bool binds = !field.allowed.empty() && field.separator.empty();
            rule.validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
            rule.value_formula = list.data();
            rule.dropdown = LXW_VALIDATION_ON;
            rule.show_error = binds ? LXW_VALIDATION_ON : LXW_VALIDATION_OFF;
            rule.error_type = LXW_VALIDATION_ERROR_TYPE_STOP;
            rule.error_title = title.data();
            rule.error_message = refusal.data();
        }
        book_.expect(worksheet_data_validation_range(sheet, 1, column(number), last_row, column(number), &rule));
    }

    Workbook& book_;
    const Schema& schema_;
    lxw_format* required_ = nullptr;
    lxw_format* likely_ = nullptr;
    lxw_format* other_ = nullptr;
    lxw_format* text_ = nullptr;
    lxw_format* example_ = nullptr;
};

}  // namespace

std::string note_of(const Field& field) {
    std::string text;
    const auto line = [&](std::string_view label, const std::string& what) {
        if (!what.empty()) {
            text += (text.empty() ? "" : "\n") + std::string(label) + what;
        }
    };
    switch (weight_of(field)) {
    case Requirement::required:
        line("", "必ず入れてください。");
        break;
    case Requirement::likely_required:
        line("", "できるだけ入れてください（必須と思われる項目）。");
        break;
    case Requirement::recommended:
        line("", "入れることが勧められています。");
        break;
    case Requirement::optional:
    case Requirement::unknown:
        line("", "なければ空けておきます。");
        break;
    }
    line("", field.description);
    line("形式: ", field.format);
    line("選べる言葉: ", joined(field.allowed, "・"));
    line("よく使う言葉: ", joined(field.vocabulary, "・"));
    line("区切り: ", field.separator);
    line("単位: ", field.unit);
    line("例: ", field.example);
    return text;
}

void write_form(const Schema& schema, const std::filesystem::path& path, const std::string& shown) {
    std::filesystem::path beside = path;
    beside += ".kokai-tmp";
    try {
        Workbook book(beside, shown, {schema.title, "", schema.id + " " + schema.edition, ""});
        Form(book, schema).write();
        book.finish();
        std::filesystem::rename(beside, path);
    } catch (...) {
        std::error_code ignored;
        std::filesystem::remove(beside, ignored);
        throw;
    }
}

}  // namespace kokai
