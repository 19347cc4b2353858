// SPDX-License-Identifier: Apache-2.0
#include "read/xls_book.hpp"

#include "model/error.hpp"
#include "read/xls_sheet.hpp"

#include <algorithm>
#include <array>

namespace kokai {
namespace {

enum Record : std::uint16_t {
    end_of_part = 0x0A,
    dates = 0x22,
    password = 0x2F,
    font = 0x31,
    code_page = 0x42,
    sheet_entry = 0x85,
    cell_style = 0xE0,
    strings = 0xFC,
    number_format = 0x41E,
    begin_of_part = 0x809
};

constexpr std::size_t most_sheets = 2'000;
constexpr std::size_t most_styles = 100'000;
constexpr std::uint64_t most_strings = 32ULL << 20U;
constexpr std::size_t largest_extra = 1U << 20U;

std::string stream_name(const OleFile& file) {
    if (file.has("EncryptedPackage")) {
        throw WorldError(file.shown(), "パスワードで保護された Excel のファイルです。保護を外して保存し直してください",
                         "is an Excel file protected by a password: save it without one");
    }
    // A workbook saved for both 95 and 97 holds both; the newer one says more.
    for (const char* const name : {"Workbook", "Book"}) {
        if (file.has(name)) {
            return name;
        }
    }
    if (file.has("WordDocument")) {
        throw WorldError(file.shown(), "Excel ではなく古い Word（.doc）の文書です",
                         "is an old Word document (.doc), not Excel");
    }
    if (file.has("PowerPoint Document")) {
        throw WorldError(file.shown(), "Excel ではなく古い PowerPoint（.ppt）のファイルです",
                         "is an old PowerPoint file (.ppt), not Excel");
    }
    throw WorldError(file.shown(), "古い Office のファイルですが、Excel のブックではありません",
                     "is an old Office file, but no Excel workbook");
}

}  // namespace

XlsBook::XlsBook(const std::filesystem::path& path, const std::string& shown, Readings readings)
    : SheetBook(shown, readings), file_(path, shown), stream_(file_.open(stream_name(file_))) {
    read_globals();
    read_saved_date();
}

void XlsBook::read_globals() {
    XlsRecords records(file_, stream_);
    if (!records.next() || records.type() != begin_of_part) {
        file_.fail_broken("BOF");
    }
    const std::uint16_t version = u16_at(records.data(), 0);
    if (version != 0x0600 && version != 0x0500) {
        throw WorldError(shown_, "Excel 5.0 より古い形式です。Excel で開き、.xlsx で保存し直してください",
                         "is older than Excel 5.0: open it in Excel and save it as .xlsx");
    }
    form_.wide = version == 0x0600;
    std::vector<std::uint16_t> fonts;  // of every cell style
    std::vector<CellStyle> styles;
    std::map<std::uint32_t, std::string> codes;
    while (records.next() && records.type() != end_of_part) {
        const std::string_view data = records.data();
        switch (records.type()) {
        case password:
            throw WorldError(shown_, "パスワードで保護された Excel のファイルです。保護を外して保存し直してください",
                             "is an Excel file protected by a password: save it without one");
        case dates:
            workbook_.dates_from_1904 = u16_at(data, 0) == 1;
            break;
        case code_page:
            form_.code_page = u16_at(data, 0);
            break;
        case font:
            struck_fonts_.push_back((u16_at(data, 2) & 8U) != 0);
            break;
        case cell_style:
            if (styles.size() == most_styles) {
                file_.fail_broken("XF");
            }
            fonts.push_back(u16_at(data, 0));
            styles.push_back({u16_at(data, 2), false});
            break;
        case number_format:
            if (codes.size() < most_styles) {
                const std::uint16_t id = u16_at(data, 0);
                records.go_to(2);
                codes[id] = take_text(records, form_, !form_.wide);
            }
            break;
        case sheet_entry:
            read_sheet_entry(records);
            break;
        case strings:
            read_strings(records);
            break;
        default:
            break;
        }
    }
    for (std::size_t i = 0; i < styles.size(); ++i) {
        styles[i].struck = is_struck_font(fonts[i]);
    }
    styles_.set(styles, codes);
}

bool XlsBook::is_struck_font(std::uint16_t font) const {
    // There is no font 4: Excel counts 0 1 2 3 5 6 …
    const std::size_t number = font > 4 ? font - 1U : font;
    return number < struck_fonts_.size() && struck_fonts_[number];
}

/// The parts of a text by their fonts: each run is the letter at which it begins, and its font.
std::string XlsBook::strikes_of(std::string_view value, std::string_view runs) const {
    Strikes strikes;
    Strike strike = Strike::as_cell;
    std::uint32_t units = 0;
    std::size_t run = 0;
    for (std::size_t at = 0; at < value.size();) {
        for (; run + 4 <= runs.size() && u16_at(runs, run) <= units; run += 4) {
            strike = is_struck_font(u16_at(runs, run + 2)) ? Strike::struck : Strike::plain;
        }
        const auto lead = static_cast<unsigned char>(value[at]);
        const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        strikes.add(std::min(size, value.size() - at), strike);
        at += size;
        units += size == 4 ? 2 : 1;
    }
    return strikes.kept();
}

void XlsBook::read_sheet_entry(XlsRecords& records) {
    const std::uint64_t offset = u32_at(records.data(), 0);
    const std::uint16_t state = u16_at(records.data(), 4);
    if ((state >> 8U) != 0) {
        return;  // a chart, a macro sheet, a module
    }
    if (workbook_.sheets.size() == most_sheets) {
        file_.fail_broken("sheets");
    }
    records.go_to(6);
    WorkbookSheet sheet;
    sheet.name = take_text(records, form_, true);
    sheet.hidden = (state & 3U) != 0;
    workbook_.sheets.push_back(std::move(sheet));
    sheet_offsets_.push_back(offset);
}

void XlsBook::read_strings(XlsRecords& records) {
    records.go_to(4);
    const std::uint32_t count = records.take_u32();
    if (count > most_strings) {
        file_.fail_broken("SST");
    }
    const bool any_struck = std::find(struck_fonts_.begin(), struck_fonts_.end(), true) != struck_fonts_.end();
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::size_t letters = records.take_u16();
        const std::uint8_t flags = records.take_u8();
        const std::uint64_t runs = (flags & 8U) != 0 ? records.take_u16() : 0;
        const std::uint32_t extra = (flags & 4U) != 0 ? records.take_u32() : 0;
        const std::string value = records.take_letters(letters, (flags & 1U) != 0);
        const std::string strikes = runs != 0 && any_struck ? strikes_of(value, records.take_bytes(4 * runs)) : "";
        records.skip(any_struck ? 0 : 4 * runs);
        std::string reading;
        if (extra != 0 && readings_ == Readings::keep && extra <= largest_extra && strikes.empty()) {
            reading = read_reading(value, records.take_bytes(extra));
        } else {
            records.skip(extra);
        }
        strings_.append(value, reading, strikes);
    }
}

/// ExtRst: the furigana in one piece, and which part of it stands over which part of the value.
std::string XlsBook::read_reading(std::string_view value, const std::string& extra) const {
    constexpr std::size_t letters_begin = 14;
    const std::size_t runs = u16_at(extra, 8);
    const std::size_t letters = u16_at(extra, 12);
    const std::size_t runs_begin = letters_begin + 2 * letters;
    if (u16_at(extra, 0) != 1 || letters == 0 || runs_begin + 6 * runs > extra.size()) {
        return {};
    }
    const auto piece = [&](std::size_t from, std::size_t to) {
        std::string text;
        to = std::min(to, letters);
        if (from < to) {
            append_utf16(text, std::string_view(extra).substr(letters_begin + 2 * from, 2 * (to - from)));
        }
        return text;
    };
    std::vector<ReadingRun> all;
    for (std::size_t i = 0; i < runs; ++i) {
        const std::size_t at = runs_begin + 6 * i;
        const std::size_t to = i + 1 < runs ? u16_at(extra, at + 6) : letters;
        const std::uint32_t begin = u16_at(extra, at + 2);
        all.push_back({begin, begin + u16_at(extra, at + 4), piece(u16_at(extra, at), to)});
    }
    return all.empty() ? piece(0, letters) : join_reading(value, all);
}

/// When the workbook was last saved, of the property set that Explorer shows.
void XlsBook::read_saved_date() {
    constexpr std::string_view name = "\x05SummaryInformation";
    constexpr std::uint32_t last_saved = 13;
    if (!file_.has(name)) {
        return;
    }
    const OleFile::Stream stream = file_.open(name);
    std::string bytes(static_cast<std::size_t>(std::min<std::uint64_t>(stream.bytes, 65'536)), '\0');
    bytes.resize(file_.read_at(stream, 0, bytes.data(), bytes.size()));
    const std::size_t section = u32_at(bytes, 44);
    const std::uint32_t count = std::min(u32_at(bytes, section + 4), 64U);
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::size_t entry = section + 8 + std::size_t{8} * i;
        if (u32_at(bytes, entry) != last_saved) {
            continue;
        }
        const std::size_t at = section + u32_at(bytes, entry + 4);
        const std::uint64_t ticks = u32_at(bytes, at) == 0x40 ? u64_at(bytes, at + 4) : 0;  // 100 ns since 1601
        constexpr std::uint64_t ticks_a_day = 864'000'000'000;
        constexpr std::int64_t days_to_1900 = 109'207;  // Excel's day 0 is 1899-12-30
        const std::int64_t serial = static_cast<std::int64_t>(ticks / ticks_a_day) - days_to_1900;
        if (serial > 30'000 && serial < 100'000) {
            Arena arena;
            workbook_.modified =
                NumberFormat("yyyy-mm-dd").show(std::to_string(serial), DateSystem::from_1900, arena).text;
        }
    }
}

std::unique_ptr<SheetRows> XlsBook::open_stored(std::size_t index) const {
    auto sheet = std::make_unique<XlsSheet>(file_, stream_, sheet_offsets_[index], form_);
    comments_[index] = sheet->comments();
    objects_[index] = sheet->objects();
    return sheet;
}

SheetObjects XlsBook::objects(std::size_t index) const {
    const auto found = objects_.find(index);
    return {found != objects_.end() ? found->second : 0, {}};
}

std::uint64_t XlsBook::comments(std::size_t index) const {
    const auto found = comments_.find(index);
    return found != comments_.end() ? found->second : 0;
}

}  // namespace kokai
