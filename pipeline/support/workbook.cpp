// SPDX-License-Identifier: Apache-2.0
// The library keeps its parts in temporary files beside the output, where there is room for it.
#include "support/workbook.hpp"

#include "model/error.hpp"

#include <clocale>

#include <charconv>
#include <cstdlib>
#include <ctime>
#include <type_traits>
#include <utility>

namespace kokai {

namespace {

constexpr std::time_t start_of_1980 = 315532800;

/// Midnight UTC of an ISO date; the beginning of 1980 when it is none. (0 would mean "now" to the library.)
std::time_t seconds_of(std::string_view date) {
    constexpr std::size_t iso_length = 10;
    if (date.size() < iso_length || date[4] != '-' || date[7] != '-') {
        return start_of_1980;
    }
    const auto number = [&date](std::size_t at, std::size_t length) {
        int value = -1;
        std::from_chars(date.data() + at, date.data() + at + length, value);
        return value;
    };
    std::tm day{};
    day.tm_year = number(0, 4) - 1900;
    day.tm_mon = number(5, 2) - 1;
    day.tm_mday = number(8, 2);
    const std::time_t seconds = ::timegm(&day);
    return seconds > 0 ? seconds : start_of_1980;
}

struct LocaleDeleter {
    void operator()(locale_t locale) const { ::freelocale(locale); }
};

/// The library prints numbers with printf: without this, a user's decimal comma would spoil the file.
class PlainNumbers {
public:
    PlainNumbers() : plain_(::newlocale(LC_ALL_MASK, "C", nullptr)), before_(::uselocale(plain_.get())) {}
    ~PlainNumbers() { ::uselocale(before_); }
    PlainNumbers(const PlainNumbers&) = delete;
    PlainNumbers& operator=(const PlainNumbers&) = delete;
    PlainNumbers(PlainNumbers&&) = delete;
    PlainNumbers& operator=(PlainNumbers&&) = delete;

private:
    std::unique_ptr<std::remove_pointer_t<locale_t>, LocaleDeleter> plain_;
    locale_t before_;
};

}  // namespace

Workbook::Workbook(const std::filesystem::path& path, std::string shown, const WorkbookProperties& properties)
    : shown_(std::move(shown)) {
    std::string folder = path.parent_path().string();
    lxw_workbook_options options{};
    options.tmpdir = folder.empty() ? nullptr : folder.data();
    book_.reset(workbook_new_opt(path.c_str(), &options));
    if (book_ == nullptr) {
        expect(LXW_ERROR_MEMORY_MALLOC_FAILED);
    }
    WorkbookProperties copy = properties;  // the library's fields are not const
    lxw_doc_properties fields{};
    fields.title = copy.title.data();
    fields.author = copy.author.data();
    fields.comments = copy.comments.data();
    fields.created = seconds_of(properties.modified);
    expect(workbook_set_properties(book_.get(), &fields));
}

lxw_worksheet* Workbook::add_sheet(const std::string& name) {
    lxw_worksheet* sheet = workbook_add_worksheet(book_.get(), name.c_str());
    if (sheet == nullptr) {
        expect(LXW_ERROR_PARAMETER_VALIDATION);
    }
    return sheet;
}

lxw_format* Workbook::add_format() {
    lxw_format* format = workbook_add_format(book_.get());
    if (format == nullptr) {
        expect(LXW_ERROR_MEMORY_MALLOC_FAILED);
    }
    return format;
}

void Workbook::expect(lxw_error error) const {
    if (error != LXW_NO_ERROR) {
        const std::string reason = lxw_strerror(error);
        throw WorldError(shown_, "Excel ファイルを書けません: " + shown_ + "（" + reason + "）",
                         "cannot write " + shown_ + ": " + reason);
    }
}

void Workbook::finish() {
    const PlainNumbers plain;
    expect(workbook_close(book_.release()));  // frees it, with or without an error
}

}  // namespace kokai
